"""A table as it lies in the lines of a plain text, and where it ends for good."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.numerals import is_value

BAR = re.compile(r"[|｜│┃║丨]")
"""What parts cells, also as a part of a box drawn with lines."""

NUMBERED = re.compile(r"\s*[一二三四五六七八九十]+\s*、")
"""How rows and the headings of sections begin."""

ITEM = re.compile(r"\s*(?:[一二三四五六七八九十]+\s*、|[(（][一二三四五六七八九十\d]+[)）]|\d+\s*[.、．])")
"""How whatever is numbered begins: no caption of a table is."""

_NUMBER_ALONE = re.compile(rf"(?:{ITEM.pattern})\s*")
"""The number of a label that a narrow column broke behind it: the label is the line below."""

_PUNCTUATION = re.compile(r"[，。：；、,:;]")
_LONGEST_CAPTION = 20

AHEAD = 3
"""Cells behind a numbered row, or group of rows, with a value among them; a section's table begins with its header."""


class Laid(NamedTuple):
    """The rows of the table that begins in some line, none where none does, and the line behind what was looked at.

    ``aligned`` as in ``Grid``: nothing but the order of words and values says where cells and rows end.
    """

    rows: list[list[str]]
    end: int
    aligned: bool = False


def begins_section(lines: Sequence[str], index: int, numbered: re.Pattern[str] = NUMBERED) -> bool:
    """Whether a line is the heading of a section: numbered, as rows are too, but with no value in it or soon below."""
    if not numbered.match(lines[index]) or _has_value(lines[index]):
        return False
    below = (line for line in lines[index + 1 :] if line and not _NUMBER_ALONE.fullmatch(line))
    return not any(_has_value(line) for line, _ in zip(below, range(AHEAD), strict=False))


def _has_value(line: str) -> bool:
    """Whether a line is a value, a blank one too, or ends with one."""
    return not line.strip() or is_value(line.rsplit(maxsplit=1)[-1])


def is_caption(line: str) -> bool:
    """Whether a line may be the first cell of a table, over all its columns: a few words, no heading, no sentence."""
    return len(line) <= _LONGEST_CAPTION and not _PUNCTUATION.search(line) and not ITEM.match(line)
