"""The words by which bodies, zones and sites are recognised: data, read once when first needed."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
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
    department: tuple[str, ...]
    generic: tuple[str, ...]
    not_generic: tuple[str, ...]
    generic_township: tuple[str, ...]
    government_keeps: tuple[str, ...]
    national_prefixes: tuple[str, ...]
    national_endings: tuple[str, ...]
    national_bodies: tuple[str, ...]
    abbreviations: Mapping[str, str]
    zones: Mapping[str, str]
    domains: Mapping[str, tuple[str, ...]]


@cache
def vocabulary() -> Vocabulary:
    """The bundled vocabulary."""
    folder = files("corpus")
    words = tomllib.loads((folder / "agencies.toml").read_text(encoding="utf-8"))
    with (folder / "zones.csv").open(encoding="utf-8", newline="") as lines:
        zones = {row["name"]: row["region"] for row in csv.DictReader(lines)}
    with (folder / "domains.csv").open(encoding="utf-8", newline="") as lines:
        domains = {row["label"]: tuple(row["regions"].split("|")) for row in csv.DictReader(lines)}
    return Vocabulary(
        office=_longest_first(words["office"]),
        township={ending: words["township"][ending] for ending in _longest_first(words["township"])},
        committee=_longest_first(words["zone"]["committee"]),
        zone=_longest_first(words["zone"]["endings"]),
        department=_longest_first(words["department"]["endings"]),
        generic=_longest_first(words["generic"]["places"]),
        not_generic=tuple(words["generic"]["not_before"]),
        generic_township=tuple(words["generic"]["township"]),
        government_keeps=tuple(words["government"]["keeps"]),
        national_prefixes=tuple(words["national"]["prefixes"]),
        national_endings=tuple(words["national"]["endings"]),
        national_bodies=_longest_first(words["national"]["bodies"]),
        abbreviations=words["abbreviations"],
        zones=zones,
        domains=domains,
    )


def _longest_first(words: list[str] | Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))
