"""Lines in large letters are headings; letters large throughout, or within a line, mark nothing."""

from __future__ import annotations

import pytest

from corpus.blocks import Heading
from corpus.readers.html import read_html
from corpus.readers.limits import Limits

_TITLE = "云泽省2009年年度报告"
_TEXT = "<p>本年度的工作按计划进行，各项任务都已完成，具体情况如下文所述，表格附在最后一页。</p>" * 8


def _headings(page: str) -> list[str]:
    blocks = read_html(f"<html><body>{page}</body></html>", Limits()).blocks
    return [block.text for block in blocks if isinstance(block, Heading)]


@pytest.mark.parametrize(
    "large",
    [
        "<center><font size=5 color=red><b>{}</b></font></center>",
        "<center><font size='+3'>{}</font></center>",
        "<p align=center><span style='font-family:宋体; font-size: 22pt'>{}</span></p>",
        "<p style='font-size:32px'><b>{}</b></p>",
        "<div><strong style='color:red;FONT-SIZE:18.0pt'>{}</strong></div>",
        "<table><tr><td><font size=6>{}</font></td></tr></table>",
    ],
)
def test_a_line_in_large_letters_is_a_heading(large: str) -> None:
    assert _headings(large.format(_TITLE) + _TEXT) == [_TITLE]


@pytest.mark.parametrize(
    "page",
    [
        f"<p>见<font size=5>{_TITLE}</font>一文</p>{_TEXT}",
        f"<center><font size=3>{_TITLE}</font></center>{_TEXT}",
        f"<p style='font-size:16px'>{_TITLE}</p>{_TEXT}",
        f"<p style='font-size:22pt'>{_TITLE}</p>{_TEXT.replace('<p>', '<p style=font-size:22pt>')}",
    ],
)
def test_size_within_a_line_or_throughout_marks_nothing(page: str) -> None:
    assert _headings(page) == []
