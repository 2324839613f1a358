"""Tables without rules: segments that stand below one another in columns.

Values make the rows and the columns, since they never span several; words belong to the row whose values stand beside
them, and to the columns that they stand over. Words close below one another are one cell; ``corpus.readers.stacks``
tells a number broken over lines from numbers of several rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.blocks import Cell
from corpus.numerals import is_value
from corpus.readers.hanging import hanging
from corpus.readers.lattice import RuledTable
from corpus.readers.stacks import LEVEL, Stack, value_rows
from corpus.readers.tracks import Interval, merged, narrow, parted
from corpus.readers.typeset import Line, Segment

_LEAST_LINES = 2
# In sizes of the letters: the gap between two lines of one cell of words, where several do not leave a wider one.
_LEADING = 0.6
_WIDEST_LEADING = 0.9
_SEVERAL = 3
# How much of the narrower of two lines must stand below the other, so that they are one cell.
_BELOW = 0.25
# By how much lines side by side share their level and stand apart.
_BESIDE = 0.25
_FAR = 1.6
_LARGER = 1.15
_WIDE = 0.6
_LOOSE_LINES = 40
_HEADER_CELLS = 3
_SHORT = 5


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row; ``has_values``: it is no header. ``certain``: they can be no others."""

    cells: list[Stack]
    has_values: bool
    certain: bool = True

    @property
    def middle(self) -> float:
        return self.cells[0].middle


class Alignment:
    """Finds the tables of page after page; one that goes on without a header keeps the columns it had."""

    def __init__(self) -> None:
        self._columns: list[Interval] = []

    def tables(self, lines: Sequence[Line]) -> Iterator[Line | RuledTable]:
        """The lines of a page, with every run of lines that stands in columns as tables."""
        index = 0
        while index < len(lines):
            end = _run(lines, index)
            run = lines[index:end]
            sides = [at for at in range(index, end) if _is_row(lines, at)]
            values = [at for at in sides if is_value(lines[at].segments[-1].text)]
            continued = index == 0 and len(values) == 1
            ends_page = end == len(lines) and max((len(line.segments) for line in run), default=0) >= _HEADER_CELLS
            enough = len(sides) >= _LEAST_LINES
            if ends_page or (values and (continued or enough)):
                for part in map(_cut_once, _parts(run)) if index == 0 else _parts(run):
                    labels, others = _columns(part, self._columns if _goes_on(part) else [])
                    # A header alone, at the end of a page, has the columns of what follows on the next.
                    self._columns = others or labels
                    yield _table(part, labels, others)
                index = end
            else:
                yield lines[index]
                index += 1


def _run(lines: Sequence[Line], start: int) -> int:
    """The end of the run of lines in columns that begins at ``start``; ``start`` itself where none does.

    Lines of one segment belong to it between such lines, close to them, and up to the edge of the page.
    """
    widest = _WIDE * (max(line.x1 for line in lines) - min(line.x0 for line in lines))
    first = start
    while first + 1 < len(lines) and _is_loose(lines[first], widest) and not _is_row(lines, first):
        below = lines[first + 1]
        if not _touches(lines[first], below) and (start > 0 or _is_apart(below, lines[first])):
            break
        first += 1
    if not _is_row(lines, first) or any(_is_apart(line, lines[first]) for line in lines[start:first]):
        return start
    end = index = first
    while index < len(lines) and index - end <= _LOOSE_LINES:
        line = lines[index]
        is_lone_value = is_value(line.text) and not _is_apart(line, lines[index - 1])
        if _is_row(lines, index) or is_lone_value:
            end = index + 1
        elif not _is_loose(line, widest) or _is_apart(line, lines[index - 1]):
            break
        index += 1
    if index == len(lines):
        return index
    while end < len(lines) and _is_loose(lines[end], widest) and _touches(lines[end - 1], lines[end]):
        end += 1
    return end


def _is_row(lines: Sequence[Line], index: int) -> bool:
    """Whether a line has cells side by side: segments, or others half a line above or below, as centred cells have."""
    line = lines[index]
    parts = [len(part.text) for segment in line.segments for part in segment.parts]
    if len(parts) >= _HEADER_CELLS and 1 < max(parts) <= _SHORT:
        # Columns side by side with hardly a gap: no sentence is cut into pieces as short as their names.
        return True
    around = (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2])
    return len(line.segments) > 1 or any(
        min(line.bottom, other.bottom) - max(line.top, other.top) > _BESIDE * line.size
        and max(line.x0, other.x0) - min(line.x1, other.x1) > _BESIDE * line.size
        for other in around
    )


