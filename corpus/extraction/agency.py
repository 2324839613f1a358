"""The body that a title names: its place, its kind, its completed name (docs/contract.md).

A name is read from the left: regions from the province down (``place_in_name.py``), then the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.extraction.place_in_name import place_mentioned, place_within, read_place, zone_within
from corpus.extraction.vocabulary import vocabulary
from corpus.model import Kind, Region
from corpus.regions import Registry

_OFFICE_IN_BRACKETS = re.compile(r"政府[(（]办公[室厅][)）]$")
_BRACKETED = re.compile(r"[(（]([^()（）]+)[)）]")

Scope = Literal["national", "region", "missing"]


@dataclass(frozen=True, slots=True)
class Body:
    """A name taken apart.

    ``place`` is the part of ``printed`` that names regions, ``rest`` what follows it. ``regions`` are the
    candidates for the region that the place means, empty where the name has no place. ``generic`` is a word
    that stands for the place (市 in 市财政局). ``short`` is the short name that ends the place (宝丰 for 宝丰县).
    """

    printed: str
    place: str
    rest: str
    kind: Kind
    scope: Scope
    regions: tuple[Region, ...] = ()
    generic: str = ""
    short: str = ""

    @property
    def uncertain(self) -> bool:
        """Whether a county's short name alone makes its place: 东方财政局 may be a body called 东方 somewhere else."""
        return bool(self.short and self.rest) and all(region.level == "county" for region in self.regions)

    @property
    def placeless(self) -> Body:
        """The same name read as one that names no place."""
        return _placeless(self.printed, self.kind)

    def name(self, region: Region | None) -> str:
        """The name with what is missing: 人民政府, 管理委员会, 办事处, or the place of the government."""
        if self.scope == "national":
            return self.printed
        place = self.place
        if region is not None and self.short and not self.rest:
            place = place.removesuffix(self.short) + region.name
        elif region is not None and self.scope == "missing" and not self._own_name:
            place = region.name
        if not self.rest:
            return place + "人民政府"
        return place + complete(self.rest, self.kind)

    @property
    def _own_name(self) -> bool:
        """Whether the body is called by a place of its own: a township, a lake, a zone that is not just 开发区."""
        words = vocabulary()
        is_zone = self.kind == "zone" and not words.plain_zone.fullmatch(self.rest)
        return self.kind == "township" or is_zone or words.own.match(self.printed) is not None


def read_body(printed: str, registry: Registry, year: int | None = None) -> Body | None:
    """Take the name of a body apart; None for words that name no body."""
    return _national(printed, registry, year) or _local(printed, registry, year)


def _local(printed: str, registry: Registry, year: int | None) -> Body | None:
    """The body of a place: what its name begins with, then what the rest is called."""
    words = vocabulary()
    end, regions, short = read_place(printed, registry, year)
    generic = "" if end else _generic(printed)
    rest = printed[end + len(generic) :]
    kind = _kind(rest, placed=bool(end or generic))
    if end and rest in words.generic_township:
        # 城区街道办事处 is a town called like a county.
        return Body(printed, "", printed, "township", "missing")
    if kind is None or _is_nobody(printed, generic, rest):
        return None
    county = end == len(short) and all(region.level == "county" for region in regions)
    bound = words.bound_county if county else words.bound
    if short and (kind == "township" or bound.match(rest)):
        # 洛阳镇, 公安局, 南湖新区: how a name begins, no place; it may still be the right one if all else says so.
        kind = _kind(printed, placed=False)
        return _placeless(printed, kind) if kind is not None else None
    regions = place_within(printed, kind, regions, registry, year)
    if not (regions or generic or kind == "township"):
        regions = place_mentioned(printed, registry)
    return Body(printed, printed[:end], rest, kind, "region" if regions else "missing", regions, generic, short)


def _is_nobody(printed: str, generic: str, rest: str) -> bool:
    """Whether words end like a body's name and name none: 镇政府 without the town's name, 市 alone, 乡镇街道."""
    words = vocabulary()
    general = printed in words.common or words.towns.fullmatch(printed) is not None
    return general or bool(generic and not rest) or rest in words.generic_township


