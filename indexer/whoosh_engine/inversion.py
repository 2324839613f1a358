"""Inverting: the occurrences of one document after the other, written by term (inverted.py reads what it writes)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns

from corpus.errors import SearchIndexError
from indexer.distinct import distinct
from indexer.postings import CHARACTER_BITS, DOCUMENT_SHIFT, FIELD_SHIFT, Occurrences
from indexer.whoosh_engine.packed import Packer, pack
from indexer.whoosh_engine.runs import Numbers, Room, Run, Spilled, sorted_run

OFFSET_BITS = 32
PARTS = ("first", "second", "counts", "bases", "origins", "offsets", "ends", "names")
"""What a column is made of, in this order; ``names`` are bytes, all others packed 32-bit numbers."""
NUMBER = "<u4"
RISING = ("first", "bases", "origins", "offsets", "ends")
"""Those of which the differences are kept."""
_BLOCK = 1 << 17
"""Occurrences that are laid out together: they fit into a processor's cache."""
_CHARACTER = (1 << CHARACTER_BITS) - 1


class InvertedWriter(columns.ColumnWriter):
    """Writes a column of ``text`` or of pairs of characters, in so much ``room``."""

    def __init__(self, dbfile: Any, *, text: bool, room: Room) -> None:
        super().__init__(dbfile)
        self._text = text
        self._room = room
        self._numbers: dict[str, int] = {}
        self._sorted: list[str] = []
        self._names: Sequence[str] = ()
        self._own = np.empty(0, np.int64)
        self._waiting: list[tuple[int, Numbers, NDArray[np.uint32]]] = []
        self._wait = 0
        # Memory that is not touched is not taken: a small commit needs little of it.
        self._terms = np.empty(room.occurrences, np.int64)
        self._offsets = np.empty(room.occurrences, np.uint32)
        self._held = 0
        self._base = 0
        self._end = 0
        self._bases: list[Numbers] = []
        self._origins: list[Numbers] = []
        self._spilled = Spilled(room)

    def add(self, docnum: int, value: Occurrences) -> None:
        """The occurrences of the next document."""
        terms = value.terms
        if self._text:
            if value.names is not self._names:
                numbers = self._numbers
                self._names = value.names
                self._own = np.array([numbers.setdefault(name, len(numbers)) for name in value.names], np.int64)
            terms = self._own[terms]
        self._waiting.append((docnum, terms, value.positions))
        self._wait += terms.size
        if self._wait >= min(_BLOCK, self._terms.size):
            self._lay_out()

    def finish(self, docnum: int) -> None:  # noqa: ARG002 - Whoosh's signature
        """Write the column."""
        self._lay_out()
        self._spilled.end_with(self._run())
        if self._text:
            names = sorted(self._numbers)
            rank = _ranks(names, self._numbers)
            runs = [rank[numbers] for numbers in self._spilled.terms]
        else:
            names, runs = [], self._spilled.terms
        found = distinct(np.concatenate([np.empty(0, np.int64), *runs]))
        runs = [np.searchsorted(found, run) for run in runs]
        # Names may have come with documents of another segment.
        own = [names[term].encode() for term in found.tolist()] if names else []
        pairs = np.empty(0, np.int64) if self._text else found
        counts = self._spilled.counts(runs, found.size)
        parts = {
            "first": pairs >> CHARACTER_BITS,
            "second": pairs & _CHARACTER,
            "counts": counts,
            "bases": np.concatenate([np.empty(0, np.int64), *self._bases]),
            "origins": np.concatenate([np.empty(0, np.int64), *self._origins]) >> FIELD_SHIFT,
            "ends": np.cumsum([len(name) for name in own], dtype=np.int64),
        }
        self._write(parts, b"".join(own), runs, counts)

    def _lay_out(self) -> None:
        """The offsets of those that wait: in each document field after field."""
        if not self._waiting:
            return
        numbers, terms, positions = zip(*self._waiting, strict=True)
        self._waiting, self._wait = [], 0
        documents = np.repeat(numbers, [each.size for each in positions])
        keys = documents << DOCUMENT_SHIFT | np.concatenate(positions)
        if self._held + keys.size > self._terms.size:
            self._spilled.add(self._run())
        if keys.size > self._terms.size:  # a document of its own size
            self._terms, self._offsets = np.empty(keys.size, np.int64), np.empty(keys.size, np.uint32)
        origins = keys >> FIELD_SHIFT << FIELD_SHIFT
        keys -= origins
        # Each field comes in one piece, in whatever order; they are laid out in theirs.
        begins = np.flatnonzero(np.diff(origins, prepend=-1))
        lengths = np.maximum.reduceat(keys, begins) + 1 if begins.size else begins
        order = np.argsort(origins[begins])
        bases = np.empty_like(lengths)
        bases[order] = self._end + np.cumsum(lengths[order]) - lengths[order]
        self._end += int(lengths.sum())
        if self._end >> OFFSET_BITS:
            raise SearchIndexError("A segment of the index would hold over four billion characters.")
        self._bases.append(bases[order])
        self._origins.append(origins[begins][order])
        end = self._held + keys.size
        np.concatenate(terms, out=self._terms[self._held : end])
        self._offsets[self._held : end] = keys + np.repeat(bases, np.diff(begins, append=keys.size))
        self._held = end

    def _run(self) -> Run:
        """What is held, as a run in its place."""
        terms, offsets = self._terms[: self._held], self._offsets[: self._held]
        if self._text:
            # Each name's rank among those known so far: their order stays as more are known.
            self._sorted += list(self._numbers)[len(self._sorted) :]
            self._sorted.sort()
            rank = _ranks(self._sorted, self._numbers)
            for block in _blocks(terms):
                block[:] = rank[block]
            run = sorted_run(terms, offsets, self._base, self._end)
            named = np.argsort(rank)[run.terms]
        else:
            characters = _numbered(terms)
            run = sorted_run(terms, offsets, self._base, self._end)
            first, second = np.divmod(run.terms, max(characters.size, 1))
            named = characters[first] << CHARACTER_BITS | characters[second]
        self._base, self._held = self._end, 0
        return replace(run, terms=named)

    def _write(self, parts: dict[str, Numbers], names: bytes, runs: Sequence[Numbers], counts: Numbers) -> None:
        """The parts one after the other, then the directory of them."""
        directory: list[int] = []
        end = 0
        for name in PARTS:
            if name == "offsets":
                packer = Packer(self._dbfile.write, differences=True)
                for piece in self._spilled.offsets(runs, counts):
                    packer.add(piece)
                packer.finish()
                size, count = packer.size, int(counts.sum())
            else:
                numbers = parts.get(name)
                data = names if numbers is None else pack(numbers.astype(NUMBER), differences=name in RISING)
                self._dbfile.write(data)
                size, count = len(data), len(names) if numbers is None else numbers.size
            end += size
            directory += [end, count]
        self._dbfile.write(np.array(directory, "<i8").tobytes())


def _ranks(names: Sequence[str], numbers: dict[str, int]) -> Numbers:
    """By the number of each name its place among the names in order."""
    ranks = np.empty(len(names), np.int64)
    ranks[[numbers[name] for name in names]] = np.arange(len(names))
    return ranks


def _numbered(codes: Numbers) -> Numbers:
    """Pairs become pairs of numbers of the characters that occur, far fewer bits than codes; gives the characters."""
    occurs = np.zeros(1 << CHARACTER_BITS, np.bool_)
    for block in _blocks(codes):
        occurs[block >> CHARACTER_BITS] = True
        occurs[block & _CHARACTER] = True
    characters = np.flatnonzero(occurs)
    number = np.empty(1 << CHARACTER_BITS, np.int64)
    number[characters] = np.arange(characters.size)
    for block in _blocks(codes):
        block[:] = number[block >> CHARACTER_BITS] * characters.size + number[block & _CHARACTER]
    return characters


def _blocks(values: Numbers) -> Iterator[Numbers]:
    """The values, few at a time: what is made of them on the way takes little room and stays in the cache."""
    for begin in range(0, values.size, _BLOCK):
        yield values[begin : begin + _BLOCK]
