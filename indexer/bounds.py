"""Years and numbers as people write them → closed ranges. A range may be written from either end.

Nothing here raises: None stands for what cannot be read, and the caller says so.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from indexer.facets import FIRST_YEAR, LAST_YEAR, spelled_years
from indexer.normal import normalise
from indexer.request import MetricRange

GRID = Decimal("0.0001")
"""Metrics are kept to four places, so > 5 is >= 5.0001."""

_RANGE = re.compile(r"\.{2,3}|…|~|至|到|(?<=[\d年%])-+(?=\d|$)|^-+(?=\d{4}年?$)")
_YEAR = re.compile(r"(\d{4})年?")
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)(?P<unit>[%千万亿]?)")
_UNITS = {"": Decimal(1), "%": Decimal("0.01"), "千": Decimal(1000), "万": Decimal(10_000), "亿": Decimal(100_000_000)}


def years(text: str) -> str | None:
    """``first..last`` for 2019, 2019年, 2019..2022, 2022-2019, 2019.., ..2019, 2019年至2021年."""
    ends = _ends(text)
    if ends is None:
        return None
    first, last = (_year(end) if end else open_ for end, open_ in zip(ends, (FIRST_YEAR, LAST_YEAR), strict=True))
    return None if first is None or last is None else spelled_years(min(first, last), max(first, last))


def compared_years(sign: str, text: str) -> str | None:
    """The years that stand so to one year: 年份>=2020 is 2020..."""
    year = _year(text)
    if year is None:
        return None
    low, high = {
        ">": (year + 1, LAST_YEAR),
        "<": (FIRST_YEAR, year - 1),
        "=": (year, year),
    }.get(sign) or ((year, LAST_YEAR) if _upwards(sign) else (FIRST_YEAR, year))
    return spelled_years(low, high)


def metric_range(metric: str, text: str, *, rate: bool) -> MetricRange | None:
    """A range of a metric, or one number: 10..20, 20..10, 100.., 10%~50%."""
    ends = _ends(text)
    if ends is None:
        return None
    bounds = [number(end, rate=rate) if end else None for end in ends]
    if any(end and bound is None for end, bound in zip(ends, bounds, strict=True)):
        return None
    low, high = bounds
    if low is not None and high is not None and low > high:
        low, high = high, low
    return MetricRange(metric, low, high)


def compared_metric(metric: str, sign: str, text: str, *, rate: bool) -> MetricRange | None:
    """The values that stand so to a number: 新收申请>=100."""
    bound = number(text, rate=rate)
    if bound is None:
        return None
    if sign == "=":
        return MetricRange(metric, bound, bound)
    if _upwards(sign):
        return MetricRange(metric, bound + GRID if sign == ">" else bound, None)
    return MetricRange(metric, None, bound - GRID if sign == "<" else bound)


def number(text: str, *, rate: bool) -> Decimal | None:
    """A number with its commas and units. A rate is in per cent, with the sign or without: 公开率>=80 is 80 %."""
    match = _NUMBER.fullmatch(normalise(text).strip())
    if match is None:
        return None
    try:
        found = Decimal(match["sign"] + match["digits"].replace(",", ""))
    except InvalidOperation:
        return None
    return found if rate and match["unit"] == "%" else found * _UNITS[match["unit"]]


def _ends(text: str) -> tuple[str, str] | None:
    """Both ends of a range, empty where open; None where both are."""
    plain = normalise(text).strip()
    separator = _RANGE.search(plain)
    if separator is None:
        return (plain, plain) if plain else None
    ends = plain[: separator.start()].strip(), plain[separator.end() :].strip()
    return ends if any(ends) else None


def _year(text: str) -> int | None:
    match = _YEAR.fullmatch(normalise(text).strip())
    return int(match[1]) if match else None


def _upwards(sign: str) -> bool:
    return sign in {">", ">=", "=>", "≥"}
