"""Nianbao's own engine."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from corpus.regions import Registry
from indexer.document import Document
from indexer.hits import Shown, hit
from indexer.request import SearchRequest
from indexer.result import FacetValue, Hit
from indexer.segment import Segmenter
from indexer.view import Kept
from indexer.whoosh_engine import WhooshEngine
from indexer.whoosh_engine.asked import Asked
from indexer.whoosh_engine.view import WhooshView
from tests.bench.contender import FACETS, Answer, Row
from tests.bench.questions import Question
from tests.bench.reports import Corpus, Tokens, registry, segmenter


class Recorded(Segmenter):
    """Gives back tokens that were kept, in the order in which the texts were cut; only building asks for them."""

    def __init__(self, tokens: Iterable[Tokens], fingerprint: str) -> None:
        self._texts = (text for document in tokens for text in document)
        self.fingerprint = fingerprint

    def tokens(self, text: str) -> tuple[list[str], list[int]]:  # noqa: ARG002 - the texts come as they were recorded
        """The next text's tokens."""
        kept = next(self._texts)
        return kept.tokens.split(), kept.starts.tolist()


_NO_HIT = Hit("", "", "", "", "", "", 0, None, "", 0.0)


class Unhurried(WhooshEngine):
    """The engine, its hits made only when asked for: the others need not read what they found, nor cut passages."""

    def __init__(self, directory: Path, known: Registry) -> None:
        super().__init__(directory, known)
        self._waiting: list[Shown] = []

    def _understood(self, request: SearchRequest, view: WhooshView) -> Asked:
        self._waiting = []
        return super()._understood(request, view)

    def _hit(self, shown: Shown) -> Hit:
        """Nothing yet."""
        self._waiting.append(shown)
        return _NO_HIT

    def show(self) -> None:
        """Make the hits of the last search, with their passages."""
        for shown in self._waiting:
            hit(shown)
        self._waiting = []

    def bytes_read(self, query: SearchRequest) -> int:
        """The bytes of what is kept for a question's words and filters with a value for each report."""
        view = self._current()
        given = view.kept
        read: dict[Hashable, int] = {}

        def kept(name: Hashable, make: Callable[[], Kept]) -> Kept:
            found = given(name, make)
            if isinstance(found, np.ndarray) and found.shape[:1] == (view.columns.size,):
                read[name] = found.nbytes
            return found

        view.kept = kept  # type: ignore[method-assign]  # for one question
        try:
            self.search(query)
        finally:
            del view.kept
        return sum(read.values())


class Ours:
    """The engine under ``indexer``. Counts kinds, forms, sections and findings too: nobody else is asked for them."""

    name = "nianbao"

    def __init__(self, reports: int) -> None:
        self.reports = reports

    def build_from_reports(self, corpus: Corpus, directory: Path) -> None:
        """As in production: the documents are cut into tokens on the way."""
        WhooshEngine(directory, registry(self.reports)).replace(corpus.documents(), 1)

    def build_from_tokens(self, corpus: Corpus, directory: Path) -> None:
        """With the tokens given, as the others get them."""
        known = registry(self.reports)
        recorded = Recorded(corpus.tokens(), segmenter(self.reports).fingerprint)
        WhooshEngine(directory, known, segmenter=recorded).replace(corpus.documents(), 1)

    def add(self, documents: Iterable[Document]) -> None:
        """One commit, and searchable."""
        self._engine.write(documents, (), 2)
        self._engine.search(SearchRequest(size=0))

    def build(self, rows: Iterable[Row], directory: Path) -> None:
        raise NotImplementedError

    def open(self, directory: Path) -> None:
        self._engine = Unhurried(directory, registry(self.reports))
        self._engine.search(SearchRequest(size=0))

    def answers(self, question: Question) -> bool:  # noqa: ARG002 - every one
        return True

    def ask(self, question: Question) -> Answer:
        found = self._engine.search(question.query)
        return Answer(found.total, len(found.hits), {name: Counts(found.facets[name]) for name in FACETS})

    def show(self) -> None:
        """Make the passages of what was asked last."""
        self._engine.show()

    def bytes_read(self, question: Question) -> int:
        """The bytes that a question reads once its words are known."""
        return self._engine.bytes_read(question.query)


class Counts(Mapping[str, int]):
    """A facet as plain counts, made when looked at: after the clock has stopped."""

    def __init__(self, values: Sequence[FacetValue]) -> None:
        self._values = values

    def plain(self) -> dict[str, int]:
        """The counts by value, children too."""
        return {value.value: value.count for value in _flat(self._values) if value.count}

    def __getitem__(self, value: str) -> int:
        return self.plain()[value]

    def __iter__(self) -> Iterator[str]:
        return iter(self.plain())

    def __len__(self) -> int:
        return len(self.plain())


def _flat(values: Sequence[FacetValue]) -> Iterator[FacetValue]:
    for value in values:
        yield value
        yield from _flat(value.children)
