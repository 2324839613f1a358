"""The table of 复议 and 诉讼 with its groups below each other instead of side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from corpus.blocks import Block, Cell, Grid, Paragraph
from corpus.extraction.tables import parse_tables

_KINDS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
_FIGURES = [
    f"{group}.{kind}"
    for group in ("review", "litigation_direct", "litigation_after_review")
    for kind in ("upheld", "corrected", "other", "pending", "total")
]
_REVIEW, _DIRECT, _AFTER = ["1", "2", "3", "4", "10"], ["5", "0", "/", "1", "6"], ["7", "0", "", "0", "7"]
_EXPECTED = [1, 2, 3, 4, 10, 5, 0, None, 1, 6, 7, 0, None, 0, 7]


def _grid(rows: Sequence[Sequence[str]], index: int = 0) -> Grid:
    return Grid(
        tuple(tuple(Cell(raw, number, column) for column, raw in enumerate(row)) for number, row in enumerate(rows)),
        index,
    )


_LAYOUTS: dict[str, list[Block]] = {
    "a table for each group below a name in other words": [
        Paragraph("（一）行政复议"),
        _grid([_KINDS, _REVIEW]),
        Paragraph("（二）未经复议直接起诉的行政诉讼"),
        _grid([_KINDS, _DIRECT], 1),
        Paragraph("（三）复议后起诉的行政诉讼"),
        _grid([_KINDS, _AFTER], 2),
    ],
    "a line for each group": [
        _grid([["", *_KINDS], ["行政复议", *_REVIEW], ["未经复议直接起诉", *_DIRECT], ["复议后起诉", *_AFTER]])
    ],
    "a line for each, the lawsuits grouped": [
        _grid(
            [
                ["类别", "", *_KINDS],
                ["行政复议", "", *_REVIEW],
                ["行政诉讼", "未经行政复议直接起诉", *_DIRECT],
                ["复议后起诉", *_AFTER],
            ]
        )
    ],
    "a header for each group": [
        _grid(
            [
                ["行政复议"], _KINDS, _REVIEW, ["行政诉讼"], ["未经复议直接起诉"], _KINDS, _DIRECT, ["复议后起诉"],
                _KINDS, _AFTER,
            ]
        )
    ],
    "a table for each group": [
        _grid([["行政复议"], _KINDS, _REVIEW], 0),
        _grid([["行政诉讼（未经复议直接起诉）"], _KINDS, _DIRECT], 1),
        _grid([["行政诉讼（复议后起诉）"], _KINDS, _AFTER], 2),
    ],
    "a table for each group below its name": [
        Paragraph("（一）行政复议情况"),
        _grid([_KINDS, _REVIEW], 0),
        Paragraph("（二）未经复议直接起诉"),
        _grid([_KINDS, _DIRECT], 1),
        Paragraph("（三）复议后起诉"),
        _grid([_KINDS, _AFTER], 2),
    ],
    "two tables": [
        _grid([["行政复议"], _KINDS, _REVIEW], 0),
        _grid([["行政诉讼"], ["未经复议直接起诉", "复议后起诉"], [*_KINDS, *_KINDS], [*_DIRECT, *_AFTER]], 1),
    ],
    "a line for each figure": [
        _grid(
            [
                [*([group] if number == 0 else []), kind, value]
                for group, values in (("行政复议", _REVIEW), ("未经复议直接起诉", _DIRECT), ("复议后起诉", _AFTER))
                for number, (kind, value) in enumerate(zip(_KINDS, values, strict=True))
            ]
        )
    ],
    "a column for each group": [
        _grid(
            [
                ["", "行政复议", "未经复议直接起诉", "复议后起诉"],
                *([kind, *row] for kind, *row in zip(_KINDS, _REVIEW, _DIRECT, _AFTER, strict=True)),
            ]
        )
    ],
}  # fmt: skip


@pytest.mark.parametrize("layout", _LAYOUTS)
def test_groups_are_told_by_their_names(layout: str) -> None:
    tables = parse_tables(_LAYOUTS[layout])
    assert [tables.figures[figure].value for figure in _FIGURES] == _EXPECTED
    assert tables.figures["litigation_direct.other"].state == "dash"
    assert tables.figures["litigation_after_review.other"].state == "blank"
    assert not tables.doubts


def test_a_line_below_no_name_is_not_read() -> None:
    assert not parse_tables([_grid([_KINDS, _REVIEW])]).figures


def test_a_header_that_a_page_cuts_through_its_cells() -> None:
    columns = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    upper = [label[: len(label) // 2] for label in columns] + ["未经复议直接", "复议后"]
    lower = [label[len(label) // 2 :] for label in columns] + ["起诉", "起诉"]
    pages = ([["行政复议", "行政诉讼"], upper], [lower, columns * 2, [str(number) for number in range(15)]])
    grids = [
        Grid(
            tuple(tuple(Cell(raw, row, at) for at, raw in enumerate(cells)) for row, cells in enumerate(rows)),
            index,
            page=index + 1,
        )
        for index, rows in enumerate(pages)
    ]
    read = parse_tables(grids, 2022)
    assert [figure.value for figure in read.figures.values()] == list(range(15))
    assert not read.doubts


@pytest.mark.parametrize(
    "wrong",
    [
        {"尚未审结": "尚米审结"},
        {"结果纠正": "结果纠F", "总计": "总汁"},
        {"结果维持": "结果维特", "尚未审结": "尚未审理结", "未经复议直接起诉": "未经复仪直接起诉"},
        {"结果维持": "维持结果", "其他结果": "其它结果", "复议后起诉": "复议后再起诉"},
    ],
)
def test_labels_said_over_and_over_may_be_misread_where_most_are_right(wrong: Mapping[str, str]) -> None:
    """As machines misread pictures, and people type: the line below has a number for every column."""
    labels = _KINDS
    values = ["2", "0", "1", "1", "4", "1", "0", "1", "0", "2", "1", "0", "1", "0", "2"]
    misread = [wrong.get(label, label) for label in labels]
    tables = parse_tables(
        [
            Grid(
                (
                    (Cell("行政复议", 0, 0, 1, 5), Cell("行政诉讼", 0, 1, 1, 10)),
                    (
                        *(Cell(label, 1, at, 2) for at, label in enumerate(misread)),
                        *(
                            Cell(wrong.get(label, label), 1, at, 1, 5)
                            for at, label in enumerate(("未经复议直接起诉", "复议后起诉"), 5)
                        ),
                    ),
                    tuple(Cell(label, 2, at) for at, label in enumerate([*misread, *misread])),
                    tuple(Cell(value, 3, at) for at, value in enumerate(values)),
                ),
                0,
            )
        ],
        2024,
    )
    assert [str(figure.value) for figure in tables.figures.values()] == values


@pytest.mark.parametrize("is_sound", [True, False])
def test_below_an_unreadable_header_a_line_is_told_by_its_totals_and_in_doubt(*, is_sound: bool) -> None:
    numbers = ["1", "2", "3", "4", "10", "5", "0", "0", "1", "6", "7", "0", "0", "0", "7" if is_sound else "8"]
    header = [
        ["行政复议", "行政诉讼"],
        ["未经复议直接起诉", "复议后起诉"],
        ["结果维结果纠", "持正果结"],
        ["持", "正", "果"],
    ]
    tables = parse_tables([_grid([*header, [cell for number in numbers for cell in (number, "")]])], 2022)
    values = [figure.value for figure in tables.figures.values()]
    assert values == (list(map(int, numbers)) if is_sound else [None] * len(numbers))
    assert {id_ for doubt in tables.doubts for id_ in doubt.figures} == set(_FIGURES)
