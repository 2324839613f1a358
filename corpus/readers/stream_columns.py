"""The columns of a table without rules, and its cells in them.

Values make the columns, since they never span several; words belong to the columns that they stand over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.blocks import Cell
from corpus.readers.lattice import RuledTable
from corpus.readers.origin import Origin
from corpus.readers.stacks import Stack
from corpus.readers.stream_rows import Row
from corpus.readers.tracks import Interval, merged, narrow, overlapping
from corpus.readers.turning import Box
from corpus.readers.typeset import confidence_of

_LEVELS = 2
"""Rows in which the lowest words over columns stand, or nothing is to be put together."""


#          caption                     alone in its row: no column
#   item           count    note       over no value, right of the first: a column among those of values
#   label              5
#   longer label      12
#   [ labels     ] [   ]    [  ]       each value stands in one; words over values add none
def columns_of(rows: Sequence[Row], known: Sequence[Interval]) -> tuple[list[Interval], list[Interval]]:
    """The columns of labels and those of values, from left to right; a header may stand where no value does.

    ``known`` are the columns of values of the table that may go on here: they stay, if every value stands in one, and
    in each stands one value of a row.
    """
    values = merged([cell.across for row in rows for cell in row.cells if cell.is_value])
    going_on = _going_on(known, values, rows)
    values = going_on or values
    first = values[0][0] if values else float("inf")
    own = _own(rows, values)
    labels = narrow([word for word in own if word[0] < first])
    return labels, going_on or sorted([*values, *narrow([word for word in own if word[0] >= first])])


def _own(rows: Sequence[Row], values: Sequence[Interval]) -> list[Interval]:
    """The words that make columns: what stands over values adds none, nor does a caption, alone in a row of words."""
    words = _words([row for row in rows if row.has_values or len(row.cells) > 1]) or _words(rows)
    return [word for word in words if not overlapping(word, values)]


def _going_on(known: Sequence[Interval], values: Sequence[Interval], rows: Sequence[Row]) -> list[Interval]:
    """The known columns from the first value on, if each value stands in one of them; none otherwise."""
    inside = [column for column in known if values and column[1] > values[0][0]]
    stands = inside and all(len(overlapping(value, inside)) == 1 for value in values)
    return inside if stands and all(_is_certain(row, inside) for row in rows) else []


def _words(rows: Sequence[Row]) -> list[Interval]:
    return [cell.across for row in rows for cell in row.cells if not cell.is_value]


#   [ labels       ]  [ 5 ]  [ 7 ]     columns
#   |               |  group      |    the words over two columns are one cell, two columns wide
#   | label         |   5  |   7  |
def table_of(
    rows: Sequence[Row], labels: Sequence[Interval], values: Sequence[Interval], origin: Origin | None = None
) -> RuledTable:
    """The table that rows make, with its columns of ``labels`` and those of ``values``, from left to right.

    ``origin``: the picture that it was read from.
    """
    columns = [*labels, *values]
    rows = list(_headed(rows, values))
    printed = tuple(tuple(_cells(number, row, columns, len(labels), origin)) for number, row in enumerate(rows))
    certain = all(row.certain and _is_certain(row, columns) for row in rows)
    across, down = zip(*((cell.across, cell.down) for row in rows for cell in row.cells), strict=True)
    lefts, rights = zip(*across, strict=True)
    tops, bottoms = zip(*down, strict=True)
    return RuledTable(printed, (min(lefts), min(tops), max(rights), max(bottoms)), aligned=True, certain=certain)


def _is_certain(row: Row, columns: Sequence[Interval]) -> bool:
    """Whether each value stands in a column, and in each stands one."""
    taken = Counter(_reach(cell.across, columns) for cell in row.cells if cell.is_value)
    return all(first == last and times == 1 for (first, last), times in taken.items())


def _cells(number: int, row: Row, columns: Sequence[Interval], labels: int, origin: Origin | None) -> list[Cell]:
    """The cells of a row over all columns, of which so many are those of ``labels``."""
    reaches: dict[tuple[int, int], list[Stack]] = {}
    for cell in sorted(row.cells, key=lambda cell: cell.middle):
        reaches.setdefault(_reach(cell.across, columns), []).append(cell)
    cells: list[Cell] = []
    column = 0
    for (first, last), words in sorted(reaches.items()):
        # Centred words may reach over those beside them: each begins where the one before it ends.
        begin = max(first, column)
        end = max(last, begin) + 1
        cells.extend(Cell("", number, len(cells) + blank) for blank in range(begin - column))
        # A label fills the columns of labels up to the next words.
        if row.has_values and begin < labels:
            following = min((key[0] for key in reaches if key > (first, last)), default=labels)
            end = max(end, min(following, labels))
        text = "\n".join(word.text for word in words)
        sure = confidence_of([segment for word in words for segment in word.segments])
        cutout = None if origin is None else origin.cutout(_around(words))
        cells.append(Cell(text, number, len(cells), 1, end - begin, sure, cutout))
        column = end
    cells.extend(Cell("", number, len(cells) + blank) for blank in range(len(columns) - column))
    return cells


def _around(words: Sequence[Stack]) -> Box:
    """The box that holds all of some words."""
    lefts, rights = zip(*(word.across for word in words), strict=True)
    tops, bottoms = zip(*(word.down for word in words), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


#   group of two    total                group of two
#   first  second             becomes    first  second   total
#     1      2        3                    1      2        3
def _headed(rows: Sequence[Row], values: Sequence[Interval]) -> Iterator[Row]:
    """The rows, the lowest words over each column of values in one row: above them stand the names of groups."""
    height = next((number for number, row in enumerate(rows) if row.has_values), 0)
    lowest: dict[Interval, Stack] = {}
    for cell in (cell for row in rows[:height] for cell in row.cells):
        over = overlapping(cell.across, values)
        lowest.update(dict.fromkeys(over, cell) if len(over) == 1 else {})
    taken = set(map(id, lowest.values()))
    above = [[cell for cell in row.cells if id(cell) not in taken] for row in rows[:height]]
    in_rows = sum(len(left) < len(row.cells) for left, row in zip(above, rows[:height], strict=True))
    if not len(lowest) == len(values) > 1 or in_rows < _LEVELS:
        yield from rows
        return
    yield from (Row(left, has_values=False) for left in above if left)
    yield Row(sorted(lowest.values(), key=lambda cell: cell.across), has_values=False)
    yield from rows[height:]


#   [ 0 ]   [ 1 ]   [ 2 ]       columns
#   words   more words          reach from 0 to 0 and from 1 to 2
def _reach(across: Interval, columns: Sequence[Interval]) -> tuple[int, int]:
    """The first and last column that a cell stands over; the nearest where it stands over none."""
    over = [index for index, (x0, x1) in enumerate(columns) if x0 < across[1] and across[0] < x1]
    if over:
        return over[0], over[-1]
    nearest = min(range(len(columns)), key=lambda index: abs(sum(columns[index]) - sum(across)))
    return nearest, nearest
