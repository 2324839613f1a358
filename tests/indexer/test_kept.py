"""What is kept of a state of an index: bounded, and what is worth least goes first."""

from __future__ import annotations

from functools import partial

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from indexer.whoosh_engine.kept import ENTRY_BYTES, SHARE, KeptRoom

ROOM = 64 * ENTRY_BYTES


class Maker:
    """Makes arrays of so many numbers, and counts them."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, size: int = 0) -> NDArray[np.int64]:
        self.made += 1
        return np.empty(size, np.int64)


def test_words_that_stand_nowhere_are_not_kept_without_end() -> None:
    kept, make = KeptRoom(10 * ENTRY_BYTES), Maker()
    for number in (*range(100), 99, 0):
        kept.kept(number, make, occurrences=True)
    assert make.made == 101, "the last is still known, the first is not"


def test_occurrences_go_before_what_was_made_of_them() -> None:
    kept, make = KeptRoom(ROOM), Maker()
    for number in range(40):
        kept.kept(("bits", number), make, occurrences=False)
        kept.kept(number, make, occurrences=True)
    before = make.made
    for number in range(40):
        kept.kept(("bits", number), make, occurrences=False)
    assert make.made == before
    assert sum(kept.known(number) is not None for number in range(40)) == 64 - 40
    assert kept.known(39) is not None


def test_what_is_made_of_occurrences_leaves_them_their_share() -> None:
    kept, make = KeptRoom(ROOM), Maker()
    for number in range(100):
        kept.kept(number, make, occurrences=True)
        kept.kept(("bits", number), make, occurrences=False)
    assert sum(kept.known(number) is not None for number in range(100)) == 64 // SHARE


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.integers(0, 1200)), max_size=200))
def test_what_is_kept_is_what_was_made_and_fits_the_room(asked: list[tuple[int, bool, int]]) -> None:
    kept, made = KeptRoom(ROOM), dict[int, int]()
    for number, is_occurrences, size in asked:
        name = number if is_occurrences else -1 - number
        found = kept.kept(name, partial(np.empty, size, np.int64), occurrences=is_occurrences)
        assert found.size in (size, made.get(name))
        made[name] = found.size
        left = [made[each] for each in range(31) if kept.known(each) is not None]
        assert sum(size * 8 + ENTRY_BYTES for size in left) <= ROOM or len(left) == 1
