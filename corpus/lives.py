"""Lives of bodies and places: who was called what before, from which year on, and who says so.

A row names two of one sort: places by their codes (撤县设区), what bodies of every place are called (机构改革), or
single bodies by their full names or ids. ``lives.csv`` ships what the lists of codes prove and what the reforms of the
State Council ordered (docs/regions.md); the rest is an operator's, in the same four columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from corpus.errors import UsageError

COLUMNS = ("who", "was", "from", "source")
Sort = Literal["place", "kind", "body"]
_CODE = re.compile(r"\d{6}", re.ASCII)
_ID = re.compile(r"\d{6}-[0-9a-f]{8}", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Succession:
    """``who`` is what ``was`` became: from the reports of the year ``since`` on it reports in its place."""

    who: str
    was: str
    since: int
    source: str


def is_code(name: str) -> bool:
    """Whether a name of a row is that of a place, or the id of a body: nothing that people type."""
    return name[:6].isdigit()


def sort_of(name: str, *, begins_with_place: bool) -> Sort:
    """Whether a name of a row is a place's code, what bodies are called everywhere, or one body."""
    if _CODE.fullmatch(name):
        return "place"
    return "body" if begins_with_place or _ID.fullmatch(name) else "kind"


@cache
def shipped() -> tuple[Succession, ...]:
    """What the lists of codes prove, and what the reforms ordered."""
    return tuple(read_successions((files("corpus") / "lives.csv").read_text(encoding="utf-8"), "lives.csv"))


def read_successions(text: str, file: str) -> Iterator[Succession]:
    """The rows of a CSV called ``file``. Raises UsageError for a missing column and for a row that says too little."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise UsageError(f"{file} has no column {', '.join(missing)}: its first line must name {', '.join(COLUMNS)}.")
    for number, row in enumerate(reader, start=2):
        who, was, since, source = ((row[name] or "").strip() for name in COLUMNS)
        if fault := _fault(who, was, since, source):
            raise UsageError(f"Row {number} of {file} {fault}.")
        yield Succession(who, was, int(since), source)


def _fault(*row: str) -> str:
    """What is wrong with a row, and what mends it; empty where nothing is."""
    who, was, since, source = row
    if not who or not was:
        return "names only one of the two: fill in who and was"
    if who == was:
        return f"says that {who} was {was}: name the one before in was"
    if not _YEAR.fullmatch(since):
        return f"has {since or 'no year'} in from: give the first year of who's own reports as four digits"
    if not source:
        return "does not say who says so: fill in source with the document or its address"
    if max(map(len, row)) > _LONGEST:
        return f"has more than {_LONGEST} characters in a column: say it shorter"
    return ""


def joined(successions: Sequence[Succession]) -> str:
    """Successions as a CSV that ``read_successions`` takes."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((each.who, each.was, each.since, each.source) for each in successions)
    return written.getvalue()