def _is_loose(line: Line, widest: float) -> bool:
    """Whether a line may be a part of one cell: no paragraph is so narrow but at its end."""
    return len(line.segments) < 2 and line.x1 - line.x0 <= widest


def _touches(above: Line, below: Line) -> bool:
    return below.top - above.bottom <= _LEADING * min(above.size, below.size)


def _is_apart(line: Line, above: Line) -> bool:
    """Whether a line is set as a heading: larger than the table above it, or well below it."""
    return line.size > _LARGER * above.size or line.top - above.bottom > _FAR * line.size


def _parts(run: Sequence[Line]) -> list[list[_Row]]:
    """The rows of a run, table by table."""
    parts: list[list[_Row]] = [[]]
    words: list[_Row] = []
    for row in _rows(parted([segment for line in run for segment in line.segments])):
        if not row.has_values:
            words.append(row)
            continue
        # A header below values begins another table, with columns of its own.
        begin = _header(words, parts[-1])
        parts[-1] += words[:begin]
        if begin < len(words):
            parts.append(words[begin:])
        parts[-1].append(row)
        words = []
    parts[-1] += words
    return [part for part in parts if part]


def _header(words: Sequence[_Row], part: Sequence[_Row]) -> int:
    """Where among rows of words below a table a header begins: farther right than its labels, if it reaches values."""
    values = [row for row in part if row.has_values]
    first = min((cell.across[0] for row in values for cell in row.cells if cell.is_value), default=float("inf"))
    labels = max((x1 for row in values for x1 in _ends(row) if x1 <= first), default=first)
    if not any(x1 > first for row in words for x1 in _ends(row)):
        return len(words)
    return next(number for number, row in enumerate(words) if max(_ends(row)) > labels)


def _ends(row: _Row) -> list[float]:
    """The right edges of the words in a row."""
    return [cell.across[1] for cell in row.cells if not cell.is_value]


def _rows(segments: Sequence[Segment]) -> list[_Row]:
    """Values on one level are a row, with the words beside them; words that stand beside no value are rows too."""
    rows = [_Row(cells, has_values=True, certain=certain) for cells, certain in value_rows(segments)]
    levels = [row.middle for row in rows]
    pitch = min((b - a for a, b in pairwise(levels)), default=float("inf"))
    taken = {id(segment) for row in rows for cell in row.cells for segment in cell.segments}
    left = [segment for segment in segments if id(segment) not in taken]
    columns = merged([cell.across for row in rows for cell in row.cells if cell.is_value])
    hung = list(hanging(left, levels, columns[0][0] if columns else 0.0))
    for number, label in hung:
        rows[number].cells.append(label)
        taken.update(map(id, label.segments))
    header = levels[0] if hung else 0.0
    leading = _leading(left)
    words: list[_Row] = []
    left = [segment for segment in left if id(segment) not in taken]
    for cell in [
        *_cells([segment for segment in left if segment.middle < header], float("inf"), leading),
        *_cells([segment for segment in left if segment.middle >= header], pitch, leading),
    ]:
        top, bottom = cell.down
        slack = LEVEL * cell.segments[0].size if len(cell.segments) == 1 else 0.0
        beside = [number for number, level in enumerate(levels) if top - slack <= level <= bottom + slack]
        if beside:
            nearest = min(beside, key=lambda number: abs(levels[number] - cell.middle))
            rows[nearest].cells.append(cell)
        elif words and cell.middle - words[-1].middle <= LEVEL * cell.segments[0].size:
            words[-1].cells.append(cell)
        else:
            words.append(_Row([cell], has_values=False))
    return sorted([*rows, *words], key=lambda row: row.middle)


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


def _goes_on(rows: Sequence[_Row]) -> bool:
    """Whether rows of values stand here without a header of their own; a caption is none, nor are labels alone."""
    first = next((number for number, row in enumerate(rows) if row.has_values), None)
    values = min((cell.across[0] for row in rows for cell in row.cells if cell.is_value), default=0.0)
    return first is not None and not any(len(row.cells) > 1 and max(_ends(row)) > values for row in rows[:first])


def _cut_once(rows: list[_Row]) -> list[_Row]:
    """The rows at the top of a page, ends of labels alone as one: the edge of a page cuts no more than one row."""
    first = next((number for number, row in enumerate(rows) if row.has_values), 0)
    if (
        first < 2
        or not _goes_on(rows)
        or max(max(_ends(row)) for row in rows[:first])
        > min(cell.across[0] for row in rows for cell in row.cells if cell.is_value)
    ):
        return rows
    return [_Row([cell for row in rows[:first] for cell in row.cells], has_values=False), *rows[first:]]


