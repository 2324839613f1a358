"""Numbers of sections alone in their lines go; whatever else begins with a nought stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.section_numbers import without_section_numbers

_LINES = st.lists(st.sampled_from(["总体情况", "0", "5", "10", "", "规章\t0\t3"]), max_size=6)


@given(st.lists(_LINES, min_size=3, max_size=9))
def test_the_numbers_of_sections_go_and_nothing_else(sections: list[list[str]]) -> None:
    lines = [line for number, some in enumerate(sections, 1) for line in (f"0{number}", *some)]
    assert without_section_numbers(lines) == [line for some in sections for line in some]


@given(st.permutations(["01", "02", "04", "07"]))
def test_numbers_that_do_not_count_stay(lines: list[str]) -> None:
    assert without_section_numbers(lines) == lines
    assert without_section_numbers(lines[:2]) == lines[:2]
