"""Statistics of several years: what stands under the report's own year is read, in whichever order they are printed."""

from __future__ import annotations

from itertools import permutations

import pytest

from corpus.blocks import Block, Cell, Grid, Paragraph
from corpus.extraction.tables import parse_tables
from corpus.form import figure_id, load_form

_FORM = load_form("2014")
_ROWS = next(table.rows for table in _FORM.tables if table.unit_column)
_YEARS = (2014, 2015, 2016)


def _blocks(heads: tuple[str, ...], columns: tuple[int, ...]) -> list[Block]:
    """The table of statistics; each column counts its rows on from its number."""
    lines = [("统计指标", "单位", *heads)]
    lines += [(row.label, row.unit, *(str(at + column) for column in columns)) for at, row in enumerate(_ROWS)]
    return [Grid(tuple(tuple(Cell(raw, n, at) for at, raw in enumerate(line)) for n, line in enumerate(lines)), 0)]


def _read(heads: tuple[str, ...], columns: tuple[int, ...], year: int) -> list[int]:
    figures = parse_tables(_blocks(heads, columns), year).figures
    column = next(table.columns[0] for table in _FORM.tables if table.unit_column)
    return [int(figures[figure_id(row, column)].value or -1) for row in _ROWS]


@pytest.mark.parametrize("manner", ["{}年", "{}年度", "{}年统计数"])
@pytest.mark.parametrize("years", list(permutations(_YEARS)))
def test_the_year_of_the_report_tells_its_column(years: tuple[int, ...], manner: str) -> None:
    columns = tuple(1_000 * year for year in years)
    own = _read(tuple(map(manner.format, years)), columns, 2015)
    assert own == [2_015_000 + at for at in range(len(_ROWS))]


def test_this_year_is_told_from_the_last() -> None:
    assert _read(("上年数", "本年数"), (100, 500), 2016) == [500 + at for at in range(len(_ROWS))]


def test_columns_of_other_years_alone_are_in_doubt() -> None:
    tables = parse_tables(_blocks(("2013年", "2014年"), (100, 500)), 2016)
    doubted = {id_ for doubt in tables.doubts for id_ in doubt.figures}
    assert all(figure.value is None or id_ in doubted for id_, figure in tables.figures.items())


@pytest.mark.parametrize(
    "caption",
    ["2015年度", "附件：2015年情况统计表（上年数，供对照）", "附件：上年度情况统计表", "上一年数据（供对照）"],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_whole_table_of_another_year_is_not_read(caption: str, *, is_first: bool) -> None:
    own = [Paragraph("2016年度"), *_blocks(("统计数",), (500,))]
    other = [Paragraph(caption), *_blocks(("统计数",), (100,))]
    tables = parse_tables([*other, *own] if is_first else [*own, *other], 2016)
    assert sorted(int(figure.value or -1) for figure in tables.figures.values()) == [500 + n for n in range(len(_ROWS))]
    assert not tables.doubts
    assert [(warning.code, warning.values["year"]) for warning in tables.warnings] == [("table_of_other_year", 2015)]


def test_the_only_table_is_the_reports_own_whatever_stands_above_it() -> None:
    tables = parse_tables([Paragraph("2015年度"), *_blocks(("统计数",), (500,))], 2016)
    assert len(tables.figures) == len(_ROWS)
    assert not tables.warnings


def test_one_column_beside_its_units_needs_no_header() -> None:
    [table] = _blocks(("统计数",), (500,))
    assert isinstance(table, Grid)
    tables = parse_tables([Grid(table.rows[1:], 0)], 2016)
    assert len(tables.figures) == len(_ROWS)
    assert not tables.doubts


@pytest.mark.parametrize("years", list(permutations(_YEARS[1:])))
def test_of_a_line_for_each_year_the_own_is_read(years: tuple[int, ...]) -> None:
    kinds = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    lines = [["年度", "行政复议", *[""] * 4, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4], ["", *kinds * 3]]
    lines += [[f"{year}年", *map(str, [year, 0, 0, 0, year] * 3)] for year in years]
    grid = Grid(tuple(tuple(Cell(raw, n, at) for at, raw in enumerate(line)) for n, line in enumerate(lines)), 0)
    tables = parse_tables([grid], 2016)
    assert [int(figure.value or 0) for figure in tables.figures.values()] == [2016, 0, 0, 0, 2016] * 3
    assert not tables.doubts
    assert [warning.values["year"] for warning in tables.warnings] == [2015]
