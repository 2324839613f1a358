"""Marks without an end cost no more than letters do."""

from __future__ import annotations

import time

import pytest

from corpus.readers.markdown import printed

_TABLE = "|a|b|\n|---|---|\n"
_BEGUN = (
    "<!--",
    "{--",
    "{++",
    "~~a",
    "<del>",
    "<sup>",
    "![",
    "![](",
    "[",
    "[a](",
    "[^",
    "==a",
    "__a",
    "**a",
    "`",
    "^1",
    "\t",
)


@pytest.mark.parametrize("mark", _BEGUN)
def test_marks_that_never_end_cost_what_their_number_costs(mark: str) -> None:
    """Four times as many take some four times as long; where each looks through all of the rest, sixteen times."""

    def cost(number: int) -> float:
        begun = time.process_time()
        printed(_TABLE + mark * number + "1")
        return time.process_time() - begun

    few = min(cost(4_000) for _ in range(3))
    assert min(cost(16_000) for _ in range(2)) < max(10 * few, 0.5)
