"""What the numbers of the coverage page count: the documents themselves, a hundred at a time."""

from __future__ import annotations

import re
from itertools import pairwise

from flask import Blueprint, abort, request, url_for

from corpus.store.listing import WHATS, Listed
from webui.catalog import Catalog, catalog
from webui.pages.versions import Edit, edit
from webui.params import N_, BadParameterError
from webui.respond import View, page
from webui.shapes import Json

blueprint = Blueprint("listing", __name__)

SIZE = 100
EDITS = 20
"""Changed reports on a page: each is set against its version before."""
_MOST_PAGES = 9999
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
_PROVINCE = re.compile(r"\d{6}")


@page(blueprint, "/coverage/<what>")
def listing(what: str) -> View:
    """The documents behind one number."""
    if what not in WHATS:
        abort(404)
    shelf = catalog()
    among, region, reason = _among(what)
    number = _number(request.args.get("page") or "1")
    size = EDITS if what == "changed" else SIZE
    total, found = shelf.store.listed(what, among, (number - 1) * size, size)
    last = max(1, -(-total // size))
    edits = {each.digest: done for each in found if (done := edit_of(shelf, each))} if what == "changed" else {}
    body = {
        "ok": True,
        "what": what,
        "total": total,
        "documents": [_shape(each, edits.get(each.digest)) for each in found],
    }
    context = {
        "title": TITLES[what],
        "total": total,
        "found": found,
        "place": shelf.registry.get(region) if region else None,
        "reason": reason,
        "number": number,
        "start": (number - 1) * size + 1,
        "edits": edits,
        "last": last,
        "page_address": lambda at: url_for(
            "listing.listing", what=what, region=region or None, reason=reason or None, page=at if at > 1 else None
        ),
    }
    return View("listing.html", body, context, index=False, version=str(shelf.holdings.revision))


def _among(what: str) -> tuple[str, str, str]:
    """(what narrows the listing, the region it stands for, the reason)."""
    if what == "unreadable":
        reason = request.args.get("reason", "")
        return reason, "", reason
    region = request.args.get("region", "") if what in ("dated", "late") else ""
    if region and (not _PROVINCE.fullmatch(region) or region not in catalog().holdings.vocabulary.regions):
        raise BadParameterError("region", N_("No region has the code %(value)s."), value=region)
    return region[:2], region, ""


def _number(value: str) -> int:
    if value.isascii() and value.isdigit() and len(value) <= 4 and int(value) >= 1:
        return int(value)
    raise BadParameterError("page", N_("A page is a number from 1 to %(choices)s."), choices=_MOST_PAGES)


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
