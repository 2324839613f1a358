"""The columns of a table without rules, and its cells in them.

Values make the columns, since they never span several; words belong to the columns that they stand over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.blocks import Cell
from corpus.readers.lattice import RuledTable
from corpus.readers.stacks import Stack
from corpus.readers.stream_rows import Row
from corpus.readers.tracks import Interval, merged, narrow


#          caption                     alone in its row: no column
#   item           count    note       over no value, right of the first: a column among those of values
#   label              5
#   longer label      12
#   [ labels     ] [   ]    [  ]       each value stands in one; words over values add none
def columns_of(rows: Sequence[Row], known: Sequence[Interval]) -> tuple[list[Interval], list[Interval]]:
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


#   [ labels       ]  [ 5 ]  [ 7 ]     columns
#   |               |  group      |    the words over two columns are one cell, two columns wide
#   | label         |   5  |   7  |
def table_of(rows: Sequence[Row], labels: Sequence[Interval], values: Sequence[Interval]) -> RuledTable:
    """The table that rows make, with its columns of ``labels`` and those of ``values``, from left to right."""
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


#   group of two    total                group of two
#   first  second             becomes    first  second   total
#     1      2        3                    1      2        3
def _headed(rows: Sequence[Row], values: Sequence[Interval]) -> Iterator[Row]:
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
            yield Row(left, has_values=False)
    if last:
        yield Row(last, has_values=False)
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
