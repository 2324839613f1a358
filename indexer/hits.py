"""Documents that were found, in order → one page of hits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from corpus.budget import check
from indexer.clauses import Clause, Leaf
from indexer.evaluate import held_to
from indexer.near_duplicates import groups
from indexer.postings import Keys
from indexer.rank import metric_value, sort_metric
from indexer.request import SearchRequest
from indexer.result import Hit
from indexer.snippets import snippets
from indexer.standing import Standing
from indexer.view import Columns
from indexer.wanted import mistaken, wanted

Report = Callable[[int], Mapping[str, Any]]
"""What is stored for a document."""
Marks = Callable[[], Sequence[tuple[Leaf, Keys]]]
"""Where what was wanted stands, read for the first hit that shows passages."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Documents, the best first, with their scores; and where what they were found by stands in them."""

    scores: Mapping[int, float]
    marks: Marks


class Shown(NamedTuple):
    """A document as it is to be shown: what is stored of it, its score, others that are almost the same."""

    document: int
    report: Report
    score: float
    similar: Sequence[int]
    request: SearchRequest
    columns: Columns
    marks: Marks


def hit(shown: Shown) -> Hit:
    """One document, with the passages where what was wanted stands, and those that say nearly the same."""
    check()
    report, request, columns = shown.report(shown.document), shown.request, shown.columns
    metrics = dict.fromkeys(filter(None, (sort_metric(request.sort), *request.facet_metrics)))
    values = {id_: value for id_ in metrics if (value := metric_value(columns, id_, shown.document)) is not None}
    return Hit(
        id=report["id"],
        title=report["title"],
        agency=report["agency"],
        region=report["region"],
        level=report["level"],
        kind=report["kind"],
        year=report["year"],
        form=report["form"],
        scanned=report["original"] == "scan",
        url=report["url"],
        score=round(shown.score, 4),
        captured=datetime.fromtimestamp(int(columns.captured[shown.document]), UTC),
        snippets=() if request.bare else snippets(shown.document, report["sections"], report["even"], shown.marks()),
        metrics=values,
        similar=tuple(columns.ids[other].decode() for other in shown.similar),
    )


def show(
    ranked: Ranked,
    request: SearchRequest,
    columns: Columns,
    report: Report,
    make: Callable[[Shown], Hit] = hit,
) -> tuple[Hit, ...]:
    """The documents as hits, near-duplicates behind the first of them. ``make`` makes one of them."""
    chosen = list(ranked.scores)
    # One report, or none, is like no other: the sketches of all need not be read for it.
    apart = request.apart or len(chosen) < 2
    grouped = [(each, []) for each in chosen] if apart else groups(chosen, columns.sketches)
    return tuple(
        [
            make(Shown(each, report, ranked.scores[each], others, request, columns, ranked.marks))
            for each, others in grouped
        ]
    )


def marks(standing: Standing, clauses: Sequence[Clause]) -> Marks:
    """Where what clauses want stands, for the snippets."""

    @cache
    def read() -> Sequence[tuple[Leaf, Keys]]:
        leaves = dict.fromkeys(leaf for clause in clauses for leaf in wanted(clause))
        leaves |= dict.fromkeys((leaf, ()) for clause in clauses for leaf in mistaken(clause))
        return [(part, held_to(keys, fields)) for leaf, fields in leaves for part, keys in standing.marks(leaf)]

    return read
