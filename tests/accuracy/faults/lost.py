"""What is taken away: headers, labels, rows, cells; and what several faults took together."""

from __future__ import annotations

import random
from dataclasses import replace

from tests.accuracy.faults.places import data_rows, main_table, own_label
from tests.accuracy.paper import Box, Paper, Table


def header_missing(paper: Paper, _chance: random.Random) -> None:
    """The header rows of table 三 left out."""
    table = paper.table("applications.")
    if table is not None:
        del table[: data_rows(table)[0]]


def label_missing(paper: Paper, chance: random.Random) -> None:
    """A row whose label is blank, between rows that have theirs."""
    table = main_table(paper)
    rows = data_rows(table)
    inner = [
        number
        for number in rows[1:-1]
        if number - 1 in rows and number + 1 in rows and sum(bool(box.text) for box in _counted(table[number])) > 1
    ]
    if inner:
        number = chance.choice(inner)
        label = own_label(table[number])
        table[number] = [replace(box, text="") if box is label else box for box in table[number]]
        paper.doubtful.update(box.figure for box in _counted(table[number]))


def row_missing(paper: Paper, chance: random.Random) -> None:
    """A row left out with its label, all of it where a page broke it in two: its figures are absent."""
    table = main_table(paper)
    rows = [number for number in data_rows(table) if all(box.rowspan == 1 for box in table[number])]
    number = chance.choice(rows)
    for box in table[number]:
        paper.values.pop(box.figure, None)
    if number + 1 < len(table) and _goes_on(table[number], table[number + 1]):
        _leave_out(table, number + 1)
    _leave_out(table, number)


def _goes_on(row: list[Box], below: list[Box]) -> bool:
    """Whether a row is the rest of the one above: its label's, beside nothing."""
    return len(below) == len(row) and all(not box.figure and not box.text for box in below[-len(_counted(row)) :])


def _leave_out(table: Table, number: int) -> None:
    for at, above in enumerate(table[:number]):
        above[:] = [
            replace(box, rowspan=box.rowspan - 1) if box.rowspan > 1 and at + box.rowspan > number else box
            for box in above
        ]
    del table[number]


def cell_swallowed(paper: Paper, chance: random.Random) -> None:
    """One cell of a row lost, the others pushed together: nobody can say which is whose."""
    table = main_table(paper)
    rows = _rows_with_values(paper, table)
    if not rows:
        return
    number = chance.choice(rows)
    boxes = _counted(table[number])
    lost = chance.choice(boxes)
    table[number] = [box for box in table[number] if box is not lost]
    left = [box for box in boxes if box is not lost]
    if paper.pads and (not left or [*(box.text for box in left), ""] == [box.text for box in boxes]):
        # A blank where its only cell was, or a blank less before the padding: no trace of what was lost.
        paper.values[lost.figure] = None
        return
    paper.destroyed.add(lost.figure)
    paper.doubtful.update(box.figure for box in left)


def _rows_with_values(paper: Paper, table: Table) -> list[int]:
    """The rows of which a lost cell leaves a trace: all of one column, others unless all zeros, dashes or blanks."""
    rows = data_rows(table)
    if len(_counted(table[rows[0]])) == 1:
        return rows
    return [number for number in rows if any(paper.values.get(box.figure) for box in table[number])]


def number_split(paper: Paper, chance: random.Random) -> None:
    """A number broken over two cells."""
    for row in (row for table in paper.tables for row in table if len(_counted(row)) > 1):
        boxes = [box for box in _counted(row) if box.text.isdigit() and len(box.text) > 1]
        if boxes:
            broken = chance.choice(boxes)
            at = next(at for at, box in enumerate(row) if box is broken)
            rest = replace(broken, text=broken.text[1:], figure="")
            row[at : at + 1] = [replace(broken, text=broken.text[:1]), rest]
            paper.doubtful.update(box.figure for box in _counted(row))
            return


def settle(paper: Paper) -> None:
    """Say what several faults left together that none left alone; called when all have been at work.

    A row without its label and its numbers is an empty one: it may be no row at all. Where a row lost a cell and then
    all its numbers, it is blank. Where most rows print no total, none is missed: a lost one is blank like the others.
    """
    rows = [row for table in paper.tables for row in table]
    paper.vanished |= _figures([row for row in rows if not _is_said(row)])
    if paper.pads:
        gone = _as_good_as_blank(paper, rows)
        paper.destroyed -= gone
        paper.values.update(dict.fromkeys(gone))


def _as_good_as_blank(paper: Paper, rows: list[list[Box]]) -> set[str]:
    """Figures that were destroyed where nobody misses them: in rows without a number, totals where few are printed."""
    blank = {_row_of(figure) for figure in _figures([row for row in rows if not _is_said(_counted(row))])}
    said = (_counted(row) for row in rows if _is_said(_counted(row)))
    totals = [_is_said([box]) for row in said for box in row if _is_total(box.figure)]
    few_printed = sum(totals) * 2 < len(totals)
    return {
        figure for figure in paper.destroyed if _row_of(figure) in blank or (few_printed and figure.endswith(".total"))
    }


def _counted(row: list[Box]) -> list[Box]:
    """The cells of a row that hold figures."""
    return [box for box in row if box.figure]


def _figures(rows: list[list[Box]]) -> set[str]:
    return {box.figure for row in rows for box in _counted(row)}


def _row_of(figure: str) -> str:
    return figure.rpartition(".")[0]


def _is_said(boxes: list[Box]) -> bool:
    return any(box.text.strip() for box in boxes)


def _is_total(figure: str) -> bool:
    return figure.startswith("applications.") and figure.endswith(".total")
