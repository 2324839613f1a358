"""What follows from one state of an index, kept while there is room.

Occurrences are what costs most room and is worth least of it: of a word that every report has they take eight bytes for
each place, its bits and weights six for each report, and these answer the next search alone. So occurrences go first
where they take more than a share; then, as among themselves, what was used the longest ago.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import cast

from indexer.view import Kept, Sized

ENTRY_BYTES = 512
"""What an array takes beside its numbers, with its name: a word that stands nowhere has no numbers, and is kept too."""
SHARE = 4
"""Occurrences may have a quarter of the room where something else wants it."""


class _Shelf(OrderedDict[Hashable, Sized]):
    """Things by name, the latest used last, and what they take."""

    taken = 0

    def put(self, name: Hashable, made: Sized) -> None:
        self[name] = made
        self.taken += made.nbytes + ENTRY_BYTES

    def drop(self) -> None:
        self.taken -= self.popitem(last=False)[1].nbytes + ENTRY_BYTES


class KeptRoom:
    """At most ``room`` bytes, or one thing that is greater; for any number of threads."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._turn = threading.Lock()
        self._occurrences = _Shelf()
        self._others = _Shelf()

    def kept(self, name: Hashable, make: Callable[[], Kept], *, occurrences: bool) -> Kept:
        """What is kept under a name, made where it is not."""
        shelf = self._occurrences if occurrences else self._others
        if (known := self._used(shelf, name)) is not None:
            return cast("Kept", known)
        made = make()
        with self._turn:
            if name not in shelf:
                shelf.put(name, made)
            self._make_room()
        return made

    def known(self, name: Hashable) -> Sized | None:
        """Occurrences that are kept under a name."""
        return self._used(self._occurrences, name)

    def occurrences(self) -> Iterator[Hashable]:
        """The names of the occurrences, the latest used first."""
        with self._turn:
            return reversed(list(self._occurrences))

    def clear(self) -> None:
        """Let go of all."""
        with self._turn:
            self._occurrences, self._others = _Shelf(), _Shelf()

    def _used(self, shelf: _Shelf, name: Hashable) -> Sized | None:
        with self._turn:
            if (known := shelf.get(name)) is not None:
                shelf.move_to_end(name)
            return known

    def _make_room(self) -> None:
        first, others = self._occurrences, self._others
        while first.taken + others.taken > self._room and len(first) + len(others) > 1:
            (first if first.taken * SHARE > self._room or not others else others).drop()
