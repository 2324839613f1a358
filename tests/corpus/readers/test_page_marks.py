"""Numbers and heads of pages in plain text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.page_marks import without_page_marks

_LINES = st.lists(st.text("甲乙丙丁0123456789", min_size=1, max_size=8), min_size=1, max_size=6)


@given(st.lists(_LINES, min_size=3, max_size=5), st.sampled_from(["— {} —", "-{}-", "第{}页", "第 {} 页 共 9 页"]))
def test_what_pages_part_goes_on(pages: list[list[str]], mark: str) -> None:
    printed: list[str] = []
    for number, lines in enumerate(pages, 1):
        printed += [*lines, "", mark.format(number), "", "云溪县年报", ""]
    assert without_page_marks(printed) == [line for lines in pages for line in lines]


@given(st.lists(st.integers(1, 99), min_size=2))
def test_numbers_in_dashes_that_do_not_count_up_are_no_pages(numbers: list[int]) -> None:
    lines = [f"- {number} -" for number in [*numbers, numbers[0]]]
    assert without_page_marks(lines) == lines


@given(_LINES, _LINES, st.integers(1, 99))
def test_of_one_number_the_head_tells_that_repeats_the_title(above: list[str], below: list[str], number: int) -> None:
    title = ["云溪县", "2021年年报"]
    marked = [*title, *above, f"— {number} —", "云溪县2021年年报", *below]
    assert without_page_marks(marked) == [*title, *above, *below]
    other = [*title, *above, f"— {number} —", "云溪县2022年年报", *below]
    assert without_page_marks(other) == other
