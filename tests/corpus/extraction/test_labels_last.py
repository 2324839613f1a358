"""Rows with their labels behind their values: turned round, unless what stands before a label counts it."""

from __future__ import annotations

import pytest

from corpus.blocks import Cell, Grid
from corpus.extraction.labels_last import labels_first

_LABELS = ["收到申请数", "当面申请数", "传真申请数", "网络申请数", "信函申请数"]


def _grid(values: list[str]) -> Grid:
    rows = ((value, label, "件") for value, label in zip(values, _LABELS, strict=True))
    return Grid(tuple(tuple(Cell(raw, at, column) for column, raw in enumerate(row)) for at, row in enumerate(rows)), 0)


@pytest.mark.parametrize("values", [["1807", "373", "38", "1", "4"], ["3", "1", "0", "2", "0"]])
def test_a_number_that_counts_no_row_is_the_value_of_the_label_behind_it(values: list[str]) -> None:
    turned = labels_first(_grid(values))
    assert isinstance(turned, Grid)
    assert [[cell.raw for cell in row] for row in turned.rows] == [
        [label, "件", value] for label, value in zip(_LABELS, values, strict=True)
    ]


@pytest.mark.parametrize("counts", [["1", "2", "3", "4", "5"], ["1", "1", "2", "3", "4"]])
def test_numbers_that_count_rows_stay_before_their_labels(counts: list[str]) -> None:
    assert labels_first(_grid(counts)) == _grid(counts)
