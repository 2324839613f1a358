"""A request as one state of the index understands it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise

import numpy as np

from corpus.metrics import Metric
from corpus.regions import Registry
from indexer.clauses import And, Clause, Everything, Literal, Phrase, Query, Term, Word
from indexer.deferred import Deferred
from indexer.describe import meaning
from indexer.evaluate import ANYWHERE, Evaluation
from indexer.facet_counts import Facets, Matches
from indexer.hits import Ranked, Shown, hit, marks, show
from indexer.masks import Mask, masks
from indexer.rank import page
from indexer.reading import Held, Reader
from indexer.relax import Part, conjuncts, part
from indexer.request import SearchRequest
from indexer.result import FacetValue, Hit, Statistics
from indexer.score import Known, Scorer, Scores
from indexer.standing import Standing
from indexer.statistics import statistics
from indexer.subject import Subject
from indexer.view import Numbers
from indexer.whoosh_engine.page_postings import PagePostings
from indexer.whoosh_engine.view import WhooshView


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """Reports as a mask."""

    mask: Mask

    def __and__(self, other: Marked) -> Marked:
        """Those in both."""
        return Marked(self.mask & other.mask)

    @property
    def count(self) -> int:
        """How many they are."""
        return int(np.count_nonzero(self.mask))


_SIGN_BYTES = 600
"""About what a query takes for each of its characters: clauses, pieces, words, and these as JSON has them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What words mean in one state of the index: the order that they ask for, the query, and what they name."""

    sort: str
    query: Query
    meaning: Mapping[str, object]
    subject: Subject | None
    known: Known

    @property
    def nbytes(self) -> int:
        """Bytes in memory, about."""
        return _SIGN_BYTES * len(self.query.text)


@dataclass(frozen=True, eq=False)
class Asked:
    """What was asked, in the order that its words ask for, and what it means and matches in ``view``."""

    request: SearchRequest
    reading: Reading
    view: WhooshView
    evaluation: Evaluation
    matches: Matches
    reader: Reader
    registry: Registry
    make: Callable[[Shown], Hit]

    @property
    def query(self) -> Query:
        """Its text as read."""
        return self.reading.query

    @property
    def meaning(self) -> Mapping[str, object]:
        """That, ready for JSON."""
        return self.reading.meaning

    @property
    def subject(self) -> Subject | None:
        """What it names outright."""
        return self.reading.subject

    @property
    def generation(self) -> str:
        """The name of the state."""
        return self.view.name

    @cached_property
    def documents(self) -> Numbers:
        """The reports that were found."""
        return self.matches.whole[1]

    @property
    def total(self) -> int:
        """How many they are."""
        return self.documents.size

    @property
    def groups(self) -> int | None:
        """How many groups they fold into; None where they are not folded."""
        return int(np.unique(self.view.agency_of[self.documents]).size) if self.request.group else None

    def hits(self) -> tuple[Hit, ...]:
        """The page that was asked for."""
        return self._page(self.request, self.documents)

    def shown(self, reports: Marked, most: int, instead: Sequence[Clause]) -> tuple[Hit, ...]:
        """So many of other reports, found by weaker clauses."""
        return self._page(replace(self.request, page=1, size=most), np.flatnonzero(reports.mask), instead)

    def facets(self, rates: frozenset[str]) -> Mapping[str, Sequence[FacetValue]]:
        """Every facet."""
        return Facets(self.matches, rates)

    def statistics(self, metric: Metric) -> Statistics:
        """A metric summed up over all reports that were found."""
        return statistics(self.matches, metric, self.registry)

    def spellings(self) -> Sequence[str]:
        """The text with one word spelt otherwise, the likeliest first."""
        return self.view.spellings.corrections(self.query, self.view.frequency)

    def total_of(self, text: str) -> int:
        """How many reports another text finds by its words alone."""
        request = replace(self.request, text=text)
        held = _held(self.view, self.evaluation)
        query = self.reader.query(request, self.reader.read(request, held), held)
        return _matches(request, query, self.evaluation).whole[1].size

    def parts(self) -> list[Part]:
        """What must all be met, each part with what meets it alone: the clauses and the filters."""
        section = self.request.chosen("section")
        plain = replace(self.request, filters={"section": section} if section else {})

        def met(clause: Clause) -> Marked:
            return Marked(Matches(self.view, plain, self.evaluation.bits(clause), {}).reports())

        clauses = [part(text, clause, met) for text, clause in conjuncts(self.query.clause)]
        filters = masks(self.view, self.request).items()
        return clauses + [Part(name, Marked(found & self.view.columns.live)) for name, found in filters]

    def _page(self, request: SearchRequest, documents: Numbers, instead: Sequence[Clause] = ()) -> tuple[Hit, ...]:
        scores = self._scores(request, documents)
        chosen = page(self.view, documents, scores, request)
        found = [0.0] * chosen.size if scores is None else scores[documents.searchsorted(chosen)].tolist()
        standing = Standing(PagePostings(self.view, np.sort(chosen)))
        scored = dict(zip(chosen.tolist(), found, strict=True))
        ranked = Ranked(scored, marks(standing, (self.query.clause, *instead)))
        return show(ranked, request, self.view.columns, self.view.report, self.make)

    def _scores(self, request: SearchRequest, documents: Numbers) -> Scores | None:
        """How well each document answers; None where nothing tells them apart or none is shown."""
        if isinstance(self.query.clause, Everything) or not request.size:
            return None
        sections = request.chosen("section")

        def scores() -> Scores:
            return Scorer(self.evaluation, self.view, self.view.norms).scores(self.query, sections, self.reading.known)

        # Of every report: who narrows a search, or turns its page, asks for the same scores again.
        name = ("scores", self.query.text, self.query.clause, sections)
        return self.view.kept(name, scores)[documents]


def understand(
    request: SearchRequest, view: WhooshView, reader: Reader, registry: Registry, make: Callable[[Shown], Hit] = hit
) -> Asked:
    """Read a request by what the index holds, and evaluate it. Who narrows a search asks the same words again.

    ``make`` makes a hit of what is to be shown.
    """
    evaluation = Evaluation(view)

    def read() -> Reading:
        ordered, query, subject = reader.understand(request, _held(view, evaluation))
        return Reading(ordered.sort, query, meaning(query), subject, reader.known(query))

    words = request.text, request.like, request.plain, request.sort
    reading = view.kept(("reading", *words, datetime.now(UTC).date()), read)
    if reading.sort != request.sort:
        request = replace(request, sort=reading.sort)
    matches = _matches(request, reading.query, evaluation)
    return Asked(request, reading, view, evaluation, matches, reader, registry, make)


def _matches(request: SearchRequest, query: Query, evaluation: Evaluation) -> Matches:
    view = evaluation.view
    # The whole of a query is kept like its words, for whoever narrows the search.
    bits = view.kept(("bits", query.clause), lambda: evaluation.bits(query.clause))
    return Matches(view, request, bits, masks(view, request))


def _held(view: WhooshView, evaluation: Evaluation) -> Held:
    ids, names = Deferred(lambda: view.agency_ids), Deferred(lambda: view.agencies)
    return Held(ids, names, lambda clause: _is_met(clause, view, evaluation), view.occurs)


def _is_met(clause: Clause, view: WhooshView, evaluation: Evaluation) -> bool:
    """Whether any report meets the clause. How often its words stand tells most of it, before anything is read."""

    def met(clause: Clause) -> bool:
        match clause:
            case Term():
                return view.occurs(clause.text) > 0
            case Literal() if len(clause.text) == 2:
                return view.occurs(clause.text, "pairs") > 0
            case Literal() if not all(view.occurs(first + second, "pairs") for first, second in pairwise(clause.text)):
                return False
            case Phrase() if not all(view.occurs(word) for word, _ in clause.words):
                return False
            case Word(parts=needed) | And(clauses=needed) if len(needed) == 1 or not all(map(met, needed)):
                return len(needed) == 1 and met(needed[0])
        return bool((evaluation.bits(clause)[view.columns.live] & ANYWHERE).any())

    return met(clause)
