"""Coordinate descent: one weight after another goes along a grid as long as the readings get cheaper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import cast

from corpus.extraction.weights import weights

GRID = (0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""In nats. A finer one would tell more than the papers do."""

_LEAST_GAIN = 1e-4
"""A step is taken for so much of the cost: what changes nothing stays as it is."""

Weight = tuple[str, str]
"""A section of weights.toml, and the name in it."""


def descend(fitted: Sequence[Weight], cost: Callable[[], float], passes: int) -> Iterator[tuple[float, str]]:
    """Set the weights in place. Yields the cost at first and after every step that lowered it, with what it was."""
    least = cost()
    yield least, "as they were"
    for _ in range(passes):
        before = least
        for weight in fitted:
            for found, step in _along(weight, cost, least):
                least = found
                yield found, step
        if least == before:
            return


def _along(weight: Weight, cost: Callable[[], float], least: float) -> Iterator[tuple[float, str]]:
    """The steps of one weight, first up, else down."""
    start = own = weights()[weight[0]][weight[1]]
    for grid in ([value for value in GRID if value > start], [value for value in reversed(GRID) if value < start]):
        for value in grid:
            put(weight, value)
            found = cost()
            if found > least * (1 - _LEAST_GAIN):
                break
            own, least = value, found
            yield least, f"{'.'.join(weight)} {value}"
        put(weight, own)
        if own != start:
            return


def put(weight: Weight, value: float) -> None:
    """Set a weight for this run."""
    section, name = weight
    cast("MutableMapping[str, float]", weights()[section])[name] = value
