"""Counts over several small properties at once: one pass over the documents, then sums along the axes.

A data cube (Gray et al., Data Cube: A Relational Aggregation Operator, 1997) with one dimension for each property.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Cube:
    """``axes`` hold for each property the place of each document's value among the values, -1 for none."""

    def __init__(self, axes: Mapping[str, tuple[NDArray[np.int64], Sequence[Any]]]) -> None:
        self.values = {name: tuple(values) for name, (_, values) in axes.items()}
        self._shape = tuple(len(values) + 1 for values in self.values.values())
        self._cells = np.ravel_multi_index([places + 1 for places, _ in axes.values()], self._shape)

    def counts(self, documents: NDArray[np.int64]) -> dict[str, list[int]]:
        """For each property how many of the documents have each of its values."""
        cells = np.bincount(self._cells[documents], minlength=int(np.prod(self._shape))).reshape(self._shape)
        axes = range(len(self._shape))
        sums = (cells.sum(axis=tuple(other for other in axes if other != axis))[1:] for axis in axes)
        return {name: counts.tolist() for name, counts in zip(self.values, sums, strict=True)}
