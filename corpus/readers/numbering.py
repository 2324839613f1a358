"""The numbers that Word prints before paragraphs by itself: 一、 and 1. stand in no text (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("一二三四五六七八九十百", "壹贰叁肆伍陆柒捌玖拾佰")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = 9
_LARGEST = 999
_LONGEST = 40
_PLACE = re.compile(r"%([1-9])")


def _chinese(number: int) -> str:
    """一, 十, 十一, 二十, 一百零一."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else str(number)


_WRITTEN: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(("decimal", "decimalHalfWidth", "decimalFullWidth"), str),
    "decimalZero": "{:02}".format,
    **dict.fromkeys(
        (
            "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting",
            "taiwaneseCountingThousand", "japaneseDigitalTenThousand", "taiwaneseDigital",
        ),
        _chinese,
    ),
    "chineseLegalSimplified": lambda number: _chinese(number).translate(_LEGAL),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level is written. A format that is not written, bullets above all, prints nothing worth reading."""

    start: int
    format: str
    text: str


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    lists: Mapping[str, tuple[str, Mapping[int, _Level]]]
    """By the list's id: what its numbers are counted with, and its levels."""
    styles: Mapping[str, tuple[str, int]]
    """The list and level that a paragraph style gives."""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def printed(self, paragraph: etree._Element) -> str:
        """What is printed before a paragraph, "" for one without a number. Counts it."""
        list_, level = self._place(paragraph)
        counter, levels = self.lists.get(list_, ("", {}))
        if level not in levels:
            return ""
        counts = self._counts.setdefault(counter, {})
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        counts[level] = counts.get(level, levels[level].start - 1) + 1

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at not in levels:
                return ""
            value = counts.get(at, levels[at].start)
            write = _WRITTEN.get(levels[at].format)
            return write(value) if write and 0 < value <= _LARGEST else ""

        return _PLACE.sub(number, levels[level].text) if levels[level].format in _WRITTEN else ""

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        """The list and level of a paragraph: its own, else its style's."""
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        list_, level = self.styles.get("" if style is None else style.get(f"{_W}val", ""), ("", 0))
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        if own is None:
            return list_, level
        return _value(own, "numId", list_), _number(_value(own, "ilvl", str(level)))


def numbering(part: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The lists of ``word/numbering.xml`` and the styles that use them; None for a part that the file lacks."""
    abstract = {} if part is None else {
        each.get(f"{_W}abstractNumId", ""): _levels(each) for each in part.iter(f"{_W}abstractNum")
    }  # fmt: skip
    lists: dict[str, tuple[str, Mapping[int, _Level]]] = {}
    for each in () if part is None else part.iter(f"{_W}num"):
        id_, model = each.get(f"{_W}numId", ""), _value(each, "abstractNumId", "")
        own = {}
        for override in each.iter(f"{_W}lvlOverride"):
            level = _number(override.get(f"{_W}ilvl", "0"))
            if (start := override.find(f"{_W}startOverride")) is not None and level in abstract.get(model, {}):
                base = abstract[model][level]
                own[level] = _Level(_number(start.get(f"{_W}val", "1")), base.format, base.text)
            own |= _levels(override)
        # Lists of one model go on counting where the other stopped, unless they begin anew.
        lists[id_] = (id_ if own else f"model {model}", {**abstract.get(model, {}), **own})
    given = {}
    for style in () if styles is None else styles.iter(f"{_W}style"):
        if (own_list := style.find(f"{_W}pPr/{_W}numPr")) is not None:
            given[style.get(f"{_W}styleId", "")] = (
                _value(own_list, "numId", ""),
                _number(_value(own_list, "ilvl", "0")),
            )
    return Numbering(lists, given)


def _levels(parent: etree._Element) -> dict[int, _Level]:
    return {
        _number(level.get(f"{_W}ilvl", "0")): _Level(
            _number(_value(level, "start", "1")),
            _value(level, "numFmt", "decimal"),
            _value(level, "lvlText", "")[:_LONGEST],
        )
        for level in parent.findall(f"{_W}lvl")[:_LEVELS]
    }


def _value(parent: etree._Element, tag: str, otherwise: str) -> str:
    found = parent.find(f"{_W}{tag}")
    return otherwise if found is None else found.get(f"{_W}val", otherwise)


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 0
