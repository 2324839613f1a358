"""Where the items of a grid stand: at the lines or in the area that they name, else in the next place that is free.

CSS Grid Layout 1: areas by name (7.3), by lines (8.3), placement of the others (8.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from corpus.readers.style_sheet import Look

MOST_TRACKS = 100
_MOST_ROWS = 1_000

_REPEATED = re.compile(r"repeat\(\s*(\d{1,3})\s*,((?:[^()]|\([^()]*\))*)\)")
_TRACK = re.compile(r"(?:[^\s()]|\([^()]*\))+")
_LINE_NAMES = re.compile(r"\[[^\[\]]*\]")
_SPAN = re.compile(r"span\s+(\d{1,2})")
_LINES = re.compile(r"(\d{1,3})\s*(?:/\s*(-1\b|\d{1,3}))?")
_NAMED_ROW = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_SIDES = ("row", "column")


class Area(NamedTuple):
    """The first row and column of an item, and how many of them it covers."""

    row: int
    column: int
    high: int = 1
    wide: int = 1

    def places(self) -> Iterator[tuple[int, int]]:
        """Every place in it."""
        return product(range(self.row, self.row + self.high), range(self.column, self.column + self.wide))


class _Wish(NamedTuple):
    """What an item says of its place: None for a row or column that it leaves open."""

    row: int | None
    column: int | None
    high: int
    wide: int


def areas(grid: Look, items: Sequence[Look]) -> list[Area]:
    """The area of each item; none where the grid tells no columns."""
    named = _named(grid.get("grid-template-areas", "") or grid.get("grid-template", ""))
    widest = max((area.column + area.wide for area in named.values()), default=0)
    tracks = _tracks(grid.get("grid-template-columns", "")) or widest
    wishes = [_wish(item, named, tracks or MOST_TRACKS) for item in items]
    tracks = tracks or max((wish.column + wish.wide for wish in wishes if wish.column is not None), default=0)
    return _placed(wishes, tracks) if 1 < tracks <= MOST_TRACKS else []


def _placed(wishes: Sequence[_Wish], tracks: int) -> list[Area]:
    """Those that say both, then those that say their row, then the others, which never go back."""
    taken: set[tuple[int, int]] = set()
    found: dict[int, Area] = {}
    last = Area(0, 0)
    for number in sorted(range(len(wishes)), key=lambda at: _freedom(wishes[at])):
        wish = wishes[number]
        area = _next(wish, last, tracks, taken)
        last = area if _freedom(wish) == len(_SIDES) else last
        taken.update(area.places())
        found[number] = area
    return [found[number] for number in range(len(wishes))]


def _freedom(wish: _Wish) -> int:
    return len(_SIDES) if wish.row is None else int(wish.column is None)


def _next(wish: _Wish, last: Area, tracks: int, taken: set[tuple[int, int]]) -> Area:
    """The first area that an item may have, from the last one on."""
    wide = min(wish.wide, tracks)
    if wish.row is not None:
        columns = range(tracks - wide + 1) if wish.column is None else [wish.column]
        some = [Area(wish.row, column, wish.high, wide) for column in columns]
        return next((area for area in some if taken.isdisjoint(area.places())), some[0])
    row, column = last.row, last.column
    if wish.column is not None:
        row += wish.column < column
        column = wish.column
    while column + wide > tracks or not taken.isdisjoint(Area(row, column, wish.high, wide).places()):
        is_full = wish.column is not None or column + wide >= tracks
        row, column = (row + 1, wish.column or 0) if is_full else (row, column + 1)
    return Area(row, column, wish.high, wide)


def _wish(item: Look, named: dict[str, Area], tracks: int) -> _Wish:
    stated = item.get("grid-area", "")
    if (area := named.get(stated)) is not None:
        return _Wish(*area)
    (row, high), (column, wide) = (
        _extent(_stated(item, side, stated.split("/")[at::2]), most)
        for at, (side, most) in enumerate(zip(_SIDES, (_MOST_ROWS, tracks), strict=True))
    )
    return _Wish(row, column, min(high, MOST_TRACKS), wide)


def _stated(item: Look, side: str, of_area: Sequence[str]) -> str:
    """The lines between which an item says that it stands on one side."""
    ends = [item.get(f"grid-{side}-{end}", "") for end in ("start", "end")]
    return item.get(f"grid-{side}", "") or "/".join(filter(None, ends)) or "/".join(of_area)


def _extent(stated: str, tracks: int) -> tuple[int | None, int]:
    """The track at which an item begins, None for the next that is free, and how many of them it covers."""
    lines, span = _LINES.match(stated.strip()), _SPAN.search(stated)
    first = int(lines[1]) - 1 if lines else None
    # Of the lines between tracks -1 is the last.
    behind = int(lines[2]) % (tracks + 2) if lines and lines[2] else 0
    many = behind - int(lines[1]) if lines and behind else int(span[1]) if span else 1
    wide = min(max(many, 1), tracks)
    return first if first is None or 0 <= first <= tracks - wide else None, wide


def _tracks(template: str) -> int:
    """How many columns a grid states; none where that depends on its width."""
    written = _REPEATED.sub(
        lambda some: f" {some[2]} " * min(int(some[1]), MOST_TRACKS), _LINE_NAMES.sub(" ", template)
    )
    return 0 if "repeat(" in written else len(_TRACK.findall(written))


def _named(template: str) -> dict[str, Area]:
    """The areas that a grid names, row by row."""
    found: dict[str, Area] = {}
    for row, line in enumerate(_NAMED_ROW.findall(template)[:MOST_TRACKS]):
        for column, name in enumerate("".join(line).split()[:MOST_TRACKS]):
            first = found.setdefault(name, Area(row, column))
            found[name] = Area(first.row, first.column, row - first.row + 1, column - first.column + 1)
    return found
