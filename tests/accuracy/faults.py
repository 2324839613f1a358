"""The fault library: what goes wrong with tables on their way to us, one function a fault (docs/field.md).

A fault alters a paper in place. Where it takes evidence away it says so in ``destroyed`` or ``doubtful``; otherwise
every cell must still be read.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from corpus.form import label_key
from tests.accuracy.paper import Box, Paper, Table, squares

Fault = Callable[[Paper, random.Random], None]

_FULL_WIDTH = str.maketrans("0123456789.,+-", "０１２３４５６７８９．，＋－")
_RADICALS = str.maketrans("工民长见车西一行手水", "⼯⺠⻓⻅⻋⻄⼀⾏⼿⽔")
_SHORTENED = (
    ("政府信息公开申请数量", ""), ("（区分处理的，只计这一情形，不计其他情形）", ""), ("相关政府信息", ""),
    ("（不同渠道和方式公开相同信息计1条）", ""), ("（不同方式回应同一热点或舆情计1次）", ""), ("继续办理", ""),
    ("（不包括政府公报及政府网站工作人员数）", ""), ("、行政机关不再处理其政府信息公开申请", ""),
    ("（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", ""),
)  # fmt: skip
_NUMBERING = re.compile(r"^(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+\.)")


def _labels(paper: Paper) -> Iterator[tuple[list[Box], int]]:
    """Where every label stands: its row and its index in the row."""
    for table in paper.tables:
        for row in table:
            for index, box in enumerate(row):
                if not box.figure:
                    yield row, index


def _relabel(paper: Paper, change: Callable[[str], str]) -> None:
    for row, index in _labels(paper):
        row[index] = replace(row[index], text=change(row[index].text))


def _data_rows(table: Table) -> list[int]:
    return [number for number, row in enumerate(table) if any(box.figure for box in row)]


def _figures(paper: Paper, change: Callable[[Box], str]) -> None:
    for table in paper.tables:
        for row in table:
            row[:] = [replace(box, text=change(box)) if box.figure else box for box in row]


def _main(paper: Paper) -> Table:
    """That of section 三, or the statistics; where it is broken in several, the one with most rows."""
    ours = [
        t
        for t in paper.tables
        if any(box.figure.startswith(("applications.", "statistics.")) for row in t for box in row)
    ]
    return max(ours, key=len)


def _plain_rows(table: Table) -> list[int]:
    """Rows that no span from above reaches and that open none: they can be moved or cut without a lie."""
    reached: set[int] = set()
    for number, row in enumerate(table):
        for box in row:
            reached.update(range(number, number + box.rowspan) if box.rowspan > 1 else ())
    return [number for number in _data_rows(table) if number not in reached]


def clean(_paper: Paper, _chance: random.Random) -> None:
    """Nothing wrong."""


def blank_totals(paper: Paper, _chance: random.Random) -> None:
    """The column 总计 left blank on every row but the first."""
    for table in paper.tables:
        for row in table[:]:
            for index, box in enumerate(row):
                is_total = box.figure.startswith("applications.") and box.figure.endswith(".total")
                if is_total and not box.figure.startswith("applications.received"):
                    row[index] = replace(box, text="")
                    paper.values[box.figure] = None


def blank_zeros(paper: Paper, _chance: random.Random) -> None:
    """Every zero left blank."""
    zeros = {figure for figure, value in paper.values.items() if value == 0}
    _figures(paper, lambda box: "" if box.figure in zeros else box.text)
    paper.values.update(dict.fromkeys(zeros))


def blank_rows(paper: Paper, chance: random.Random) -> None:
    """A fifth of the rows without any number."""
    for table in paper.tables:
        for number in _data_rows(table):
            if chance.random() < 0.2:
                gone = [box.figure for box in table[number] if box.figure]
                table[number] = [replace(box, text="") if box.figure else box for box in table[number]]
                paper.values.update(dict.fromkeys(gone))


def dashes(paper: Paper, chance: random.Random) -> None:
    """Every zero printed as a dash."""
    mark = chance.choice("/—-－")
    zeros = {figure for figure, value in paper.values.items() if value == 0}
    _figures(paper, lambda box: mark if box.figure in zeros else box.text)
    paper.values.update(dict.fromkeys(zeros))


def broken_labels(paper: Paper, chance: random.Random) -> None:
    """Labels broken over lines wherever a narrow column breaks them."""
    _relabel(paper, lambda text: "\n".join(re.findall(rf".{{1,{chance.randint(2, 6)}}}", text)))


def spaced_labels(paper: Paper, chance: random.Random) -> None:
    """Characters set apart by spaces of all kinds, invisible ones too."""
    space = chance.choice((" ", "\u3000", "\u200b", "\xa0"))
    _relabel(paper, space.join)


def shortened_labels(paper: Paper, _chance: random.Random) -> None:
    """Labels without their notes and boilerplate."""

    def shorten(text: str) -> str:
        for words, instead in _SHORTENED:
            text = text.replace(words, instead)
        return text

    _relabel(paper, shorten)


def renumbered_labels(paper: Paper, chance: random.Random) -> None:
    """Other numbering than the form's, or none."""
    style = chance.choice(("", "（1）", "1、", "(一)"))
    _relabel(paper, lambda text: _NUMBERING.sub(style, text) if _NUMBERING.sub("", text) else text)


