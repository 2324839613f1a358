"""The words by which bodies, zones and sites are recognised: data, read once when first needed."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``agencies.toml``, ``zones.csv`` and ``domains.csv``; endings are ordered from the longest."""

    office: tuple[str, ...]
    township: Mapping[str, str]
    committee: tuple[str, ...]
    zone: tuple[str, ...]
    before_committee: tuple[str, ...]
    plain_zone: re.Pattern[str]
    department: tuple[str, ...]
    sites: tuple[str, ...]
    generic: tuple[str, ...]
    not_generic: re.Pattern[str]
    generic_township: tuple[str, ...]
    government_keeps: tuple[str, ...]
    government_names: tuple[str, ...]
    government: frozenset[str]
    corps: re.Pattern[str]
    national_prefixes: tuple[str, ...]
    national_endings: tuple[str, ...]
    national_bodies: tuple[str, ...]
    bound: re.Pattern[str]
    bound_county: re.Pattern[str]
    town: re.Pattern[str]
    own: re.Pattern[str]
    common: tuple[str, ...]
    towns: re.Pattern[str]
    name_ends: re.Pattern[str]
    name_goes_on: re.Pattern[str]
    not_within: re.Pattern[str]
    party: frozenset[str]
    abbreviations: Mapping[str, str]
    zones: Mapping[str, str]
    domains: Mapping[str, tuple[str, ...]]


@cache
def vocabulary() -> Vocabulary:
    """The bundled vocabulary."""
    words = tomllib.loads((files("corpus") / "agencies.toml").read_text(encoding="utf-8"))
    zones = {row["name"]: row["region"] for row in _rows("zones.csv")}
    domains = {row["label"]: tuple(row["regions"].split("|")) for row in _rows("domains.csv")}
    return Vocabulary(
        office=_longest_first(words["office"]),
        township={ending: words["township"][ending] for ending in _longest_first(words["township"])},
        committee=_longest_first(words["zone"]["committee"]),
        zone=_longest_first(words["zone"]["endings"]),
        before_committee=tuple(words["zone"]["before_committee"]),
        plain_zone=_any_of([*words["zone"]["plain"], *words["zone"]["committee"]]),
        department=_longest_first(words["department"]["endings"]),
        sites=tuple(words["department"]["sites"]),
        generic=_longest_first(words["generic"]["places"]),
        not_generic=re.compile(words["generic"]["not_before"]),
        generic_township=tuple(words["generic"]["township"]),
        government_keeps=tuple(words["government"]["keeps"]),
        government_names=tuple(words["government"]["names"]),
        government=frozenset(("人民政府", "政府", *words["government"]["names"])),
        corps=re.compile(words["government"]["corps"]),
        national_prefixes=tuple(words["national"]["prefixes"]),
        national_endings=tuple(words["national"]["endings"]),
        national_bodies=_longest_first(words["national"]["bodies"]),
        bound=re.compile(words["short"]["bound"]),
        bound_county=re.compile(f"{words['short']['bound']}|{words['short']['bound_county']}"),
        town=re.compile(words["short"]["town"]),
        own=re.compile(words["short"]["own"]),
        common=tuple(words["short"]["common"]),
        towns=re.compile(words["short"]["towns"]),
        name_ends=re.compile(words["running"]["ends"]),
        name_goes_on=re.compile(words["running"]["goes_on"]),
        not_within=re.compile(words["running"]["not_within"]),
        party=frozenset(words["running"]["party"]),
        abbreviations=words["abbreviations"],
        zones=zones,
        domains=domains,
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader((files("corpus") / name).read_text(encoding="utf-8").splitlines())


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, _longest_first(words)))})+")


def _longest_first(words: list[str] | Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))
