"""Administrative divisions: code ↔ name ↔ ancestors, aliases, years of validity.

The list is data (``regions.csv``; docs/regions.md tells where it comes from). A former division (撤县设区,
mergers) keeps its own code and has a ``valid_to``; present ones come first unless a year says otherwise.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import cast

from corpus.lives import Succession, shipped
from corpus.model import Level, Region

_DIVISIONS = "省市县区州旗盟"
_SHORTEST_WHOLE = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text: ``text[start:end]`` is a name or an alias of each of ``regions``.

    ``full`` tells that it is the whole name of one of them, not only a short one.
    """

    start: int
    end: int
    regions: tuple[Region, ...]
    full: bool


class Registry:
    """All divisions, immutable. Lookups by code and by name are dictionary reads."""

    def __init__(self, regions: Iterable[Region], successions: Iterable[Succession] = ()) -> None:
        """Index the regions; of two with one code the later one counts. ``successions``: who was what (lives.py)."""
        self._by_code = {region.code: region for region in regions}
        self._above: dict[str, tuple[str, ...]] = {}
        self.successions = tuple(successions)
        self._became: dict[str, list[str]] = {}
        self._was: dict[str, list[str]] = {}
        for row in self.successions:
            if row.who in self._by_code and row.was in self._by_code:
                self._became.setdefault(row.was, []).append(row.who)
                self._was.setdefault(row.who, []).append(row.was)
        self._by_name: dict[str, tuple[Region, ...]] = {}
        self._children: dict[str, tuple[Region, ...]] = {}
        names: dict[str, list[Region]] = {}
        children: dict[str, list[Region]] = {}
        for region in self._by_code.values():
            for name in (region.name, *region.aliases):
                names.setdefault(name, []).append(region)
            if region.valid_to is None:
                children.setdefault(region.parent, []).append(region)
        for name, found in names.items():
            self._by_name[name] = tuple(sorted(found, key=lambda region: (region.valid_to is not None, region.code)))
        for parent, found in children.items():
            self._children[parent] = tuple(sorted(found, key=lambda region: region.code))
        # Names by their first two characters, longest first: the longest match at a position costs one read.
        self._lengths: dict[str, tuple[int, ...]] = {}
        lengths: dict[str, set[int]] = {}
        for name in names:
            lengths.setdefault(name[:2], set()).add(len(name))
        for head, sizes in lengths.items():
            self._lengths[head] = tuple(sorted(sizes, reverse=True))

    @classmethod
    def load(cls) -> Registry:
        """The bundled list of the divisions of GB/T 2260."""
        lines = (files("corpus") / "regions.csv").read_text(encoding="utf-8").splitlines()
        return cls(map(_region, csv.DictReader(lines)), shipped())

    def with_regions(self, extra: Iterable[Region], successions: Iterable[Succession] = ()) -> Registry:
        """A registry of these and more regions, such as the fictional ones of a sample, and of more successions."""
        return Registry((*self._by_code.values(), *extra), (*self.successions, *successions))

    def __iter__(self) -> Iterator[Region]:
        """All regions, former ones too, in no particular order."""
        return iter(self._by_code.values())

    def __len__(self) -> int:
        """How many regions there are, former ones too."""
        return len(self._by_code)

    def get(self, code: str) -> Region | None:
        """The region with this code, present or former."""
        return self._by_code.get(code)

    def other_lives(self, code: str) -> tuple[str, ...]:
        """The codes of all that a place became, the nearest first, then of all that it was."""
        found: dict[str, None] = {}
        for steps in (self._became, self._was):
            waiting = [code]
            for at in waiting:
                waiting += (each for each in steps.get(at, ()) if each not in waiting)
            found |= dict.fromkeys(waiting[1:])
        return tuple(found)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The codes from the province down to this one; empty for a code nobody knows."""
        known = self._above.get(code)
        if known is None:
            known = self._above[code] = self._climbed(code)
        return known

    def _climbed(self, code: str) -> tuple[str, ...]:
        codes: list[str] = []
        while (region := self._by_code.get(code)) is not None and code not in codes:
            codes.append(code)
            code = region.parent
            above = self._above.get(code, ())
            if above and codes[-1] not in above:  # siblings share the way up, unless it goes round
                return (*above, *reversed(codes))
        return tuple(reversed(codes))

    def path(self, code: str) -> tuple[str, ...]:
        """The names from the province down to this one."""
        return tuple(self._by_code[ancestor].name for ancestor in self.ancestors(code))

    def within(self, outer: Iterable[Region], regions: Iterable[Region]) -> tuple[Region, ...]:
        """Those of ``regions`` that lie below one of ``outer``."""
        codes = {region.code for region in outer}
        return tuple(region for region in regions if codes.intersection(self.ancestors(region.code)[:-1]))

    def children(self, code: str) -> tuple[Region, ...]:
        """The present divisions directly below, by code."""
        return self._children.get(code, ())

    def provinces(self) -> tuple[Region, ...]:
        """The provinces, autonomous regions and municipalities, by code."""
        return self._children.get("", ())

    def named(self, name: str, year: int | None = None) -> tuple[Region, ...]:
        """Every region with this name or alias: those valid in the year first, else the present ones."""
        found = self._by_name.get(name, ())
        if year is None or len(found) < 2:
            return found
        return tuple(sorted(found, key=lambda region: not valid(region, year)))

    def at(self, text: str, start: int = 0) -> Mention | None:
        """The longest name that stands in the text at this position."""
        for length in self._lengths.get(text[start : start + 2], ()):
            name = text[start : start + length]
            regions = self._by_name.get(name) if len(name) == length else None
            if regions:
                return Mention(start, start + length, regions, any(region.name == name for region in regions))
        return None

    def find(self, text: str) -> tuple[Mention, ...]:
        """All names in a text, from left to right, the longest at each position, none inside another."""
        mentions: list[Mention] = []
        position = 0
        lengths = self._lengths
        while position < len(text) - 1:
            mention = self.at(text, position) if text[position : position + 2] in lengths else None
            if mention is None:
                position += 1
            else:
                mentions.append(mention)
                position = mention.end
        return tuple(mentions)


def is_whole(name: str) -> bool:
    """Whether a name ends with the word for a division, 海南州; in 杭州 and 红旗 that is part of the name itself."""
    return len(name) >= _SHORTEST_WHOLE and name[-1] in _DIVISIONS


def valid(region: Region, year: int) -> bool:
    """Whether the region existed in the year, as far as the lists tell."""
    return (region.valid_from is None or region.valid_from <= year) and (
        region.valid_to is None or year <= region.valid_to
    )


def _region(row: dict[str, str]) -> Region:
    return Region(
        code=row["code"],
        name=row["name"],
        level=cast("Level", row["level"]),
        parent=row["parent"],
        aliases=tuple(row["aliases"].split("|")) if row["aliases"] else (),
        valid_from=int(row["valid_from"]) if row["valid_from"] else None,
        valid_to=int(row["valid_to"]) if row["valid_to"] else None,
    )
