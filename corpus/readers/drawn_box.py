"""Tables in plain text drawn with the characters for boxes, whose rules may part some columns and not others.

│三、本年│（一）予以公开│7 │      A rule ends the cells above it, of its own columns alone: a cell beside it goes on,
│度办理结├───────┼──┤      and what stands in its columns on the lines below is more of it.
│果      │（二）部分公开│2 │
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

_JOINT = re.compile(r"[│┃┆┇┊┋║╎╏\u250c-\u254b\u2552-\u256c]")
_RULE = re.compile(r"[─━┄┅┈┉═╌╍]+")
_WIDTHS: tuple[dict[str, int], ...] = ({"W": 2, "F": 2}, {"W": 2, "F": 2, "A": 2}, {})
"""How wide programs take characters of some East Asian widths to be; others are one column wide."""


class _Piece(NamedTuple):
    """What stands between two joints of a line."""

    start: int
    end: int
    text: str

    @property
    def is_rule(self) -> bool:
        return _RULE.fullmatch(self.text) is not None


def drawn(lines: Sequence[str]) -> list[list[str]]:
    """The rows of a box with a rule in part of a line; none where there is none, or its lines end here and there.

    A cell over several rows stands in the first, and is blank in the others.
    """
    for widths in _WIDTHS:
        placed = [list(_pieces(line, widths)) for line in lines]
        is_parted = any(len({piece.is_rule for piece in line}) > 1 for line in placed)
        if is_parted and len({line[-1].end for line in placed if line}) == 1:
            return _rows(placed)
    return []


def _pieces(line: str, widths: dict[str, int]) -> Iterator[_Piece]:
    columns = list(accumulate((widths.get(east_asian_width(sign), 1) for sign in line), initial=0))
    joints = [joint.start() for joint in _JOINT.finditer(line)]
    for start, end in pairwise([-1, *joints, len(line)]):
        text = line[start + 1 : end]
        # Nothing stands before the first joint and behind the last.
        if text.strip() or (start >= 0 and end < len(line)):
            yield _Piece(columns[start + 1], columns[end], text)


def _rows(placed: Sequence[Sequence[_Piece]]) -> list[list[str]]:
    rows: list[dict[int, list[str]]] = [{}]
    going_on: dict[int, list[str]] = {}
    for line in placed:
        if rules := [piece for piece in line if piece.is_rule]:
            ended = {at for at in going_on if any(rule.start <= at < rule.end for rule in rules)}
            going_on = {at: cell for at, cell in going_on.items() if at not in ended}
            rows.append({at: [] for at in going_on})
        for piece in line:
            if not piece.is_rule:
                if piece.start not in going_on:
                    going_on[piece.start] = rows[-1][piece.start] = []
                going_on[piece.start].append(piece.text.strip())
    return [["\n".join(filter(None, cell)) for _, cell in sorted(row.items())] for row in rows if row]