def miswritten_labels(paper: Paper, chance: random.Random) -> None:
    """One character of every long label left out or doubled."""

    def slip(text: str) -> str:
        if len(text) < 9:
            return text
        at = chance.randrange(3, len(text) - 1)
        return text[:at] + text[at + 1 :] if chance.random() < 0.5 else text[:at] + text[at] + text[at:]

    for table in paper.tables:
        for number in _data_rows(table):
            table[number] = [
                replace(box, text=slip(box.text)) if not box.figure and box.rowspan == 1 else box
                for box in table[number]
            ]


def miswritten_headings(paper: Paper, chance: random.Random) -> None:
    """One character of every long heading of a column taken for another; the 统计表 has none."""

    def slip(box: Box) -> Box:
        bare = box.text.split("（")[0].strip()
        if not box.header or len(bare) < 7 or box.rowspan + box.colspan > 4:
            return box
        at = chance.randrange(2, len(bare) - 2)
        return replace(box, text=box.text[:at] + "某" + box.text[at + 1 :])

    for table in paper.tables:
        if not any(box.figure.startswith("statistics.") for row in table for box in row):
            table[:] = [[slip(box) for box in row] for row in table]


def radicals(paper: Paper, _chance: random.Random) -> None:
    """Radicals and compatibility forms instead of ideographs, as some PDF fonts give them."""
    _relabel(paper, lambda text: text.translate(_RADICALS))
    paper.blocks[:] = [block.translate(_RADICALS) if isinstance(block, str) else block for block in paper.blocks]


def full_width(paper: Paper, _chance: random.Random) -> None:
    """Full-width digits, points and signs."""
    _figures(paper, lambda box: box.text.translate(_FULL_WIDTH))


def commas(paper: Paper, _chance: random.Random) -> None:
    """Thousands set apart by commas."""
    _figures(
        paper,
        lambda box: f"{int(box.text):,}" if box.text.isdigit() and not box.text.startswith("0") else box.text,
    )


def counted(paper: Paper, _chance: random.Random) -> None:
    """Counting words behind the numbers."""
    _figures(paper, lambda box: box.text + "件" if box.text.isdigit() and "amount" not in box.figure else box.text)


def spaced_numbers(paper: Paper, chance: random.Random) -> None:
    """Spaces and invisible characters inside and around numbers."""
    space = chance.choice((" ", "\u3000", "\u200b", "\xa0"))
    _figures(paper, lambda box: space + space.join(box.text) + space if box.text else box.text)


