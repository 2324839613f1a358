"""The one port: what every search engine must do. One conformance suite holds for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from indexer.document import Document
from indexer.request import SearchRequest
from indexer.result import SearchResult
from indexer.suggest import Suggestion


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """How many reports the index holds, its generation, the store revision it has seen, its fingerprint."""

    documents: int
    generation: str
    revision: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Written:
    """What a commit did, in reports."""

    added: int
    changed: int
    removed: int


class Engine(Protocol):
    """A place that keeps Documents and answers Requests."""

    @property
    def fingerprint(self) -> str:
        """The identity that an index written now would have; another one in ``status`` means a stale index."""

    @property
    def generation(self) -> str:
        """The name of the live state, as in every result. Raises SearchIndexError where there is none."""

    def replace(self, documents: Iterable[Document], revision: int) -> None:
        """Build a whole new index beside the live one, then swap it in."""

    def write(self, documents: Iterable[Document], deleted: Iterable[str], revision: int) -> Written:
        """Add or renew documents and remove ids in one commit. Raises SearchIndexError for a stale index."""

    def tidy(self) -> None:
        """Clear away what builds that were killed left behind, unless somebody is writing just now."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a request. Raises UsageError for a parameter that means nothing."""

    def suggest(self, typed: str, most: int = 10) -> list[Suggestion]:
        """What to offer to somebody who has typed so much."""

    def status(self) -> EngineStatus:
        """What the live index holds. Raises SearchIndexError where there is none."""

    def faults(self) -> Iterator[str]:
        """What is not as it was written, everything read. Raises SearchIndexError where there is no index."""

    def close(self) -> None:
        """Let go of files."""
