"""Which wordings are almost the same: candidates by shared MinHash values, each then aligned exactly.

A wording's *sketch* is its smallest shingle hashes (bottom-k; Cohen and Kaplan, 2007, after Broder's MinHash, 1997):
two wordings that share half of their shingles share one of eight smallest with near certainty. A candidate counts
only if the longest common subsequence of both says so (the Indel ratio, by rapidfuzz).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel

ALIKE = 0.8
"""Twice the common subsequence over both lengths, from which on two wordings are one: tuned on planted copies."""
VALUES = 8
"""Hashes of a sketch."""
_DENIAL = re.compile("没|未|无|不予|不存在|不属|不能|不得")
_WIDTH = 3
_MIX = np.uint64(0x9E3779B97F4A7C15)


def sketches(wordings: Sequence[str]) -> list[list[int]]:
    """The sketch of each wording, its values ascending; all of them have at least three characters."""
    if not wordings:
        return []
    codes = np.frombuffer("".join(wordings).encode("utf-32-le"), np.uint32).astype(np.uint64)
    hashes = _hashes(codes)
    found, start = [], 0
    for text in wordings:
        inside = hashes[start : start + len(text) - _WIDTH + 1]
        found.append([int(value) for value in np.unique(inside)[:VALUES]])
        start += len(text)
    return found


def likeness(one: str, other: str) -> float:
    """0 to 1; 0 where it is below ``ALIKE``, or where one denies and the other does not."""
    if (_DENIAL.search(one) is None) is not (_DENIAL.search(other) is None):
        return 0.0  # “本年度没有发生行政诉讼” repeats nothing of “本年度行政诉讼2件”, alike as they look
    return Indel.normalized_similarity(one, other, score_cutoff=ALIKE)


def _hashes(codes: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """A hash of 63 bits for every three neighbours (a multiplicative hash, finished as splitmix64 does)."""
    value = np.zeros(max(0, len(codes) - _WIDTH + 1), np.uint64)
    for offset in range(_WIDTH):
        value = (value ^ codes[offset : offset + len(value)]) * _MIX
        value ^= value >> np.uint64(29)
    return (value >> np.uint64(1)).astype(np.int64)
