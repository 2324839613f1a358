"""The Engine over a Whoosh index: builds, commits, the live view and who answers from it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from pathlib import Path

from whoosh import index

from corpus.errors import SearchIndexError
from corpus.metrics import Metric, load_metrics
from corpus.regions import Registry
from indexer.answering import Answerer
from indexer.check import check
from indexer.document import Document
from indexer.engine import EngineStatus, Written
from indexer.fields import fingerprint
from indexer.hits import Shown, hit
from indexer.names import Names
from indexer.prepare import Prepared, prepare_all, prepare_here
from indexer.reading import Reader
from indexer.request import SearchRequest
from indexer.result import Hit, SearchResult
from indexer.segment import Segmenter, region_words
from indexer.suggest import Suggester, Suggestion, always, suggest
from indexer.whoosh_engine import checksums, generations
from indexer.whoosh_engine.asked import Asked, understand
from indexer.whoosh_engine.commit import MEMORY, Commits
from indexer.whoosh_engine.document_row import until_full
from indexer.whoosh_engine.generations import Sight, State
from indexer.whoosh_engine.read_ahead import read_ahead
from indexer.whoosh_engine.storage import created, opened, rows_of_keys
from indexer.whoosh_engine.view import KEPT_BYTES, WhooshView

log = logging.getLogger(__name__)

OWN_BODIES = "bodies.toml"
"""An operator's own names of bodies, beside the index (indexer/bodies.toml)."""
LEXICON = "lexicon"
"""The dictionary by which questions are cut, beside the builds."""
NOTICED = 0.3
"""Seconds that one search waits for a new state: a small index is read by then, and nobody sees the former one."""


class WhooshEngine:
    """A Whoosh index in ``directory``. Reading needs no lock and follows every commit; writing is for one process.

    ``registry`` names the regions and gives the segmenter their names; ``metrics`` are those that documents may have;
    ``memory`` is how many bytes a whole build may take for postings, ``wait`` how many seconds
    another process that writes is waited for. ``ahead``: searches go on over the former state of the index while a new
    one is read, so that none of them waits for all that the first ones need.
    """

    def __init__(  # noqa: PLR0913 - what an index is made with, each by name
        self,
        directory: Path,
        registry: Registry,
        metrics: Mapping[str, Metric] | None = None,
        segmenter: Segmenter | None = None,
        *,
        memory: int = MEMORY,
        kept: int = KEPT_BYTES,
        ahead: bool = False,
        wait: float = 0,
    ) -> None:
        self._directory = directory
        self._memory = memory
        self._kept = kept
        self._wait = wait
        self._registry = registry
        self._metrics = load_metrics() if metrics is None else metrics
        self._columns = {id_: place for place, id_ in enumerate(sorted(self._metrics))}
        self._given = segmenter
        self._seen: tuple[Sight, WhooshView] | None = None
        self._turn = threading.RLock()
        self._ahead = ahead
        self._opening = threading.Lock()
        self._reading: threading.Thread | None = None

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
                commits = Commits(build, State(revision, self.fingerprint), self._columns, self._memory)
                rest = self._prepared(documents)
                seen: set[str] = set()
                for first in rest:
                    commits.commit(until_full(chain((first,), rest)), seen=seen)
                if not seen:
                    commits.commit(())
            generations.swap(self._directory, build)

    def write(self, documents: Iterable[Document], deleted: Iterable[str], revision: int) -> Written:
        """Add or renew documents and remove ids in one commit. Raises SearchIndexError for a stale index."""
        with generations.writing(self._directory, self._wait):
            sight = generations.look(self._directory)
            self._checked(sight)
            commits = Commits(sight.build, State(revision, self.fingerprint), self._columns)
            return commits.commit(prepare_here(documents, self._given or self._cutter), deleted)

    def tidy(self) -> None:
        """Clear away what builds that were killed left behind, unless somebody is writing just now."""
        generations.tidy(self._directory)

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a request. Raises UsageError for a parameter that means nothing."""
        check(request, self._columns)
        return self._answerer.answer(self._understood(request, self._current()))

    def ids(self, request: SearchRequest) -> frozenset[str]:
        """The ids of all reports that a request finds, whatever its page and order."""
        check(request, self._columns)
        view = self._current()
        found = self._understood(request, view).documents
        return frozenset(id_.decode() for id_ in view.columns.ids[found].tolist())

    def suggest(self, typed: str, most: int = 10) -> list[Suggestion]:
        """What to offer to somebody who has typed so much."""
        return suggest((self._always, self._current().suggester), typed, most)

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
        if (reading := self._reading) is not None:
            reading.join()
        with self._turn:
            if self._seen is not None:
                self._seen[1].close()
                self._seen = None

    @cached_property
    def _segmenter(self) -> Segmenter:
        """Cuts what is asked: ready at once."""
        with self._turn:
            if self._given:
                return self._given
            # Who only looks makes no folder: it would pass for an index.
            cache = self._directory / LEXICON if self._directory.is_dir() else None
            return Segmenter(region_words(self._registry), cache=cache, native=False)

    @cached_property
    def _cutter(self) -> Segmenter:
        """Cuts what is indexed: takes a while to begin, and is fast then."""
        return Segmenter(region_words(self._registry), cache=self._directory / LEXICON)

    @cached_property
    def _always(self) -> Suggester:
        return Suggester(always(self._registry, self._metrics))

    @cached_property
    def _reader(self) -> Reader:
        names = Names(self._registry, self._metrics, self._directory.parent / OWN_BODIES)
        return Reader(names, self._segmenter)

    @cached_property
    def _answerer(self) -> Answerer:
        return Answerer(self._reader, self._metrics, self.suggest)

    def _understood(self, request: SearchRequest, view: WhooshView) -> Asked:
        return understand(request, view, self._reader, self._registry, self._hit)

    def _hit(self, shown: Shown) -> Hit:
        """A hit of a page."""
        return hit(shown)

    def _current(self) -> WhooshView:
        """The view of the last commit; the former one closes when its last search lets go of it."""
        if (seen := self._seen) is None:
            return self._follow()
        if generations.holds(self._directory, seen[0]):
            return seen[1]
        return self._while_it_is_read(seen[1]) if self._ahead else self._follow()

    def _while_it_is_read(self, former: WhooshView) -> WhooshView:
        """The former view while another thread reads the next one; a fault of that one is met, and told, here."""
        with self._turn:
            reading = self._reading
            if started := reading is None:
                reading = self._reading = threading.Thread(target=self._read_ahead, args=(former,), daemon=True)
                reading.start()
        if started:
            reading.join(NOTICED)
        return former if reading.is_alive() else self._follow()

    def _read_ahead(self, former: WhooshView) -> None:
        try:
            self._follow(former)
        except SearchIndexError as error:
            log.warning("%s", error)
        finally:
            self._reading = None

    def _follow(self, former: WhooshView | None = None) -> WhooshView:
        """The view of the last commit, opened once; what was asked of the ``former`` one is read before it is taken."""
        for attempt in range(10):
            try:
                with self._opening:
                    sight = generations.look(self._directory)
                    view = self._seen[1] if self._seen is not None else None
                    if view is None or view.name != sight.name:
                        reader = opened(sight.build, self._checked(sight).files).reader()
                        view = WhooshView(reader, sight.name, self._registry, self._columns, self._kept)
                        if former is not None:
                            read_ahead(view, former)
                    self._seen = sight, view
                    if former is not None:
                        former.forget()
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
        return prepare_all(documents, extra, self._directory / LEXICON, lambda: self._cutter)
