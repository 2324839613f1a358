"""Why refused: what became of applications, by reason and by sort of applicant, counted over all reports.

The rows are those of the tables of applications of 2019 and later, with their groups (不予公开 and so on) as sums. A
group has a number only where every reason of it has one: blank is not 0. The table of 2014 knows neither the reasons
nor the applicants of today, so that nothing of before 2019 is counted.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.datafile import Entry, read_table
from corpus.form import Table, load_form
from corpus.model import FORMS, Report, Section
from corpus.store import Store, Stored
from corpus.store.outcomes import Counted

WHOLE = "applications.handled"
"""The row that every outcome is a share of."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row of the tables, or a group of rows: ``members`` are then their keys. ``group`` is the label of the group."""

    key: str
    label: str
    group: str = ""
    members: tuple[str, ...] = ()


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Every outcome of any form, each group before its reasons, and what all of them make together at the end."""
    rows = {row.key: row for form in reversed(FORMS) if (table := _table(form)) for row in table.rows if row.path}
    members: dict[str, list[str]] = {}
    for row in rows.values():
        if len(row.path) > 1:
            members.setdefault(row.path[1], []).append(row.key)
    found: dict[str, Outcome] = {}
    for row in rows.values():
        group = row.path[1] if len(row.path) > 1 else ""
        if group:
            # 其他处理 is a row of its own in one form and a group in another: one outcome.
            above = row.key.rpartition(".")[0]
            found.setdefault(above, Outcome(above, group, members=tuple(members[group])))
        found.setdefault(row.key, Outcome(row.key, row.label, group))
    return tuple(sorted(found.values(), key=lambda each: each.key == WHOLE))


@cache
def applicants() -> tuple[str, ...]:
    """The keys of the columns: sorts of applicants, and the total."""
    return next(tuple(column.key for column in table.columns) for form in FORMS if (table := _table(form)))


def place(outcome: str, applicant: str) -> int:
    """Where a number stands in the layout."""
    return _rows()[outcome] * len(applicants()) + applicants().index(applicant)


@cache
def whole_of() -> tuple[int, ...]:
    """For every number of the layout the one that it is a share of: all that was handled for the same applicants."""
    return tuple(place(WHOLE, applicant) for _ in outcomes() for applicant in applicants())


@cache
def layout() -> str:
    """A name for the order of the numbers."""
    words = " ".join((*(each.key for each in outcomes()), *applicants()))
    return f"{zlib.crc32(words.encode()):08x}"


def numbers_of(report: Report) -> tuple[int | None, ...] | None:
    """A report's numbers in the order of the layout; None where its form has no such table."""
    if report.form is None or _table(report.form) is None:
        return None
    return tuple(_number(report, outcome, applicant) for outcome in outcomes() for applicant in applicants())


def count_outcomes(store: Store) -> int:
    """Count every report that changed, came or went. Returns how many there were."""
    seen = store.revision()
    changed = sorted(store.outcomes.behind(layout()))
    for at in range(0, len(changed), _BATCH):
        some = changed[at : at + _BATCH]
        found = [counted for id_ in some if (stored := store.get(id_)) and (counted := _counted(stored))]
        store.outcomes.put(some, found, whole_of())
    if changed:
        store.outcomes.counted(layout(), seen)
    return len(changed)


class Reason(Entry, frozen=True):
    """By which words a report speaks of a reason: regular expressions."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A paragraph that speaks of some reasons, by their keys."""

    section: Section
    paragraph: str
    reasons: tuple[str, ...]


def explanations(report: Report) -> Iterator[Explanation]:
    """The paragraphs of a report that speak of why applications are refused or not dealt with."""
    for section in report.sections:
        for paragraph in section.paragraphs:
            reasons = tuple(key for key, pattern in _patterns().items() if pattern.search(paragraph))
            if reasons:
                yield Explanation(section, paragraph, reasons)


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    found = read_table("corpus.analysis", "reasons.toml", dict[str, Reason])
    return {key: re.compile("|".join(reason.words)) for key, reason in found.items()}


@cache
def _table(form: str) -> Table | None:
    return next((load_form(each).table("applications") for each in FORMS if each == form), None)


@cache
def _rows() -> Mapping[str, int]:
    return {each.key: at for at, each in enumerate(outcomes())}


def _counted(stored: Stored) -> Counted | None:
    report, numbers = stored.report, numbers_of(stored.report)
    if numbers is None:
        return None
    agency = report.agency
    return Counted(stored.id, (report.year, agency.region[:2], agency.level, agency.kind), numbers)


def _number(report: Report, outcome: Outcome, applicant: str) -> int | None:
    keys: Sequence[str] = [key for key in outcome.members if _asks_for(report.form, key)] or (outcome.key,)
    numbers = [_whole(report, f"{key}.{applicant}") for key in keys]
    return None if None in numbers else sum(number for number in numbers if number is not None)


@cache
def _asks_for(form: str | None, key: str) -> bool:
    table = _table(form) if form else None
    return table is not None and any(row.key == key for row in table.rows)


def _whole(report: Report, id_: str) -> int | None:
    figure = report.figures.get(id_)
    value = figure.value if figure else None
    return int(value) if value is not None and value == value.to_integral_value() and 0 <= value < 1 << 40 else None
