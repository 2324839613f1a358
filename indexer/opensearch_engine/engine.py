"""The Engine over an OpenSearch cluster: the second implementation of the port."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from corpus.errors import AwayError, SearchIndexError
from corpus.metrics import Metric, load_metrics
from corpus.regions import Registry
from indexer.answering import Answerer
from indexer.check import check
from indexer.document import Document
from indexer.engine import EngineStatus, Written
from indexer.fields import fingerprint
from indexer.names import Names
from indexer.opensearch_engine.address import Address
from indexer.opensearch_engine.asked import Asked, understand
from indexer.opensearch_engine.builds import Builds
from indexer.opensearch_engine.cluster import Cluster
from indexer.opensearch_engine.dsl import EVERYTHING
from indexer.opensearch_engine.mapping import LAYOUT
from indexer.opensearch_engine.state import Sight, State
from indexer.reading import Reader
from indexer.request import SearchRequest
from indexer.result import SearchResult
from indexer.segment import Segmenter, region_words
from indexer.suggest import Suggester, Suggestion, always, held, suggest

Answered = TypeVar("Answered")
log = logging.getLogger(__name__)

SEEN = 1.0
"""Seconds after which a search looks whether another process has committed."""
_SETTLES = 0.1
"""Seconds after which a commit that is just being shown is looked at again."""
_LOOKS = 10
_PAGE = 5_000


class OpenSearchEngine:
    """The index that ``address`` names (address.Address).

    ``registry`` names the regions and gives the segmenter their names; ``metrics`` are those that documents may have;
    ``lexicon`` is the file in which the dictionary may be kept, ``bodies`` an operator's own names of bodies; ``wait``
    how many seconds a writer waits for another one, or for a cluster that is away.
    """

    def __init__(  # noqa: PLR0913 - what an index is made with, each by name
        self,
        address: str,
        registry: Registry,
        metrics: Mapping[str, Metric] | None = None,
        segmenter: Segmenter | None = None,
        *,
        lexicon: Path | None = None,
        bodies: Path | None = None,
        wait: float = 0,
    ) -> None:
        self._cluster = Cluster(Address.read(address))
        self._registry = registry
        self._metrics = load_metrics() if metrics is None else metrics
        self._builds = Builds(self._cluster, frozenset(self._metrics), wait)
        self._wait = wait
        self._given = segmenter
        self._lexicon = lexicon
        self._bodies = bodies
        self._state: State | None = None
        self._former: State | None = None
        self._looked = 0.0
        self._suggester: tuple[str, Suggester] | None = None
        self._turn = threading.RLock()

    @property
    def fingerprint(self) -> str:
        """The identity that an index written now would have."""
        return f"{fingerprint(self._segmenter.fingerprint, sorted(self._metrics))}-{LAYOUT}"

    @property
    def generation(self) -> str:
        """The name of the live state."""
        with self._cluster.soon():
            return self._current().sight.name

    def replace(self, documents: Iterable[Document], revision: int) -> None:
        """Build a whole new index beside the live one, then swap it in."""
        self._builds.replace(documents, (revision, self.fingerprint), self._cutter)
        self._looked = 0.0

    def write(self, documents: Iterable[Document], deleted: Iterable[str], revision: int) -> Written:
        """Add or renew documents and remove ids in one commit. Raises SearchIndexError for a stale index."""
        try:
            sight = revision, self.fingerprint
            return self._builds.write(list(documents), list(dict.fromkeys(deleted)), sight, self._cutter)
        finally:
            self._looked = 0.0

    def tidy(self) -> None:
        """Clear away what builds that were killed left behind, unless somebody is writing just now."""
        self._builds.tidy()

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a request. Raises UsageError for a parameter that means nothing."""
        check(request, self._metrics)
        with self._cluster.soon():
            return self._read(lambda state: self._answerer.answer(self._understood(request, state)))

    def ids(self, request: SearchRequest) -> frozenset[str]:
        """The ids of all reports that a request finds, whatever its page and order."""
        check(request, self._metrics)

        def met(state: State) -> frozenset[str]:
            query = self._understood(request, state).met
            return frozenset(hit["sort"][0] for hit in state.walk(query, _PAGE, source=False))

        return self._read(met)

    def suggest(self, typed: str, most: int = 10) -> list[Suggestion]:
        """What to offer to somebody who has typed so much."""
        with self._cluster.soon():
            return suggest((self._always, self._read(self._suggester_of)), typed, most)

    def status(self) -> EngineStatus:
        """What the live index holds. Raises SearchIndexError where there is none."""
        return self._cluster.patiently(self._wait, self._told)

    def faults(self) -> Iterator[str]:
        """What is not whole. Raises SearchIndexError where there is no index."""
        return self._builds.faults()

    def close(self) -> None:
        """Let go of connections, and soon: the cluster may be silent."""
        with self._cluster.soon():
            for state in filter(None, (self._state, self._former)):
                state.forget()
        self._cluster.close()

    def _told(self) -> EngineStatus:
        with self._cluster.soon():
            sight = self._builds.look()
            count = self._cluster.counts(sight.build, [EVERYTHING])[0]
        return EngineStatus(count, sight.name, sight.revision, sight.fingerprint)

    def _understood(self, request: SearchRequest, state: State) -> Asked:
        return understand(request, state, self._reader, self._registry)

    def _suggester_of(self, state: State) -> Suggester:
        with self._cluster.turn(self._turn):
            if self._suggester is None or self._suggester[0] != state.sight.name:
                self._suggester = state.sight.name, Suggester(held(state.agencies, state.vocabulary))
            return self._suggester[1]

    def _read(self, read: Callable[[State], Answered]) -> Answered:
        """Read the live state; once more where it went in between: a rebuild was swapped in, a node is gone."""
        state = self._current()
        try:
            return read(state)
        except AwayError as error:
            log.warning("%s Reading anew.", error)
            with self._cluster.turn(self._turn):
                if self._state is state:
                    self._state = None
            return read(self._current())

    def _current(self) -> State:
        """The live state, looked for again after a while by one; the others read on what is held meanwhile.

        A look that fails leaves what is held: reading tells more.
        """
        held = self._state
        if held is not None and not self._is_due():
            return held
        with self._cluster.turn(self._turn):
            if self._state is None:
                self._cluster.version()
                self._state = self._looked_for(None)
                self._looked = time.monotonic()
            elif self._is_due():
                self._looked = time.monotonic()
                with suppress(AwayError):
                    self._state = self._looked_for(self._state)
            return self._state

    def _is_due(self) -> bool:
        return time.monotonic() - self._looked > SEEN

    def _looked_for(self, held: State | None) -> State:
        """What is live. A commit that is just being shown is waited for, not for ever: its writer may be dead."""
        for _ in range(_LOOKS):
            sight = self._checked(self._builds.look())
            if held is not None and held.sight == sight:
                return held
            moment = self._cluster.moment(sight.build)
            if self._builds.is_settled(sight):
                break
            time.sleep(_SETTLES)
        if self._former is not None:
            self._former.forget()
        self._former = held  # somebody may be reading it still
        return State(self._cluster, sight, moment)

    def _checked(self, sight: Sight) -> Sight:
        if sight.fingerprint != self.fingerprint:
            raise SearchIndexError("The index was made by other rules: run `nianbao index --rebuild`.")
        return sight

    @cached_property
    def _segmenter(self) -> Segmenter:
        """Cuts what is asked: ready at once."""
        return self._given or Segmenter(region_words(self._registry), cache=self._lexicon, native=False)

    @cached_property
    def _cutter(self) -> Segmenter:
        """Cuts what is indexed: takes a while to begin, and is fast then."""
        return self._given or Segmenter(region_words(self._registry), cache=self._lexicon)

    @cached_property
    def _always(self) -> Suggester:
        return Suggester(always(self._registry, self._metrics))

    @cached_property
    def _reader(self) -> Reader:
        return Reader(Names(self._registry, self._metrics, self._bodies), self._segmenter)

    @cached_property
    def _answerer(self) -> Answerer:
        return Answerer(self._reader, self._metrics, self.suggest)