def yuan(paper: Paper, _chance: random.Random) -> None:
    """Amounts in 元 where the form asks for 万元, the unit in the cell."""
    _amounts(paper, lambda value: f"{(value * 10_000).normalize():f}元")


def ten_thousands(paper: Paper, _chance: random.Random) -> None:
    """Amounts with 万元 in the cell."""
    _amounts(paper, lambda value: f"{value:f}万元")


def bare_ten_thousands(paper: Paper, _chance: random.Random) -> None:
    """Amounts with 万 in the cell."""
    _amounts(paper, lambda value: f"{value:f}万")


def yuan_header(paper: Paper, _chance: random.Random) -> None:
    """A header that asks for 元, with the cells in it."""
    if any("单位：万元" in row[index].text for row, index in _labels(paper)):
        _relabel(paper, lambda text: text.replace("单位：万元", "单位：元"))
        _amounts(paper, lambda value: f"{(value * 10_000).normalize():f}")


def _amounts(paper: Paper, write: Callable[[Decimal], str]) -> None:
    def text(box: Box) -> str:
        value = paper.values.get(box.figure)
        is_amount = box.figure in ("disclosure.fees.amount", "disclosure.procurement.amount")
        return write(value) if is_amount and value is not None else box.text

    _figures(paper, text)


def missing_groups(paper: Paper, _chance: random.Random) -> None:
    """The labels of row groups left out, as when merged cells are lost."""
    for table in paper.tables:
        for number in _data_rows(table):
            table[number] = [box for box in table[number] if box.figure or box.rowspan == 1]


def empty_groups(paper: Paper, _chance: random.Random) -> None:
    """The labels of row groups left blank."""
    for table in paper.tables:
        for number in _data_rows(table):
            table[number] = [
                replace(box, text="") if box.rowspan > 1 and not box.figure else box for box in table[number]
            ]


def repeated_groups(paper: Paper, _chance: random.Random) -> None:
    """Merged group labels taken apart, the label repeated on each row."""
    for table in paper.tables:
        table[:] = [
            [replace(box, rowspan=1, colspan=1) for box, fresh in line if fresh or box.rowspan > 1]
            for line in squares(table)
        ]


def rows_together(paper: Paper, chance: random.Random) -> None:
    """Two rows run together into one line of cells."""
    table = _main(paper)
    rows = _plain_rows(table) or _data_rows(table)
    pairs = [number for number in rows if number + 1 in rows]
    if pairs:
        number = chance.choice(pairs)
        table[number : number + 2] = [table[number] + table[number + 1]]


def stray_numbers(paper: Paper, chance: random.Random) -> None:
    """A number that belongs to nothing, in a row of its own and before a table."""
    table = _main(paper)
    at = chance.choice(_data_rows(table)[1:])
    width = sum(box.colspan for box in table[0])
    table.insert(at, [Box(str(chance.randint(1, 99)), colspan=width)])
    paper.blocks.insert(paper.blocks.index(table), str(chance.randint(1, 99)))


def notes(paper: Paper, _chance: random.Random) -> None:
    """A note over the whole width below each table."""
    for table in paper.tables:
        table.append(
            [Box("注：本表数据截至12月31日，由各单位汇总上报。", colspan=sum(box.colspan for box in table[0]))]
        )


def rows_moved(paper: Paper, chance: random.Random) -> None:
    """A row printed in another place of its table."""
    table = _main(paper)
    rows = _plain_rows(table)
    if not rows:
        rows = [number for number in _data_rows(table) if all(box.rowspan == 1 for box in table[number])]
    if len(rows) < 2:
        return
    first, second = chance.sample(rows, 2)
    table[first], table[second] = table[second], table[first]


