"""What can be asked: this engine, and in rivals.py others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from corpus.regions import Registry
from indexer.document import Document
from indexer.request import SearchRequest
from indexer.whoosh_engine import WhooshEngine

DEPTH = 100
"""Hits looked at."""


class Answerer(Protocol):
    """Anything that can be asked."""

    name: str

    def ask(self, text: str) -> list[str]:
        """The ids found, the best first."""


class Ours:
    """The engine of this project.

    Where a question finds nothing and another spelling is offered, the offer is taken: one click.
    """

    name = "nianbao"

    def __init__(self, directory: Path, documents: Iterable[Document], registry: Registry) -> None:
        self.engine = WhooshEngine(directory, registry)
        self.engine.replace(documents, 1)

    def ask(self, text: str) -> list[str]:
        result = self.engine.search(SearchRequest(text, size=DEPTH, apart=True))
        offers = result.understood.get("did_you_mean")
        if not result.total and isinstance(offers, list) and offers:
            result = self.engine.search(SearchRequest(offers[0]["text"], size=DEPTH, apart=True))
        return [hit.id for hit in result.hits]
