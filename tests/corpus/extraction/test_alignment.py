"""Values against columns: order is kept, sums tell totals, and what is not told well enough has no column."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Cell, Grid
from corpus.extraction.alignment import align, weights
from corpus.extraction.dropped import DROPPED
from corpus.extraction.tables import parse_tables
from corpus.form import load_form
from tests.accuracy.calibrate import calibration, fitted, halves

_TABLE = next(table for table in load_form("2021").tables if table.id == "applications")
_KEYS = [column.key for column in _TABLE.columns]


def _columns(*values: int) -> list[str]:
    return [_KEYS[column] for column in align([Decimal(value) for value in values], _TABLE.columns).columns]


def test_two_equal_values_are_a_person_and_the_total() -> None:
    assert _columns(36, 36) == ["natural_person", "total"]


def test_a_value_alone_is_a_total() -> None:
    assert _columns(36) == ["total"]


def test_a_last_value_that_is_no_sum_is_no_total() -> None:
    assert "total" not in _columns(5, 3, 4)


def test_as_many_values_as_columns_leave_no_question() -> None:
    placement = align([Decimal(1)] * len(_KEYS), _TABLE.columns)
    assert placement.columns == tuple(range(len(_KEYS)))
    assert min(placement.margins) == float("inf")


def test_more_values_than_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="8 values"):
        align([Decimal(1)] * 8, _TABLE.columns)


@given(st.lists(st.none() | st.integers(0, 50).map(Decimal), min_size=1, max_size=7))
def test_the_order_is_kept_and_the_best_has_no_better_rival(values: list[Decimal | None]) -> None:
    placement = align(values, _TABLE.columns)
    assert list(placement.columns) == sorted(set(placement.columns))
    assert all(margin >= 0 for margin in placement.margins)


def _read(rows: list[list[str]]) -> dict[str, str]:
    cells = (tuple(Cell(raw, at, i) for i, raw in enumerate(row)) for at, row in enumerate(rows))
    tables = parse_tables([Grid(tuple(cells), 0)], 2022)
    codes = {doubt.doubt.code for doubt in tables.doubts}
    return {id_: figure.raw for id_, figure in tables.figures.items() if figure.raw} | {"doubts": " ".join(codes)}


_HEADER = ["项目", *(column.label for column in _TABLE.columns)]
_LABELS = [row.label for row in _TABLE.rows[:6]]


def test_rows_that_were_filled_up_at_their_end_are_read_by_their_sums() -> None:
    read = _read([_HEADER, *([label, str(at + 3), str(at + 3), *[""] * 7] for at, label in enumerate(_LABELS))])
    assert read["applications.received.natural_person"] == read["applications.received.total"] == "3"
    assert "applications.received.business" not in read
    assert DROPPED in read["doubts"]


def test_where_a_blank_stands_among_values_blanks_are_kept() -> None:
    rows = [[label, str(at + 3), str(at + 3), *[""] * 7] for at, label in enumerate(_LABELS)]
    rows[2] = [_LABELS[2], "1", "", "", "", "", "", "1", "", ""]
    assert DROPPED not in _read([_HEADER, *rows])["doubts"]


def test_the_weights_are_those_that_the_sample_gives_and_margins_tell_right_from_wrong() -> None:
    fitting, rest = halves()
    found = fitted(fitting)
    assert {key: round(share, 2) for key, share in found.filled.items()} == dict(weights().filled)
    assert (round(found.sum, 1), round(found.not_sum, 1)) == (weights().sum, weights().not_sum)
    told = [item for item in calibration(rest, weights()) if item[0] >= weights().least_margin]
    untold = [item for item in calibration(rest, weights()) if item[0] < weights().least_margin]
    shares = [sum(wrong for *_, wrong in some) / sum(values for _, values, _ in some) for some in (told, untold)]
    assert shares[0] < 0.05
    assert shares[1] > 0.2
