"""The stored original in a frame of ours: when it was captured, under which digest, and where in it a cell stands."""

from __future__ import annotations

from typing import NoReturn

from flask import Blueprint, abort, redirect, request, url_for

from webui.catalog import Catalog, catalog
from webui.pages.figure import named_cell
from webui.pages.original import shown
from webui.respond import View, page, wants_page

blueprint = Blueprint("source", __name__)


@page(blueprint, "/reports/<id_>/source")
def source(id_: str) -> View:
    """The payload from which a report was read, as its publisher wrote it; ``cell`` names the cell that is sought."""
    shelf = catalog()
    stored = shelf.store.get(id_)
    if stored is None:
        _redirect_or_fail(shelf, id_)
    report, snapshot = stored.report, stored.snapshot
    figure = report.figures.get(request.args.get("cell", ""))
    body = {
        "ok": True,
        "id": id_,
        "url": snapshot.url,
        "sha256": snapshot.digest,
        "captured": snapshot.captured.isoformat(),
        "media_type": snapshot.media_type,
        "payload": url_for("original.snapshot", digest=snapshot.digest, lang=None),
        "cell": figure.id if figure else None,
    }
    context = {
        "stored": stored,
        "shown": shown(snapshot),
        "figure": figure,
        "named": named_cell(report.form, figure.id) if figure and report.form else None,
    }
    return View("source.html", body, context, index=False, version=f"{shelf.holdings.revision}")


def _redirect_or_fail(shelf: Catalog, id_: str) -> NoReturn:
    present = shelf.store.resolve(id_)
    if present is None or present == id_:
        abort(404)
    endpoint = "source.source" if wants_page() else "source.source_json"
    abort(redirect(url_for(endpoint, id_=present), code=301))
