"""Boilerplate: how much of the reports stood in earlier ones; and of one report, which sentences, since when, whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from flask import Blueprint, Response

from corpus.analysis.repetition import Trace, in_sources, traces
from corpus.analysis.wording import printed
from corpus.model import Report, SectionKind
from corpus.store import Stored
from corpus.store.narrations import Narrated
from corpus.store.ranking import SHARES, Ranked
from webui.analysis import analysis, asked_part, asked_where
from webui.asked import asked_word
from webui.catalog import Catalog, catalog
from webui.former import stored_report
from webui.passage import ANCHOR, Passage, passage_in
from webui.respond import View, page
from webui.rows_file import rows_file
from webui.shapes import Json, region_shape

blueprint = Blueprint("boilerplate", __name__)

SIZE = 50
_COLUMNS = ("id", "agency", "region", "level", "kind", "year", *SHARES)


@page(blueprint, "/boilerplate")
def boilerplate() -> View:
    """The reports by how much of them is repeated, and the average of every year."""
    shelf = catalog()
    by, part, (digits, year) = asked_word("by", SHARES), asked_part(SIZE), asked_where()
    total, found = shelf.store.most_copied(by, region=digits, year=year, first=part.first, most=SIZE)
    years = shelf.store.copied_by_year(digits)
    body = {
        "ok": True,
        "total": total,
        "by": by,
        "years": [asdict(each) for each in years],
        "reports": [_ranked_shape(each, shelf) for each in found],
    }
    context = {**analysis(total, part, by=by), "shares": SHARES, "years": years, "found": found}
    return View("boilerplate.html", body, context, version=str(shelf.holdings.revision))


@blueprint.get("/boilerplate.csv")
def as_csv() -> Response:
    """Every report that was compared, with its shares."""
    by = asked_word("by", SHARES)
    digits, year = asked_where()
    _, found = catalog().store.most_copied(by, region=digits, year=year, most=None)
    rows = ([Decimal(str(value)) if isinstance(value, float) else value for value in _row(each)] for each in found)
    return rows_file("boilerplate", _COLUMNS, rows)


def _row(each: Ranked) -> list[str | int | float]:
    return [getattr(each, column) for column in _COLUMNS]


def _ranked_shape(each: Ranked, shelf: Catalog) -> Json:
    return {**asdict(each), "region": region_shape(each.region, shelf.registry)}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph: a sentence that was compared, with what is known of it, or what stands between.

    ``source`` is the earliest report that has the sentence, ``passage`` where it stands there.
    """

    text: str
    trace: Trace | None = None
    source: Narrated | None = None
    passage: Passage | None = None


@page(blueprint, "/reports/<id_>/boilerplate")
def of_report(id_: str) -> View:
    """One report, sentence by sentence; a former id redirects for good."""
    shelf, stored = catalog(), stored_report(id_)
    found = traces(shelf.store, stored)
    sources = _sources(shelf, found)
    parts = _parts(stored.report, found, sources)
    longest = sorted((trace for trace in found if trace.own), key=lambda trace: (-trace.times, -trace.sentence.length))
    context = {
        "stored": stored,
        "compared": stored.copied is not None and bool(found),
        "shares": _shares(found),
        "parts": parts,
        "longest": [_oldest(stored.report, trace) for trace in longest[:10]],
        "sources": sources,
        "mark": ANCHOR,
    }
    body = _body(stored, found, sources)
    return View("report_boilerplate.html", body, context, index=False, version=str(shelf.holdings.revision))


def _oldest(report: Report, trace: Trace) -> tuple[Trace, str, Passage | None]:
    text = printed(report.sections, trace.sentence)
    return trace, text, passage_in(report.sections, text)


def _sources(shelf: Catalog, found: Sequence[Trace]) -> Mapping[str, tuple[Narrated, Mapping[int, str]]]:
    """The earliest reports that sentences are traced to, with what stands there of each family."""
    ids = {trace.own[0].id for trace in found if trace.own} | {trace.other.id for trace in found if trace.other}
    return in_sources(shelf.store, sorted(ids))


def _parts(
    report: Report, found: Sequence[Trace], sources: Mapping[str, tuple[Narrated, Mapping[int, str]]]
) -> list[tuple[SectionKind, str, list[list[Piece]]]]:
    """(kind, heading, paragraphs in pieces) of every section that has text."""
    by_place: dict[tuple[SectionKind, int], list[Trace]] = {}
    for trace in found:
        by_place.setdefault((trace.sentence.kind, trace.sentence.paragraph), []).append(trace)
    seen: dict[SectionKind, int] = {}
    parts = []
    for section in report.sections:
        first = seen.get(section.kind, 0)
        seen[section.kind] = first + len(section.paragraphs)
        pieces = [
            list(_pieces(text, by_place.get((section.kind, first + at), ()), sources))
            for at, text in enumerate(section.paragraphs)
        ]
        if pieces:
            parts.append((section.kind, section.heading, pieces))
    return parts


def _pieces(
    text: str, found: Sequence[Trace], sources: Mapping[str, tuple[Narrated, Mapping[int, str]]]
) -> list[Piece]:
    pieces, at = [], 0
    for trace in found:
        if trace.sentence.start > at:
            pieces.append(Piece(text[at : trace.sentence.start]))
        at = trace.sentence.end
        source, there = sources.get(_earliest(trace), (None, {}))
        passage = passage_in(source.sections, there[trace.family]) if source and trace.family in there else None
        pieces.append(Piece(text[trace.sentence.start : at], trace, source, passage))
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces


def _earliest(trace: Trace) -> str:
    """The id of the earliest report that has a sentence; of two in one year the body's own; empty where none has."""
    own = (trace.own[0].year, trace.own[0].id) if trace.own else None
    other = (trace.other.year, trace.other.id) if trace.other else None
    if own and (other is None or own[0] <= other[0]):
        return own[1]
    return other[1] if other else ""


def _shares(found: Sequence[Trace]) -> Mapping[str, float]:
    """Per cent of the characters compared, as the ranking has them."""
    whole = sum(trace.sentence.length for trace in found) or 1
    chosen = {
        "copied": [trace for trace in found if trace.own or trace.other],
        "own": [trace for trace in found if trace.own],
        "others": [trace for trace in found if trace.other],
    }
    return {name: round(100 * sum(each.sentence.length for each in some) / whole, 1) for name, some in chosen.items()}


def _body(stored: Stored, found: Sequence[Trace], sources: Mapping[str, tuple[Narrated, Mapping[int, str]]]) -> Json:
    def source(id_: str, family: int) -> Json | None:
        if id_ not in sources:
            return None
        kept, texts = sources[id_]
        return {"id": id_, "agency": kept.agency, "year": kept.year, "text": texts.get(family)}

    return {
        "ok": True,
        "id": stored.id,
        "compared": bool(found),
        **(_shares(found) if found else dict.fromkeys(SHARES)),
        "sentences": [
            {
                "section": trace.sentence.kind,
                "paragraph": trace.sentence.paragraph,
                "start": trace.sentence.start,
                "end": trace.sentence.end,
                "text": printed(stored.report.sections, trace.sentence),
                "years": sorted({told.year for told in trace.own}),
                "own": source(trace.own[0].id, trace.family) if trace.own else None,
                "other": source(trace.other.id, trace.family) if trace.other else None,
            }
            for trace in found
        ],
    }
