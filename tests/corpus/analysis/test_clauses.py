"""Clauses near a clause: looked up by their pieces, found are the same as by comparing each with each."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.clauses import SHARED, TOGETHER, Clauses


def share(one: str, other: str) -> float:
    """By the definition, letter by letter."""
    mine, theirs = set(pairwise(one)), set(pairwise(other))
    together = any(one[at : at + TOGETHER] in other for at in range(len(one) - TOGETHER + 1))
    shared = len(mine & theirs) / min(len(mine), len(theirs))
    return shared if together and shared >= SHARED else 0.0


@given(st.lists(st.text("桥头渡口灯", min_size=5, max_size=9), min_size=1, max_size=12))
def test_looking_up_finds_what_comparing_each_with_each_finds(said: list[str]) -> None:
    clauses = Clauses(said)
    for one in said:
        assert clauses.near(one) == {other: share(one, other) for other in said if share(one, other) > 0}
