"""The rows of a table without rules, from the top.

Values make the rows, since they never span several; words belong to the row whose values stand beside them. Words close
below one another are one cell; ``corpus.readers.stacks`` tells a number broken over lines from numbers of several rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.hanging import hanging
from corpus.readers.stacks import LEVEL, Stack, value_rows
from corpus.readers.typeset import Segment

# In sizes of the letters: the gap between two lines of one cell of words, where several do not leave a wider one.
_LEADING = 0.6
_WIDEST_LEADING = 0.9
_SEVERAL = 3
# How much of the narrower of two lines must stand below the other, so that they are one cell.
_BELOW = 0.25


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row; ``has_values``: it is no header. ``certain``: they can be no others."""

    cells: list[Stack]
    has_values: bool
    certain: bool = True

    @property
    def middle(self) -> float:
        """The height of the middle of its first cell."""
        return self.cells[0].middle


#   a label of
#   two lines      5      7     the values are on a level between the top and the bottom of these words: one row
#   another        1     12
def rows_of(segments: Sequence[Segment]) -> list[Row]:
    """Values on one level are a row, with the words beside them; words that stand beside no value are rows too."""
    rows = [Row(cells, has_values=True, certain=certain) for cells, certain in value_rows(segments)]
    levels = [row.middle for row in rows]
    pitch = min((b - a for a, b in pairwise(levels)), default=float("inf"))
    cells = [cell for row in rows for cell in row.cells]
    left = _others(segments, cells)
    leading = _leading(left)
    hung = list(hanging(left, levels, min((cell.across[0] for cell in cells if cell.is_value), default=0.0)))
    for number, label in hung:
        rows[number].cells.append(label)
    header = levels[0] if hung else 0.0
    left = _others(left, [label for _, label in hung])
    above = _cells([segment for segment in left if segment.middle < header], float("inf"), leading)
    below = _cells([segment for segment in left if segment.middle >= header], pitch, leading)
    words = _words_alone([*above, *below], rows, levels)
    return sorted([*rows, *words], key=lambda row: row.middle)


def _words_alone(cells: Sequence[Stack], rows: Sequence[Row], levels: Sequence[float]) -> list[Row]:
    """The rows of words that stand beside no value; the others join the row of values, on one of ``levels``."""
    words: list[Row] = []
    for cell in cells:
        if beside := _beside(cell, levels):
            nearest = min(beside, key=lambda number: abs(levels[number] - cell.middle))
            rows[nearest].cells.append(cell)
        elif words and cell.middle - words[-1].middle <= LEVEL * cell.segments[0].size:
            words[-1].cells.append(cell)
        else:
            words.append(Row([cell], has_values=False))
    return words


def _others(segments: Sequence[Segment], cells: Sequence[Stack]) -> list[Segment]:
    """The segments that are in none of the cells."""
    taken = {id(segment) for cell in cells for segment in cell.segments}
    return [segment for segment in segments if id(segment) not in taken]


def _beside(cell: Stack, levels: Sequence[float]) -> list[int]:
    """The rows of values between the top and the bottom of words; a single line may stand a little off."""
    top, bottom = cell.down
    slack = LEVEL * cell.segments[0].size if len(cell.segments) == 1 else 0.0
    return [number for number, level in enumerate(levels) if top - slack <= level <= bottom + slack]


def word_ends(row: Row) -> list[float]:
    """The right edges of the words in a row."""
    return [cell.across[1] for cell in row.cells if not cell.is_value]


def _cells(segments: Sequence[Segment], pitch: float, leading: float) -> list[Stack]:
    """Lines of words close below one another are one cell, unless rows of values stand as close (``pitch``)."""
    cells: list[Stack] = []
    for segment in sorted(segments, key=lambda segment: (segment.top, segment.x0)):
        beside = [s for s in segments if s is not segment and abs(s.middle - segment.middle) <= LEVEL * segment.size]
        above = _above(segment, beside, cells, pitch, leading)
        if above is None:
            cells.append(Stack([segment]))
        else:
            above.segments.append(segment)
    return sorted(cells, key=lambda cell: cell.middle)


#   a label of
#               |               the least gap that several leave: within a cell
#   two lines
#               |
#               |               a wider one: between cells
#   a label of
def _leading(segments: Sequence[Segment]) -> float:
    """The widest gap between lines of one cell of words: a little over the least that several leave."""
    gaps: Counter[int] = Counter()
    for segment in segments:
        below = [s.top for s in segments if s.top > segment.middle and s.x0 < segment.x1 and segment.x0 < s.x1]
        if below:
            gaps[round(min(below) - segment.bottom)] += 1
    size = max((segment.size for segment in segments), default=0.0)
    least = min((gap for gap, times in gaps.items() if times >= _SEVERAL), default=0) + 1
    return float(least) if _LEADING * size < least <= _WIDEST_LEADING * size else _LEADING * size


#     group of two              stands over both that are side by side below it: it is a cell of its own
#   first    second
#   column   column             each goes on the one right above it
def _above(
    segment: Segment, beside: Sequence[Segment], cells: Sequence[Stack], pitch: float, leading: float
) -> Stack | None:
    """The cell that a segment goes on: right above it, closer than two rows of values stand.

    What stands over others ``beside`` the segment too is the name of their group.
    """
    for cell in reversed(cells):
        last, (x0, x1) = cell.segments[-1], cell.across
        gap = segment.top - last.bottom
        shared = min(segment.x1, x1) - max(segment.x0, x0)
        near = -LEVEL * segment.size < gap <= leading and segment.top - last.top < 0.9 * pitch
        is_group = any(other.x0 < x1 and x0 < other.x1 for other in beside)
        if near and not is_group and shared > _BELOW * min(segment.x1 - segment.x0, last.x1 - last.x0):
            return cell
    return None
