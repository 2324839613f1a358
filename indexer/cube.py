"""Counts over several small properties at once: one pass over the documents, then sums along the axes.

A data cube (Gray et al., Data Cube: A Relational Aggregation Operator, 1997) with one dimension for each property.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
        at = zip(self.values.values(), np.unravel_index(met, shape), strict=True)
        self._axes = [(places[:, None] == np.arange(1, len(values) + 1)).astype(np.int64) for values, places in at]

    def counts(self, documents: NDArray[np.int64]) -> dict[str, list[int]]:
        """For each property how many of the documents have each of its values."""
        cells = np.bincount(self._cells[documents], minlength=self._size)
        return {name: (cells @ axis).tolist() for name, axis in zip(self.values, self._axes, strict=True)}
