"""The fictional provinces: their cities and counties, with codes and names that no real place has.

GB/T 2260 gives no province a code from 90; the sample takes 900000, 910000 … 990000. The first four cities and
their first counties are the same whatever the size, so that a small sample is a part of a large one.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from corpus.errors import UsageError
from corpus.model import Region

MOST_PROVINCES = 10

# What the counties of a city are, in this order: an index into names.toml's [[counties]].
_KINDS = (0, 1, 1, 2, 1, 0, 1, 1, 0, 1, 1, 2, 1, 0)
_SMALL = (4, 3, 4)  # cities, then the least and the most counties chosen by hand
_LARGE = (20, 14)  # cities and counties each: about 3,000 regions in ten provinces
# A small province serves up to 100 agencies; beyond, there are more places rather than more offices in each.
_SMALL_REPORTS = 1200


@dataclass(frozen=True, slots=True)
class Place:
    """A region with its stem (the name without 省, 市, 县, 区), its path of names and the host of its site."""

    region: Region
    stem: str
    path: tuple[str, ...]
    host: str


def sample_regions(provinces: int = 1, reports: int = 600) -> tuple[Region, ...]:
    """The regions of a sample of this size, province by province, each before what lies in it.

    Raises UsageError for a number of provinces that the codes do not have room for.
    """
    return tuple(place.region for place in sample_places(provinces, reports))


@cache
def sample_places(provinces: int, reports: int) -> tuple[Place, ...]:
    """The regions with what the sites of their governments need."""
    if not 1 <= provinces <= MOST_PROVINCES:
        raise UsageError(f"Ask for 1 to {MOST_PROVINCES} sample provinces, not {provinces}.", "provinces")
    small = reports <= _SMALL_REPORTS * provinces
    return tuple(place for index in range(provinces) for place in _province(index, small=small))


@cache
def names() -> Mapping[str, Any]:
    """The data file of names."""
    return tomllib.loads((files("corpus.sample") / "names.toml").read_text(encoding="utf-8"))


@cache
def _stems() -> tuple[tuple[str, str], ...]:
    """All combined stems that are free, with their spelling, in an order that looks like none."""
    bank = names()["stems"]
    first, second = (re.findall(r"(\S)([a-z]+)", bank[part]) for part in ("first", "second"))
    taken = set(bank["avoid"].split()) | {entry.split()[0] for entry in _by_hand()}
    free = [(a + b, x + y) for (a, x), (b, y) in product(first, second) if a + b not in taken]
    random.Random("stems").shuffle(free)  # noqa: S311 - names, not secrets
    return tuple(free)


def _by_hand() -> Iterator[str]:
    yield from names()["stems"]["provinces"]
    for chosen in names()["chosen"]:
        yield chosen["province"]
        for city in chosen["cities"]:
            yield city["name"]
            yield from city["counties"]


def _province(index: int, *, small: bool) -> Iterator[Place]:
    chosen = names()["chosen"][0]
    stem, slug = (chosen["province"] if index == 0 else names()["stems"]["provinces"][index - 1]).split()
    code = f"{90 + index}0000"
    region = Region(code, stem + "省", "province", "", (stem,), fictional=True)
    yield Place(region, stem, (region.name,), f"www.{slug}.gov.example")
    cities, counties = _LARGE
    # Every province has its own stretch of the combined stems: a city takes one for itself and one for each county.
    stretch = _stems()[index * cities * (counties + 1) :]
    for city in range(_SMALL[0] if small else cities):
        own = stretch[city * (counties + 1) : (city + 1) * (counties + 1)]
        by_hand = chosen["cities"][city] if index == 0 and city < len(chosen["cities"]) else None
        if by_hand is not None:
            known = [tuple(entry.split()) for entry in (by_hand["name"], *by_hand["counties"])]
            own = (*known, *own[len(known) :])
        some = len(by_hand["counties"]) if by_hand else _SMALL[1] + city % 2
        yield from _city(region, slug, city, own[: 1 + (some if small else counties)])


def _city(province: Region, above: str, index: int, own: tuple[tuple[str, str], ...]) -> Iterator[Place]:
    (stem, slug), *counties = own
    code = f"{province.code[:2]}{index + 1:02}00"
    region = Region(code, stem + "市", "prefecture", province.code, (stem,), fictional=True)
    path = (province.name, region.name)
    yield Place(region, stem, path, f"www.{slug}.{above}.gov.example")
    used = [0] * len(names()["counties"])
    hosts: set[str] = set()
    for number, (county, spelling) in enumerate(counties):
        kind = _KINDS[number % len(_KINDS)]
        division = names()["counties"][kind]
        own_code = f"{code[:4]}{division['start'] + used[kind]:02}"
        used[kind] += 1
        name = county + division["suffix"]
        host = spelling if spelling not in hosts else f"{spelling}{own_code[4:]}"
        hosts.add(host)
        yield Place(
            Region(own_code, name, "county", code, (county,), fictional=True),
            county,
            (*path, name),
            f"www.{host}.{slug}.gov.example",
        )
