"""Lives planted in the sample: a county that becomes a district, bodies under former names, merged and split ones.

Put upon reports that are made already, by chances of their own: those of years before a change go under the former name
and place. What the reforms of the years did to departments (names.toml: ``to``, ``from``) is part of the truth.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.lives import Succession
from corpus.model import Agency, Region, Section
from corpus.sample.agencies import Career, careers
from corpus.sample.model import SampleReport
from corpus.sample.places import Place

REFORM = 2019
"""The first year of the departments that the reform made."""
REFORMED = {"hbj": "sthjj", "gtj": "zrzy"}
"""Departments that the reform ended, and what it made of them, by their folders (names.toml)."""
_MERGED = ("hbj", "zjj")
_SPLIT = ("gtj", "yjj")
FORMER = {"水利局": "水务局", "交通运输局": "公路运输管理局", "城市管理局": "市容管理局", "教育局": "教育体育局"}
_RENAMED = 0.3
"""The share of bodies with a former name that had it."""
_FREE = "29"
"""The end of a code that no county of the sample has."""
_SOURCE = "云泽省虚构机构志"


@dataclass(frozen=True, slots=True)
class Planted:
    """A passage as it must be told: the ids of the two bodies, the year, how."""

    was: str
    who: str
    since: int
    how: str


@dataclass(slots=True)
class Plan:
    """What is planted: former divisions, an operator's rows, passages; ``former``: id → until which year, as whom."""

    regions: tuple[Region, ...] = ()
    successions: list[Succession] = field(default_factory=list)
    passages: list[Planted] = field(default_factory=list)
    former: dict[str, tuple[int, Agency, str]] = field(default_factory=dict)


def sample_lives(seed: int = 1, provinces: int = 1, reports: int = 600) -> Plan:
    """The plan for a sample of ``generate``'s arguments."""
    chance = random.Random(f"lives/{seed}")  # noqa: S311 - a sample, not a secret
    known = list(careers(seed=seed, provinces=provinces, reports=reports, from_year=2014, to_year=2025))
    plan = Plan()
    raised = _raise_a_county(plan, known, chance)
    by_place: dict[str, dict[str, Career]] = defaultdict(dict)
    for career in known:
        by_place[career.agency.region][career.slug] = career
    for code, here in by_place.items():
        if code != raised:
            _rename(plan, here.values(), chance)
        _reform(plan, here, chance if code != raised else None)
    return plan


def living(reports: Iterable[SampleReport], plan: Plan) -> Iterator[SampleReport]:
    """The reports, those of before a change under the former name and place."""
    for report in reports:
        until, agency, place = plan.former.get(report.agency.id, (0, report.agency, report.place))
        yield _under(report, agency, place) if report.year <= until else report


def _under(report: SampleReport, agency: Agency, place: str) -> SampleReport:
    words = {report.agency.name: agency.name, report.place: place}

    def said(text: str) -> str:
        for now, before in words.items():
            text = text.replace(now, before)
        return text

    sections = tuple(Section(s.kind, said(s.heading), tuple(map(said, s.paragraphs))) for s in report.sections)
    return replace(
        report,
        agency=agency,
        place=place,
        path=tuple(map(said, report.path)),
        title=said(report.title).replace(_body(report.agency, report.place), _body(agency, place)),
        sections=sections,
        promised=tuple(map(said, report.promised)),
        topics=tuple(replace(each, phrase=said(each.phrase)) for each in report.topics),
    )


def _body(agency: Agency, place: str) -> str:
    """What stands behind the place: a title may name the body alone."""
    return agency.name.removeprefix(place)


def _raise_a_county(plan: Plan, known: Sequence[Career], chance: random.Random) -> str:
    """Make a county the district that the sample knows; the code of the district, empty where there is none."""
    districts = sorted({each.place for each in known if each.place.region.name.endswith("区")}, key=_code)
    if not districts:
        return ""
    place, since = chance.choice(districts), chance.randint(2016, 2022)
    now = place.region
    before = replace(now, code=now.code[:4] + _FREE, name=place.stem + "县", valid_to=since - 1)
    plan.regions = (before, replace(now, valid_from=since))
    plan.successions.append(Succession(now.code, before.code, since, _SOURCE))
    for career in known:
        if career.agency.region == now.code:
            agency = replace(career.agency, name=before.name + career.agency.name[len(now.name) :], region=before.code)
            plan.former[career.agency.id] = since - 1, agency, before.name
            if career.years[0] < since <= career.years[-1]:
                plan.passages.append(Planted(agency.id, career.agency.id, since, "renamed"))
    return now.code


def _code(place: Place) -> str:
    return place.region.code


def _rename(plan: Plan, here: Iterable[Career], chance: random.Random) -> None:
    """Give some bodies of a place a former name."""
    for career in here:
        place, name = career.place.region.name, career.agency.name
        before = FORMER.get(name.removeprefix(place))
        if before is None or chance.random() > _RENAMED or len(career.years) < 3:
            continue
        since = chance.choice(career.years[1:])
        agency = replace(career.agency, name=place + before)
        plan.former[career.agency.id] = since - 1, agency, place
        plan.successions.append(Succession(name, agency.name, since, _SOURCE))
        plan.passages.append(Planted(agency.id, career.agency.id, since, "renamed"))


def _reform(plan: Plan, here: Mapping[str, Career], chance: random.Random | None) -> None:
    """What became of the departments of a place in the reform; without a chance, that alone which every place saw."""
    split = _both(here, *_SPLIT) if chance is not None and chance.random() < 0.5 else None
    orphaned = REFORMED[_MERGED[0]] not in here
    merged = _both(here, *_MERGED) if chance is not None and chance.random() < 0.5 and orphaned else None
    for ended, made in REFORMED.items():
        if pair := _both(here, ended, made):
            _pass(plan, *pair, "split" if split and pair[0] == split[0] else "renamed")
    for pair, how in ((split, "split" if "zrzy" in here else "renamed"), (merged, "merged")):
        if pair and pair[0].years[-1] <= pair[1].years[-1]:
            plan.successions.append(Succession(pair[1].agency.name, pair[0].agency.name, REFORM, _SOURCE))
            _pass(plan, *pair, how)


def _both(here: Mapping[str, Career], ended: str, made: str) -> tuple[Career, Career] | None:
    return (here[ended], here[made]) if ended in here and made in here else None


def _pass(plan: Plan, was: Career, who: Career, how: str) -> None:
    """From the last name of the one before to the first of the one after."""
    ended, begun = was.years[-1], max(who.years[0], REFORM)
    first, since = _called(plan, was, ended), REFORM
    until = plan.former.get(who.agency.id, (0, who.agency, ""))[0]
    last = _called(plan, who, begun)
    if first.region != last.region:  # the county became a district between the two
        since = max(REFORM, until + 1)
    plan.passages.append(Planted(first.id, last.id, since, how))


def _called(plan: Plan, career: Career, year: int) -> Agency:
    until, agency, _ = plan.former.get(career.agency.id, (0, career.agency, ""))
    return agency if year <= until else career.agency
