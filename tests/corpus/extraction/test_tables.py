"""Rows whose own label does not say which they are, columns without a header, rows that lost a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus.blocks import Block, Cell, Grid, Paragraph
from corpus.extraction.figures import Tables
from corpus.extraction.tables import parse_tables
from corpus.form import Table, figure_id, load_form

_TABLE: Table = next(table for table in load_form("2019").tables if table.id == "applications")
_HEADER = ["项目", *(column.label for column in _TABLE.columns)]
_COUNT = len(_TABLE.columns)


def _rows() -> list[list[str]]:
    """Every row of the applicants' table, all cells printed."""
    return [[*row.path, row.label, "1", *["0"] * (_COUNT - 2), "1"] for row in _TABLE.rows]


def _grid(rows: Sequence[Sequence[str]]) -> Grid:
    return Grid(
        tuple(tuple(Cell(raw, number, column) for column, raw in enumerate(row)) for number, row in enumerate(rows)),
        0,
    )


def _read(rows: Sequence[Sequence[str]], before: Sequence[Block] = ()) -> Tables:
    return parse_tables([*before, _grid(rows)])


def _doubted(tables: Tables) -> set[str]:
    return {figure for doubt in tables.doubts for figure in doubt.figures}


def _value(tables: Tables, figure: str) -> object:
    return tables.figures[figure].value


def test_a_whole_table_raises_no_doubt() -> None:
    tables = _read([_HEADER, *_rows()])
    assert len(tables.figures) == len(_TABLE.rows) * _COUNT
    assert not tables.doubts


def test_without_a_header_every_cell_is_in_doubt() -> None:
    tables = _read(_rows())
    assert _doubted(tables) == set(tables.figures)
    assert _value(tables, "applications.received.total") == 1


def test_a_header_that_ran_together_heads_its_columns() -> None:
    outer = [column.label for column in _TABLE.columns if len(column.path) == 1]
    inner = [column.label for column in _TABLE.columns if len(column.path) > 1]
    joined = "".join(["申请人情况", outer[0], "法人或其他组织", *outer[1:], *inner])
    groups = f"{outer[0]}、法人或其他组织（{'、'.join(inner)}）、{'、'.join(outer[1:])}"
    bracketed = f"{_TABLE.stub[:-1]}；申请人情况：{groups}）"
    for header in (joined, bracketed, f"申请人情况（{groups}）"):
        for before, rows in (([Paragraph(header)], _rows()), ([], [[header], *_rows()])):
            tables = _read(rows, before=before)
            assert len(tables.figures) == len(_TABLE.rows) * _COUNT
            assert not tables.doubts


@pytest.mark.parametrize("name", ["上年数", "上年同期", "同比（%）", "备注"])
@pytest.mark.parametrize("at", range(_COUNT + 1))
def test_a_column_that_no_form_has_is_not_read_and_named(at: int, name: str) -> None:
    header, rows = list(_HEADER), [["".join(row[:-_COUNT]), *row[-_COUNT:]] for row in _rows()]
    header.insert(1 + at, name)
    for number, row in enumerate(rows):
        row.insert(1 + at, str(7000 + number))
    tables = _read([header, *rows])
    numbers = [int(figure.value or 0) for figure in tables.figures.values()]
    assert len(numbers) == len(_TABLE.rows) * _COUNT
    assert set(numbers) == {0, 1}
    assert not tables.doubts
    assert "7003" in str([dict(warning.values) for warning in tables.warnings])


def test_of_a_part_that_stands_elsewhere_only_the_first_row_is_out_of_place() -> None:
    rows = _rows()
    tables = _read([_HEADER, *rows[20:], *rows[:20]])
    assert _doubted(tables) == {figure_id(_TABLE.rows[0], column) for column in _TABLE.columns}


@pytest.mark.parametrize("is_headed", [True, False])
@pytest.mark.parametrize("first", [0, 1])
def test_numbers_that_count_rows_are_no_values(first: int, *, is_headed: bool) -> None:
    rows = [[*row[:-_COUNT], str(at), *row[-_COUNT:]] for at, row in enumerate(_rows(), first)]
    tables = _read([[_HEADER[0], "行次", *_HEADER[1:]] if is_headed else _HEADER, *rows])
    assert [figure.value for figure in tables.figures.values()] == [1, *[0] * (_COUNT - 2), 1] * len(rows)
    assert not tables.doubts


