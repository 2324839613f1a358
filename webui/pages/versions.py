"""What changed since publication: a version of a report against the one before it, in words and in cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, request

from corpus.model import Report
from corpus.store import Stored
from webui.catalog import catalog
from webui.former import to_present
from webui.pages.changes import Move, Passage, compared, moves
from webui.params import N_, BadParameterError
from webui.respond import View, page
from webui.shapes import Json, number
from webui.textdiff import Span

blueprint = Blueprint("versions", __name__)

VIEWS = ("inline", "beside")
"""How the text is shown: changes within it, or the two texts side by side."""


@dataclass(frozen=True, slots=True)
class Edit:
    """How much of a report an edit touched: cells, and stretches of its text."""

    cells: int
    passages: int


@page(blueprint, "/reports/<id_>/versions/<version>")
def pair(id_: str, version: str) -> View:
    """A version against its predecessor; a former id of the report redirects for good."""
    shelf = catalog()
    every = {each.version: each for each in shelf.store.versions(id_)}
    if not every:
        to_present(id_)
    number_ = int(version) if version.isdecimal() and len(version) < 5 else 0
    after, before = every.get(number_), every.get(number_ - 1)
    if after is None or before is None:
        abort(404)
    view = request.args.get("view") or VIEWS[0]
    if view not in VIEWS:
        raise BadParameterError("view", N_("%(parameter)s is one of: %(choices)s."), choices=", ".join(VIEWS))
    passages = tuple(each for each in compared(before.report, after.report) if _stretches(each.spans))
    moved = moves(before.report, after.report)
    context = {
        "before": before,
        "after": after,
        "versions": sorted(every),
        "passages": passages,
        "moved": moved,
        "edit": edit(before.report, after.report),
        "view": view,
        "views": VIEWS,
    }
    return View(
        "versions.html", _body(id_, before, after, passages, moved), context, version=f"{shelf.holdings.revision}"
    )


def edit(before: Report, after: Report) -> Edit:
    """What changed, in a word."""
    stretches = sum(_stretches(passage.spans) for passage in compared(before, after))
    return Edit(len(moves(before, after)), stretches)


def _stretches(spans: Sequence[Span]) -> int:
    """How many places differ: what was struck out and what stands in its place are one."""
    changed = [span.kind != "same" for span in spans]
    return sum(now and not earlier for earlier, now in zip([False, *changed], changed, strict=False))


def _body(id_: str, before: Stored, after: Stored, passages: Sequence[Passage], moved: Sequence[Move]) -> Json:
    return {
        "ok": True,
        "id": id_,
        "versions": [
            {"version": each.version, "captured": each.snapshot.captured.isoformat(), "sha256": each.snapshot.digest}
            for each in (before, after)
        ],
        "sections": [
            {
                "kind": each.kind,
                "heading": each.heading,
                "changes": [{"kind": span.kind, "text": span.text} for span in each.spans],
            }
            for each in passages
        ],
        "figures": [
            {"id": each.id, "before": number(each.before.value), "after": number(each.after.value)} for each in moved
        ],
    }
