"""Tables of several years: what is of the report's own year is the form's, the others are of other reports.

统计指标  单位  2015年  2016年      becomes, in the report for 2016,      统计指标  单位  2015年  统计数

So does a table under the name of another year (2021年度, 供对照) if the report prints all its labels for its own, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from corpus.blocks import Block, Cell, Grid
from corpus.doubts import Doubt
from corpus.form import label_key, load_form
from corpus.model import FORMS
from corpus.numerals import is_value
from corpus.titles import YEAR, year_of, years_in

_OF_YEAR = re.compile(rf"({YEAR})年度?(?:统计数?|数量|数据|数)?")
# 上年结转 is a row of this year's, 上一年项目数量 a column.
_LAST_YEAR = re.compile(r"(?:上一?年度?|去年)(?!结转|项目)")
_LEAST_YEARS = 2
_LONGEST_CAPTION = 60


def of_own_year(blocks: Sequence[Block], year: int | None) -> tuple[list[Block], list[Doubt]]:
    """The blocks without the tables of other years, and that these are left out.

    In a table of several years the header of the own column is what the form with a single one prints.
    """
    others = {at: named for at, named in _captioned(blocks, year) if named != year} if year is not None else {}
    own = {key for at, block in enumerate(blocks) if at not in others for key in _labels(block)}
    others = {at: named for at, named in others.items() if _labels(blocks[at]) <= own}
    kept = [_with_own_column(block, year) for at, block in enumerate(blocks) if at not in others]
    rows = [named for block in kept for named in _other_rows(block, year).values()]
    kept = [_with_own_rows(block, year) for block in kept]
    left_out = dict.fromkeys((*others.values(), *rows))
    return kept, [Doubt("table_of_other_year", {"year": named}) for named in left_out]


def _other_rows(block: Block, year: int | None) -> dict[int, int]:
    """The rows of a table that begin with another year, where one begins with the report's own, and their years."""
    rows = block.rows if isinstance(block, Grid) else ()
    single = [(at, row[0]) for at, row in enumerate(rows) if row and row[0].rowspan == 1]
    named = {at: found for at, cell in single if (found := _year(cell)) is not None}
    return {at: found for at, found in named.items() if found != year} if year in named.values() else {}


def _with_own_rows(block: Block, year: int | None) -> Block:
    others = _other_rows(block, year)
    if not isinstance(block, Grid) or not others:
        return block
    return replace(block, rows=tuple(row for at, row in enumerate(block.rows) if at not in others))


def _captioned(blocks: Sequence[Block], year: int) -> Iterator[tuple[int, int]]:
    """The tables above which a single year is named, and that year; what a page broke off them has no caption."""
    named: set[int] = set()
    for at, block in enumerate(blocks):
        if isinstance(block, Grid):
            first = [cell.raw for row in block.rows[:1] for cell in row if cell.raw.strip()]
            named = (_years(first[0], year) if len(first) == 1 else set()) or named
            if len(named) == 1:
                yield at, next(iter(named))
        else:
            named = _years(block.text, year)


def _years(caption: str, own: int) -> set[int]:
    """The years that a caption names; the last one may be called so."""
    if len(caption) > _LONGEST_CAPTION:
        return set()
    return years_in(caption) or ({own - 1} if _LAST_YEAR.search(caption) else set())


def _labels(block: Block) -> set[str]:
    """The labels of a table, but for what its caption may be."""
    rows = block.rows if isinstance(block, Grid) else ()
    return {label_key(cell.raw) for row in rows for cell in row if not is_value(cell.raw) and not years_in(cell.raw)}


def _with_own_column(block: Block, year: int | None) -> Block:
    if not isinstance(block, Grid):
        return block
    return replace(block, rows=tuple(_of_own_year(row, year) for row in block.rows))


def _of_own_year(row: Sequence[Cell], year: int | None) -> tuple[Cell, ...]:
    years = [_year(cell) for cell in row]
    if year not in years or len(set(years) - {None}) < _LEAST_YEARS:
        return tuple(row)
    return tuple(replace(cell, raw=_label()) if own == year else cell for cell, own in zip(row, years, strict=True))


def _year(cell: Cell) -> int | None:
    """The year that a cell names, and nothing else."""
    match = _OF_YEAR.fullmatch("".join(cell.raw.split()))
    return year_of(match[1]) if match else None


@cache
def _label() -> str:
    """What the form calls the only column beside that of units."""
    return next(table.columns[0].label for form in FORMS for table in load_form(form).tables if table.unit_column)
