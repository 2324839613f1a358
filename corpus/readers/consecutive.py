"""Items that go on one from another: letters of a line, lines of a level, strokes of a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def consecutive(items: Iterable[Item], goes_on: Callable[[Sequence[Item], Item], bool]) -> Iterator[list[Item]]:
    """The items in their order, parted where one does not go on from those before it."""
    run: list[Item] = []
    for item in items:
        if run and not goes_on(run, item):
            yield run
            run = []
        run.append(item)
    if run:
        yield run
