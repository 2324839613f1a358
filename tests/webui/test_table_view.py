from __future__ import annotations

import pytest

from corpus.blocks import Cell, Grid
from corpus.form import Table, figure_id, load_form
from corpus.model import FORMS
from webui.table_view import TableView, lay_out

TABLES = [table for form in FORMS for table in load_form(form).tables]


def grid(view: TableView) -> Grid:
    """The drawn table, cell by cell, with the spans that it declares."""
    head = [[(label.text, label.rowspan, label.colspan) for label in row] for row in view.head]
    body = []
    for line in view.lines:
        labels = [(label.text, label.rowspan, label.colspan) for label in line.labels]
        unit = [(line.unit, 1, 1)] if line.unit else []
        blank = [] if line.entries else [("", 1, len(view.head[0]) - 1)]
        body.append([*labels, *unit, *[(entry.id, 1, 1) for entry in line.entries], *blank])
    return Grid(
        tuple(
            tuple(Cell(text, row, column, rowspan, colspan) for column, (text, rowspan, colspan) in enumerate(cells))
            for row, cells in enumerate([*head, *body])
        ),
        0,
    )


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_of_the_form_stands_once_in_a_full_rectangle(table: Table) -> None:
    view = lay_out(table, {}, ())
    drawn = [entry.id for line in view.lines for entry in line.entries]
    assert drawn == [figure_id(row, column) for row in table.rows for column in table.columns]
    lattice = grid(view).lattice
    assert all(cell is not None for row in lattice for cell in row)
    area = sum(cell.rowspan * cell.colspan for row in grid(view).rows for cell in row)
    assert area == len(lattice) * len(lattice[0])


@pytest.mark.parametrize("table", [table for table in TABLES if not table.unit_column])
def test_a_cell_stands_under_its_own_labels(table: Table) -> None:
    view = lay_out(table, {}, ())
    lattice = grid(view).lattice
    depth = len(view.head)
    for across, column in enumerate(table.columns):
        above = [cell.raw for row in lattice[:depth] if (cell := row[view.stubs + across])]
        assert list(dict.fromkeys(above)) == [*column.path, column.label]
    for down, row in enumerate(table.rows):
        left = [cell.raw for cell in lattice[depth + down][: view.stubs] if cell]
        assert list(dict.fromkeys(left)) == [label for label in (*row.path, row.label) if label]