def _table(rows: Sequence[_Row], labels: Sequence[Interval], values: Sequence[Interval]) -> RuledTable:
    columns = [*labels, *values]
    rows = list(_headed(rows, values))
    printed = []
    certain = all(row.certain for row in rows)
    for number, row in enumerate(rows):
        reaches: dict[tuple[int, int], list[str]] = {}
        taken = Counter(_reach(cell.across, columns) for cell in row.cells if cell.is_value)
        certain = certain and all(first == last and times == 1 for (first, last), times in taken.items())
        for cell in sorted(row.cells, key=lambda cell: cell.middle):
            reaches.setdefault(_reach(cell.across, columns), []).append(cell.text)
        cells: list[Cell] = []
        column = 0
        for (first, last), words in sorted(reaches.items()):
            # Centred words may reach over those beside them: each begins where the one before it ends.
            begin = max(first, column)
            end = max(last, begin) + 1
            cells.extend(Cell("", number, len(cells) + blank) for blank in range(begin - column))
            # A label fills the columns of labels up to the next words.
            if row.has_values and begin < len(labels):
                following = min((key[0] for key in reaches if key > (first, last)), default=len(labels))
                end = max(end, min(following, len(labels)))
            cells.append(Cell("\n".join(words), number, len(cells), 1, end - begin))
            column = end
        cells.extend(Cell("", number, len(cells) + blank) for blank in range(len(columns) - column))
        printed.append(tuple(cells))
    boxes = [(cell.across, cell.down) for row in rows for cell in row.cells]
    box = (
        min(across[0] for across, _ in boxes),
        min(down[0] for _, down in boxes),
        max(across[1] for across, _ in boxes),
        max(down[1] for _, down in boxes),
    )
    return RuledTable(tuple(printed), box, aligned=True, certain=certain)


def _headed(rows: Sequence[_Row], values: Sequence[Interval]) -> Iterator[_Row]:
    """The rows, the lowest words over each column of values in one row: above them stand the names of groups."""
    height = next((number for number, row in enumerate(rows) if row.has_values), 0)
    lowest: dict[int, Stack] = {}
    for row in rows[:height]:
        for cell in row.cells:
            over = [number for number, (x0, x1) in enumerate(values) if x0 < cell.across[1] and cell.across[0] < x1]
            lowest.update(dict.fromkeys(over, cell) if len(over) == 1 else {})
    last = sorted(lowest.values(), key=lambda cell: cell.across) if len(lowest) == len(values) > 1 else []
    taken = {id(cell) for cell in last}
    if sum(any(id(cell) in taken for cell in row.cells) for row in rows[:height]) < 2:
        yield from rows
        return
    for row in rows[:height]:
        if left := [cell for cell in row.cells if id(cell) not in taken]:
            yield _Row(left, has_values=False)
    if last:
        yield _Row(last, has_values=False)
    yield from rows[height:]


def _columns(rows: Sequence[_Row], known: Sequence[Interval]) -> tuple[list[Interval], list[Interval]]:
    """The columns of labels and those of values, from left to right; a header may stand where no value does.

    ``known`` are the columns of values of the table that may go on here: they stay, if every value stands in one.
    """
    values = merged([cell.across for row in rows for cell in row.cells if cell.is_value])
    known = [column for column in known if values and column[1] > values[0][0]]
    goes_on = bool(known) and all(sum(a < x1 and x0 < b for a, b in known) == 1 for x0, x1 in values)
    values = list(known) if goes_on else values
    first = values[0][0] if values else float("inf")
    words = [cell.across for row in rows for cell in row.cells if not cell.is_value]
    # What stands over values adds no column, nor does what stands alone in a row of words: a caption.
    words = [
        cell.across for row in rows if row.has_values or len(row.cells) > 1 for cell in row.cells if not cell.is_value
    ] or words
    own = [(x0, x1) for x0, x1 in words if not any(a < x1 and x0 < b for a, b in values)]
    labels, others = (narrow([word for word in own if (word[0] < first) is left]) for left in (True, False))
    return labels, values if goes_on else sorted([*values, *others])


def _reach(across: Interval, columns: Sequence[Interval]) -> tuple[int, int]:
    """The first and last column that a cell stands over; the nearest where it stands over none."""
    over = [index for index, (x0, x1) in enumerate(columns) if x0 < across[1] and across[0] < x1]
    if over:
        return over[0], over[-1]
    nearest = min(range(len(columns)), key=lambda index: abs(sum(columns[index]) - sum(across)))
    return nearest, nearest