def columns_swapped(paper: Paper, _chance: random.Random) -> None:
    """Two columns in the other order, with their headers."""
    for table in paper.tables:
        for row in table:
            swap = [
                i
                for i, box in enumerate(row)
                if label_key(box.text) in ("商业企业", "科研机构") or box.figure.endswith((".business", ".research"))
            ]
            if len(swap) == 2:
                row[swap[0]], row[swap[1]] = row[swap[1]], row[swap[0]]


def table_split(paper: Paper, chance: random.Random) -> None:
    """A table in two, as a page break leaves it."""
    _split(paper, chance, header=False)


def table_split_with_header(paper: Paper, chance: random.Random) -> None:
    """A table in two, its header printed again."""
    _split(paper, chance, header=True)


def _split(paper: Paper, chance: random.Random, *, header: bool) -> None:
    table = _main(paper)
    rows = _data_rows(table)
    at = chance.choice(rows[2:-1])
    heads = [list(row) for row in table[: rows[0]]]
    first, second = table[:at], table[at:]
    # What spans the break begins again below it without its words.
    reaching = [
        replace(box, text="", rowspan=number + box.rowspan - at)
        for number, row in enumerate(table[:at])
        for box in row
        if number + box.rowspan > at
    ]
    for number, row in enumerate(first):
        row[:] = [replace(box, rowspan=min(box.rowspan, at - number)) for box in row]
    second[0] = [*reaching, *second[0]]
    index = paper.blocks.index(table)
    paper.blocks[index : index + 1] = [first, [*heads, *second] if header else second]


def row_split(paper: Paper, chance: random.Random) -> None:
    """A row in two by a page break: half of its label with the numbers, the rest below."""
    table = _main(paper)
    rows = [number for number in _data_rows(table) if len(_own_label(table[number]).text) > 7]
    if not rows:
        return
    number = chance.choice(rows)
    row = table[number]
    label = _own_label(row)
    cut = len(label.text) // 2
    table[number] = [replace(box, text=label.text[:cut]) if box is label else box for box in row]
    below = [replace(box, text=label.text[cut:] if box is label else "", figure="") for box in row if box.rowspan == 1]
    table.insert(number + 1, below)
    for at, above in enumerate(table[: number + 1]):
        above[:] = [
            replace(box, rowspan=box.rowspan + 1) if box.rowspan > 1 and at + box.rowspan > number + 1 else box
            for box in above
        ]


def _own_label(row: list[Box]) -> Box:
    """The label of the row itself: groups span several rows, and a unit is shorter."""
    labels = [box for box in row if not box.figure and box.rowspan == 1]
    return max(labels, key=lambda box: len(box.text), default=Box(""))


def header_missing(paper: Paper, _chance: random.Random) -> None:
    """The header rows of table 三 left out."""
    table = paper.table("applications.")
    if table is not None:
        del table[: _data_rows(table)[0]]


def label_missing(paper: Paper, chance: random.Random) -> None:
    """A row whose label is blank, between rows that have theirs."""
    table = _main(paper)
    rows = _data_rows(table)
    inner = [
        number
        for number in rows[1:-1]
        if number - 1 in rows and number + 1 in rows and sum(bool(box.text) for box in table[number] if box.figure) > 1
    ]
    if inner:
        number = chance.choice(inner)
        label = _own_label(table[number])
        table[number] = [replace(box, text="") if box is label else box for box in table[number]]
        paper.doubtful.update(box.figure for box in table[number] if box.figure)


def row_missing(paper: Paper, chance: random.Random) -> None:
    """A row left out with its label: its figures are absent."""
    table = _main(paper)
    rows = [number for number in _data_rows(table) if all(box.rowspan == 1 for box in table[number])]
    number = chance.choice(rows)
    for box in table[number]:
        paper.values.pop(box.figure, None)
    for at, above in enumerate(table[:number]):
        above[:] = [
            replace(box, rowspan=box.rowspan - 1) if box.rowspan > 1 and at + box.rowspan > number else box
            for box in above
        ]
    del table[number]


