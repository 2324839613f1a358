"""Lines that hold all values of a row, below its label or behind it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.value_lines import values_apart

_VALUES = st.lists(st.integers(10, 9999).map(str), min_size=5, max_size=7)


@given(st.lists(_VALUES, min_size=2, max_size=6))
def test_each_value_is_a_cell(rows: list[list[str]]) -> None:
    lines = [line for number, row in enumerate(rows) for line in (f"第{number}行 甲", " ".join(row))]
    cells = [cell for number, row in enumerate(rows) for cell in (f"第{number}行 甲", *row)]
    assert values_apart([lines]) == [cells]


@given(_VALUES)
def test_so_is_one_behind_a_label_if_they_are_as_many_as_elsewhere(row: list[str]) -> None:
    printed = " ".join(row)
    assert values_apart([[printed, f"甲 乙 {printed}", f"甲 {printed} 8"]]) == [
        [*row, "甲 乙", *row, f"甲 {printed} 8"]
    ]


@given(st.lists(st.integers(1, 999_999), min_size=1, max_size=8))
def test_the_digits_of_one_number_set_apart_are_one_cell(numbers: list[int]) -> None:
    lines = [
        cell for number in numbers for cell in ("甲", " ".join(str(number)), "乙", f"{number:,}".replace(",", " "))
    ]
    assert values_apart([lines]) == [lines]


def test_a_number_and_its_correction_are_one_cell() -> None:
    lines = ["甲", "176 31", "乙", "5", "丙", "8"]
    assert values_apart([lines]) == [lines]
