"""What parts the paragraphs of a printed page, as word processors and browsers set them."""

from __future__ import annotations

import pytest

from corpus.readers.flow import Flow, usual_steps
from corpus.readers.typeset import Line, Segment


def _line(text: str, top: float, x0: float = 60.0, size: float = 12.0) -> Line:
    segment = Segment(text, x0, top, x0 + len(text) * size, top + size, size)
    return Line((segment,), top, top + size, size)


def _paragraphs(*pages: list[Line]) -> list[str]:
    flow = Flow(usual_steps(pages))
    found = []
    for lines in pages:
        flow.turn(lines)
        found += [paragraph.text for line in lines for paragraph in flow.take(line)]
    return found + [paragraph.text for paragraph in flow.close()]


_FULL = "甲" * 38


def test_full_lines_are_one_paragraph() -> None:
    assert _paragraphs([_line(_FULL, 100), _line(_FULL, 118), _line("乙。", 136)]) == [f"{_FULL}{_FULL}乙。"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    assert _paragraphs([_line(_FULL, 700), _line(_FULL, 718)], [_line(_FULL, 60), _line("乙。", 78)]) == [
        f"{_FULL * 3}乙。"
    ]


def test_white_space_parts_paragraphs_without_an_indent() -> None:
    lines = [_line(_FULL, 100), _line(_FULL, 118), _line(_FULL, 150), _line(_FULL, 168)]
    assert _paragraphs(lines) == [_FULL * 2] * 2


@pytest.mark.parametrize("size", [18.0, 9.0])
def test_letters_of_another_size_are_another_paragraph(size: float) -> None:
    title = _line("甲" * int(38 * 12 / size), 70, size=size)
    assert _paragraphs([title, _line(_FULL, 100), _line(_FULL, 118)])[0] == title.text


def test_what_follows_a_signature_is_no_part_of_it() -> None:
    lines = [_line(_FULL, 100), _line(_FULL, 118), _line("某某办公室2020年1月1日", 136, x0=360), _line("主办单位", 154)]
    assert _paragraphs(lines) == [_FULL * 2, "某某办公室2020年1月1日", "主办单位"]


def test_letters_without_a_size_part_nothing_and_break_nothing() -> None:
    lines = [_line("甲" * 8, 100), _line("乙", 118, size=0.0), _line("丙。", 136)]
    assert "".join(_paragraphs(lines)).count("乙") == 1
