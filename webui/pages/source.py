"""The stored original in a frame of ours: when it was captured, under which digest, and where in it a cell stands."""

from __future__ import annotations

from flask import Blueprint, request, url_for

from webui.catalog import catalog
from webui.former import stored_report
from webui.pages.figure import named_cell
from webui.pages.original import shown
from webui.respond import View, page

blueprint = Blueprint("source", __name__)


@page(blueprint, "/reports/<id_>/source")
def source(id_: str) -> View:
    """The payload from which a report was read, as its publisher wrote it; ``cell`` names the cell that is sought."""
    shelf = catalog()
    stored = stored_report(id_)
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
