"""Columns of a Whoosh index that are arrays: fixed rows, and inverted postings.

A column is Whoosh's public extension point for data of ours that lives and dies with a segment.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns

from indexer.postings import DOCUMENT_SHIFT, Keys, Occurrences


class ArrayColumn(columns.Column):
    """A column of fixed rows of one NumPy type, read as one array."""

    def __init__(self, dtype: str, width: int = 1, default: Any = 0) -> None:
        self.dtype = dtype
        self.width = width
        self.default = default

    def writer(self, dbfile: Any) -> _ArrayWriter:
        """Begin a column."""
        return _ArrayWriter(dbfile, self)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> ArrayReader:
        """Open a column."""
        return ArrayReader(dbfile, basepos, length, doccount, self)

    def default_value(self, reverse: bool = False) -> Any:  # noqa: ARG002, FBT001, FBT002 - Whoosh's signature
        """The row of a document without a value."""
        return self.row(None)

    def row(self, value: Any) -> NDArray[Any]:
        """A value as a row."""
        row = np.full(self.width, self.default, self.dtype)
        if value is not None:
            row[:] = value
        return row


class _ArrayWriter(columns.ColumnWriter):
    """Collects rows; on disk one value of all documents lies after the other, so that each can be read by itself."""

    def __init__(self, dbfile: Any, column: ArrayColumn) -> None:
        super().__init__(dbfile)
        self._column = column
        self._default = column.row(None).tobytes()
        self._rows = bytearray()

    def add(self, docnum: int, value: Any) -> None:
        self._rows += self._default * (docnum - self._count)
        self._rows += self._column.row(value).tobytes()
        self._count = docnum + 1

    def finish(self, docnum: int) -> None:
        self._rows += self._default * (docnum - self._count)
        rows = np.frombuffer(self._rows, self._column.dtype).reshape(-1, self._column.width)
        self._dbfile.write(rows.T.tobytes())


class ArrayReader(columns.ColumnReader):
    """Reads a column as one array, mapped where the file can be."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int, column: ArrayColumn) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self._column = column
        self._bytes = _mapped(dbfile, basepos + length)

    def array(self) -> NDArray[Any]:
        """All rows, (documents, width); each value of all documents is contiguous."""
        width = self._column.width
        kept = np.frombuffer(self._bytes, self._column.dtype, self._doccount * width, self._basepos)
        return kept.reshape(width, self._doccount).T

    def __getitem__(self, docnum: int) -> NDArray[Any]:
        return np.asarray(self.array()[docnum])


class InvertedColumn(columns.Column):
    """What stands where: given the occurrences of one document after the other, it keeps them by term.

    On disk, in this order: the terms, sorted (text apart by line breaks, or 64-bit codes); where each term's
    occurrences begin; the occurrences, document << 32 | position; and how many terms and bytes of terms there are.
    """

    def __init__(self, *, text: bool) -> None:
        self.text = text

    def writer(self, dbfile: Any) -> _InvertedWriter:
        """Begin a column."""
        return _InvertedWriter(dbfile, self)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> InvertedReader:
        """Open a column."""
        return InvertedReader(dbfile, basepos, length, doccount, self)

    def default_value(self, reverse: bool = False) -> Occurrences:  # noqa: ARG002, FBT001, FBT002 - Whoosh's signature
        """No occurrences."""
        return Occurrences([] if self.text else np.empty(0, np.int64), np.empty(0, np.uint32))


