"""Topics that come and go: which of them an agency writes of in a year."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from zlib import crc32

from corpus.model import Kind
from corpus.sample.agencies import Career
from corpus.sample.grammar import Sentence, compile_sentence

# Against the government of the same place; a department with the concern writes of it more readily.
_READINESS: dict[Kind, float] = {"government": 1.25, "office": 0.7, "department": 1.5, "township": 0.7, "zone": 1.0}
_IN_PASSING = 0.6  # a topic of everybody, outside the agency's own concerns
_FAITHFUL = 0.7  # how often a year follows the agency's own inclination instead of the mood of the year


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of topics.toml, its sentences compiled."""

    phrase: str
    concerns: frozenset[str]
    years: tuple[int, int, int, int]
    spread: float
    share: float
    where: str
    sentences: tuple[Sentence, ...]

    def strength(self, year: int, delay: int = 0) -> float:
        """How strong the topic is in a year, 0 to 1; places come to it up to some years late."""
        first, high, still, last = self.years
        first, high = first + delay, min(high + delay, still)
        if year < first or year > last:
            return 0.0
        if year < high:
            return (year - first + 1) / (high - first + 1)
        if year > still:
            return (last - year + 1) / (last - still + 1)
        return 1.0


@cache
def topics() -> tuple[Topic, ...]:
    """All topics, in the order of the data file."""
    data = tomllib.loads((files("corpus.sample") / "topics.toml").read_text(encoding="utf-8"))
    return tuple(
        Topic(
            phrase=entry["phrase"],
            concerns=frozenset(entry["concerns"]),
            years=tuple(entry["years"]),
            spread=entry["spread"],
            share=entry["share"],
            where=entry["where"],
            sentences=tuple(map(compile_sentence, entry["sentences"])),
        )
        for entry in data["topics"]
    )


def topics_of(seed: int, career: Career, year: int) -> Iterator[Topic]:
    """The topics of one report. A pure function: the same agency and year always write of the same things."""
    agency = career.agency
    # A province speaks for all its cities.
    city = agency.region[:2] if agency.level == "province" else agency.region[:4]
    name = f"{seed}/{agency.name}/{agency.region}"
    for topic, delay, likely in _at_hand(seed, city, agency.kind, career.concerns):
        strength = topic.strength(year, delay)
        if strength:
            own = f"{name}/{topic.phrase}"
            moody = _share(f"{own}/{year}/mood") >= _FAITHFUL
            if _share(f"{own}/{year}" if moody else own) < likely * strength:
                yield topic


@lru_cache(maxsize=1 << 12)
def _at_hand(seed: int, city: str, kind: Kind, concerns: tuple[str, ...]) -> tuple[tuple[Topic, int, float], ...]:
    """The topics that an agency of this kind may write of in a city: with the delay there, and how likely."""
    found = []
    for topic in topics():
        key = f"{seed}/{topic.phrase}/{city}"
        own = not concerns or not topic.concerns.isdisjoint(concerns)
        if (len(city) == 2 or _share(key) < topic.spread) and (own or "all" in topic.concerns):
            readiness = _READINESS[kind] if own else _IN_PASSING
            found.append((topic, int(_share(f"{key}/delay") * 3), topic.share * readiness))
    return tuple(found)


def _share(key: str) -> float:
    """A number in 0 … 1 that depends on the key alone."""
    # One more round, because the checksums of keys that differ in one digit lie close together.
    return ((crc32(key.encode()) * 0x9E3779B1) & 0xFFFFFFFF) / 2**32
