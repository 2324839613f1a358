"""Markup that stops a fast parser early is mended first: no text of a page is lost for it."""

from __future__ import annotations

import pytest

from corpus.blocks import Paragraph
from corpus.readers.html import read_html
from corpus.readers.limits import Limits

TEXT = "本页所述地方为虚构，这一段话应当被读到。"


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><frameset><p>前面的话</p><p>{TEXT}</p></html>",
        f"<!--[if gt IE 9]><p>{TEXT}</p>",
        f"<html><body></body></html></html><p>{TEXT}",
        f"<html><body><frameset><p>前面的话</p><![C-ATA[x]]><p>{TEXT}</p></html>",
    ],
)
def test_the_text_behind_broken_markup_is_read(page: str) -> None:
    paragraphs = [block.text for block in read_html(page, Limits()).blocks if isinstance(block, Paragraph)]
    assert TEXT in paragraphs
