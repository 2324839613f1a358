"""Letters of a seal, stamped over what is printed: a name that runs round in an ink of its own, and what is inside."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.readers.consecutive import consecutive
from corpus.readers.turning import quarter

_LEAST_WAYS = 4
"""Directions in which letters run round; those of a watermark have one."""
_APART = 5.0
"""In sizes of the letters: farther on begins another seal."""

_Char = dict[str, Any]


def without_seals(chars: Sequence[_Char]) -> Sequence[_Char]:
    """The characters of a page as pdfplumber tells them, without those of seals."""
    usual = Counter(map(_ink, chars)).most_common(1)
    slanted = [char for char in chars if quarter(char["matrix"]) is None and _ink(char) != usual[0][0]]
    names = filter(_goes_round, consecutive(slanted, _goes_on))
    stamped = {id(char) for name in names for char in _within(name, chars)}
    return [char for char in chars if id(char) not in stamped] if stamped else chars


def _ink(char: _Char) -> str:
    return str(char["non_stroking_color"])


def _goes_on(run: Sequence[_Char], char: _Char) -> bool:
    """Whether a letter of the same ink was set near the last."""
    distance = math.dist((char["x0"], char["top"]), (run[-1]["x0"], run[-1]["top"]))
    return _ink(char) == _ink(run[-1]) and distance <= _APART * char["size"]


def _goes_round(run: Sequence[_Char]) -> bool:
    return len({round(math.atan2(char["matrix"][1], char["matrix"][0]), 1) for char in run}) >= _LEAST_WAYS


def _within(run: Sequence[_Char], chars: Sequence[_Char]) -> Iterator[_Char]:
    """Letters of the same ink in a seal, which is as high as wide, though its name runs round a part of it."""
    left, top = min(char["x0"] for char in run), min(char["top"] for char in run)
    right, bottom = max(char["x1"] for char in run), max(char["bottom"] for char in run)
    size = max(right - left, bottom - top)
    for char in chars:
        across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if right - size <= across <= left + size and bottom - size <= down <= top + size and _ink(char) == _ink(run[0]):
            yield char
