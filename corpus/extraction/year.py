"""The year that a report is about, and the day it came out.

The title's; else title of the page, opening words, 统计期限, year folder of the address, publication date minus one
(docs/field.md, "The head of a report"; docs/sites.md). Digits anywhere else in an address are no year.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import parse_qsl

from corpus.doubts import Doubt
from corpus.extraction.self_description import SelfDescription, split_address
from corpus.extraction.weights import weights
from corpus.numerals import whole_number
from corpus.titles import YEAR, Title, read_title, titles_within, year_of

FIRST_YEAR = 2000
"""Earlier years are slips: the first reports are from Shanghai, for 2004."""

_TO = r"\s*(?:起|始)?\s*[，,]?\s*(?:至|到|—+|-+|－|~|～|–)\s*"
_PERIOD = re.compile(
    rf"({YEAR})\s*(?:年?\s*(?:0?1|一)\s*月(?:\s*(?:0?1|一)\s*日)?|[./-]0?1[./-]0?1){_TO}(?:({YEAR})\s*[年./-]?)?\s*"
    r"(?:12|十二)\s*(?:月|[./-]\s*31)",
)
# Where no whole period is stated: 统计期限为2019年度, 数据截至2019年12月31日.
_PERIOD_YEAR = re.compile(
    rf"统计(?:的)?(?:期限|时限|时间|期间|周期|区间|范围|年度|期)[^。；;\n\d]{{0,8}}?({YEAR})\s*年|"
    rf"(?:统计|数据)[^。；;\n\d]{{0,6}}截[至止][^。；;\n\d]{{0,3}}({YEAR})\s*年\s*12\s*月",
)
_FOLDER = re.compile(r"(?:[a-z]{0,6}_?)?((?:19|20)\d\d)_?(?:n|nb|nian|year|ndbg|nianbao|nd)?", re.IGNORECASE)
_PARAMETERS = frozenset(("fbtime", "year", "nbyear", "timeframe", "title", "nd"))
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-年/.]\s*(1[0-2]|0?[1-9])\s*[-月/.]\s*([12]\d|3[01]|0?[1-9])\s*日?")
_DATE_LABEL = re.compile(r"(?:发布|公开|发文|成文|生成|发表|更新|信息发布|印发|上传)(?:时间|日期)\s*[:：]?")
_DATE_TAGS = ("pubdate", "publishdate", "publish-date", "article:published_time")
_CHINESE_DATE = re.compile(
    rf"({YEAR})年(十[一二]?|[一二三四五六七八九])月(二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])日",
)
_MENTIONED = re.compile(r"(?<!\d)(20\d\d)\s*年(?!\s*\d{1,2}\s*月\s*\d{1,2}\s*日)")
"""A day may be that of publication."""


def period(text: str) -> int | None:
    """The year of the statistical period (自2019年1月1日至2019年12月31日), the one named most."""
    found = list(_PERIOD.finditer(text)) or list(_PERIOD_YEAR.finditer(text))
    years = Counter(year_of(match[2] or match[1]) for match in found)
    return years.most_common(1)[0][0] if years else None


def address_year(url: str) -> int | None:
    """The year that a folder (2021n, nb_2022) or a parameter (fbtime=2022) of the address names; weak evidence.

    Folders that may be dates (/2022/01/, /art/2023/) are no year folders: a year alone counts only below a
    column of yearly reports and without a month behind it.
    """
    parts = split_address(url)
    for name, value in parse_qsl(parts.query):
        if name.lower() in _PARAMETERS and re.fullmatch(r"20\d\d", value):
            return int(value)
    folders = parts.path.split("/")[:-1]
    for index in range(len(folders) - 1, -1, -1):
        folder = folders[index]
        match = _FOLDER.fullmatch(folder)
        if match is None:
            continue
        if folder.isdecimal():
            following = folders[index + 1] if index + 1 < len(folders) else ""
            above = folders[index - 1] if index else ""
            if re.fullmatch(r"\d{1,2}", following) or not re.search(r"nb|ndbg|nianbao|annual|report", above):
                continue
        return int(match.group(1))
    return None


def published(metadata: Mapping[str, str], head: Sequence[str], tail: Sequence[str]) -> date | None:
    """The day of publication: the page's tag, a labelled date above the text, that under the signature, a bare one."""
    for tag in _DATE_TAGS:
        if (day := _date(metadata.get(tag, ""))) is not None:
            return day
    for index, line in enumerate(head):
        if (match := _DATE_LABEL.search(line)) is not None:
            behind = line[match.end() :] or (head[index + 1] if index + 1 < len(head) else "")
            if (day := _date(behind)) is not None:
                return day
    for line in reversed(tail):
        if len(line) <= 40 and (day := _date(line, alone=True)) is not None:
            return day
    return next((_date(line) for line in head if _DATE.fullmatch(line)), None)


def weighed_year(
    document: SelfDescription, title: Title | None, day: date | None
) -> tuple[int | None, tuple[Doubt, ...]]:
    """The year of the title; where it names none, the one for which most speaks. With the warnings that go with it."""
    counted = period(document.text)
    if title is not None and title.year is not None:
        if counted is not None and counted != title.year:
            return title.year, (Doubt("year_conflict", {"title": title.year, "period": counted}),)
        return title.year, ()
    weight = weights()["year"]
    said: Counter[int] = Counter()
    for source, year in _stated(document, counted, day):
        if year is not None and year >= FIRST_YEAR:
            said[year] += round(10 * weight[source])
    return (max(said, key=lambda year: (said[year], year)) if said else None), ()


def _stated(document: SelfDescription, counted: int | None, day: date | None) -> Iterator[tuple[str, int | None]]:
    """Every source that says a year, with the year."""
    for name in document.page_names:
        read = read_title(name)
        yield "page_name", read.year if read is not None and not read.near_miss else None
    announced = {title.year for title in titles_within(document.lead) if not title.near_miss}
    yield from (("announced", year) for year in announced)
    for name in (document.name, document.stored_name):
        named = read_title(name)
        yield "file_name", named.year if named is not None and not named.near_miss else None
    yield "period", counted
    yield "folder", address_year(document.url)
    yield "published", day.year - 1 if day else None
    yield "mentioned", mentioned(document.text)


def mentioned(text: str) -> int | None:
    """The year that a text speaks of most; the last resort."""
    years = Counter(int(match[1]) for match in _MENTIONED.finditer(text))
    return years.most_common(1)[0][0] if years else None


def _date(text: str, *, alone: bool = False) -> date | None:
    match = _DATE.search(text)
    numbers: tuple[int, int, int] | None = None
    if match is not None and (not alone or not text[match.end() :].strip()):
        numbers = int(match[1]), int(match[2]), int(match[3])
    elif (chinese := _CHINESE_DATE.search(text)) is not None:
        numbers = year_of(chinese[1]), whole_number(chinese[2]), whole_number(chinese[3])
    if numbers is None:
        return None
    try:
        return date(*numbers)
    except ValueError:  # 2月30日 is a slip of the page, not a day
        return None
