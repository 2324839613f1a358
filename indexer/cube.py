"""Counts over several small properties at once: one pass over the documents, then sums along the axes.

A data cube (Gray et al., Data Cube: A Relational Aggregation Operator, 1997) with one dimension for each property.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.distinct import numbered


class Cube:
    """``axes`` hold for each property the place of each document's value among the values, -1 for none."""

    def __init__(self, axes: Mapping[str, tuple[NDArray[np.int64], Sequence[Any]]]) -> None:
        self.values = {name: tuple(values) for name, (_, values) in axes.items()}
        shape = tuple(len(values) + 1 for values in self.values.values())
        cells = np.ravel_multi_index([places + 1 for places, _ in axes.values()], shape)
        # Of all the cells few are ever met: the sums need no others.
        met, self._cells = numbered(cells)
        self._size = met.size
        places = np.unravel_index(met, shape)
        indicators = [each[:, None] == np.arange(1, size) for each, size in zip(places, shape, strict=True)]
        # One product gives all sums; those of whole numbers below 2^24 are exact in the shorter floating point.
        self._axes = np.hstack(indicators).astype(np.float32 if cells.size < 1 << 24 else np.float64)
        self._ends = list(accumulate(size - 1 for size in shape))

    def counts(self, documents: NDArray[np.int64]) -> dict[str, list[int]]:
        """For each property how many of the documents have each of its values."""
        cells = np.bincount(self._cells[documents], minlength=self._size)
        sums = (cells.astype(self._axes.dtype) @ self._axes).astype(np.int64).tolist()
        return {
            name: sums[end - len(self.values[name]) : end] for name, end in zip(self.values, self._ends, strict=True)
        }
