"""A column of a Whoosh index that holds what stands where: inverted postings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray
from whoosh import columns

from corpus.errors import SearchIndexError
from indexer.distinct import distinct
from indexer.postings import CHARACTER_BITS, DOCUMENT_SHIFT, FIELD_SHIFT, Keys, Occurrences
from indexer.whoosh_engine.arrays import mapped
from indexer.whoosh_engine.packed import Packed, pack

_OFFSET_BITS = 32
_PARTS = ("first", "second", "counts", "bases", "documents", "fields", "offsets", "ends", "names")
"""What a column is made of, in this order; ``names`` are bytes, all others packed 32-bit numbers."""
_NUMBER = "<u4"
_RISING = ("first", "bases", "documents", "offsets", "ends")
"""Those of which the differences are kept."""


class InvertedColumn(columns.Column):
    """What stands where: given the occurrences of one document after the other, it keeps them by term.

    An occurrence is kept as its offset in the segment, 32 bits: the stretches of text, one for each field of each
    document, follow each other. On disk, in this order: the ``first`` and ``second`` character of each pair, sorted
    (none for text); how often each term occurs; where each stretch begins (``bases``), its document and its field; the
    ``offsets``, term after term; where each term of text ends among the ``names``, sorted; these; and of each of the
    parts where it ends and how many values it has.
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
        del terms
        # Names may have come with documents of another segment.
        own = [names[term].encode() for term in found.tolist()] if names else []
        first, second = np.divmod(found, max(characters.size, 1))
        origins = np.array(self._origins, np.int64)
        parts = {
            "first": characters[first] if characters.size else characters,
            "second": characters[second] if characters.size else characters,
            "counts": np.diff(starts, append=packed.size),
            "bases": np.array(self._bases, np.int64),
            "documents": origins >> DOCUMENT_SHIFT,
            "fields": (origins >> FIELD_SHIFT) & ((1 << DOCUMENT_SHIFT - FIELD_SHIFT) - 1),
            "offsets": packed & ((1 << bits) - 1),
            "ends": np.cumsum([len(name) for name in own], dtype=np.int64),
        }
        del packed
        self._write(parts, b"".join(own))

    def _write(self, parts: dict[str, NDArray[np.int64]], names: bytes) -> None:
        """The parts one after the other, then the directory of them."""
        directory: list[int] = []
        end = 0
        for name in _PARTS:
            numbers = parts.pop(name, None)
            data = names if numbers is None else pack(numbers.astype(_NUMBER), differences=name in _RISING)
            self._dbfile.write(data)
            end += len(data)
            directory += [end, len(names) if numbers is None else numbers.size]
        self._dbfile.write(np.array(directory, "<i8").tobytes())

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
    """Reads what stands where; each part when it is first asked for."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int, column: InvertedColumn) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self._column = column
        self._bytes = mapped(dbfile, basepos + length)
        footer = basepos + length - 16 * len(_PARTS)
        directory = np.frombuffer(self._bytes.read(footer, basepos + length), "<i8").reshape(-1, 2).tolist()
        begins = [0, *(end for end, _ in directory)]
        self._parts = {
            name: (basepos + begin, basepos + end, count)
            for name, begin, (end, count) in zip(_PARTS, begins, directory, strict=False)
        }
        self._offsets = self._part("offsets")
        self._forward: tuple[NDArray[np.uint32], NDArray[np.int64]] | None = None

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
    def _origins(self) -> NDArray[np.int64]:
        """The occurrence that would stand at the beginning of each stretch."""
        return self._numbers("documents") << DOCUMENT_SHIFT | self._numbers("fields") << FIELD_SHIFT

    @cached_property
    def _shifts(self) -> NDArray[np.int64]:
        return self._origins - self._bases

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

    def under(self, prefix: str) -> tuple[Sequence[str], NDArray[np.int64], Keys]:
        """The terms that begin so; and of each of their occurrences, term after term, the term's place and the key."""
        begin, end = self._place(prefix), self._place(prefix[:-1] + chr(ord(prefix[-1]) + 1))
        terms = np.repeat(np.arange(end - begin), np.diff(self._starts[begin : end + 1]))
        return [str(term) for term in self.terms[begin:end]], terms, self._looked_up(self._standing(begin, end))

    def counts(self) -> dict[str, int]:
        """How often each term of text occurs."""
        found = np.diff(self._starts).tolist()
        return {str(term): count for term, count in zip(self.terms, found, strict=True)}

    def __getitem__(self, docnum: int) -> Occurrences:
        """The occurrences of one document: only merging asks for them."""
        if self._forward is None:
            whole = self._offsets.all()
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
        return Packed(self._bytes, *self._parts[name], _NUMBER, differences=name in _RISING)

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
