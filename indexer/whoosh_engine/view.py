"""One generation of a Whoosh index, as arrays: the View that questions are evaluated over."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader, TermNotFound

from corpus.errors import SearchIndexError
from corpus.regions import Registry
from indexer.postings import DOCUMENT_SHIFT, NONE, Keys, documents
from indexer.score import norms
from indexer.view import Columns, Places
from indexer.whoosh_engine.storage import NUMBERS, ArrayColumn, ArrayReader

CACHE_BYTES = 256 << 20
"""How much decoded postings may take; the least recently used go first."""


class WhooshView:
    """An unchanging state of the index. Safe for threads: Whoosh's files have one cursor, so reading takes turns."""

    def __init__(self, reader: IndexReader, name: str, registry: Registry, metrics: Mapping[str, int]) -> None:
        self.name = name
        self._reader = reader
        self._registry = registry
        self._metrics = metrics
        self._leaves = [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()]
        self._turn = threading.RLock()
        self._kept: OrderedDict[tuple[str, str], Keys] = OrderedDict()
        self._bytes = 0

    def close(self) -> None:
        """Let go of the files."""
        with self._turn:
            self._reader.close()

    @cached_property
    def columns(self) -> Columns:
        """The columns of all segments in a row."""
        numbers = self._column("numbers")
        by_name = {name: np.ascontiguousarray(numbers[:, place]) for place, name in enumerate(NUMBERS)}
        live = np.ones(len(numbers), np.bool_)
        with self._turn:
            for leaf, base in self._leaves:
                if leaf.has_deletions():
                    live[[base + number for number in range(leaf.doc_count_all()) if leaf.is_deleted(number)]] = False
        return Columns(
            ids=self._column("key")[:, 0],
            lengths=self._column("lengths"),
            metrics=self._column("metrics"),
            metric_ids=self._metrics,
            live=live,
            **by_name,
        )

    @cached_property
    def places(self) -> Places:
        """The regions of the documents."""
        return Places(self.columns.region, self._registry)

    @cached_property
    def norms(self) -> NDArray[np.float32]:
        """The weight of an occurrence by document and field."""
        return norms(self.columns)

    def word(self, text: str) -> Keys:
        """Where a token stands."""
        return self._postings("words", text)

    def pair(self, text: str) -> Keys:
        """Where two characters stand in a row."""
        return self._postings("pairs", text)

    def words_from(self, prefix: str) -> Iterator[str]:
        """The tokens that begin so."""
        return self._terms("words", prefix)

    def pairs_from(self, character: str) -> Iterator[str]:
        """The pairs that begin so."""
        return self._terms("pairs", character)

    def tags_from(self, prefix: str) -> Iterator[str]:
        """The tags that begin so."""
        return self._terms("tags", prefix)

    def tagged(self, tag: str) -> NDArray[np.int64]:
        """The documents with a tag."""
        return documents(self._postings("tags", tag))

    def report(self, document: int) -> Mapping[str, Any]:
        """What is stored for a document."""
        with self._turn:
            stored: Mapping[str, Any] = self._reader.stored_fields(document)["report"]
        return stored

    def _column(self, name: str) -> NDArray[Any]:
        column = self._reader.schema[name].column_type
        if not isinstance(column, ArrayColumn):
            raise SearchIndexError("The index is damaged: run `nianbao index --rebuild`.")
        rows = [np.empty((0, column.width), column.dtype)]
        with self._turn:
            for leaf, _ in self._leaves:
                reader = leaf.column_reader(name, translate=False)
                # A segment without any value has a reader of Whoosh's own, full of defaults.
                rows.append(reader.array() if isinstance(reader, ArrayReader) else np.array(list(reader)))
        return np.concatenate(rows)

    def _terms(self, field: str, prefix: str) -> Iterator[str]:
        with self._turn:
            found = [term.decode() for term in self._reader.expand_prefix(field, prefix)] if self._leaves else []
        return iter(found)

    def _postings(self, field: str, term: str) -> Keys:
        with self._turn:
            if (kept := self._kept.get((field, term))) is not None:
                self._kept.move_to_end((field, term))
                return kept
            parts = [self._read(leaf, base, field, term.encode()) for leaf, base in self._leaves]
            parts = [part for part in parts if part.size]
            keys = np.concatenate(parts) if len(parts) > 1 else parts[0] if parts else NONE
            self._kept[field, term] = keys
            self._bytes += keys.nbytes
            while self._bytes > CACHE_BYTES and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1].nbytes
        return keys

    def _read(self, leaf: IndexReader, base: int, field: str, term: bytes) -> Keys:
        """A term's postings in one segment, without those of deleted documents."""
        try:
            matcher = leaf.postings(field, term)
        except TermNotFound:
            return NONE
        numbers: list[int] = []
        values: list[bytes] = []
        while matcher.is_active():
            numbers.append(matcher.id() + base)
            if field != "tags":
                values.append(matcher.value())
            matcher.next()
        bases = np.array(numbers, np.int64) << DOCUMENT_SHIFT
        if field == "tags":
            return np.asarray(bases)
        counts = np.fromiter(map(len, values), np.int64, len(values)) >> 2
        return np.asarray(np.repeat(bases, counts) | np.frombuffer(b"".join(values), "<u4").astype(np.int64))
