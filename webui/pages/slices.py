"""A slice to cite: a search as one archive, and the page at which anybody sees whether it gives the same today."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Blueprint, Response, abort, current_app, request

from indexer.request import SearchRequest
from webui.addresses import absolute, search_address
from webui.catalog import Catalog, catalog
from webui.export import LICENCE
from webui.params import parse
from webui.respond import View, page
from webui.slices import archive, slice_of

blueprint = Blueprint("slices", __name__)

_DIGEST = re.compile(r"[0-9a-f]{64}")


@blueprint.get("/slice.zip")
def as_zip() -> Response:
    """The search of the parameters as an archive: its tables, their dictionary, query, generation, digests, licence."""
    shelf = catalog()
    query = parse(request.args, shelf.holdings.vocabulary)
    found, packed = archive(shelf, query, lambda digest: _notes(shelf, query, digest))
    response = current_app.response_class(packed, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="nianbao-{found.digest[:12]}.zip"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@page(blueprint, "/slices/<digest>")
def cited(digest: str) -> View:
    """Whether the query gives today what had this digest."""
    if not _DIGEST.fullmatch(digest):
        abort(404)
    shelf = catalog()
    query = parse(request.args, shelf.holdings.vocabulary)
    found = slice_of(shelf, query)
    body = {
        "ok": True,
        "digest": digest,
        "present": found.digest,
        "same": found.digest == digest,
        "total": found.total,
        **_notes(shelf, query, found.digest),
    }
    context = {
        "search": search_address(query),
        "zip": search_address(query, path="/slice.zip"),
        "present": search_address(query, path=f"/slices/{found.digest}"),
    }
    return View(
        "slice.html", body, context, index=False, version=f"{shelf.holdings.revision} {shelf.engine.generation}"
    )


def _notes(shelf: Catalog, query: SearchRequest, digest: str) -> Mapping[str, str]:
    return {
        "query": absolute(search_address(query), shelf.settings),
        "cite": absolute(search_address(query, path=f"/slices/{digest}"), shelf.settings),
        "generation": shelf.engine.generation,
        "licence": LICENCE,
    }
