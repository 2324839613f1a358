"""The ink of a region → its lines of text, cut where it is blank from side to side (recursive XY cut: Nagy, Seth 1984).

Blanks that run across part rows. What is still higher than a line is cut by blanks that run down it, where that shows
lines side by side which overlap: cells of a table without rules, each centred in its own row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Spot = tuple[int, int, int, int]
"""x0, top, x1, bottom of ink, in pixels."""

# In heights of a line: no two strokes make a higher letter; how wide a blank is that parts lines side by side; what is
# as high as one of them; what is so high is several lines that something joins, and what is so high in it joins them.
_LINE = 1.2
_BLANK = 0.5
_WHOLE = 0.5
_SEVERAL = 2.2
_JOINING = 1.5
# In heights of its line: how low a stroke of its letters is that stands apart, and how far from them.
_STROKE = 0.45
_NEAR = 0.3


@dataclass(frozen=True, slots=True)
class InkLine:
    """The ink of a line; ``beside``: lines stand at its side that overlap with others, as cells of a table do."""

    spots: Sequence[Spot]
    beside: bool


def ink_lines(spots: Sequence[Spot], usual: float) -> Iterator[InkLine]:
    """The lines that some ink makes, most of them ``usual`` dots high, in no order."""
    waiting = [InkLine(spots, beside=False)]
    while waiting:
        part = waiting.pop()
        for row in rows(part.spots, usual):
            columns = pieces(row, _BLANK * usual) if height(row) > _LINE * usual else []
            if len(columns) > 1 and _overlap(columns, usual):
                waiting += [InkLine(column, beside=True) for column in columns]
            elif joined := _without_joints(row, usual):
                waiting.append(InkLine(joined, part.beside))
            else:
                yield InkLine(row, part.beside)


def rows(spots: Sequence[Spot], usual: float) -> list[list[Spot]]:
    """Ink from the top, parted by blanks: what is much lower than a line is a stroke of the one beside it."""
    found, number = runs(spots), 0
    while number + 1 < len(found):
        above, below = found[number : number + 2]
        gap = min(spot[1] for spot in below) - max(spot[3] for spot in above)
        low, high = sorted((height(above), height(below)))
        is_stroke = low < _STROKE * high and gap < _NEAR * high and high <= _SEVERAL * usual
        if is_stroke or high + low + gap < _LINE * usual:
            found[number : number + 2] = [above + below]
            number = max(0, number - 1)
        else:
            number += 1
    return found


def runs(spots: Sequence[Spot]) -> list[list[Spot]]:
    """Ink that overlaps up and down, from the top."""
    found: list[list[Spot]] = []
    bottom = 0
    for spot in sorted(spots, key=lambda spot: spot[1]):
        if found and spot[1] < bottom:
            found[-1].append(spot)
            bottom = max(bottom, spot[3])
        else:
            found.append([spot])
            bottom = spot[3]
    return found


def height(spots: Sequence[Spot]) -> int:
    """From the top of some ink to its foot."""
    return max(spot[3] for spot in spots) - min(spot[1] for spot in spots)


def pieces(line: Sequence[Spot], gap: float, end_of: Callable[[Spot], int] = lambda spot: spot[2]) -> list[list[Spot]]:
    """The ink of a line from left to right, parted by blanks wider than ``gap``; ``end_of``: where a letter ends."""
    found: list[list[Spot]] = []
    end = 0
    for spot in sorted(line):
        if not found or spot[0] - end > gap:
            found.append([])
            end = 0
        found[-1].append(spot)
        end = max(end, end_of(spot))
    return found


def _overlap(columns: Sequence[Sequence[Spot]], usual: float) -> bool:
    """Whether columns hold lines that overlap: several below one another, strokes aside, or none as high as all are."""
    several = any(sum(height(row) >= _WHOLE * usual for row in rows(column, usual)) > 1 for column in columns)
    return several or all(height(column) <= _LINE * usual for column in columns)


def _without_joints(row: Sequence[Spot], usual: float) -> list[Spot]:
    """The ink of lines that a seal, a brace or a stroke of a pen joins, without what joins them; none of one line."""
    if height(row) <= _SEVERAL * usual:
        return []
    left = [spot for spot in row if spot[3] - spot[1] <= _JOINING * usual]
    return left if len(left) < len(row) else []
