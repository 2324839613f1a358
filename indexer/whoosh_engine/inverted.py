"""A column of a Whoosh index that holds what stands where: inverted postings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns

from corpus.errors import SearchIndexError
from indexer.postings import CHARACTER_BITS, DOCUMENT_SHIFT, FIELD_SHIFT, Keys, Occurrences
from indexer.whoosh_engine.arrays import mapped

_OFFSET_BITS = 32


class InvertedColumn(columns.Column):
    """What stands where: given the occurrences of one document after the other, it keeps them by term.

    An occurrence is kept as its offset in the segment, 32 bits: the stretches of text, one for each field of each
    document, follow each other. On disk, in this order: the pair codes, sorted (none for text); where each term's
    offsets begin; where each stretch begins, and document << 32 | field << 26 of it; the offsets; the terms of text,
    sorted, apart by line breaks; and how many terms, stretches and bytes of terms there are.
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
        return Occurrences(np.empty(0, np.int64), np.empty(0, np.uint32))


class _InvertedWriter(columns.ColumnWriter):
    def __init__(self, dbfile: Any, column: InvertedColumn) -> None:
        super().__init__(dbfile)
        self._column = column
        self._numbers: dict[str, int] = {}
        self._names: Sequence[str] = ()
        self._own = np.empty(0, np.int64)
        self._terms = [np.empty(0, np.int64)]
        self._offsets = [np.empty(0, np.uint32)]
        self._bases: list[int] = []
        self._origins: list[int] = []
        self._end = 0

    def add(self, docnum: int, value: Occurrences) -> None:
        if not self._column.text:
            self._terms.append(value.terms)
        else:
            if value.names is not self._names:
                numbers = self._numbers
                self._names = value.names
                self._own = np.array([numbers.setdefault(name, len(numbers)) for name in value.names], np.int64)
            self._terms.append(self._own[value.terms])
        self._offsets.append(self._laid_out(docnum, value.positions))

    def _laid_out(self, docnum: int, positions: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """The offsets of positions, field after field."""
        origins = positions.astype(np.int64) >> FIELD_SHIFT << FIELD_SHIFT
        offsets = positions - origins
        # Each field comes in one piece, in whatever order; they are laid out in theirs.
        begins = np.flatnonzero(np.diff(origins, prepend=-1))
        lengths = np.maximum.reduceat(offsets, begins) + 1 if begins.size else begins
        order = np.argsort(origins[begins])
        bases = np.empty_like(lengths)
        bases[order] = self._end + np.cumsum(lengths[order]) - lengths[order]
        self._bases += bases[order].tolist()
        self._origins += (origins[begins][order] | docnum << DOCUMENT_SHIFT).tolist()
        self._end += int(lengths.sum())
        if self._end >> _OFFSET_BITS:
            raise SearchIndexError("A segment of the index would hold over four billion characters: lower --memory.")
        return np.asarray(offsets + np.repeat(bases, np.diff(begins, append=offsets.size)), np.uint32)

    def finish(self, docnum: int) -> None:  # noqa: ARG002 - Whoosh's signature
        terms, offsets = np.concatenate(self._terms), np.concatenate(self._offsets)
        self._terms, self._offsets = [], []
        names: list[str] = []
        characters = np.empty(0, np.int64)
        if self._column.text:
            terms, names = self._ranked(terms)
        else:
            terms, characters = _numbered(terms)
        # One sort of plain numbers, the term above the offset, in place of an indirect one by two keys.
        bits = self._end.bit_length()
        packed = terms << bits | offsets
        del terms, offsets
        packed.sort()
        terms = packed >> bits
        starts = np.flatnonzero(np.diff(terms, prepend=-1))
        found = terms[starts]
        # Names may have come with documents of another segment.
        text = "\n".join([names[term] for term in found.tolist()] if names else ()).encode()
        first, second = np.divmod(found, max(characters.size, 1))
        codes = characters[first] << CHARACTER_BITS | characters[second] if characters.size else characters
        for numbers in (codes, np.append(starts, packed.size), self._bases, self._origins):
            self._dbfile.write(np.asarray(numbers, "<i8").tobytes())
        self._dbfile.write((packed & ((1 << bits) - 1)).astype("<u4").tobytes())
        self._dbfile.write(text)
        self._dbfile.write(np.array([starts.size, len(self._bases), len(text)], "<i8").tobytes())

    def _ranked(self, terms: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[str]]:
        """The terms by their rank among the names, and the names in order."""
        names = sorted(self._numbers)
        rank = np.empty(len(names), np.int64)
        rank[[self._numbers[name] for name in names]] = np.arange(len(names))
        return rank[terms], names


def _numbered(codes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs as pairs of numbers of the characters that occur, in far fewer bits than their codes; the characters."""
    first, second = codes >> CHARACTER_BITS, codes & ((1 << CHARACTER_BITS) - 1)
    occurs = np.zeros(1 << CHARACTER_BITS, np.bool_)
    occurs[first] = occurs[second] = True
    number = np.cumsum(occurs) - 1
    characters = np.flatnonzero(occurs)
    return number[first] * characters.size + number[second], characters


class InvertedReader(columns.ColumnReader):
    """Reads what stands where. The occurrences of a term are one slice of the file."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int, column: InvertedColumn) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self._bytes = mapped(dbfile, basepos + length)
        terms, stretches, blob = (self._numbers(length - 24, 3)).tolist()
        codes = 0 if column.text else terms
        self._starts = self._numbers(8 * codes, terms + 1)
        bases = self._numbers(8 * (codes + terms + 1), stretches)
        self._origins = self._numbers(8 * (codes + terms + 1 + stretches), stretches)
        self._bases = bases.astype(np.uint32)  # of the offsets' own type: looked up without a copy
        self._shifts = self._origins - bases
        self._first = basepos + 8 * (codes + terms + 1 + 2 * stretches)
        self.terms: list[str] | NDArray[np.int64] = self._numbers(0, codes)
        if column.text:
            end = basepos + length - 24
            self.terms = bytes(self._bytes.read(end - blob, end)).decode().split("\n") if terms else []
        self._forward: tuple[NDArray[np.uint32], NDArray[np.int64]] | None = None

    def keys(self, first: Any, last: Any = None) -> Keys:
        """The occurrences of the term ``first``, or of all terms from it up to before ``last``, sorted."""
        begin = self._place(first)
        if last is None:
            end = begin + 1 if begin < len(self.terms) and self.terms[begin] == first else begin
        else:
            end = self._place(last)
        offsets = self._offsets(int(self._starts[begin]), int(self._starts[end]))
        # Two terms of a range may stand at one place: 政务 and 政务公开.
        return self._keys(offsets if end - begin < 2 else np.unique(offsets))

    def under(self, prefix: str) -> tuple[Sequence[str], NDArray[np.int64], Keys]:
        """The terms that begin so; and of each of their occurrences, term after term, the term's place and the key."""
        begin, end = self._place(prefix), self._place(prefix[:-1] + chr(ord(prefix[-1]) + 1))
        terms = np.repeat(np.arange(end - begin), np.diff(self._starts[begin : end + 1]))
        keys = self._keys(self._offsets(int(self._starts[begin]), int(self._starts[end])))
        return [str(term) for term in self.terms[begin:end]], terms, keys

    def counts(self) -> dict[str, int]:
        """How often each term of text occurs."""
        found = np.diff(self._starts).tolist()
        return {str(term): count for term, count in zip(self.terms, found, strict=True)}

    def __getitem__(self, docnum: int) -> Occurrences:
        """The occurrences of one document: only merging asks for them."""
        if self._forward is None:
            whole = self._offsets(0, int(self._starts[-1]))
            order = np.argsort(whole, kind="stable")
            terms = np.repeat(np.arange(len(self.terms)), np.diff(self._starts))
            self._forward = whole[order], terms[order]
        offsets, terms = self._forward
        first, last = np.searchsorted(self._origins, (docnum << DOCUMENT_SHIFT, (docnum + 1) << DOCUMENT_SHIFT))
        ends = np.append(self._bases.astype(np.int64), 1 << _OFFSET_BITS)[[first, last]]
        begin, end = np.searchsorted(offsets, ends)
        positions = (self._keys(offsets[begin:end]) & ((1 << DOCUMENT_SHIFT) - 1)).astype(np.uint32)
        own = terms[begin:end]
        if isinstance(self.terms, np.ndarray):
            return Occurrences(self.terms[own], positions)
        return Occurrences(own, positions, self.terms)

    def _keys(self, offsets: NDArray[np.uint32]) -> Keys:
        """Offsets of the segment as occurrences of documents."""
        return np.asarray(self._shifts[np.searchsorted(self._bases, offsets, "right") - 1] + offsets)

    def _place(self, term: Any) -> int:
        if isinstance(self.terms, np.ndarray):
            return int(np.searchsorted(self.terms, term))
        return bisect_left(self.terms, term)

    def _numbers(self, offset: int, count: int) -> NDArray[np.int64]:
        begin = self._basepos + offset
        return np.frombuffer(self._bytes.read(begin, begin + 8 * count), "<i8")

    def _offsets(self, begin: int, end: int) -> NDArray[np.uint32]:
        return np.frombuffer(self._bytes.read(self._first + 4 * begin, self._first + 4 * end), "<u4")
