"""For whoever watches over the site: whether it runs, whether it can answer, and what it counts."""

from __future__ import annotations

import ipaddress
import logging
import random
import threading
import time
from collections.abc import Callable, Mapping

from flask import Blueprint, Response, abort, current_app, jsonify, request

from corpus.errors import NianbaoError, SearchIndexError
from indexer.request import MAX_PAGE, PAGE_SIZE, SearchRequest
from webui.catalog import Catalog, catalog
from webui.shapes import error_shape

log = logging.getLogger(__name__)
blueprint = Blueprint("watching", __name__)

SAMPLED = 3
"""Originals that are read and checked against their digests."""
READY_SECONDS = 5.0
"""How long a finding holds: whoever asks often costs no more."""
_TEXT = "text/plain; version=1.0.0; charset=utf-8; escaping=underscores"


@blueprint.get("/healthz")
def health() -> Response:
    """That the process runs and answers; what it holds, as far as that can be told."""
    shelf = catalog()
    held: dict[str, object] = dict.fromkeys(("documents", "generation", "revision", "store_revision"))
    try:
        status = shelf.engine.status()
        held |= {"documents": status.documents, "generation": status.generation, "revision": status.revision}
        held["store_revision"] = shelf.store.revision()
    except NianbaoError as error:
        log.warning("%s: %s", request.path, error)
    return jsonify(ok=True, **held)


@blueprint.get("/readyz")
def ready() -> tuple[Response, int]:
    """Whether it can answer: 503 names what cannot; the log says why."""
    checks = _recent().checks(catalog())
    faults = [name for name, whole in checks.items() if not whole]
    if not faults:
        return jsonify(ok=True, checks=checks), 200
    words = f"Not ready: {', '.join(faults)}; the log says why."
    return jsonify({**error_shape("unavailable", words, None), "checks": checks}), 503


@blueprint.get("/-/metrics")
def metrics() -> Response:
    """The counters, for a Prometheus near by; a request from elsewhere, or by way of a proxy, finds nothing here."""
    if not _is_near():
        abort(404)
    return current_app.response_class(current_app.extensions["nianbao_metrics"].exposition(), content_type=_TEXT)


def _is_near() -> bool:
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_private  # loopback is among them
    except ValueError:
        return False


class Readiness:
    """What was found last, and when."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: tuple[float, Mapping[str, bool]] | None = None

    def checks(self, shelf: Catalog) -> Mapping[str, bool]:
        """Whether store, index and originals are as they must be."""
        with self._lock:
            if self._found is None or time.monotonic() - self._found[0] > READY_SECONDS:
                looks: Mapping[str, Callable[[Catalog], object]] = {
                    "store": lambda shelf: shelf.store.counts(),
                    "index": _searched,
                    "originals": _sampled,
                }
                self._found = time.monotonic(), {name: _holds(name, look, shelf) for name, look in looks.items()}
            return self._found[1]


def _recent() -> Readiness:
    readiness: Readiness = current_app.extensions.setdefault("nianbao_readiness", Readiness())
    return readiness


def _holds(name: str, look: Callable[[Catalog], object], shelf: Catalog) -> bool:
    try:
        look(shelf)
    except (NianbaoError, OSError) as error:
        log.error("not ready: %s: %s", name, error)  # noqa: TRY400 - its sentence is enough
        return False
    return True


def _searched(shelf: Catalog) -> None:
    """Ask as a reader does: an index may tell of itself and yet be too slow, or too broken, to be searched."""
    shelf.engine.status()
    shelf.engine.search(SearchRequest(size=0))


def _sampled(shelf: Catalog) -> None:
    """Read the originals of some reports; each is checked against its digest as it is read."""
    try:
        total = shelf.engine.search(SearchRequest(size=0)).total
    except SearchIndexError:
        return  # told by the index's own check
    for _ in range(min(SAMPLED, total)):
        page = random.randint(1, min(-(-total // PAGE_SIZE), MAX_PAGE))  # noqa: S311 - a sample, no secret
        hits = shelf.engine.search(SearchRequest(page=page, bare=True)).hits
        stored = shelf.store.get(random.choice(hits).id) if hits else None  # noqa: S311 - likewise
        if stored is not None:
            shelf.store.payload(stored.snapshot.digest)
