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


def test_words_in_bold_are_marked_up_without_the_rule_of_a_table() -> None:
    rows = [f"| **{label}** | 1\\.属于 |" for label in ("规章", "许可", "处罚")]
    assert printed("\n".join(rows)) == "| 规章 | 1.属于 |\n| 许可 | 1.属于 |\n| 处罚 | 1.属于 |"
    assert printed(rows[0]) == rows[0]


@pytest.mark.parametrize("mark", _BEGUN)
def test_marks_that_never_end_cost_what_their_number_costs(mark: str) -> None:
    """Four times as many take some four times as long; where each looks through all of the rest, sixteen times."""

    def cost(number: int) -> float:
        begun = time.process_time()
        printed(_TABLE + mark * number + "1")
        return time.process_time() - begun

    few = min(cost(4_000) for _ in range(3))
    assert min(cost(16_000) for _ in range(2)) < max(10 * few, 0.5)
