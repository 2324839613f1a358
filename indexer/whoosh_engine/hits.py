"""Documents that were found → one page of hits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from corpus.budget import check
from indexer.clauses import Clause, Everything, Leaf, wanted
from indexer.evaluate import held_to
from indexer.near_duplicates import groups
from indexer.postings import Keys
from indexer.rank import page, shown, sort_metric
from indexer.reading import Reader
from indexer.result import Hit
from indexer.score import Scorer, Scores
from indexer.snippets import snippets
from indexer.view import Numbers
from indexer.whoosh_engine.asked import Asked


class Hits:
    """Shows documents with one reader."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def page(self, asked: Asked, documents: Numbers, instead: Sequence[Clause] = ()) -> tuple[Hit, ...]:
        """One page of the documents, the best first, near-duplicates behind the first of them.

        ``instead`` are weaker clauses by which they were found: marked as what was asked is.
        """
        view = asked.view
        scores = _scores(asked, documents, self._reader)
        chosen = page(view, documents, scores, asked.request)
        found = [0.0] * chosen.size if scores is None else scores[np.searchsorted(documents, chosen)].tolist()
        score = dict(zip(chosen.tolist(), found, strict=True))
        marks = _marks(asked, instead)
        return tuple(
            self.hit(asked, document, marks, score[document], others)
            for document, others in _grouped(asked, list(score))
        )

    def hit(
        self, asked: Asked, document: int, marks: list[tuple[Leaf, Keys]], score: float, similar: Sequence[int]
    ) -> Hit:
        """One document, with the passages where what was wanted stands, and those that say nearly the same."""
        view, request = asked.view, asked.request
        check()
        report = view.report(document)
        metrics = dict.fromkeys(filter(None, (sort_metric(request.sort), *request.facet_metrics)))
        values = {metric: value for metric in metrics if (value := shown(view.columns, metric, document)) is not None}
        return Hit(
            id=report["id"],
            title=report["title"],
            agency=report["agency"],
            region=report["region"],
            level=report["level"],
            kind=report["kind"],
            year=report["year"],
            form=report["form"],
            url=report["url"],
            score=round(score, 4),
            captured=datetime.fromtimestamp(int(view.columns.captured[document]), UTC),
            snippets=() if request.bare else snippets(document, report["sections"], report["even"], marks),
            metrics=values,
            similar=tuple(view.columns.ids[other].decode() for other in similar),
        )


def _scores(asked: Asked, documents: Numbers, reader: Reader) -> Scores | None:
    """How well each document answers; None where nothing tells them apart or none is shown."""
    if isinstance(asked.query.clause, Everything) or not asked.request.size:
        return None
    scorer = Scorer(asked.evaluation, asked.view, asked.view.norms)
    return scorer.scores(asked.query, documents, asked.request.chosen("section"), reader.known(asked.query))


def _marks(asked: Asked, instead: Sequence[Clause]) -> list[tuple[Leaf, Keys]]:
    """Where what was wanted stands, for the snippets."""
    leaves = dict.fromkeys(leaf for clause in (asked.query.clause, *instead) for leaf in wanted(clause))
    return [(part, held_to(keys, fields)) for leaf, fields in leaves for part, keys in asked.evaluation.marks(leaf)]


def _grouped(asked: Asked, chosen: Sequence[int]) -> list[tuple[int, list[int]]]:
    """The documents of a page, each with those behind it."""
    if asked.request.apart:
        return [(document, []) for document in chosen]
    return groups(chosen, asked.view.columns.sketches)
