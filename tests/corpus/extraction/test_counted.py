"""Tables whose labels a program broke and strewed among the values are read in the order of these, or not at all."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.blocks import Block, Paragraph
from corpus.extraction.tables import parse_tables
from corpus.form import Table, figure_id, load_form


def _table(form: str) -> Table:
    known = load_form("2019" if form == "2019" else "2021")
    return next(table for table in known.tables if table.id == "applications")


def _values(table: Table, dice: random.Random) -> list[list[int]]:
    """Counts whose rows and columns add up, most of them nought."""
    rows = [[dice.choice((0, 0, 0, dice.randint(1, 40))) for _ in table.columns[1:]] for _ in table.rows]
    handled = next(at for at, row in enumerate(table.rows) if row.key.endswith(".handled"))
    rows[handled] = [sum(column) for column in zip(*rows[2:handled], strict=True)]
    rows[0] = [
        max(done + left - before, 0) for done, left, before in zip(rows[handled], rows[-1], rows[1], strict=True)
    ]
    rows[1] = [done + left - new for done, left, new in zip(rows[handled], rows[-1], rows[0], strict=True)]
    return [[*row, sum(row)] for row in rows]


def _strewn(table: Table, values: Sequence[Sequence[int]], dice: random.Random) -> list[str]:
    """Lines of the values, in their order, among pieces of the labels and groups."""
    lines = ["申请人情况", "法人或其他组织", " ".join(column.label for column in table.columns)]
    for row, cells in zip(table.rows, values, strict=True):
        # No line begins with a mark (避头尾).
        cut = dice.choice([at for at in range(4, len(row.label)) if row.label[at] not in "、，）”"] or [len(row.label)])
        pieces = [row.label[:cut], " ".join(map(str, cells)), row.label[cut:]]
        groups = [name[at : at + 2] for name in row.path[-1:] for at in range(0, 4, 2) if dice.random() < 0.3]
        lines += filter(None, [*pieces[:2], *groups, pieces[2]])
    return lines


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["2019", "2021"]), st.integers(0, 10**6), st.integers(0, 60))
def test_each_value_has_its_row_however_the_labels_are_strewn(form: str, seed: int, page: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - a test, no secret
    table = _table(form)
    values = _values(table, dice)
    lines = _strewn(table, values, dice)
    lines.insert(dice.randint(3, len(lines)), f"- {page} -")
    blocks: list[Block] = [Paragraph(line) for line in (*lines, "四、政府信息公开行政复议、行政诉讼情况")]
    read = parse_tables(blocks, 2019 if form == "2019" else 2022)
    doubted = {id_ for doubt in read.doubts for id_ in doubt.figures}
    expected = {
        figure_id(row, column): value
        for row, cells in zip(table.rows, values, strict=True)
        for column, value in zip(table.columns, cells, strict=True)
    }
    wrong = {id_ for id_, value in expected.items() if id_ not in read.figures or read.figures[id_].value != value}
    assert not wrong - doubted
    assert not wrong


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["2019", "2021"]), st.integers(0, 10**6))
def test_where_a_value_is_lost_nothing_is_read_by_their_number(form: str, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - a test, no secret
    table = _table(form)
    values = _values(table, dice)
    lines = _strewn(table, values, dice)
    at = dice.choice([at for at, line in enumerate(lines) if line.count(" ") == len(table.columns) - 1][1:])
    lines[at] = lines[at].partition(" ")[2]
    read = parse_tables([Paragraph(line) for line in lines], 2019 if form == "2019" else 2022)
    doubted = {id_ for doubt in read.doubts for id_ in doubt.figures}
    expected = {
        figure_id(row, column): value
        for row, cells in zip(table.rows, values, strict=True)
        for column, value in zip(table.columns, cells, strict=True)
    }
    said = {
        id_: figure.value for id_, figure in read.figures.items() if id_ not in doubted and figure.value is not None
    }
    assert {id_: value for id_, value in said.items() if expected.get(id_, value) != value} == {}


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_a_table_without_labels_is_told_by_its_header_in_pieces_and_its_sums(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - a test, no secret
    table = next(table for table in load_form("2021").tables if table.id == "remedies")
    parts = [[dice.choice((0, 0, dice.randint(1, 30))) for _ in range(4)] for _ in range(3)]
    values = [value for part in parts for value in (*part, sum(part))]
    names = [column.label for column in table.columns]
    lines = ["行政复议 行政诉讼", "未经复议直接起诉", " ".join(name[:3] for name in names[:7]) + " 复议后起诉"]
    lines += [" ".join(name[3:] or name[2:] for name in names[:7]), " ".join(names[7:]), " ".join(map(str, values))]
    # Pieces that a program left in another order than the columns'.
    first, *pieces, last = lines
    dice.shuffle(pieces)
    blocks = [Paragraph(line) for line in ("四、行政复议、行政诉讼情况", first, *pieces, last, "五、存在的主要问题")]
    read = parse_tables(blocks, 2022)
    doubted = {id_ for doubt in read.doubts for id_ in doubt.figures}
    expected = {figure_id(table.rows[0], column): value for column, value in zip(table.columns, values, strict=True)}
    wrong = {id_ for id_, value in expected.items() if id_ in read.figures and read.figures[id_].value != value}
    assert not wrong - doubted