def cell_swallowed(paper: Paper, chance: random.Random) -> None:
    """One cell of a row lost, the others pushed together: nobody can say which is whose."""
    table = _main(paper)
    rows = _data_rows(table)
    if len([box for box in table[rows[0]] if box.figure]) > 1:
        # Where the row is all zeros, dashes or blanks, a lost one leaves no trace worth a doubt.
        rows = [number for number in rows if any(paper.values.get(box.figure) for box in table[number])]
    if not rows:
        return
    number = chance.choice(rows)
    boxes = [box for box in table[number] if box.figure]
    lost = chance.choice(boxes)
    table[number] = [box for box in table[number] if box is not lost]
    left = [box.text for box in boxes if box is not lost]
    if paper.pads and (not left or [*left, ""] == [box.text for box in boxes]):
        # A blank where its only cell was, or a blank less before the padding: no trace of what was lost.
        paper.values[lost.figure] = None
        return
    paper.destroyed.add(lost.figure)
    paper.doubtful.update(box.figure for box in boxes if box is not lost)


def number_split(paper: Paper, chance: random.Random) -> None:
    """A number broken over two cells."""
    for table in paper.tables:
        for number in _data_rows(table):
            boxes = [box for box in table[number] if box.figure and box.text.isdigit() and len(box.text) > 1]
            if len([box for box in table[number] if box.figure]) > 1 and boxes:
                broken = chance.choice(boxes)
                table[number] = [
                    part
                    for box in table[number]
                    for part in (
                        (replace(box, text=box.text[:1]), replace(box, text=box.text[1:], figure=""))
                        if box is broken
                        else (box,)
                    )
                ]
                paper.doubtful.update(box.figure for box in table[number] if box.figure)
                return


def empty_columns(paper: Paper, _chance: random.Random) -> None:
    """Empty cells at the end of every row, as copying from a sheet leaves them."""
    for table in paper.tables:
        for row in table:
            row.extend([Box(""), Box("")])


def settle(paper: Paper) -> None:
    """Say what several faults left together that none left alone; called when all have been at work.

    A row without its label and its numbers is an empty one: it may be no row at all. Where a row lost a cell and then
    all its numbers, it is blank. Where no total is printed, none is missed: a lost one is blank like the others.
    """
    for table in paper.tables:
        for row in table:
            figures = {box.figure for box in row if box.figure}
            if not any(box.text.strip() for box in row):
                paper.vanished |= figures
            if paper.pads and not any(box.text.strip() for box in row if box.figure):
                keys = {figure.rpartition(".")[0] for figure in figures}
                gone = {figure for figure in paper.destroyed if figure.rpartition(".")[0] in keys}
                paper.destroyed -= gone
                paper.values.update(dict.fromkeys(gone))
    boxes = [box for table in paper.tables for row in table for box in row]
    totals = [box for box in boxes if box.figure.startswith("applications.") and box.figure.endswith(".total")]
    if paper.pads and totals and not any(box.text.strip() for box in totals):
        gone = {figure for figure in paper.destroyed if figure.endswith(".total")}
        paper.destroyed -= gone
        paper.values.update(dict.fromkeys(gone))


FAULTS: Mapping[str, Fault] = {
    fault.__name__: fault
    for fault in (
        clean, blank_totals, blank_zeros, blank_rows, dashes, broken_labels, spaced_labels, shortened_labels,
        renumbered_labels, miswritten_labels, miswritten_headings, radicals, full_width, commas, counted,
        spaced_numbers, yuan, ten_thousands, bare_ten_thousands, yuan_header, missing_groups, empty_groups,
        repeated_groups, rows_together, stray_numbers, notes, rows_moved, columns_swapped, table_split,
        table_split_with_header, row_split, header_missing, label_missing, row_missing, cell_swallowed,
        number_split, empty_columns,
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