@pytest.mark.parametrize("stub", ["栏次", "甲", ""])
def test_a_row_of_the_numbers_of_columns_is_part_of_the_header(stub: str) -> None:
    remedies = next(table for table in load_form("2019").tables if table.id == "remedies")
    count = len(remedies.columns)
    header = [column.label for column in remedies.columns]
    numbers = [str(number) for number in range(1, count + 1)]
    groups = [column.path[0] for column in remedies.columns]
    values = [str(number * 7 % 5) for number in range(count)]
    whole = _read([_HEADER, [stub, *numbers[:_COUNT]], *_rows(), groups, header, numbers, values])
    assert not whole.warnings
    assert all(id_.startswith("disclosure.") for id_ in _doubted(whole))  # of which nothing is printed here
    assert [str(_value(whole, figure_id(remedies.rows[0], column))) for column in remedies.columns] == values


def test_a_label_alone_above_its_table_is_a_row_without_numbers() -> None:
    first, *rest = _rows()
    tables = _read(rest, before=[Paragraph(first[0])])
    assert _value(tables, "applications.received.total") is None
    assert "applications.received.total" in _doubted(tables)


def test_the_last_row_is_placed_by_its_neighbours_too() -> None:
    rows = _rows()
    rows[-1][-_COUNT - 1] = "某某事项"
    tables = _read([_HEADER, *rows])
    assert _value(tables, "applications.carried_out.total") == 1
    assert "applications.carried_out.total" in _doubted(tables)


def test_a_blank_row_without_a_known_label_is_null_and_flagged() -> None:
    rows = _rows()
    rows[-1][-_COUNT - 1 :] = ["某某事项", *[""] * _COUNT]
    tables = _read([_HEADER, *rows])
    assert _value(tables, "applications.carried_out.total") is None
    assert "applications.carried_out.total" in _doubted(tables)


def test_rows_that_may_be_either_of_two_are_null_and_flagged() -> None:
    rows = _rows()
    rows[5][-_COUNT - 1] = rows[6][-_COUNT - 1] = ""
    del rows[7][:]
    tables = _read([_HEADER, *rows])
    lost = [f"{_TABLE.rows[number].key}.total" for number in (5, 6, 7)]
    assert [_value(tables, figure) for figure in lost] == [None] * 3
    assert set(lost) <= _doubted(tables)


def test_a_row_left_out_with_its_label_is_absent() -> None:
    rows = _rows()
    del rows[6]
    tables = _read([_HEADER, *rows])
    assert f"{_TABLE.rows[6].key}.total" not in tables.figures
    assert not tables.doubts


def test_a_blank_row_below_a_full_one_is_not_its_other_half() -> None:
    rows = _rows()
    rows[-2][-_COUNT:] = [""] * _COUNT
    tables = _read([_HEADER, *rows])
    assert tables.figures["applications.handled.total"].state == "blank"
    assert _value(tables, f"{_TABLE.rows[-3].key}.total") == 1
    assert not tables.doubts


def test_a_total_one_column_early_is_null_and_flagged() -> None:
    rows = _rows()
    # 1 0 … 1 without one of its zeros, filled up at the end.
    rows[2][-_COUNT:] = ["1", *["0"] * (_COUNT - 3), "1", ""]
    tables = _read([_HEADER, *rows])
    figures = [f"{_TABLE.rows[2].key}.{column.key}" for column in _TABLE.columns]
    assert [_value(tables, figure) for figure in figures] == [None] * _COUNT
    assert set(figures) <= _doubted(tables)


def test_a_label_run_together_with_its_groups_names_its_row() -> None:
    rows = [["".join((*row.path, row.label)), "1", *["0"] * (_COUNT - 2), "1"] for row in _TABLE.rows]
    tables = _read([_HEADER, *rows])
    assert len(tables.figures) == len(_TABLE.rows) * _COUNT
    assert not tables.doubts


def test_a_table_printed_twice_raises_no_doubt() -> None:
    tables = parse_tables([_grid([_HEADER, *_rows()]), _grid([_HEADER, *_rows()])])
    assert len(tables.figures) == len(_TABLE.rows) * _COUNT
    assert not tables.doubts


