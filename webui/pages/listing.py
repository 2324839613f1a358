"""What the numbers of the coverage page count: the documents themselves, a hundred at a time."""

from __future__ import annotations

from itertools import pairwise

from flask import Blueprint, abort, request

from corpus.store.listing import WHATS, Among, Listed
from webui.analysis import analysis, asked_part, asked_where
from webui.catalog import Catalog, catalog
from webui.pages.versions import Edit, edit
from webui.params import N_
from webui.respond import View, page
from webui.shapes import Json, region_shape

blueprint = Blueprint("listing", __name__)

SIZE = 100
EDITS = 20
"""Changed reports on a page: each is set against its version before."""
TITLES = {
    "payloads": N_("Payloads kept"),
    "changed": N_("Changed since first capture"),
    "conflicts": N_("Conflicting texts"),
    "gone": N_("Vanished at the source"),
    "pending": N_("Waiting to be read"),
    "unreadable": N_("Captured, but no report"),
    "dated": N_("Reports whose date of publication is known"),
    "late": N_("Reports published late"),
}


@page(blueprint, "/coverage/<what>")
def listing(what: str) -> View:
    """The documents behind one number."""
    if what not in WHATS:
        abort(404)
    shelf = catalog()
    reason = request.args.get("reason", "") if what == "unreadable" else ""
    among, part = Among(reason, *asked_where()), asked_part(EDITS if what == "changed" else SIZE)
    total, found = shelf.store.listed(what, among, part.first, part.size)
    spread = shelf.store.spread(what, among)
    edits = {each.digest: done for each in found if (done := edit_of(shelf, each))} if what == "changed" else {}
    places = [(region_shape(digits.ljust(6, "0"), shelf.registry), count) for digits, count in spread.places.items()]
    body = {
        "ok": True,
        "what": what,
        "total": total,
        "years": [{"year": at, "count": count} for at, count in spread.years.items()],
        "regions": [{**shape, "count": count} for shape, count in places],
        "documents": [_shape(each, edits.get(each.digest)) for each in found],
    }
    context = {
        **analysis(total, part, what=what, reason=reason or None),
        "title": TITLES[what],
        "years": spread.years,
        "places": places,
        "found": found,
        "edits": edits,
    }
    return View("listing.html", body, context, index=False, version=str(shelf.holdings.revision))


def edit_of(shelf: Catalog, each: Listed) -> tuple[int, Edit] | None:
    """A changed version's number and what it changed; None where it is no version of the text that is shown."""
    versions = shelf.store.versions(each.id)
    for before, after in pairwise(versions):
        if after.snapshot.digest == each.digest:
            return after.version, edit(before.report, after.report)
    return None


def _shape(each: Listed, done: tuple[int, Edit] | None) -> Json:
    shape: dict[str, object] = {
        "sha256": each.digest,
        "report": each.id or None,
        "title": each.title or None,
        "url": each.url,
        "captured": each.moment.isoformat(),
    }
    if done is not None:
        shape["changed"] = {"version": done[0], "cells": done[1].cells, "passages": done[1].passages}
    return shape
