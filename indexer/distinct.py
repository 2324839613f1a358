"""The values that occur, each once. np.unique would import numpy.ma with its first call: a third of our opening."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value", bound=np.generic)


def distinct(values: NDArray[Value]) -> NDArray[Value]:
    """The values in order, each once.

    >>> distinct(np.array([7, 2, 7])).tolist()
    [2, 7]
    """
    ordered = np.sort(values)
    differs = np.ones(ordered.size, np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=differs[1:])
    return ordered[differs]


def numbered(values: NDArray[Value]) -> tuple[NDArray[Value], NDArray[np.int64]]:
    """The distinct values, and of each value its place among them.

    >>> numbered(np.array([7, 2, 7]))[1].tolist()
    [1, 0, 1]
    """
    kept = distinct(values)
    return kept, np.searchsorted(kept, values)
