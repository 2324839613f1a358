"""Missing years and late reports, held against what the generator left out and dated late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.analysis.duties import renew_duties
from corpus.sample.agencies import careers
from corpus.sample.generate import generate
from tests.analyses.planted import fill

TODAY = date(2026, 11, 1)
Spot = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is told, and what was planted: bodies and years."""

    missing: frozenset[Spot]
    planted_missing: frozenset[Spot]
    late: frozenset[tuple[str, int, int]]
    planted_late: frozenset[tuple[str, int, int]]
    silent: frozenset[Spot]
    planted_silent: frozenset[Spot]

    @property
    def exact(self) -> bool:
        return (
            self.missing == self.planted_missing
            and self.late == self.planted_late
            and self.silent == self.planted_silent
        )


def outcome(seed: int, data: Path, reports: int = 600) -> Outcome:
    """One sample, put into a store, and what is told of it."""
    samples = list(generate(seed=seed, reports=reports))
    with fill(data, samples) as store:
        renew_duties(store)
        found = {
            status: store.duties.listed((status,), region="", year=None, today=TODAY, most=None)
            for status in ("missing", "late", "silent")
        }
    planned = list(careers(seed=seed, provinces=1, reports=reports, from_year=2014, to_year=2025))
    return Outcome(
        missing=_spots((each.agency_id, each.year) for each in found["missing"]),
        planted_missing=_spots((each.agency.id, year) for each in planned for year in each.missing),
        late=frozenset((each.agency_id, each.year, each.days_late) for each in found["late"]),
        planted_late=frozenset((each.agency.id, each.year, each.late) for each in samples if each.late),
        silent=_spots((each.agency_id, each.year) for each in found["silent"]),
        planted_silent=_spots((each.agency.id, each.years[-1] + 1) for each in planned if each.years[-1] < 2025),
    )


def _spots(every: Iterable[Spot]) -> frozenset[Spot]:
    return frozenset(every)
