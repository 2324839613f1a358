"""What a program put before each line goes; what an author numbered stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.enumerated import unframed, unmarked

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"), max_size=12)


@given(st.lists(TEXT, min_size=20, max_size=40), st.integers(0, 500))
def test_the_numbers_of_an_editor_go(lines: list[str], first: int) -> None:
    assert unmarked([f"{number:5}  x{line}" for number, line in enumerate(lines, first)]) == [
        f"x{line}" for line in lines
    ]


@given(st.lists(st.integers(0, 99), min_size=8, max_size=30), st.sampled_from("-*•●"))
def test_the_marks_of_a_list_of_cells_go(values: list[int], mark: str) -> None:
    assert unmarked([f"{mark} {value}" for value in values]) == list(map(str, values))


@given(st.lists(TEXT, min_size=8, max_size=20), st.sampled_from(("> ", "+", "2025-03-01 08:00:59 INFO ", "// ")))
def test_what_all_lines_begin_with_goes(lines: list[str], mark: str) -> None:
    lines = ["规章\t5", "（二）", *lines]
    assert unframed([mark + line for line in lines]) == lines


def test_what_all_lines_end_with_goes_and_words_stay() -> None:
    lines = ["规章\t5", *(f"云溪县第{10**number}类" for number in range(10))]
    assert unframed([f"{line}<br>" for line in lines]) == lines
    assert unframed(lines) == lines
    assert unframed([f"| {line} |" for line in lines]) == [f"| {line} |" for line in lines]


def test_items_that_their_author_numbered_stay() -> None:
    items = [f"{number}. 公开了第{number}类信息。" for number in range(1, 9)]
    assert unmarked(items) == items


def test_a_list_of_sentences_keeps_its_marks() -> None:
    items = [f"- 公开了第{number}类信息。" for number in range(1, 20)]
    assert unmarked(items) == items


def test_a_column_of_ordinals_goes_however_few_the_rows() -> None:
    rows = ["1\t规章\t5\t0", "2\t行政许可\t107\t", "3\t\t80\t", "4\t行政强制\t4\t"]
    assert unmarked(rows) == ["规章\t5\t0", "行政许可\t107\t", "\t80\t", "行政强制\t4\t"]
