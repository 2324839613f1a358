"""Lives of bodies told, held against what is planted: through a store, and for the bodies of a whole country alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.analysis.duties import renew_duties
from corpus.analysis.lives import passages, renew_lives
from corpus.lives import shipped
from corpus.regions import Registry
from corpus.sample.agencies import careers
from corpus.sample.generate import generate, sample_regions
from corpus.sample.living import Plan, Planted, living, sample_lives
from corpus.store.lives import Life, Passage
from tests.analyses.planted import fill


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was planted and what is told."""

    planted: frozenset[Planted]
    told: frozenset[Planted]

    @property
    def exact(self) -> bool:
        return self.planted == self.told


def outcome(seed: int, data: Path, reports: int = 600) -> Outcome:
    """A sample in a store, with its operator's rows, and what is told of its bodies."""
    plan = sample_lives(seed, 1, reports)
    with fill(data, living(generate(seed=seed, reports=reports), plan), reports=reports) as store:
        store.add_regions(plan.regions)
        store.lives.give(plan.successions)
        renew_duties(store)
        renew_lives(store)
        _, found = store.lives.listed(how=None, region="", year=None, most=None)
    return Outcome(frozenset(plan.passages), _told(found))


def of_a_country(seed: int, provinces: int = 1, reports: int = 40_000) -> Outcome:
    """The bodies of a large sample without their reports."""
    plan = sample_lives(seed, provinces, reports)
    registry = Registry.load().with_regions((*sample_regions(provinces, reports), *plan.regions))
    bodies = list(_bodies(plan, seed, provinces, reports))
    return Outcome(frozenset(plan.passages), _told(passages(bodies, (*shipped(), *plan.successions), registry)))


def _bodies(plan: Plan, seed: int, provinces: int, reports: int) -> Iterator[Life]:
    every = careers(seed=seed, provinces=provinces, reports=reports, from_year=2014, to_year=2025)
    for career in every:
        until, former, _ = plan.former.get(career.agency.id, (0, career.agency, ""))
        for agency, years in (
            (former, [year for year in career.years if year <= until]),
            (career.agency, [year for year in career.years if year > until]),
        ):
            if years:
                yield Life(agency.id, agency.name, agency.region, years[0], years[-1])


def _told(found: tuple[Passage, ...] | list[Passage]) -> frozenset[Planted]:
    return frozenset(Planted(each.was_id, each.who_id, each.since, each.how) for each in found)
