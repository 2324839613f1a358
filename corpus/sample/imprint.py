"""What stands around a report: its title, its address, the day it was published, the style of its page."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from corpus.model import Kind
from corpus.sample.agencies import Career
from corpus.sample.narrative import phrases

LATE = 0.06
"""The share of reports that come after the last day in time."""
SHORT_TITLES = 0.03
"""The share of departments' titles that do not name their place (财政局2020年…)."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """Title, address, day of publication, style (a key of styles.toml); how many days after the last one in time."""

    title: str
    url: str
    published: date
    style: str
    late: int


@cache
def styles() -> Mapping[str, Any]:
    """The data file of page styles."""
    return tomllib.loads((files("corpus.sample") / "styles.toml").read_text(encoding="utf-8"))


def imprint(career: Career, year: int, chance: random.Random, habit: random.Random) -> Imprint:
    """Draw the imprint of one report; ``habit`` keeps an agency to its way of writing titles."""
    agency, place = career.agency, career.place
    # Departments publish by the end of January, governments by the end of March (《条例》 arts. 49, 50).
    first, days = (date(year + 1, 2, 10), 48) if agency.kind == "government" else (date(year + 1, 1, 5), 26)
    published = first + timedelta(days=chance.randrange(days))
    title = _title(career, year, chance, habit)
    late = _days_late(chance)
    if late:
        published = _last_day(agency.kind, year) + timedelta(days=late)
    style = _style(place.region.code, year)
    key = sha256(f"{agency.region}/{agency.name}/{year}".encode()).hexdigest()
    number = int(key[:12], 16)
    path = styles()[style]["path"].format(
        slug=career.slug,
        column=1000 + number % 8999,
        number=100000 + number % 8999999,
        hex=key[:32],
        y=published.year,
        m=published.month,
        d=published.day,
        ym=f"{published:%Y%m}",
        ymd=f"{published:%Y%m%d}",
    )
    return Imprint(
        title,
        f"https://{place.host}{path}",
        published,
        style,
        0 if agency.kind == "township" else late,
    )


def _days_late(chance: random.Random) -> int:
    return 1 + int(chance.random() * 90) if chance.random() < LATE else 0


def _last_day(kind: Kind, year: int) -> date:
    """The end of March; for departments, from the 条例 of 2019 on, the end of January."""
    return date(year + 1, 1, 31) if kind == "department" and year >= 2019 else date(year + 1, 3, 31)


def _title(career: Career, year: int, chance: random.Random, habit: random.Random) -> str:
    agency, place = career.agency, career.place.region.name
    bank, pick = phrases()["titles"], habit.random()
    kind = "plain"
    if agency.kind == "government" and habit.random() < 0.4:
        kind = "place"
    elif agency.kind == "department" and chance.random() < SHORT_TITLES:
        kind = "body"
    template: str = bank[kind][int(pick * len(bank[kind]))]
    return template.format(year=year, agency=agency.name, place=place, body=agency.name.removeprefix(place))


def _style(code: str, year: int) -> str:
    before, moved, after = _sites(code)
    return after if year >= moved else before


@lru_cache(maxsize=1 << 12)
def _sites(code: str) -> tuple[str, int, str]:
    """A place changes its site once: the old style, the first year of the new one, and that."""
    draw = random.Random(f"site/{code}")  # noqa: S311 - a sample, not a secret
    old, new = ([name for name, style in styles().items() if style["age"] in ages] for ages in ("old any", "new any"))
    return draw.choice(old), draw.randint(2013, 2020), draw.choice(new)
