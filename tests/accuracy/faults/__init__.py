"""The fault library: what goes wrong with tables on their way to us, one function a fault (docs/field.md).

A fault alters a paper in place. Where it takes evidence away it says so in ``destroyed`` or ``doubtful``; otherwise
every cell must still be read.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from tests.accuracy.faults import labels, lost, numbers, order
from tests.accuracy.faults.lost import settle
from tests.accuracy.paper import Paper

__all__ = ["FAULTS", "MARKUP", "faults_of", "settle"]

Fault = Callable[[Paper, random.Random], None]


def clean(_paper: Paper, _chance: random.Random) -> None:
    """Nothing wrong."""


FAULTS: Mapping[str, Fault] = {
    fault.__name__: fault
    for fault in (
        clean, numbers.blank_totals, numbers.blank_zeros, numbers.blank_rows, numbers.dashes, labels.broken_labels,
        labels.spaced_labels, labels.shortened_labels, labels.renumbered_labels, labels.miswritten_labels,
        labels.miswritten_headings, labels.radicals, numbers.full_width, numbers.commas, numbers.counted,
        numbers.spaced_numbers, numbers.yuan, numbers.ten_thousands, numbers.bare_ten_thousands, numbers.yuan_header,
        labels.missing_groups, labels.empty_groups, labels.repeated_groups, order.rows_together, order.stray_numbers,
        order.notes, order.rows_moved, order.columns_swapped, order.table_split, order.table_split_with_header,
        order.row_split, lost.header_missing, lost.label_missing, lost.row_missing, lost.cell_swallowed,
        lost.number_split, order.empty_columns,
    )
}  # fmt: skip


def _markup(name: str) -> Fault:
    def ask(paper: Paper, _chance: random.Random) -> None:
        paper.markup.add(name)

    ask.__name__ = name
    return ask


MARKUP: Mapping[str, tuple[str, ...]] = {
    "html": (
        "lying_rowspans", "wide_headers", "wide_cells", "split_spans", "nbsp", "layout_table", "gb18030",
        "gbk_as_gb2312", "gbk_as_utf8", "utf8_as_gb2312", "no_charset", "in_json", "in_script", "entities",
        "no_spans", "unclosed",
    ),
    "text": ("gb18030", "utf16", "crlf", "nbsp"),
    "csv": ("gb18030", "semicolons", "bom"),
    "docx": ("split_spans", "layout_table", "nbsp", "text_box"),
}  # fmt: skip
"""Faults that only one format can have: it writes them when a paper asks."""


def faults_of(format_: str) -> dict[str, Fault]:
    """Every fault that a format can have, by name."""
    family = "html" if format_.startswith("html") else "text" if format_.startswith("text") else format_
    return {**FAULTS, **{name: _markup(name) for name in MARKUP.get(family, ())}}
