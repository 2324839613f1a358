"""Tables of several years: what stands under the report's own is the form's column, the others are of other reports.

统计指标  单位  2015年  2016年      becomes, in the report for 2016,      统计指标  单位  2015年  统计数
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from corpus.blocks import Block, Cell, Grid
from corpus.form import load_form
from corpus.model import FORMS
from corpus.numerals import whole_number
from corpus.titles import YEAR

_OF_YEAR = re.compile(rf"({YEAR})年度?(?:统计数?|数量|数据|数)?")
_LEAST_YEARS = 2


def of_own_year(block: Block, year: int | None) -> Block:
    """A table with the header of the year's own column as the form with a single one prints it."""
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
    return whole_number(match[1]) if match else None


@cache
def _label() -> str:
    """What the form calls the only column beside that of units."""
    return next(table.columns[0].label for form in FORMS for table in load_form(form).tables if table.unit_column)
