"""A column of a Whoosh index that holds what stands where: inverted postings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray
from whoosh import columns

from indexer.distinct import distinct
from indexer.postings import CHARACTER_BITS, DOCUMENT_SHIFT, FIELD_SHIFT, Keys, Occurrences
from indexer.whoosh_engine.arrays import mapped
from indexer.whoosh_engine.inversion import NUMBER, OFFSET_BITS, PARTS, RISING, InvertedWriter
from indexer.whoosh_engine.packed import Packed
from indexer.whoosh_engine.runs import Room
from indexer.whoosh_engine.stretch import inside


class InvertedColumn(columns.Column):
    """What stands where: given the occurrences of one document after the other, it keeps them by term.

    An occurrence is kept as its offset in the segment, 32 bits: the stretches of text, one for each field of each
    document, follow each other. On disk, in this order: the ``first`` and ``second`` character of each pair, sorted
    (none for text); how often each term occurs; where each stretch begins (``bases``), its document and field as one
    number (``origins``); the ``offsets``, term after term; where each term of text ends among the ``names``, sorted;
    these; and of each of the parts where it ends and how many values it has.
    """

    room = Room()
    """What a writer may take; of this process, not of the schema."""

    def __init__(self, *, text: bool) -> None:
        self.text = text

    def __getstate__(self) -> dict[str, bool]:
        """What the schema keeps."""
        return {"text": self.text}

    def writer(self, dbfile: Any) -> InvertedWriter:
        """Begin a column."""
        return InvertedWriter(dbfile, text=self.text, room=self.room)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> InvertedReader:
        """Open a column."""
        return InvertedReader(dbfile, basepos, length, doccount, self)

    def default_value(self, reverse: bool = False) -> Occurrences:  # noqa: ARG002, FBT001, FBT002 - Whoosh's signature
        """No occurrences."""
        return Occurrences(np.empty(0, np.int64), np.empty(0, np.uint32))


class InvertedReader(columns.ColumnReader):
    """Reads what stands where; each part when it is first asked for."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int, column: InvertedColumn) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self._column = column
        self.documents = doccount
        self._bytes = mapped(dbfile, basepos + length)
        footer = basepos + length - 16 * len(PARTS)
        directory = np.frombuffer(self._bytes.read(footer, basepos + length), "<i8").reshape(-1, 2).tolist()
        begins = [0, *(end for end, _ in directory)]
        self._parts = {
            name: (basepos + begin, basepos + end, count)
            for name, begin, (end, count) in zip(PARTS, begins, directory, strict=False)
        }
        self._offsets = self._part("offsets")

    @cached_property
    def terms(self) -> Sequence[str] | NDArray[np.int64]:
        """The terms, sorted: names, or codes of pairs."""
        if not self._column.text:
            return self._numbers("first") << CHARACTER_BITS | self._numbers("second")
        begin, end, _ = self._parts["names"]
        return Names(bytes(self._bytes.read(begin, end)), self._numbers("ends"))

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """Where the offsets of each term begin, and they all end."""
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(self._numbers("counts"))])

    @cached_property
    def _bases(self) -> NDArray[np.uint32]:
        """Where each stretch begins: of the offsets' own type, looked up without a copy."""
        return self._part("bases").all()

    @cached_property
    def _shifts(self) -> NDArray[np.int64]:
        """What makes an offset in each stretch an occurrence."""
        shifts = self._numbers("origins")
        shifts <<= FIELD_SHIFT
        shifts -= self._bases
        return shifts

    def keys(self, first: Any, last: Any = None) -> Keys:
        """The occurrences of the term ``first``, or of all terms from it up to before ``last``, sorted."""
        begin = self._place(first)
        if last is None:
            end = begin + 1 if begin < len(self.terms) and self.terms[begin] == first else begin
        else:
            end = self._place(last)
        offsets = self._standing(begin, end)
        # Two terms of a range may stand at one place: 政务 and 政务公开.
        return self._keys(offsets if end - begin < 2 else distinct(offsets))

    def within(self, first: Any, last: Any, documents: NDArray[np.int64]) -> Keys:
        """The occurrences in some documents, given in order; of one term what lies between them is not undone."""
        begin = self._place(first)
        if last is not None or not (begin < len(self.terms) and self.terms[begin] == first):
            return inside(self.keys(first, last), documents)
        spans = [(self._begin(document), self._begin(document + 1)) for document in documents.tolist()]
        return self._looked_up(self._offsets.between(int(self._starts[begin]), int(self._starts[begin + 1]), spans))

    def _begin(self, document: int) -> int:
        """The offset at which the texts of a document begin; behind all for the first that there is not."""
        stretch = bisect_left(range(self._bases.size), document << DOCUMENT_SHIFT, key=self._origin)
        return int(self._bases[stretch]) if stretch < self._bases.size else 1 << OFFSET_BITS

    def _origin(self, stretch: int) -> int:
        """The occurrence that a stretch of text begins with."""
        return int(self._shifts[stretch]) + int(self._bases[stretch])

    def frequency(self, term: Any) -> int:
        """How often a term occurs, without reading where; documents that are deleted count until they are merged."""
        place = self._place(term)
        found = place < len(self.terms) and self.terms[place] == term
        return int(self._starts[place + 1] - self._starts[place]) if found else 0

    def names_under(self, prefix: str) -> list[str]:
        """The terms that begin so, without their occurrences."""
        return list(map(str, self.terms[self._place(prefix) : self._place(prefix[:-1] + chr(ord(prefix[-1]) + 1))]))

    def under(self, prefix: str) -> tuple[Sequence[str], NDArray[np.int64], Keys]:
        """The terms that begin so; and of each of their occurrences, term after term, the term's place and the key."""
        begin, end = self._place(prefix), self._place(prefix[:-1] + chr(ord(prefix[-1]) + 1))
        terms = np.repeat(np.arange(end - begin), np.diff(self._starts[begin : end + 1]))
        return [str(term) for term in self.terms[begin:end]], terms, self._looked_up(self._standing(begin, end))

    def counts(self) -> dict[str, int]:
        """How often each term of text occurs."""
        found = np.diff(self._starts).tolist()
        return {str(term): count for term, count in zip(self.terms[:], found, strict=True)}

    @cached_property
    def _forward(self) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """All offsets in order, the term of each; the document of each stretch, where it begins, where all end."""
        offsets = self._offsets.all()
        order = np.argsort(offsets, kind="stable")
        terms = np.repeat(np.arange(len(self.terms)), np.diff(self._starts))
        documents = (self._shifts + self._bases) >> DOCUMENT_SHIFT
        return offsets[order], terms[order], documents, np.append(self._bases.astype(np.int64), 1 << OFFSET_BITS)

    def __getitem__(self, docnum: int) -> Occurrences:
        """The occurrences of one document: only merging asks for them."""
        offsets, terms, documents, bases = self._forward
        begin, end = np.searchsorted(offsets, bases[np.searchsorted(documents, (docnum, docnum + 1))])
        positions = (self._keys(offsets[begin:end]) & ((1 << DOCUMENT_SHIFT) - 1)).astype(np.uint32)
        own = terms[begin:end]
        if isinstance(self.terms, np.ndarray):
            return Occurrences(self.terms[own], positions)
        return Occurrences(own, positions, self.terms)

    def _standing(self, begin: int, end: int) -> NDArray[np.uint32]:
        """The offsets of some terms in a row."""
        return self._offsets.slice(int(self._starts[begin]), int(self._starts[end]))

    def _keys(self, offsets: NDArray[np.uint32]) -> Keys:
        """Sorted offsets of the segment as occurrences: the shorter of the two runs is looked up in the other."""
        if offsets.size > self._bases.size:
            begins = np.searchsorted(offsets, self._bases)
            return np.asarray(np.repeat(self._shifts, np.diff(begins, append=offsets.size)) + offsets)
        return self._looked_up(offsets)

    def _looked_up(self, offsets: NDArray[np.uint32]) -> Keys:
        """Offsets in any order as occurrences of documents."""
        return np.asarray(self._shifts[np.searchsorted(self._bases, offsets, "right") - 1] + offsets)

    def _place(self, term: Any) -> int:
        if isinstance(self.terms, np.ndarray):
            return int(np.searchsorted(self.terms, term))
        return bisect_left(self.terms, term)

    def _part(self, name: str) -> Packed:
        return Packed(self._bytes, *self._parts[name], NUMBER, differences=name in RISING)

    def _numbers(self, name: str) -> NDArray[np.int64]:
        return self._part(name).all().astype(np.int64)


class Names(Sequence[str]):
    """Terms of text as they lie in the file: each is decoded when it is looked at, so that opening costs nothing."""

    def __init__(self, names: bytes, ends: NDArray[np.int64]) -> None:
        self._names = names
        self._ends = ends

    def __len__(self) -> int:
        return self._ends.size

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            first, last, step = place.indices(len(self))
            if step == 1:  # thousands in a row, without a NumPy number for each
                ends = self._ends[first:last].tolist()
                begins = [int(self._ends[first - 1]) if first else 0, *ends]
                return [self._names[begin:end].decode() for begin, end in zip(begins, ends, strict=False)]
            return [self[each] for each in range(first, last, step)]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        place %= len(self)
        begin = self._ends[place - 1] if place else 0
        return self._names[begin : self._ends[place]].decode()
