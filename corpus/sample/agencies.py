"""Which agencies report, and for which years: governments first, then offices, departments, townships, zones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import UsageError
from corpus.model import Agency, Level
from corpus.sample.places import Place, names, sample_places

_TIER: dict[Level, int] = {"province": 0, "prefecture": 1, "county": 2}
_TOWNSHIPS = 6  # to a county
MISSING = 0.025
"""The share of years whose report is missing."""


@dataclass(frozen=True, slots=True)
class Career:
    """An agency, the years for which it reports and those for which its report is missing.

    ``title`` is how titles name it; ``place`` the region it serves; ``slug`` its folder on the site;
    ``concerns`` what its narrative may speak of, empty for all things.
    """

    agency: Agency
    place: Place
    slug: str
    concerns: tuple[str, ...]
    years: tuple[int, ...]
    missing: tuple[int, ...]


def careers(*, seed: int, provinces: int, reports: int, from_year: int, to_year: int) -> Iterator[Career]:
    """The careers that together make exactly ``reports`` reports, region by region.

    Where the number does not divide, the last agency was founded late. Raises UsageError if there are not
    enough agencies, or no years.
    """
    if from_year > to_year or reports < 1:
        raise UsageError(f"Ask for at least one report and one year, not {reports} for {from_year} to {to_year}.")
    chosen: list[tuple[int, Career]] = []
    left = reports
    for order, career in _in_order_of_weight(seed, provinces, reports, from_year, to_year):
        if left <= 0:
            break
        chosen.append((order, career if len(career.years) <= left else _late(career, left)))
        left -= len(career.years)
    if left > 0:
        raise UsageError(f"{provinces} sample provinces make at most {reports - left} reports: ask for more provinces.")
    chosen.sort(key=lambda entry: entry[0])
    return (career for _, career in chosen)


def _late(career: Career, reports: int) -> Career:
    years = career.years[-reports:]
    missing = tuple(year for year in career.missing if year > years[0])
    return Career(career.agency, career.place, career.slug, career.concerns, years, missing)


def _in_order_of_weight(
    seed: int, provinces: int, reports: int, from_year: int, to_year: int
) -> Iterator[tuple[int, Career]]:
    """Every career there could be, governments first, then one more agency of each region in turn.

    The number before it is its place in the order of print: by region, then as its region ranks it.
    """
    ranked = [list(_of_region(place)) for place in sample_places(provinces, reports)]
    width = max(map(len, ranked))
    for rank in range(width):
        for index, agencies in enumerate(ranked):
            if rank < len(agencies):
                agency, place, slug, concerns, first, last = agencies[rank]
                span = range(max(from_year, first), min(to_year, last) + 1)
                missing = _missing(seed, agency, span)
                years = tuple(year for year in span if year not in missing)
                if years:
                    yield index * width + rank, Career(agency, place, slug, concerns, years, missing)


def _missing(seed: int, agency: Agency, span: range) -> tuple[int, ...]:
    chance = random.Random(f"{seed}/missing/{agency.id}")  # noqa: S311 - a sample, not a secret
    # Drawn for all years from 2008, so that the same ones are missing whatever span is asked for.
    return tuple(year for year in range(2008, span.stop) if chance.random() < MISSING and year in span[1:-1])


_Entry = tuple[Agency, Place, str, tuple[str, ...], int, int]
_EVER = (0, 9999)


def _of_region(place: Place) -> Iterator[_Entry]:
    """The government, then the other agencies of a region, mixed so that any beginning holds all kinds."""
    region = place.region
    order = random.Random(region.code)  # noqa: S311 - a sample, not a secret
    yield Agency(f"{region.name}人民政府", region.code, region.level, "government"), place, "zfb", (), *_EVER
    office = (
        "人民政府办公厅" if region.level in {"province", "prefecture"} and order.random() < 0.5 else "人民政府办公室"
    )
    if region.level == "province":
        office = "人民政府办公厅"
    first: list[_Entry] = [
        (Agency(region.name + office, region.code, region.level, "office"), place, "bgs", (), *_EVER)
    ]
    departments = list(_departments(place))
    order.shuffle(departments)
    local = list(_zone(place)) + list(_townships(place, order))
    turn = sum(map(int, region.code[2:])) % 3
    mixed = [first, departments, local]
    mixed = mixed[turn:] + mixed[:turn]
    while any(mixed):
        for kind in mixed:
            if kind:
                yield kind.pop(0)


def _departments(place: Place) -> Iterator[_Entry]:
    region = place.region
    for entry in names()["departments"]:
        name = entry["names"][_TIER[region.level]]
        if name:
            agency = Agency(region.name + name, region.code, region.level, "department")
            span = entry.get("from", _EVER[0]), entry.get("to", _EVER[1])
            yield agency, place, entry["slug"], tuple(entry["concerns"]), *span


def _zone(place: Place) -> Iterator[_Entry]:
    region = place.region
    if region.level == "prefecture":
        name = f"{place.stem}经济技术开发区管理委员会"
        yield Agency(name, region.code, region.level, "zone"), place, "jkq", ("zone", "economy", "land"), *_EVER


def _townships(place: Place, order: random.Random) -> Iterator[_Entry]:
    region = place.region
    if region.level != "county":
        return
    for entry in order.sample(names()["townships"]["names"], _TOWNSHIPS):
        name, slug = entry.split()
        body = f"{region.name}{name}办事处" if name.endswith("街道") else f"{region.name}{name}人民政府"
        yield Agency(body, region.code, "township", "township"), place, slug, ("rural", "township", "welfare"), *_EVER
