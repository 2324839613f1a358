"""Where labels, numbers and rows stand on a paper, and how many are altered at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.accuracy.paper import Box, Paper, Table


def labels_of(paper: Paper) -> Iterator[tuple[list[Box], int]]:
    """Where every label stands: its row and its index in the row."""
    for table in paper.tables:
        for row in table:
            for index, box in enumerate(row):
                if not box.figure:
                    yield row, index


def relabel(paper: Paper, change: Callable[[str], str]) -> None:
    for row, index in labels_of(paper):
        row[index] = replace(row[index], text=change(row[index].text))


def data_rows(table: Table) -> list[int]:
    return [number for number, row in enumerate(table) if any(box.figure for box in row)]


def rewrite_figures(paper: Paper, change: Callable[[Box], str]) -> None:
    for table in paper.tables:
        for row in table:
            row[:] = [replace(box, text=change(box)) if box.figure else box for box in row]


def main_table(paper: Paper) -> Table:
    """That of section 三, or the statistics; where it is broken in several, the one with most rows."""
    ours = [
        t
        for t in paper.tables
        if any(box.figure.startswith(("applications.", "statistics.")) for row in t for box in row)
    ]
    return max(ours, key=len)


def plain_rows(table: Table) -> list[int]:
    """Rows that no span from above reaches and that open none: they can be moved or cut without a lie."""
    reached: set[int] = set()
    for number, row in enumerate(table):
        for box in row:
            reached.update(range(number, number + box.rowspan) if box.rowspan > 1 else ())
    return [number for number in data_rows(table) if number not in reached]


def own_label(row: list[Box]) -> Box:
    """The label of the row itself: groups span several rows, and a unit is shorter."""
    labels = [box for box in row if not box.figure and box.rowspan == 1]
    return max(labels, key=lambda box: len(box.text), default=Box(""))
