"""Rows, columns and tables that stand elsewhere than their form has them, and what stands among them."""

from __future__ import annotations

import random
from dataclasses import replace

from corpus.form import label_key
from tests.accuracy.faults.places import data_rows, main_table, own_label, plain_rows
from tests.accuracy.paper import Box, Paper


def rows_together(paper: Paper, chance: random.Random) -> None:
    """Two rows run together into one line of cells."""
    table = main_table(paper)
    rows = plain_rows(table) or data_rows(table)
    pairs = [number for number in rows if number + 1 in rows]
    if pairs:
        number = chance.choice(pairs)
        table[number : number + 2] = [table[number] + table[number + 1]]


def stray_numbers(paper: Paper, chance: random.Random) -> None:
    """A number that belongs to nothing, in a row of its own and before a table."""
    table = main_table(paper)
    at = chance.choice(data_rows(table)[1:])
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
    table = main_table(paper)
    rows = plain_rows(table)
    if not rows:
        rows = [number for number in data_rows(table) if all(box.rowspan == 1 for box in table[number])]
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
    table = main_table(paper)
    rows = data_rows(table)
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
    table = main_table(paper)
    rows = [number for number in data_rows(table) if len(own_label(table[number]).text) > 7]
    if not rows:
        return
    number = chance.choice(rows)
    row = table[number]
    label = own_label(row)
    cut = len(label.text) // 2
    table[number] = [replace(box, text=label.text[:cut]) if box is label else box for box in row]
    below = [replace(box, text=label.text[cut:] if box is label else "", figure="") for box in row if box.rowspan == 1]
    table.insert(number + 1, below)
    for at, above in enumerate(table[: number + 1]):
        above[:] = [
            replace(box, rowspan=box.rowspan + 1) if box.rowspan > 1 and at + box.rowspan > number + 1 else box
            for box in above
        ]


def empty_columns(paper: Paper, _chance: random.Random) -> None:
    """Empty cells at the end of every row, as copying from a sheet leaves them."""
    for table in paper.tables:
        for row in table:
            row.extend([Box(""), Box("")])
