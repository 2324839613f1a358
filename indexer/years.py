"""Years as people say them in words: 2021年, 二〇二一年, 2019年到2021年, 2020年以后, 去年, 近三年.

All of it is a pattern over normalised text; what it finds means the same as the filter ``year=``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indexer.facets import FIRST_YEAR, LAST_YEAR, spelled_years

_DIGITS = {**{str(digit): digit for digit in range(10)}, **dict(zip("〇一二三四五六七八九", range(10), strict=True))}
_DIGITS |= {"零": 0, "○": 0, "o": 0, "两": 2, "十": 10}
_Y = r"(?:19|20)\d\d|[一二][〇零○o一二三四五六七八九]{3}"
_PLANS = {"十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026}
"""The first year of a five-year plan (国民经济和社会发展五年规划)."""
_AS_YEAR = r"(?:年(?!报|\d?\d月|度报告|度工作)度?)"
_PATTERN = re.compile(
    rf"""
    (?<![\d.,(])(?:从|自)?(?P<first>{_Y})年?(?:度)?(?:到|至|[-–—―]+|~+|\.\.+)(?P<last>{_Y}){_AS_YEAR}?(?!\d)
  | (?<![\d.,(])(?:从|自)?(?P<since>{_Y})年?(?:以后|以来|之后|起|至今|及以后|后(?=$|\s|的))
  | (?<![\d.,(])(?P<until>{_Y})年?(?:以前|之前|及以前|为止|前(?=$|\s|的))
  | (?<![\d.,(])(?P<one>{_Y})(?:{_AS_YEAR}|(?=年报|年度报告|年度工作))
  | (?<![\d.,(\w])(?P<bare>20\d\d)(?![\d.,%\w):/-])
  | (?<![\w])(?P<named>今年|去年|前年|上年度?|本年度?|上一年度?)(?![\w])
  | (?P<said>今年|去年|前年)(?=$|的|年报|年度报告)
  | (?:(?<!\w)|(?<=[省市县区乡镇局委厅府的]))(?P<begun>今年|去年|前年)
    (?![度底末初内]|[上下]半年|以[来前后]|同期|[一二三四]季度|第|\d)(?=\w)
  | (?<![\d\w])(?P<short>1[4-9]|2\d)年?(?:(?<=年)(?=$|\s|度)度?|(?=年报|年度报告))
  | (?<![\w])(?P<plan>十[一二三四五])五(?:时期|期间|以来)?(?=$|[^\w])
  | (?<![\w])(?P<during>十[一二三四五])五(?:规划)?(?:时期|期间)
  | (?:近|最近|过去)(?P<recent>[一二两三四五六七八九十]|\d{{1,2}})年(?!报)
    """,
    re.VERBOSE,
)
OR = "|"
"""Between alternatives: 2019年和2020年."""
_AND = ("和", "与", "及", "或", "、", ",", "，")
_AGO = {"今年": 0, "本年": 0, "本年度": 0, "去年": 1, "上年": 1, "上年度": 1, "上一年": 1, "上一年度": 1, "前年": 2}
_HAN_BARE = re.compile(r"(?<=[\u3400-\u9fff])(?P<bare>20[012]\d)(?=$|[\u3400-\u9fff])(?!年|.?月|[件号条项个家人次份])"
                       r"|^(?P<leading>20[012]\d)(?=[\u3400-\u9fff])(?!年|.?月|[件号条项个家人次份])")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Years:
    """``text[start:end]`` says ``value``: a year or a span as an address spells it, or several with OR between."""

    start: int
    end: int
    value: str


def find(text: str, today: date) -> Iterator[Years]:
    """The years in a normalised text, none inside another."""
    at = 0
    waiting: Years | None = None
    while match := _first(text, at):
        at = match.end()
        if (value := _value(match, today)) is None:
            continue
        years = Years(match.start(), match.end(), value)
        if waiting is not None and text[waiting.end : years.start] in _AND:
            years = Years(waiting.start, years.end, f"{waiting.value}{OR}{value}")
        elif waiting is not None:
            yield waiting
        waiting = years
    if waiting is not None:
        yield waiting


def _first(text: str, at: int) -> re.Match[str] | None:
    found = [match for pattern in (_PATTERN, _HAN_BARE) if (match := pattern.search(text, at)) is not None]
    return min(found, key=lambda match: (match.start(), -match.end()), default=None)


def _value(match: re.Match[str], today: date) -> str | None:
    said = {name: text for name, text in match.groupdict().items() if text}
    if ago := said.get("named") or said.get("said") or said.get("begun"):
        return str(today.year - _AGO[ago])
    if plan := said.get("plan") or said.get("during"):
        return spelled_years(_PLANS[plan], min(_PLANS[plan] + 4, LAST_YEAR))
    if "short" in said:
        return str(2000 + int(said["short"])) if 2000 + int(said["short"]) <= today.year else None
    if "recent" in said:
        return spelled_years(today.year - max(_number(said["recent"]), 1), LAST_YEAR)
    found = {name: _number(text) for name, text in said.items()}
    low = FIRST_YEAR if "until" in found else min(found.values())
    high = LAST_YEAR if "since" in found else max(found.values())
    return spelled_years(low, high) if FIRST_YEAR <= min(found.values()) <= max(found.values()) <= LAST_YEAR else None


def _number(text: str) -> int:
    number = 0
    for character in text:
        number = number * 10 + _DIGITS[character]
    return 10 if text == "十" else number
