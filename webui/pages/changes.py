"""What a report took over, and from whom, and what it changed: its text and figures against the year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint

from corpus.form import Column, Row, figure_id, load_form
from corpus.model import Figure, Report, SectionKind
from corpus.store import Stored
from webui.catalog import catalog
from webui.former import stored_report
from webui.passage import ANCHOR
from webui.respond import View, page
from webui.shapes import Json, number
from webui.sources import Origin, sources
from webui.textdiff import Span, diff, repeated

blueprint = Blueprint("changes", __name__)


@dataclass(frozen=True, slots=True)
class Passage:
    """A kind of section in both years; ``heading`` is as printed, the newer one where there is one."""

    kind: SectionKind
    heading: str
    spans: tuple[Span, ...]
    same: int
    length: int


@dataclass(frozen=True, slots=True)
class Move:
    """A cell that does not say what it said the year before; ``row`` and ``column`` are its labels from the top."""

    id: str
    row: tuple[str, ...]
    column: tuple[str, ...]
    before: Figure
    after: Figure


@page(blueprint, "/reports/<id_>/changes")
def changes(id_: str) -> View:
    """One report against that of the year before; a former id redirects for good."""
    shelf, stored = catalog(), stored_report(id_)
    siblings = shelf.store.of_agency(stored.report.agency.id)
    before = next((each for each in siblings if each.report.year == stored.report.year - 1), None)
    passages = compared(before.report, stored.report) if before else ()
    moved = moves(before.report, stored.report) if before else ()
    origins = sources(stored, siblings, shelf.store, shelf.engine)
    same, length = sum(each.same for each in passages), sum(each.length for each in passages)
    context = {
        "stored": stored,
        "before": before,
        "passages": passages,
        "moved": moved,
        "comparable": before is not None and before.report.form == stored.report.form is not None,
        "sources": origins,
        "characters": sum(each.characters for each in origins),
        "taken": sum(each.characters for each in origins if each.other),
        "mark": ANCHOR,
        "share": same / length if length else None,
    }
    body = _body(stored, before, passages, moved, origins)
    return View("changes.html", body, context, version=f"{shelf.holdings.revision}.{shelf.engine.generation}")


def compared(before: Report, after: Report) -> tuple[Passage, ...]:
    """Kind by kind, in the order of the newer report; what it dropped comes last."""
    old, new = _texts(before), _texts(after)
    headings = {section.kind: section.heading for report in (before, after) for section in reversed(report.sections)}
    found = []
    for kind in dict.fromkeys((*new, *old)):
        spans = diff(old.get(kind, ""), new.get(kind, ""))
        if spans:
            found.append(Passage(kind, headings[kind], spans, *repeated(spans)))
    return tuple(found)


def moves(before: Report, after: Report) -> tuple[Move, ...]:
    """The cells that changed, in the order of print; none where the forms differ, for then no cell compares."""
    if after.form is None or before.form != after.form:
        return ()
    found = []
    for _, row, column in load_form(after.form).cells():
        old, new = (report.figures.get(figure_id(row, column)) for report in (before, after))
        if old is not None and new is not None and (old.value, old.state) != (new.value, new.state):
            found.append(Move(new.id, _words(row), _words(column), old, new))
    return tuple(found)


def _words(part: Row | Column) -> tuple[str, ...]:
    return tuple(filter(None, (*part.path, part.label)))


def _texts(report: Report) -> Mapping[SectionKind, str]:
    texts: dict[SectionKind, str] = {}
    for section in report.sections:
        if section.text.strip():
            texts[section.kind] = "\n".join(filter(None, (texts.get(section.kind, ""), section.text.strip())))
    return texts


def _share(part: int, whole: int) -> float | None:
    """In per cent, as every rate."""
    return round(100 * part / whole, 2) if whole else None


def _body(
    stored: Stored,
    before: Stored | None,
    passages: Sequence[Passage],
    moved: Sequence[Move],
    origins: Sequence[Origin],
) -> Json:
    characters = sum(each.characters for each in origins)
    return {
        "ok": True,
        "id": stored.id,
        "year": stored.report.year,
        "before": {"id": before.id, "year": before.report.year} if before else None,
        "repeated": _share(sum(each.same for each in passages), sum(each.length for each in passages)),
        "origins": [
            {
                "id": (each.stored or stored).id,
                "agency": (each.stored or stored).report.agency.name,
                "year": (each.stored or stored).report.year,
                "share": _share(each.characters, characters),
            }
            for each in origins
        ],
        "sections": [
            {
                "kind": each.kind,
                "heading": each.heading,
                "repeated": _share(each.same, each.length),
                "changes": [{"kind": span.kind, "text": span.text} for span in each.spans],
            }
            for each in passages
        ],
        "figures": [
            {"id": each.id, "before": number(each.before.value), "after": number(each.after.value)} for each in moved
        ],
    }
