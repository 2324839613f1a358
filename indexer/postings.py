"""Where words stand, as sorted arrays; and the few operations that phrases and proximity need.

An occurrence is one 64-bit number: document, field, character. Sorted arrays of them are the only form in which
postings are evaluated, so neighbours, fields and documents are arithmetic, and any engine that can give the arrays
gets the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.fields import FieldText
from indexer.segment import Segmenter

FIELD_SHIFT = 26
"""A position is field << 26 | character: a section may hold 67 million characters, a report 64 fields."""
DOCUMENT_SHIFT = 32

Keys = NDArray[np.int64]
"""Sorted occurrences: document << 32 | position."""

NONE: Keys = np.empty(0, np.int64)
CHARACTER_BITS = 21
"""Of a Unicode code point."""
END = "\n"
"""The partner of a paragraph's last character among the pairs."""


@dataclass(frozen=True, eq=False, slots=True)
class Occurrences:
    """Terms of one document, each with its position.

    ``terms`` are pair codes, or places in ``names`` where terms are text; documents may share their names.
    """

    terms: NDArray[np.int64]
    positions: NDArray[np.uint32]
    names: Sequence[str] = ()


class Numbering(defaultdict[str, int]):
    """Numbers names as they are asked for, in their order."""

    def __init__(self) -> None:
        super().__init__(self.__len__)


def words(fields: Sequence[FieldText], segmenter: Segmenter, numbers: Numbering, names: Sequence[str]) -> Occurrences:
    """The tokens of one document. New ones are numbered in ``numbers``; whoever has these fills ``names`` from them."""
    terms: list[int] = []
    positions = [np.empty(0, np.uint32)]
    for field, text in fields:
        found, starts = segmenter.tokens(text)
        terms += map(numbers.__getitem__, found)
        positions.append(np.array(starts, np.uint32) + np.uint32(field << FIELD_SHIFT))
    return Occurrences(np.array(terms, np.int64), np.concatenate(positions), names)


def pairs(fields: Sequence[FieldText]) -> Occurrences:
    """The pairs of neighbouring characters of one document: every substring is findable by them."""
    codes = [np.empty(0, np.int64)]
    places = [np.empty(0, np.uint32)]
    for field, text in fields:
        points = np.frombuffer((text + END).encode("utf-32-le"), "<u4").astype(np.int64)
        starts = np.flatnonzero(points[:-1] != ord(END))
        codes.append(points[starts] << CHARACTER_BITS | points[starts + 1])
        places.append(((field << FIELD_SHIFT) + starts).astype(np.uint32))
    return Occurrences(np.concatenate(codes), np.concatenate(places))


def pair_code(first: str, second: str) -> int:
    """A pair of characters as a number; all pairs of one first character lie side by side."""
    return ord(first) << CHARACTER_BITS | ord(second)


def documents(keys: Keys) -> NDArray[np.int64]:
    """The document of each occurrence."""
    return np.asarray(keys >> DOCUMENT_SHIFT)


def fields(keys: Keys) -> NDArray[np.int64]:
    """The field of each occurrence, as its place in schema.FIELDS."""
    return np.asarray((keys >> FIELD_SHIFT) & ((1 << DOCUMENT_SHIFT - FIELD_SHIFT) - 1))


def chain(parts: Sequence[tuple[Keys, int]]) -> Keys:
    """Where every part stands at its offset from the same character. The rarest part leads."""
    ordered = sorted(parts, key=lambda part: part[0].size)
    starts = ordered[0][0] - ordered[0][1]
    for keys, offset in ordered[1:]:
        if not starts.size:
            break
        starts = starts[contains(keys, starts + offset)]
    return starts


def contains(keys: Keys, wanted: Keys) -> NDArray[np.bool_]:
    """For each wanted occurrence, whether it is among the keys."""
    if not keys.size:
        return np.zeros(wanted.size, np.bool_)
    found = np.searchsorted(keys, wanted)
    found[found == keys.size] = 0
    return np.asarray(keys[found] == wanted)


def near(first: Keys, width: int, second: Keys, other: int, slop: int) -> Keys:
    """The occurrences of ``first`` that have one of ``second`` close by in the same field, before or after.

    They are ``width`` and ``other`` characters long; between them lie at most ``slop`` characters.
    """
    if not first.size or not second.size:
        return NONE
    following = np.searchsorted(second, first)
    after = second[np.minimum(following, second.size - 1)]
    before = second[np.maximum(following - 1, 0)]
    same = first >> FIELD_SHIFT
    close = (after >= first) & (after - first <= width + slop) & (after >> FIELD_SHIFT == same)
    close |= (before < first) & (first - before <= other + slop) & (before >> FIELD_SHIFT == same)
    return np.asarray(first[close])
