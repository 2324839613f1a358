"""What is printed in the margin of each page is dropped, also where a picture's letters were read otherwise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.origin import Origin
from corpus.readers.page_blocks import blocks, read_side
from corpus.readers.page_rules import Rules
from corpus.readers.page_text import Side
from corpus.readers.typeset import Glyph

HEAD = "file:///reports/2021/report.html"
FOOT = "某某省人民政府办公厅政府信息公开年度报告"
ORIGIN = Origin((600, 800), (600, 800), np.eye(3), 0, 1.0)


def _line(text: str, top: float) -> list[Glyph]:
    return [Glyph(sign, 60 + 10 * at, top, 70 + 10 * at, top + 10, 10, 0.9) for at, sign in enumerate(text)]


def _misread(text: str, chance: np.random.Generator, letters: int) -> str:
    """With so many of its letters taken for others, or lost."""
    for _ in range(letters):
        at = int(chance.integers(len(text)))
        text = text[:at] + ("", "·", "口")[chance.integers(3)] + text[at + 1 :]
    return text


def _said(seed: int, letters: int, origin: Origin | None) -> str:
    chance = np.random.default_rng(seed)
    pages = []
    for number in range(1, 6):
        body = [glyph for row in range(4) for glyph in _line(f"第{number}页第{row}行说的是别的事情", 300 + 20 * row)]
        margin = _line(_misread(HEAD, chance, letters), 20) + _line(_misread(FOOT, chance, letters), 770)
        own = _line("甲乙丙丁戊"[number - 1] * 9, 50)
        pages.append(read_side(Side(0, 600, 800, (*margin, *own, *body), Rules([], [], [], []), origin), number, ()))
    return "".join(str(block) for block in blocks(pages))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 2))
def test_of_pictures_a_head_is_known_by_most_of_its_letters(seed: int, letters: int) -> None:
    said = _said(seed, letters, ORIGIN)
    assert "report" not in said
    assert "年度报告" not in said
    assert all(letter * 9 in said for letter in "甲乙丙丁戊"), "what is each page's own stays"


@pytest.mark.parametrize("origin", [None, ORIGIN])
def test_a_head_of_the_same_words_is_dropped_from_any_page(origin: Origin | None) -> None:
    assert "report" not in _said(1, 0, origin)
