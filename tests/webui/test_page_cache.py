"""An answer is given again only over the state that it was made from, and room is bounded."""

from __future__ import annotations

from flask import Response
from hypothesis import given
from hypothesis import strategies as st

from webui.page_cache import ENTRY_BYTES, PageCache


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2), st.integers(0, 60)), max_size=40))
def test_what_comes_back_is_what_was_put_last_for_that_state(steps: list[tuple[int, int, int]]) -> None:
    cache, last = PageCache(2 * ENTRY_BYTES), dict[int, tuple[int, bytes]]()
    for address, state, size in steps:
        body = f"{state}:".encode() + b"x" * size
        cache.put(address, state, Response(body, headers={"X-State": str(state)}))
        last[address] = state, body
        for asked in range(6):
            for other in range(3):
                found = cache.get(asked, other)
                if found is not None:
                    assert last[asked] == (other, found.get_data())
                    assert found.headers["X-State"] == str(other)


def test_the_least_recently_asked_goes_first() -> None:
    cache = PageCache(3 * ENTRY_BYTES + 100)
    for address in "abc":
        cache.put(address, 1, Response(b"x" * 30))
    assert cache.get("a", 1) is not None
    cache.put("d", 1, Response(b"x" * 30))
    assert [address for address in "abcd" if cache.get(address, 1) is not None] == ["a", "c", "d"]
    cache.put("e", 1, Response(b"x" * 4 * ENTRY_BYTES))
    assert all(cache.get(address, 1) is None for address in "abcde")


def test_long_addresses_of_short_answers_take_room_too() -> None:
    cache = PageCache(100 * ENTRY_BYTES)
    for number in range(1000):
        cache.put(f"{number}{'?' * 9 * ENTRY_BYTES}", 1, Response(b""))
    assert sum(cache.get(f"{number}{'?' * 9 * ENTRY_BYTES}", 1) is not None for number in range(1000)) <= 10