def test_a_column_of_remarks_is_not_one_of_the_table() -> None:
    header, row = ["信息内容", "采购项目数量", "采购总金额", "备注"], ["政府集中采购", "3", "12.5", ""]
    kept = ["信息内容", "上一年项目数量", "本年增/减", "备注"], ["行政事业性收费", "16", "-2", ""]
    tables = _read([header, row, *kept])
    assert _value(tables, "disclosure.procurement.items") == 3
    assert _value(tables, "disclosure.fees.items_last_year") == 16
    assert not tables.doubts


def test_one_column_beside_remarks_has_its_header() -> None:
    tables = parse_tables(
        [
            _grid([["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "1", "0", "7"]]),
            _grid([["信息内容", "本年收费金额（单位：万元）", "备注"], ["行政事业性收费", "2.5", ""]]),
        ]
    )
    assert str(_value(tables, "disclosure.fees.amount")) == "2.5"
    assert not tables.doubts


def test_a_list_in_two_halves_side_by_side_is_read_one_half_after_the_other() -> None:
    rows = [row for table in load_form("2014").tables for row in table.rows]
    half = len(rows) // 2
    lines = [
        [left.label, left.unit, str(number), right.label, right.unit, str(number + half)]
        for number, (left, right) in enumerate(zip(rows[:half], rows[half:], strict=True))
    ]
    header = ["统计指标", "单位", "统计数"] * 2
    over_pages = [replace(_grid(part), index=at, page=at) for at, part in enumerate(([header, *lines[:9]], lines[9:]))]
    for tables in (_read([header, *lines]), parse_tables(over_pages)):
        assert [_value(tables, row.key) for row in rows] == list(range(len(rows)))
        assert not tables.doubts


def test_words_in_every_cell_are_a_row_and_no_header() -> None:
    remedies = next(table for table in load_form("2019").tables if table.id == "remedies")
    labels = [column.label for column in remedies.columns]
    tables = _read([["行政复议", "未经复议直接起诉", "复议后起诉"], labels, ["无"] * len(labels)])
    assert {figure.state for figure in tables.figures.values()} == {"text"}
    assert len(tables.figures) == len(labels)


def test_totals_left_blank_with_the_zeros_are_left_so() -> None:
    """An author who leaves zeros blank leaves some totals blank too: other rows do not speak against it."""
    rows = _rows()
    for row in rows[3:]:
        row[-_COUNT:] = ["3", *[""] * (_COUNT - 1)]
    tables = _read([_HEADER, *rows])
    assert not tables.doubts


def test_rows_closed_up_and_filled_up_to_one_width_are_in_doubt_whatever_their_labels_leave() -> None:
    rows = [[*row.path, row.label, "5", "2", "7"] for row in _TABLE.rows]
    width = max(map(len, rows)) + _COUNT - 3
    tables = _read([_HEADER, *([*row, *[""] * (width - len(row))] for row in rows)])
    assert _doubted(tables) == set(tables.figures)
    assert all(figure.value in (None, 7) for id_, figure in tables.figures.items() if id_.endswith(".total"))


def test_a_total_lost_among_printed_ones_is_flagged() -> None:
    rows = _rows()
    rows[4][-_COUNT:] = ["0", "2", *["0"] * (_COUNT - 3), ""]
    tables = _read([_HEADER, *rows])
    assert f"{_TABLE.rows[4].key}.total" in _doubted(tables)


def test_of_the_few_rows_with_numbers_the_only_one_without_a_total_is_in_doubt() -> None:
    """Zeros are left blank: a handful of rows has numbers, and five of six print their sum."""
    numbers = ["2120", "171", "5", "8", "53", "142"]
    rows = [[*row.path, row.label, *[""] * _COUNT] for row in _TABLE.rows]
    for at in (2, 4, 6, 8, 10):
        rows[at][-_COUNT:] = ["3", "1", *[""] * (_COUNT - 3), "4"]
    rows[0][-_COUNT:] = [*numbers, ""]
    assert f"{_TABLE.rows[0].key}.total" in _doubted(_read([_HEADER, *rows]))
    rows[0][-_COUNT:] = [*numbers, "2499"]
    assert not _read([_HEADER, *rows]).doubts


def test_a_row_that_lost_a_cell_among_blank_padding_is_null_and_flagged() -> None:
    """One blank stands before its values like before the others', one behind them like behind none."""
    rows = [[row.label, "", "1", *["0"] * (_COUNT - 2), "1"] for row in _TABLE.rows]
    rows[2][2:] = ["1", *["0"] * (_COUNT - 3), "1", ""]
    tables = _read([["项目", "", *_HEADER[1:]], *rows])
    figures = [f"{_TABLE.rows[2].key}.{column.key}" for column in _TABLE.columns]
    assert [_value(tables, figure) for figure in figures] == [None] * _COUNT
    assert set(figures) <= _doubted(tables)


def test_a_number_run_together_with_words_is_null_and_flagged() -> None:
    rows = _rows()
    rows[0][1:3] = ["12（含重复3件）", "无"]
    tables = _read([_HEADER, *rows])
    assert _value(tables, "applications.received.natural_person") is None
    assert _doubted(tables) == {"applications.received.natural_person"}


def test_words_among_the_values_do_not_move_those_behind_them() -> None:
    remedies = next(table for table in load_form("2019").tables if table.id == "remedies")
    labels = [column.label for column in remedies.columns]
    tables = _read([[*labels, "备注"], ["1", "无", *map(str, range(2, len(labels))), ""]])
    assert tables.figures[remedies.columns[1].key].state == "text"
    assert [_value(tables, column.key) for column in remedies.columns[2:]] == list(range(2, len(labels)))


def test_words_right_behind_a_label_may_be_the_end_of_it_and_move_no_number() -> None:
    rows = [_HEADER, *_rows()]
    rows[2] = [rows[2][0], "府信息公开开申请量", "4", *[""] * (_COUNT - 2), "4"]
    tables = _read(rows)
    assert [figure.value for figure in tables.figures.values()][_COUNT : 2 * _COUNT] == [4, *[None] * (_COUNT - 2), 4]


def test_a_number_behind_a_row_that_alone_has_a_cell_too_many_may_be_nobodys() -> None:
    rows = [[row.label, *[""] * _COUNT] for row in _TABLE.rows]
    rows[1].append("10")
    tables = _read(rows)
    shifted = [id_ for doubt in tables.doubts if doubt.doubt.code == "row_shifted" for id_ in doubt.figures]
    assert shifted == [figure_id(_TABLE.rows[1], column) for column in _TABLE.columns]


def test_a_dash_before_digits_is_a_minus() -> None:
    header = ["信息内容", "上一年项目数量", "本年增/减"]
    tables = _read([header, ["行政许可", "16", "－3"], ["行政处罚", "16", "−3"], ["行政事业性收费", "16", "–33"]])
    assert _value(tables, "disclosure.fees.change") == -33


def test_a_full_row_without_a_label_may_be_any_row_that_is_missing() -> None:
    rows = _rows()
    moved = rows.pop(8)
    rows.insert(14, ["", *moved[-_COUNT:]])
    tables = _read([_HEADER, *rows])
    figure = f"{_TABLE.rows[8].key}.total"
    assert _value(tables, figure) is None
    assert figure in _doubted(tables)


def test_numbers_without_a_label_beside_a_label_without_numbers_are_in_doubt() -> None:
    rows = _rows()
    rows.insert(9, ["某某事项", *rows[8][-_COUNT:]])
    rows[8][-_COUNT:] = [""] * _COUNT
    tables = _read([_HEADER, *rows])
    figure = f"{_TABLE.rows[8].key}.total"
    assert _value(tables, figure) is None
    assert figure in _doubted(tables)


def test_half_of_a_label_without_numbers_says_that_its_row_was_printed() -> None:
    """The other half stands with the numbers elsewhere, and nobody can tell what it is."""
    rows = _rows()
    rows[1] = ["信息公开申请数量", *[""] * _COUNT]
    tables = _read([_HEADER, *rows])
    figure = f"{_TABLE.rows[1].key}.total"
    assert _value(tables, figure) is None
    assert figure in _doubted(tables)


def test_a_stray_row_of_numbers_where_no_row_is_missing_is_no_row() -> None:
    rows = _rows()
    rows.insert(4, ["", "9", *["0"] * (_COUNT - 2), "9"])
    tables = _read([_HEADER, *rows])
    assert {str(figure.value) for id_, figure in tables.figures.items() if id_.endswith(".total")} == {"1"}


def test_the_pieces_of_a_broken_label_are_no_header_of_another_table() -> None:
    rows = _rows()
    at = next(number for number, row in enumerate(rows) if "三安全一稳定" in row[-_COUNT - 1])
    label = rows[at][-_COUNT - 1]
    tables = _read([_HEADER, *rows[:at], [label[:3], label[3:6]], rows[at][-_COUNT:], *rows[at + 1 :]])
    assert len(tables.figures) == len(_TABLE.rows) * _COUNT
    assert _value(tables, "applications.carried_out.total") == 1


def test_what_columns_and_their_groups_are_called_is_no_value() -> None:
    rows = _rows()
    rows[0][-_COUNT:] = ["自然人", *["0"] * (_COUNT - 2), "1"]
    tables = _read([_HEADER, *rows])
    assert _value(tables, "applications.received.natural_person") is None
    assert {f"applications.received.{column.key}" for column in _TABLE.columns} <= _doubted(tables)


def test_a_number_too_many_at_the_end_of_a_row_is_told_by_the_total() -> None:
    rows = [[row.label, "1", *["0"] * (_COUNT - 2), "1"] for row in _TABLE.rows]
    rows[1][1:] = ["2", *[""] * (_COUNT - 2), "2", "87"]
    rows[5].append("")
    tables = _read([_HEADER, *rows])
    figures = [tables.figures[figure_id(_TABLE.rows[1], column)] for column in _TABLE.columns]
    assert [figure.value for figure in figures] == [2, *[None] * (_COUNT - 2), 2]
    told = [*tables.warnings, *(doubt.doubt for doubt in tables.doubts)]
    assert {doubt.values["numbers"] for doubt in told if doubt.code == "number_unread"} == {"87"}


def _upper(*labels: str) -> list[list[str]]:
    """A header in three rows as editors flatten it, each label where its cell began, behind as many cells of labels."""
    groups = ["自然人", "法人或其他组织", *[""] * 4, "总计"]
    below = ["", *(column.label for column in _TABLE.columns[1:-1]), ""]
    at = [number for number, column in enumerate(_TABLE.columns) if column.label in labels]
    stub = ["", "", ""]
    return [[*stub, "申请人情况"], [*stub, *(groups[i] for i in at)], [*stub, *(below[i] for i in at)]]


def _flattened(row: list[str], numbers: Sequence[str]) -> list[str]:
    labels = row[:-_COUNT]
    return [*labels, *[""] * (3 - len(labels)), *numbers]


def test_without_totals_the_header_s_places_tell_the_columns() -> None:
    """Rows padded by blanks could as well begin one cell earlier and end with the total."""
    labels = [column.label for column in _TABLE.columns[:-1]]
    tables = _read([*_upper(*labels), *(_flattened(row, ["1", *["0"] * (_COUNT - 2)]) for row in _rows())])
    assert _value(tables, "applications.received.natural_person") == 1
    assert "applications.received.total" not in tables.figures
    assert not _doubted(tables)


def test_a_table_in_two_blocks_of_columns_is_read_by_their_headers() -> None:
    left, right = ([column.label for column in part] for part in (_TABLE.columns[:3], _TABLE.columns[3:]))
    first = [*_upper(*left), *(_flattened(row, ["1", "2", "3"]) for row in _rows())]
    second = [*_upper(*right), *(_flattened(row, ["0", "0", "4", "10"]) for row in _rows())]
    tables = parse_tables([_grid(first), _grid(second)])
    for column, value in zip(_TABLE.columns, [1, 2, 3, 0, 0, 4, 10], strict=True):
        figure = figure_id(_TABLE.rows[0], column)
        assert _value(tables, figure) == value or figure in _doubted(tables)


def test_a_header_in_another_order_is_believed_where_values_stand_below_it() -> None:
    header = [_HEADER[0], _HEADER[-1], *_HEADER[1:-1]]
    rows = [[row[-_COUNT - 1], "6", "1", "2", "3", "0", "0", "0"] for row in _rows()]
    assert _value(_read([header, *rows]), "applications.received.total") == 6
    assert not _read([header, *rows]).doubts
    aside = [[row[0], "", "", *row[1:]] for row in rows]
    assert _doubted(_read([header, *aside])) >= set(_read([header, *aside]).figures)
