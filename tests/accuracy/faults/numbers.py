"""What authors make of numbers: blanks, dashes, units, digits of other kinds."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from tests.accuracy.faults.places import data_rows, labels_of, relabel, rewrite_figures
from tests.accuracy.paper import Box, Paper

_FULL_WIDTH = str.maketrans("0123456789.,+-", "０１２３４５６７８９．，＋－")


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
    rewrite_figures(paper, lambda box: "" if box.figure in zeros else box.text)
    paper.values.update(dict.fromkeys(zeros))


def blank_rows(paper: Paper, chance: random.Random) -> None:
    """A fifth of the rows without any number."""
    for table in paper.tables:
        for number in data_rows(table):
            if chance.random() < 0.2:
                gone = [box.figure for box in table[number] if box.figure]
                table[number] = [replace(box, text="") if box.figure else box for box in table[number]]
                paper.values.update(dict.fromkeys(gone))


def dashes(paper: Paper, chance: random.Random) -> None:
    """Every zero printed as a dash."""
    mark = chance.choice("/—-－")
    zeros = {figure for figure, value in paper.values.items() if value == 0}
    rewrite_figures(paper, lambda box: mark if box.figure in zeros else box.text)
    paper.values.update(dict.fromkeys(zeros))


def full_width(paper: Paper, _chance: random.Random) -> None:
    """Full-width digits, points and signs."""
    rewrite_figures(paper, lambda box: box.text.translate(_FULL_WIDTH))


def commas(paper: Paper, _chance: random.Random) -> None:
    """Thousands set apart by commas."""
    rewrite_figures(
        paper,
        lambda box: f"{int(box.text):,}" if box.text.isdigit() and not box.text.startswith("0") else box.text,
    )


def counted(paper: Paper, _chance: random.Random) -> None:
    """Counting words behind the numbers."""
    rewrite_figures(
        paper, lambda box: box.text + "件" if box.text.isdigit() and "amount" not in box.figure else box.text
    )


def spaced_numbers(paper: Paper, chance: random.Random) -> None:
    """Spaces and invisible characters inside and around numbers."""
    space = chance.choice((" ", "\u3000", "\u200b", "\xa0"))
    rewrite_figures(paper, lambda box: space + space.join(box.text) + space if box.text else box.text)


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
    if any("单位：万元" in row[index].text for row, index in labels_of(paper)):
        relabel(paper, lambda text: text.replace("单位：万元", "单位：元"))
        _amounts(paper, lambda value: f"{(value * 10_000).normalize():f}")


def _amounts(paper: Paper, write: Callable[[Decimal], str]) -> None:
    def text(box: Box) -> str:
        value = paper.values.get(box.figure)
        is_amount = box.figure in ("disclosure.fees.amount", "disclosure.procurement.amount")
        return write(value) if is_amount and value is not None else box.text

    rewrite_figures(paper, text)
