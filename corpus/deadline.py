"""By when a yearly report must be public: the day is data of the form in force (``corpus/forms``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from corpus.datafile import read_table
from corpus.form import form_in_force
from corpus.model import Kind


@dataclass(frozen=True, slots=True)
class _Exceptions:
    """Kinds of bodies without a day, and what the names of ministries' branches look like."""

    without: tuple[Kind, ...]
    branches: tuple[str, ...]


def due(kind: Kind, year: int, name: str = "") -> date | None:
    """The last day on which a body's report about a year is in time; None where the 条例 sets it none.

    ``name`` tells a ministry's branch from a department of the place.
    """
    exceptions = _exceptions()
    if kind in exceptions.without or _branch().fullmatch(name):
        return None
    days = form_in_force(year).due
    return date(year + 1, *(days.get(kind) or days[""]))


@cache
def _exceptions() -> _Exceptions:
    return read_table("corpus", "deadlines.toml", _Exceptions)


@cache
def _branch() -> re.Pattern[str]:
    return re.compile("|".join(_exceptions().branches))
