"""Occurrences sorted by term in bounded memory: sorted runs in a temporary file, put together term by term.

Merge-based index construction (Büttcher, Clarke, Cormack: Information Retrieval, 2010, section 4.5.3). Runs follow each
other through the segment, so that what stands of a term in a later run stands behind all of it in an earlier one:
merging compares nothing, it only puts the stretches of a term one behind the other.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

OCCURRENCE = 12
"""Bytes that an occurrence takes while it is collected, sorted in its place and spilled."""
_WINDOW = 1 << 21
"""Occurrences that are put together at a time."""

Numbers = NDArray[np.int64]
Offsets = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Room:
    """How many bytes one column may take for what it inverts, and where the rest waits; the system's place if None."""

    bytes: int = 32 << 20
    directory: Path | None = None

    @property
    def occurrences(self) -> int:
        """How many a run holds."""
        return max(self.bytes // OCCURRENCE, 1)


@dataclass(frozen=True, eq=False, slots=True)
class Run:
    """Occurrences sorted: the ``terms`` in order, where each of them begins, and where all end."""

    terms: Numbers
    starts: Numbers
    offsets: Offsets

    def read(self, begin: int, end: int) -> Offsets:
        """The offsets from ``begin`` up to before ``end``."""
        return self.offsets[begin:end]


@dataclass(frozen=True, eq=False, slots=True)
class _Waiting:
    """A run whose offsets lie in a file."""

    terms: Numbers
    starts: Numbers
    file: IO[bytes]
    at: int

    def read(self, begin: int, end: int) -> Offsets:
        """The offsets from ``begin`` up to before ``end``."""
        self.file.seek(self.at + 4 * begin)
        return np.frombuffer(self.file.read(4 * (end - begin)), np.uint32)


def sorted_run(terms: Numbers, offsets: Offsets, base: int, end: int) -> Run:
    """A run of occurrences whose offsets lie from ``base`` up to before ``end``, made in the place of both arrays."""
    # One sort of plain numbers, the term above the offset, in place of an indirect one by two keys.
    bits = (end - base).bit_length()
    offsets -= np.uint32(base)
    terms <<= bits
    terms |= offsets
    terms.sort()
    np.bitwise_and(terms, (1 << bits) - 1, out=offsets, casting="unsafe")
    offsets += np.uint32(base)
    terms >>= bits
    begins = np.flatnonzero(np.diff(terms, prepend=-1))
    return Run(terms[begins], np.append(begins, terms.size), offsets)


class Spilled:
    """Runs that wait in a file without a name: a process that is killed leaves nothing behind."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._file: IO[bytes] | None = None
        self._runs: list[Run | _Waiting] = []

    def add(self, run: Run) -> None:
        """The next run; its memory may be used again."""
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._room.directory)  # noqa: SIM115 - closed by ``offsets``
        self._runs.append(_Waiting(run.terms, run.starts, self._file, self._file.tell()))
        self._file.write(run.offsets.data)

    def end_with(self, run: Run) -> None:
        """The last run. It stays in memory: a single commit needs no file."""
        self._runs.append(run)

    @property
    def terms(self) -> list[Numbers]:
        """The terms of each run."""
        return [run.terms for run in self._runs]

    def counts(self, terms: Sequence[Numbers], size: int) -> Numbers:
        """How often each of ``size`` terms occurs, those of each run given by their places among all."""
        counts = np.zeros(size, np.int64)
        for places, run in zip(terms, self._runs, strict=True):
            counts[places] += np.diff(run.starts)
        return counts

    def offsets(self, terms: Sequence[Numbers], counts: Numbers) -> Iterator[Offsets]:
        """The offsets, term after term, in pieces."""
        ends = np.cumsum(counts)
        first = 0
        while first < counts.size:
            done = int(ends[first - 1]) if first else 0
            last = max(int(np.searchsorted(ends, done + _WINDOW, "right")), first + 1)
            yield self._together(terms, first, last, ends[first:last] - counts[first:last] - done)
            first = last
        if self._file is not None:
            self._file.close()

    def _together(self, terms: Sequence[Numbers], first: int, last: int, begins: Numbers) -> Offsets:
        """The offsets of the terms from ``first`` up to before ``last``, which begin there."""
        parts = []
        for places, run in zip(terms, self._runs, strict=True):
            begin, end = np.searchsorted(places, (first, last)).tolist()
            starts = run.starts[begin : end + 1]
            parts.append((places[begin:end] - first, np.diff(starts), run.read(int(starts[0]), int(starts[-1]))))
        together = np.empty(sum(part.size for _, _, part in parts), np.uint32)
        free = begins.copy()
        for own, lengths, part in parts:
            # Where each goes: as far behind the beginning of its term's free room as behind the first of its run.
            shifts = free[own] - (np.cumsum(lengths) - lengths)
            together[np.repeat(shifts, lengths) + np.arange(part.size)] = part
            free[own] += lengths
        return together
