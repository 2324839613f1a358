"""Numbers without rules around them: what one value over lines is, and what several rows are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.stacks import value_rows
from corpus.readers.tracks import parted
from corpus.readers.typeset import Segment, joined

_SIZE = 9.0
_COLUMN = 32.0
_LINE = 11.0


def _printed(text: str, column: int, top: float) -> Segment:
    """A text in the middle of a column."""
    half = _SIZE * len(text) / 4
    middle = 300 + column * _COLUMN
    return Segment(text, middle - half, top, middle + half, top + _SIZE, _SIZE)


def _cell(lines: list[str], column: int, middle: float) -> list[Segment]:
    """The lines of a cell, centred on the middle of its row."""
    top = middle - (len(lines) * _LINE - (_LINE - _SIZE)) / 2
    return [_printed(line, column, top + number * _LINE) for number, line in enumerate(lines)]


@given(st.lists(st.lists(st.integers(0, 9999), min_size=3, max_size=3), min_size=4, max_size=8), st.integers(2, 3))
def test_numbers_broken_over_lines_are_one_value_each(numbers: list[list[int]], width: int) -> None:
    rows = [[str(number) for number in row] for row in numbers]
    segments = [
        segment
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
        for segment in _cell([text[at : at + width] for at in range(0, len(text), width)], column, 100 + number * 40)
    ]
    found = list(value_rows(segments))
    texts = [[cell.text.replace("\n", "") for cell in sorted(row, key=lambda cell: cell.across)] for row, _ in found]
    assert texts == rows
    assert all(certain for _, certain in found)


@given(st.lists(st.lists(st.integers(10, 99), min_size=3, max_size=3), min_size=2, max_size=8))
def test_rows_set_as_close_as_lines_stay_rows(rows: list[list[int]]) -> None:
    segments = [
        _printed(str(value), column, 100 + number * _LINE)
        for number, row in enumerate(rows)
        for column, value in enumerate(row)
    ]
    found = [[int(cell.text) for cell in sorted(row, key=lambda cell: cell.across)] for row, _ in value_rows(segments)]
    assert found == rows


def test_a_counting_word_on_a_line_of_its_own_belongs_to_its_number() -> None:
    segments = [*_cell(["123", "件"], 0, 100), *_cell(["45件"], 1, 100), *_cell(["6件"], 0, 140)]
    assert [[cell.text for cell in row] for row, _ in value_rows(segments)] == [["123\n件", "45件"], ["6件"]]


def test_two_numbers_that_nearly_touch_are_told_apart_by_the_columns_of_others() -> None:
    left, right = _printed("12", 0, 100), _printed("34", 1, 100)
    both = Segment("12 34", left.x0, left.top, right.x1, left.bottom, _SIZE, (left, right))
    others = [_printed("5", 0, 140), _printed("6", 1, 140)]
    assert [segment.text for segment in parted([both, *others])] == ["12", "34", "5", "6"]
    assert [certain for _, certain in value_rows([both])] == [False]


def test_parts_keep_their_words_apart() -> None:
    assert joined([_printed("ab", 0, 0), _printed("cd", 1, 0)]).text == "ab cd"
    assert joined([_printed("规", 0, 0), _printed("章", 1, 0)]).text == "规章"
