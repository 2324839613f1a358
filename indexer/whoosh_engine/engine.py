"""Documents in, answers out: the Engine over a Whoosh index."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh import index

from corpus.errors import SearchIndexError
from corpus.metrics import Metric, load_metrics
from corpus.regions import Registry
from indexer.check import check
from indexer.clauses import Clause, Everything, Leaf, Query, wanted
from indexer.describe import describe
from indexer.document import Document
from indexer.engine import EngineStatus, Written
from indexer.evaluate import Evaluation, held_to
from indexer.facet_counts import Matches, facets
from indexer.fields import fingerprint
from indexer.masks import Mask, masks
from indexer.names import Names
from indexer.near_duplicates import groups
from indexer.postings import Keys
from indexer.prepare import Prepared, prepare_all, prepare_here
from indexer.rank import page, shown, sort_metric
from indexer.reading import Held, Reader
from indexer.relax import Part, conjuncts, part, relax
from indexer.request import SearchRequest
from indexer.result import Hit, SearchResult
from indexer.score import Scorer, Scores
from indexer.segment import Segmenter, region_words
from indexer.snippets import snippets
from indexer.statistics import statistics
from indexer.suggest import Suggester, Suggestion, suggestions
from indexer.view import Numbers
from indexer.whoosh_engine import checksums, generations
from indexer.whoosh_engine.commit import Commits
from indexer.whoosh_engine.document_row import until_full
from indexer.whoosh_engine.generations import Sight, State
from indexer.whoosh_engine.storage import created, opened, rows_of_keys
from indexer.whoosh_engine.view import WhooshView

OWN_BODIES = "bodies.toml"
"""An operator's own names of bodies, beside the index (indexer/bodies.toml)."""
OFFERS = 5
"""Names offered there."""
RELAXED = 10
"""Reports shown where nothing was found."""
FEW = 2
"""Reports found up to which another spelling is offered."""
MEMORY = 1 << 30
"""Bytes that a whole build may take for the postings that it inverts together."""


