"""What becomes of labels: broken, misspelt, shortened, numbered otherwise, groups of rows without theirs."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from tests.accuracy.faults.places import data_rows, relabel
from tests.accuracy.paper import Box, Paper, squares

_RADICALS = str.maketrans("工民长见车西一行手水", "⼯⺠⻓⻅⻋⻄⼀⾏⼿⽔")
_SHORTENED = (
    ("政府信息公开申请数量", ""), ("（区分处理的，只计这一情形，不计其他情形）", ""), ("相关政府信息", ""),
    ("（不同渠道和方式公开相同信息计1条）", ""), ("（不同方式回应同一热点或舆情计1次）", ""), ("继续办理", ""),
    ("（不包括政府公报及政府网站工作人员数）", ""), ("、行政机关不再处理其政府信息公开申请", ""),
    ("（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", ""),
)  # fmt: skip
_NUMBERING = re.compile(r"^(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+\.)")


def broken_labels(paper: Paper, chance: random.Random) -> None:
    """Labels broken over lines wherever a narrow column breaks them."""
    relabel(paper, lambda text: "\n".join(re.findall(rf".{{1,{chance.randint(2, 6)}}}", text)))


def spaced_labels(paper: Paper, chance: random.Random) -> None:
    """Characters set apart by spaces of all kinds, invisible ones too."""
    space = chance.choice((" ", "\u3000", "\u200b", "\xa0"))
    relabel(paper, space.join)


def shortened_labels(paper: Paper, _chance: random.Random) -> None:
    """Labels without their notes and boilerplate."""

    def shorten(text: str) -> str:
        for words, instead in _SHORTENED:
            text = text.replace(words, instead)
        return text

    relabel(paper, shorten)


def renumbered_labels(paper: Paper, chance: random.Random) -> None:
    """Other numbering than the form's, or none."""
    style = chance.choice(("", "（1）", "1、", "(一)"))
    relabel(paper, lambda text: _NUMBERING.sub(style, text) if _NUMBERING.sub("", text) else text)


def miswritten_labels(paper: Paper, chance: random.Random) -> None:
    """One character of every long label left out or doubled."""

    def slip(text: str) -> str:
        if len(text) < 9:
            return text
        at = chance.randrange(3, len(text) - 1)
        return text[:at] + text[at + 1 :] if chance.random() < 0.5 else text[:at] + text[at] + text[at:]

    for table in paper.tables:
        for number in data_rows(table):
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
    relabel(paper, lambda text: text.translate(_RADICALS))
    paper.blocks[:] = [block.translate(_RADICALS) if isinstance(block, str) else block for block in paper.blocks]


def missing_groups(paper: Paper, _chance: random.Random) -> None:
    """The labels of row groups left out, as when merged cells are lost."""
    for table in paper.tables:
        for number in data_rows(table):
            table[number] = [box for box in table[number] if box.figure or box.rowspan == 1]


def empty_groups(paper: Paper, _chance: random.Random) -> None:
    """The labels of row groups left blank."""
    for table in paper.tables:
        for number in data_rows(table):
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
