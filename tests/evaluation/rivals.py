"""Two other ways to answer: stock Whoosh with jieba's ChineseAnalyzer, and SQLite FTS5 with trigrams."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from jieba.analyse import ChineseAnalyzer
from whoosh import fields, index
from whoosh.qparser.default import MultifieldParser

from indexer.document import Document
from tests.evaluation.engines import DEPTH


class StockWhoosh:
    """Whoosh and jieba as their own documentation joins them."""

    name = "whoosh+ChineseAnalyzer"

    def __init__(self, directory: Path, documents: Iterable[Document]) -> None:
        directory.mkdir()
        analyzer = ChineseAnalyzer()
        schema = fields.Schema(id=fields.ID(stored=True), title=fields.TEXT(analyzer), text=fields.TEXT(analyzer))
        self._index = index.create_in(str(directory), schema)
        writer = self._index.writer()
        for document in documents:
            writer.add_document(id=document.id, title=document.title, text="\n".join(document.sections.values()))
        writer.commit()
        self._parser = MultifieldParser(["title", "text"], schema)

    def ask(self, text: str) -> list[str]:
        plain = text.replace("“", '"').replace("”", '"')
        with self._index.searcher() as searcher:
            return [hit["id"] for hit in searcher.search(self._parser.parse(plain), limit=DEPTH)]


class Trigrams:
    """SQLite FTS5 with its trigram tokenizer, all words required."""

    name = "fts5 trigram"

    def __init__(self, documents: Iterable[Document]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE reports USING fts5(id UNINDEXED, title, body, tokenize='trigram')")
        rows = ((document.id, document.title, "\n".join(document.sections.values())) for document in documents)
        self._database.executemany("INSERT INTO reports VALUES (?, ?, ?)", rows)

    def ask(self, text: str) -> list[str]:
        words = text.replace("“", " ").replace("”", " ").split()
        match = " ".join('"' + word.replace('"', '""') + '"' for word in words)
        query = "SELECT id FROM reports WHERE reports MATCH ? ORDER BY bm25(reports, 0, 4, 1) LIMIT ?"
        return [row[0] for row in self._database.execute(query, (match, DEPTH))]