class WhooshEngine:
    """A Whoosh index in ``directory``. Reading needs no lock and follows every commit; writing is for one process.

    ``registry`` names the regions and gives the segmenter their names; ``metrics`` are those that documents may have;
    ``memory`` is how many bytes a whole build may take for postings, ``wait`` how many seconds
    another process that writes is waited for.
    """

    def __init__(  # noqa: PLR0913 - what an index is made with, each by name
        self,
        directory: Path,
        registry: Registry,
        metrics: Mapping[str, Metric] | None = None,
        segmenter: Segmenter | None = None,
        *,
        memory: int = MEMORY,
        wait: float = 0,
    ) -> None:
        self._directory = directory
        self._memory = memory
        self._wait = wait
        self._registry = registry
        self._metrics = load_metrics() if metrics is None else metrics
        self._columns = {id_: place for place, id_ in enumerate(sorted(self._metrics))}
        self._rates = frozenset(id_ for id_, metric in self._metrics.items() if metric.unit == "%")
        self._given = segmenter
        self._seen: tuple[Sight, WhooshView] | None = None
        self._suggester: tuple[str, Suggester] | None = None
        self._turn = threading.RLock()

    @property
    def fingerprint(self) -> str:
        """The identity that an index written now would have."""
        return fingerprint(self._segmenter.fingerprint, self._columns)

    @property
    def generation(self) -> str:
        """The name of the live state."""
        return self._current().name

    def replace(self, documents: Iterable[Document], revision: int) -> None:
        """Build a whole new index beside the live one, then swap it in."""
        with generations.writing(self._directory, self._wait):
            with generations.building(self._directory) as build:
                created(build, len(self._columns))
                commits = Commits(build, State(revision, self.fingerprint), self._columns)
                rest = self._prepared(documents)
                seen: set[str] = set()
                for first in rest:
                    commits.commit(until_full(chain((first,), rest), self._memory), seen=seen)
                if not seen:
                    commits.commit(())
            generations.swap(self._directory, build)

    def write(self, documents: Iterable[Document], deleted: Iterable[str], revision: int) -> Written:
        """Add or renew documents and remove ids in one commit. Raises SearchIndexError for a stale index."""
        with generations.writing(self._directory, self._wait):
            sight = generations.look(self._directory)
            self._checked(sight)
            commits = Commits(sight.build, State(revision, self.fingerprint), self._columns)
            return commits.commit(prepare_here(documents, self._segmenter), deleted)

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a request. Raises UsageError for a parameter that means nothing."""
        check(request, self._columns)
        view = self._current()
        evaluation = Evaluation(view)
        held = _held(view, evaluation)
        subject = self._reader.subject(request, held)
        query = self._reader.query(request, held, subject)
        if subject is not None and subject.whole and subject.sort and request.sort == "relevance":
            request = replace(request, sort=subject.sort)
        elif request.sort == "relevance" and any(piece.kind == "order" for piece in query.pieces):
            request = replace(request, sort="-year")
        matches = self._matches(request, query, evaluation)
        documents = matches.whole[1]
        understood = dict(describe(query, request))
        # Who names an item finds few reports and means just these.
        named = documents.size and subject is not None and subject.whole
        doubtful = documents.size <= FEW and not named
        doubtful |= any(part.reason == "read_as_parts" for part in query.ignored)
        if doubtful and request.size and not request.plain:
            understood["did_you_mean"] = self._corrections(query, request, view, documents.size)
        relaxed: tuple[Hit, ...] = ()
        if not documents.size and request.size and not request.like:
            parts = self._parts(query, request, evaluation)
            given_up, found = relax(parts)
            understood["relaxed"] = [{"text": each.text, "how": each.how, "found": each.found} for each in given_up]
            understood["parts"] = [{"text": each.text, "found": int(np.count_nonzero(each.met))} for each in parts]
            understood["suggestions"] = [] if found.any() else self._offers(query)
            relaxed = self._hits(replace(request, page=1, size=RELAXED), query, evaluation, view, np.flatnonzero(found))
        return SearchResult(
            total=documents.size,
            hits=self._hits(request, query, evaluation, view, documents),
            facets=facets(matches, self._rates),
            understood=understood,
            generation=view.name,
            groups=int(np.unique(view.agency_of[documents]).size) if request.group else None,
            statistics=tuple(statistics(matches, self._metrics[id_], self._registry) for id_ in request.stats),
            subject=subject,
            relaxed_hits=relaxed,
        )

    def _hits(
        self, request: SearchRequest, query: Query, evaluation: Evaluation, view: WhooshView, documents: Numbers
    ) -> tuple[Hit, ...]:
        """One page of the documents that were found, the best first, near-duplicates behind the first of them."""
        scores = None
        if not isinstance(query.clause, Everything) and request.size:
            scores = Scorer(evaluation, view, view.norms).scores(
                query, documents, request.chosen("section"), self._reader.known(query)
            )
        chosen = page(view, documents, scores, request).tolist()
        leaves = dict.fromkeys(wanted(query.clause))
        found = [(part, held_to(keys, fields)) for leaf, fields in leaves for part, keys in evaluation.marks(leaf)]
        grouped: list[tuple[int, list[int]]] = [(document, []) for document in chosen]
        if not request.apart:
            grouped = groups(chosen, view.columns.sketches)
        return tuple(
            replace(
                self._hit(view, document, found, _score(scores, documents, document), request),
                similar=tuple(view.columns.ids[other].decode() for other in others),
            )
            for document, others in grouped
        )

    def _offers(self, query: Query) -> list[dict[str, str]]:
        """What begins like the words of a query that finds nothing, or like the first half of one of them."""
        tried = (word[:length] for word in query.words for length in (len(word), (len(word) + 1) // 2))
        found: Iterable[Suggestion] = (
            offer for typed in tried if len(typed) > 1 for offer in self.suggest(typed, OFFERS)
        )
        named = [Suggestion("metric", id_, name) for name, id_ in self._reader.metrics_like(query)]
        found = chain(named[:OFFERS], found)
        unique = {offer.text: offer for offer in found if offer.text not in query.words}
        return [{"kind": o.kind, "value": o.value, "text": o.text} for o in list(unique.values())[:OFFERS]]

    def _parts(self, query: Query, request: SearchRequest, evaluation: Evaluation) -> list[Part]:
        """What must all be met, each part with what meets it alone: the clauses and the filters."""
        plain = replace(request, filters={"section": request.chosen("section")} if request.chosen("section") else {})

        def met(clause: Clause) -> Mask:
            return Matches(evaluation.view, plain, evaluation.bits(clause), {}).reports()

        asked = [part(text, clause, met) for text, clause in conjuncts(query.clause)]
        filters = masks(evaluation.view, request).items()
        return asked + [Part(name, found & evaluation.view.columns.live) for name, found in filters]

    def suggest(self, typed: str, most: int = 10) -> list[Suggestion]:
        """What to offer to somebody who has typed so much."""
        view = self._current()
        with self._turn:
            if self._suggester is None or self._suggester[0] != view.name:
                offered = suggestions(self._registry, self._metrics, view.agencies, view.vocabulary)
                self._suggester = view.name, Suggester(offered)
            suggester = self._suggester[1]
        return suggester.suggest(typed, most)

    def _matches(self, request: SearchRequest, query: Query, evaluation: Evaluation) -> Matches:
        return Matches(evaluation.view, request, evaluation.bits(query.clause), masks(evaluation.view, request))

    def _corrections(
        self, query: Query, request: SearchRequest, view: WhooshView, total: int
    ) -> list[dict[str, object]]:
        """Other spellings that find more, those that find most of all first among equals."""
        offered = []
        capitals = re.sub(r"\b(?:and|or|not)\b", lambda sign: sign[0].upper(), query.text, flags=re.IGNORECASE)
        lower = any(part.reason == "lower_case_operator" for part in query.ignored)
        for text in [*([capitals] if lower else ()), *view.spellings.corrections(query)]:
            asked = replace(request, text=text)
            evaluation = Evaluation(view)
            read = self._reader.query(asked, _held(view, evaluation))
            found = self._matches(asked, read, evaluation).whole[1].size
            if found > total:
                offered.append({"text": text, "total": found})
        return offered[:3]

    def status(self) -> EngineStatus:
        """What the live index holds. Raises SearchIndexError where there is none."""
        sight = generations.look(self._directory)
        state = generations.load(sight.build, sight.number)
        if not state.files:  # nothing vouches for it, so it is not opened
            return EngineStatus(rows_of_keys(sight.build), sight.name, state.revision, state.fingerprint)
        checksums.check(sight.build, state.files)
        with opened(sight.build, state.files).reader() as reader:
            count = reader.doc_count()
        return EngineStatus(count, sight.name, state.revision, state.fingerprint)

    def close(self) -> None:
        """Let go of files."""
        with self._turn:
            if self._seen is not None:
                self._seen[1].close()
                self._seen = None

    @cached_property
    def _segmenter(self) -> Segmenter:
        with self._turn:
            return self._given or Segmenter(region_words(self._registry), cache=self._directory / "jieba-cache")

    @cached_property
    def _reader(self) -> Reader:
        names = Names(self._registry, self._metrics, self._directory.parent / OWN_BODIES)
        return Reader(names, self._segmenter)

    def _current(self) -> WhooshView:
        """The view of the last commit; the former one closes when its last search lets go of it."""
        if (seen := self._seen) is not None and generations.holds(self._directory, seen[0]):
            return seen[1]
        for attempt in range(10):
            try:
                sight = generations.look(self._directory)
                with self._turn:
                    view = self._seen[1] if self._seen is not None else None
                    if view is None or view.name != sight.name:
                        reader = opened(sight.build, self._checked(sight).files).reader()
                        view = WhooshView(reader, sight.name, self._registry, self._columns)
                    self._seen = sight, view
                    return view
            except (OSError, index.EmptyIndexError):
                # Swapped or committed between two looks: look again.
                if attempt == 9:
                    raise SearchIndexError("The index is damaged: run `nianbao index --rebuild`.") from None
            except SearchIndexError:
                if generations.look(self._directory).name == sight.name:
                    raise
        raise AssertionError

    def _checked(self, sight: Sight) -> State:
        """The state of a commit. Raises SearchIndexError for one that is damaged or made by other rules."""
        state = generations.load(sight.build, sight.number)
        if state.fingerprint != self.fingerprint:
            raise SearchIndexError("The index was made by other rules: run `nianbao index --rebuild`.")
        checksums.check(sight.build, state.files)
        if not state.files:
            raise checksums.damaged(f"state-{sight.number}")
        return state

    def faults(self) -> Iterator[str]:
        """The files that are not as they were written, every byte read. Raises SearchIndexError without an index."""
        sight = generations.look(self._directory)
        return checksums.faults(sight.build, generations.load(sight.build, sight.number).files)

    def _prepared(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Prepared]]:
        if self._given:
            return prepare_here(documents, self._given)
        extra = tuple(sorted(set(region_words(self._registry))))
        return prepare_all(documents, extra, self._directory / "jieba-cache", self._segmenter)

    def _hit(
        self, view: WhooshView, document: int, found: list[tuple[Leaf, Keys]], score: float, request: SearchRequest
    ) -> Hit:
        report = view.report(document)
        asked = dict.fromkeys(filter(None, (sort_metric(request.sort), *request.facet_metrics)))
        values = {metric: value for metric in asked if (value := shown(view.columns, metric, document)) is not None}
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
            snippets=() if request.bare else snippets(document, report["sections"], report["even"], found),
            metrics=values,
        )


def _held(view: WhooshView, evaluation: Evaluation) -> Held:
    return Held(view.agency_ids, view.agencies, evaluation.is_met, lambda term: view.word(term).size)


def _score(scores: Scores | None, documents: NDArray[np.int64], document: int) -> float:
    return 0.0 if scores is None else float(scores[np.searchsorted(documents, document)])