def _placeless(printed: str, kind: Kind) -> Body:
    generic = _generic(printed) if kind != "township" else ""
    return Body(printed, "", printed[len(generic) :], kind, "missing", (), generic)


def _national(printed: str, registry: Registry, year: int | None) -> Body | None:
    """A ministry, or a ministry's branch, which belongs to its place: 国家税务总局北京市税务局, 财政部四川监管局."""
    words = vocabulary()
    if printed.endswith(words.national_endings) and not printed.startswith("海关"):
        # 关区 is what the report covers, not the body's name.
        name = printed.removesuffix("关区") if printed.endswith("海关关区") else printed
        return Body(name, "", name, "ministry", "national")
    if not printed.startswith((*words.national_bodies, *words.national_prefixes)):
        return None
    head, bare = ministry(printed), _bare(printed)
    if not head and bare in (printed, "", *words.government):
        return None  # 民政部门; 中华人民共和国政府信息公开条例, …工作年度报告格式 are names of rules, no body's
    after = (printed[len(head) :] if head else bare).removeprefix("驻")
    end, regions, _ = read_place(after, registry, year)
    regions = regions or (zone_within(after, registry) if head else ())
    if regions:
        start = len(printed) - len(after)
        return Body(printed, printed[: start + end], after[end:], "department", "region", regions)
    if after and head and not after.endswith(words.department):
        return None
    return Body(printed, "", printed, "ministry", "national")


def ministry(text: str) -> str:
    """The ministry's name with which a text begins, ``""`` if it begins with none."""
    bare = _bare(text)
    bodies = vocabulary().national_bodies
    name = next((body for body in bodies if text.startswith(body) or bare.startswith(body)), None)
    if name is None:
        return ""
    end = text.index(name) + len(name)
    return "" if text.startswith("门", end) else text[:end]  # 民政部门 are bureaus, no 民政部


def _bare(text: str) -> str:
    for prefix in vocabulary().national_prefixes:
        text = text.removeprefix(prefix)
    return text


def _generic(printed: str) -> str:
    words = vocabulary()
    if words.not_generic.match(printed):
        return ""
    return next((place for place in words.generic if printed.startswith(place) and len(printed) > len(place)), "")


def _kind(rest: str, *, placed: bool) -> Kind | None:
    words = vocabulary()
    plain = _BRACKETED.sub("", rest)
    if plain in ("", "人民政府", "政府", *words.government_names) and not _OFFICE_IN_BRACKETS.search(rest):
        return "government" if placed else None
    if plain.endswith(words.office) or _OFFICE_IN_BRACKETS.search(rest):
        return "office"
    if plain.endswith(tuple(words.township)) and not plain.endswith(words.zone):
        return "township"
    if _is_zone(plain):
        return "zone"
    if plain.endswith("人民政府"):
        return "government"
    return "department" if plain.endswith(words.department) and not plain.endswith(words.sites) else None


def _is_zone(plain: str) -> bool:
    """Whether a zone or its committee: 国有资产监督管理委员会 is a department."""
    words = vocabulary()
    stem = next((plain.removesuffix(ending) for ending in words.committee if plain.endswith(ending)), None)
    if stem is None:
        return plain.endswith(words.zone)
    return plain.endswith("管委会") or not stem or stem.endswith((*words.zone, *words.before_committee))


def complete(rest: str, kind: Kind) -> str:
    """A body's name with what is missing at its end; 政府 stands for 人民政府, 管委会 for 管理委员会."""
    words = vocabulary()
    keeps = "|".join(words.government_keeps)
    rest = re.sub(rf"^(?<!人民)(?:政府(?!{keeps})|府(?=办))", "人民政府", rest)
    if kind in ("office", "zone"):
        rest = re.sub("管委会", "管理委员会", rest)
    if kind == "office":
        rest = re.sub("(?<=政府)办$|(?<=委员会)办$", "办公室", rest)
    if kind == "township":
        rest = re.sub("(?<!人民)政府$", "人民政府", rest)
        return rest + next((more for ending, more in words.township.items() if rest.endswith(ending)), "")
    if kind == "zone" and not _BRACKETED.sub("", rest).endswith(words.committee):
        return rest + words.committee[0]
    return rest