class _InvertedWriter(columns.ColumnWriter):
    def __init__(self, dbfile: Any, column: InvertedColumn) -> None:
        super().__init__(dbfile)
        self._column = column
        self._numbers: dict[str, int] = {}
        self._terms = [np.empty(0, np.int64)]
        self._keys = [np.empty(0, np.int64)]

    def add(self, docnum: int, value: Occurrences) -> None:
        numbers = self._numbers
        if isinstance(value.terms, np.ndarray):
            self._terms.append(value.terms)
        else:
            found = [numbers.setdefault(term, len(numbers)) for term in value.terms]
            self._terms.append(np.array(found, np.int64))
        self._keys.append(value.positions.astype(np.int64) | docnum << DOCUMENT_SHIFT)

    def finish(self, docnum: int) -> None:  # noqa: ARG002 - Whoosh's signature
        terms, keys = np.concatenate(self._terms), np.concatenate(self._keys)
        self._terms, self._keys = [], []
        if self._column.text:
            names = sorted(self._numbers)
            rank = np.empty(len(names), np.int64)
            rank[[self._numbers[name] for name in names]] = np.arange(len(names))
            terms = rank[terms]
        # Documents come in order: sorting by term alone, stably, leaves them so; positions within one need it too.
        order = np.lexsort((keys, terms))
        terms, keys = terms[order], keys[order]
        starts = np.flatnonzero(np.diff(terms, prepend=-1))
        blob = "\n".join(names).encode() if self._column.text else terms[starts].astype("<i8").tobytes()
        self._dbfile.write(blob)
        self._dbfile.write(np.append(starts, keys.size).astype("<i8").tobytes())
        self._dbfile.write(keys.astype("<i8").tobytes())
        self._dbfile.write(np.array([starts.size, len(blob)], "<i8").tobytes())


class InvertedReader(columns.ColumnReader):
    """Reads what stands where. The occurrences of a term are one slice of the file."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int, column: InvertedColumn) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self._bytes = _mapped(dbfile, basepos + length)
        count, blob = self._numbers(length - 16, 2)
        self.terms: list[str] | NDArray[np.int64]
        if column.text:
            self.terms = self._bytes[basepos : basepos + int(blob)].decode().split("\n") if count else []
        else:
            self.terms = self._numbers(0, int(count))
        self._starts = self._numbers(int(blob), int(count) + 1)
        self._base = int(blob) + 8 * (int(count) + 1)
        self._forward: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]] | None = None

    def keys(self, first: Any, last: Any = None) -> Keys:
        """The occurrences of the term ``first``, or of all terms from it up to before ``last``, sorted."""
        begin = self._place(first)
        if last is None:
            end = begin + 1 if begin < len(self.terms) and self.terms[begin] == first else begin
        else:
            end = self._place(last)
        start, stop = int(self._starts[begin]), int(self._starts[end])
        keys = self._numbers(self._base + 8 * start, stop - start)
        # Two terms of a range may stand at one place: 政务 and 政务公开.
        return keys if end - begin < 2 else np.asarray(np.unique(keys))

    def counts(self) -> dict[str, int]:
        """How often each term of text occurs."""
        found = np.diff(self._starts).tolist()
        return {str(term): count for term, count in zip(self.terms, found, strict=True)}

    def __getitem__(self, docnum: int) -> Occurrences:
        """The occurrences of one document, as they were added: only merging asks for them."""
        if self._forward is None:
            keys = self._numbers(self._base, int(self._starts[-1]))
            documents = keys >> DOCUMENT_SHIFT
            order = np.argsort(documents, kind="stable")
            terms = np.repeat(np.arange(len(self.terms)), np.diff(self._starts))
            self._forward = documents[order], terms[order], keys[order]
        documents, terms, keys = self._forward
        first, last = np.searchsorted(documents, (docnum, docnum + 1))
        positions = (keys[first:last] & ((1 << DOCUMENT_SHIFT) - 1)).astype(np.uint32)
        if isinstance(self.terms, np.ndarray):
            return Occurrences(self.terms[terms[first:last]], positions)
        return Occurrences([self.terms[term] for term in terms[first:last].tolist()], positions)

    def _place(self, term: Any) -> int:
        if isinstance(self.terms, np.ndarray):
            return int(np.searchsorted(self.terms, term))
        return bisect_left(self.terms, term)

    def _numbers(self, offset: int, count: int) -> NDArray[np.int64]:
        return np.frombuffer(self._bytes, "<i8", count, self._basepos + offset)


def _mapped(dbfile: Any, size: int) -> mmap.mmap | bytes:
    """The file as bytes. Mapped by ourselves: slices outlive the reader that Whoosh closes, and cost no copy."""
    if dbfile.is_real and size:
        return mmap.mmap(dbfile.fileno(), 0, access=mmap.ACCESS_READ)
    # An empty file cannot be mapped; the one in which Whoosh may keep a small segment is in memory already.
    return bytes(dbfile.get(0, size))
