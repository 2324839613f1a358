"""Documents that were found, in order → one page of hits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from corpus.budget import check
from indexer.clauses import Clause, Leaf
from indexer.evaluate import Evaluation, held_to
from indexer.near_duplicates import groups
from indexer.postings import Keys
from indexer.rank import metric_value, sort_metric
from indexer.request import SearchRequest
from indexer.result import Hit
from indexer.snippets import snippets
from indexer.view import Columns
from indexer.wanted import mistaken, wanted

Report = Callable[[int], Mapping[str, Any]]
"""What is stored for a document."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Documents, the best first, with their scores; and the clauses by which they were found."""

    scores: Mapping[int, float]
    clauses: Sequence[Clause]


class Shown(NamedTuple):
    """A document as it is to be shown: what is stored of it, its score, others that are almost the same."""

    document: int
    report: Report
    score: float
    similar: Sequence[int]
    request: SearchRequest
    columns: Columns
    marks: Sequence[tuple[Leaf, Keys]]


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
        snippets=() if request.bare else snippets(shown.document, report["sections"], report["even"], shown.marks),
        metrics=values,
        similar=tuple(columns.ids[other].decode() for other in shown.similar),
    )


def show(
    ranked: Ranked,
    request: SearchRequest,
    evaluation: Evaluation,
    report: Report,
    make: Callable[[Shown], Hit] = hit,
) -> tuple[Hit, ...]:
    """The documents as hits, near-duplicates behind the first of them. ``make`` makes one of them."""
    columns = evaluation.view.columns
    marks = _marks(evaluation, ranked.clauses)
    chosen = list(ranked.scores)
    # One report, or none, is like no other: the sketches of all need not be read for it.
    apart = request.apart or len(chosen) < 2
    grouped = [(each, []) for each in chosen] if apart else groups(chosen, columns.sketches)
    return tuple(
        [make(Shown(each, report, ranked.scores[each], others, request, columns, marks)) for each, others in grouped]
    )


def _marks(evaluation: Evaluation, clauses: Sequence[Clause]) -> list[tuple[Leaf, Keys]]:
    """Where what was wanted stands, for the snippets."""
    leaves = dict.fromkeys(leaf for clause in clauses for leaf in wanted(clause))
    leaves |= dict.fromkeys((leaf, ()) for clause in clauses for leaf in mistaken(clause))
    return [(part, held_to(keys, fields)) for leaf, fields in leaves for part, keys in evaluation.marks(leaf)]
