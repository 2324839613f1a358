"""Printed numbers and units, settled once: cells of a table, quantities of a sentence, Chinese numerals.

A cell is a number, blank, a dash or words; only a number has a value. The mark of a note is no part of it; two numbers
are words: which of them is meant nobody can tell. Units printed in the cell are converted
to the unit that the form asks for (docs/field.md, "How tables arrive": "251000元" where the form says 万元 is 25.1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from corpus.model import State
from corpus.text import clean, fold

# Powers of ten of what may follow a number; a unit not named here is a counting word and changes nothing.
_MYRIADS = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8}
_MONEY = {"元": 0, "百元": 2, "千元": 3, "万元": 4, "百万元": 6, "千万元": 7, "亿元": 8}
_COUNTING = "件条项个次篇人名宗份期起家场户只天"
# By how much something grew, in words: no number (docs/contract.md), and no label.
_CHANGE = re.compile(rf"(?:增加?|减少?)\d+[{_COUNTING}]?")

_MINUSES = "−–—‐‑‒﹣˗"
"""What keyboards and programs put for a minus: dashes, hyphens that break no line, and small ones."""
_NUMBER = re.compile(
    rf"'?(?P<sign>[+{_MINUSES}-]?)"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    rf"(?P<myriad>[十百千]?[万亿]|[百千])?(?P<unit>元|人次|[{_COUNTING}])?(?:人民币|[(（][{_COUNTING}]次?[)）])?",
)
# What stands behind a number and is none of its digits: raised and lowered characters, circled ones, stars, daggers.
_MARK = (
    r"(?:[⁽₍][^⁾₎]*[⁾₎]|[\[［【〔]注?(?:\d{1,2}|[ivx]{1,4})[\]］】〕]|[(（]注\d{0,2}[)）]"
    r"|[\u00b9\u00b2\u00b3\u2070-\u209f\u2460-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289*＊※★☆†‡])"
)
_NOTE_MARKS = re.compile(rf"(?<=[0-9０-９\-—–－/%万亿件元次人])\s*(?:{_MARK}\s*)+$|^(?:{_MARK}\s*)+(?=[0-9０-９+-])")
_CIRCLED = re.compile(_MARK)
# Two numbers, one below the other or side by side; thin spaces may part the thousands of one, a space all its digits.
_APART = re.compile(r"\d\s+\d")
_SPACED = re.compile(r"\S(?: \S)+")
_THIN = dict.fromkeys(map(ord, "\u2009\u200a\u202f"))
# So may an apostrophe, in Swiss settings.
_APOSTROPHE = re.compile(r"(?<=\d)['’](?=\d{3}(?!\d))")
_MINUS = str.maketrans(dict.fromkeys(_MINUSES, "-"))
# Fonts and editors make one long dash of two, or print a minus sign or a line of a box for it.
_DASHES = re.compile(r"[-/\\—–―－_~‒−⸺⸻─━╱∕⁄]+|一")
# As programs write numbers with many digits: a power of ten, and how many places of it are stated.
_POWER = re.compile(r"[+-]?\d\.(\d+)[Ee][+]?(\d{1,2})")
_CHINESE_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "○": 0, "Ｏ": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_CHINESE_POWERS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}


@lru_cache(maxsize=20_000)
def read_cell(raw: str, unit: str = "", printed_unit: str = "") -> tuple[Decimal | None, State]:
    r"""The value and state of a table cell, in the unit of the form.

    ``printed_unit`` is what the header or a cell beside it states; a unit in the cell itself goes before it.

    >>> read_cell("251000元", "万元")
    (Decimal('25.1'), 'number')
    >>> read_cell("/")
    (None, 'dash')
    >>> read_cell("12¹")
    (Decimal('12'), 'number')
    >>> read_cell("176\n31")
    (None, 'text')
    >>> read_cell("1’204"), read_cell("1'2")
    ((Decimal('1204'), 'number'), (None, 'text'))
    >>> read_cell("1.76E+02"), read_cell("1.8E+02")
    ((Decimal('176'), 'number'), (None, 'text'))
    """
    bare = _NOTE_MARKS.sub("", clean(raw.translate(_THIN)).strip())
    text = _APOSTROPHE.sub(",", "".join(fold(bare).split()))
    if not text:
        return None, "blank"
    if _CIRCLED.search(bare) or (_APART.search(bare) and not _SPACED.fullmatch(bare)):
        return None, "text"
    match = _NUMBER.fullmatch(text)
    if match is not None:
        return _scaled(match, unit, printed_unit), "number"
    if (power := _POWER.fullmatch(text)) is not None and int(power[2]) <= len(power[1]):
        return Decimal(text).normalize() + 0, "number"
    if _DASHES.fullmatch(text):
        return None, "dash"
    return None, "text"


def is_number(raw: str) -> bool:
    """Whether a cell holds a number and nothing else."""
    return read_cell(raw)[1] == "number"


def is_value(raw: str) -> bool:
    """Whether a cell holds values rather than a label: a number or several, nothing, a dash, 增15."""
    text = "".join(raw.split())
    return read_cell(text)[1] != "text" or _CHANGE.fullmatch(text) is not None


def are_counted(numbers: Sequence[str]) -> bool:
    """Whether some numbers count what they stand before: each is one more than the last, the first 0 or 1."""
    return any(list(numbers) == [str(start + at) for at in range(len(numbers))] for start in (0, 1))


def chinese_number(text: str) -> Decimal | None:
    """A number written in Chinese numerals (四百零三, 二〇二〇, 两), None for anything else.

    >>> chinese_number("一千零二十")
    Decimal('1020')
    """
    if not text or any(c not in _CHINESE_DIGITS and c not in _CHINESE_POWERS and c not in "万亿" for c in text):
        return None
    if all(character in _CHINESE_DIGITS for character in text):
        return Decimal("".join(str(_CHINESE_DIGITS[character]) for character in text))
    total, myriad, digit = 0, 0, 0
    for character in text:
        if character in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[character]
        elif character in _CHINESE_POWERS:
            myriad += (digit or 1) * _CHINESE_POWERS[character]
            digit = 0
        else:
            scale = 10**4 if character == "万" else 10**8
            total = (total + myriad + digit) * scale if character == "亿" else total + (myriad + digit) * scale
            myriad, digit = 0, 0
    return Decimal(total + myriad + digit)


def whole_number(text: str) -> int:
    """A whole number in Arabic or Chinese digits. Raises ValueError for anything else.

    >>> whole_number("二○二一"), whole_number("十二"), whole_number("2021")
    (2021, 12, 2021)
    """
    value = Decimal(text) if text.isascii() and text.isdecimal() else chinese_number(text)
    if value is None:
        raise ValueError(text)
    return int(value)


def plain(value: Decimal) -> int | float:
    """A Decimal as a JSON number, whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _scaled(match: re.Match[str], unit: str, printed_unit: str) -> Decimal:
    value = Decimal(match["sign"].translate(_MINUS) + match["digits"].replace(",", ""))
    power = _MYRIADS[match["myriad"] or ""]
    if unit in _MONEY:
        if match["unit"] == "元" or power:
            # 9038万 under 万元 means 9038: the printed power is the unit itself.
            power -= _MONEY[unit]
        elif printed_unit in _MONEY:
            power = _MONEY[printed_unit] - _MONEY[unit]
    return value.scaleb(power).normalize() + 0 if power else value
