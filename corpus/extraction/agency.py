"""The body that a title names: its place, its kind, its completed name (docs/contract.md).

A name is read from the left: regions from the province down, then the body. A short name of a place counts
only where it cannot be the beginning of a township's name (洛阳镇 lies in 泉州, 北京街道 in 广州).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.extraction.vocabulary import vocabulary
from corpus.model import Kind, Region
from corpus.regions import Mention, Registry, is_whole, valid

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
        """Whether the body is called by a place of its own: a township, a zone that is not just 开发区."""
        return self.kind == "township" or (self.kind == "zone" and not vocabulary().plain_zone.fullmatch(self.rest))


def read_body(printed: str, registry: Registry, year: int | None = None) -> Body | None:
    """Take the name of a body apart; None for words that name no body."""
    if (body := _national(printed, registry, year)) is not None:
        return body
    words = vocabulary()
    end, regions, short = _place(printed, registry, year)
    generic = "" if end else _generic(printed)
    rest = printed[end + len(generic) :]
    kind = _kind(rest, placed=bool(end or generic))
    if end and rest in words.generic_township:
        # 城区街道办事处 is a town called like a county.
        return Body(printed, "", printed, "township", "missing")
    # 镇政府 without the town's name is nobody; so is 市 alone.
    if kind is None or (generic and not rest) or rest in words.generic_township or printed in words.common:
        return None
    if short and (kind == "township" or words.bound.match(rest)):
        # 洛阳镇, 公安局: the beginning of a name, no place; it may still be the right one if all else says so.
        kind = _kind(printed, placed=False)
        return _placeless(printed, kind) if kind is not None else None
    if inside := _bracketed(printed, regions, registry, year) or _listed(printed, kind, registry):
        regions = inside
    elif not regions and not generic and kind != "township":
        regions = _mentioned(printed, registry)
    return Body(printed, printed[:end], rest, kind, "region" if regions else "missing", regions, generic, short)


def _placeless(printed: str, kind: Kind) -> Body:
    generic = _generic(printed) if kind != "township" else ""
    return Body(printed, "", printed[len(generic) :], kind, "missing", (), generic)


def place_end(printed: str, registry: Registry, year: int | None = None) -> int:
    """Where the places end with which a name begins; 0 for one that begins with none."""
    return _place(printed, registry, year)[0]


def _national(printed: str, registry: Registry, year: int | None) -> Body | None:
    words = vocabulary()
    if printed.endswith(words.national_endings) and not printed.startswith("海关"):
        # 关区 is what the report covers, not the body's name.
        name = printed.removesuffix("关区") if printed.endswith("海关关区") else printed
        return Body(name, "", name, "ministry", "national")
    if not printed.startswith((*words.national_bodies, *words.national_prefixes)):
        return None
    bare = printed
    for prefix in words.national_prefixes:
        bare = bare.removeprefix(prefix)
    head = next((body for body in words.national_bodies if printed.startswith(body) or bare.startswith(body)), None)
    # 国家税务总局北京市税务局, 财政部四川监管局: the ministry's branch belongs to its place.
    after = (printed[printed.find(head) + len(head) :] if head else bare).removeprefix("驻")
    end, regions, _ = _place(after, registry, year)
    if end:
        start = len(printed) - len(after)
        return Body(printed, printed[: start + end], after[end:], "department", "region", regions)
    if after and head and not after.endswith(words.department):
        return None
    return Body(printed, "", printed, "ministry", "national")


def _place(printed: str, registry: Registry, year: int | None) -> tuple[int, tuple[Region, ...], str]:
    """Where the places at the beginning end, which regions they can mean, and the last name if it is a short one."""
    corps = vocabulary().corps.match(printed)
    end = corps.end() if corps else 0
    found: tuple[Region, ...] = ()
    short = ""
    while (mention := registry.at(printed, end)) is not None:
        regions = registry.within(found, mention.regions) if found else mention.regions
        rest = printed[mention.end :]
        if found and year is not None and _not_yet(regions, printed[: mention.end], year):
            break
        if not regions or not _stands(mention, rest, below=bool(found)):
            break
        end = mention.end
        name = printed[mention.start : end]
        found = _of_year(regions, year, name)
        short = "" if mention.full or is_whole(name) else name
    return end if found else 0, found, short


def _of_year(regions: tuple[Region, ...], year: int | None, name: str) -> tuple[Region, ...]:
    """Those that existed in the year, if any did; without a year the present ones.

    In the year in which 林芝地区 became 林芝市 the one that bears the ``name`` itself is meant.
    """
    fitting = tuple(region for region in regions if (valid(region, year) if year else region.valid_to is None))
    return tuple(region for region in fitting if year and region.name == name) or fitting or regions


def _not_yet(regions: tuple[Region, ...], name: str, year: int) -> bool:
    """Whether a zone's name became a division's only later (两江新区): until then its parent is the place."""
    return name.endswith(vocabulary().zone) and all((region.valid_from or 0) > year for region in regions)


def _stands(mention: Mention, rest: str, *, below: bool) -> bool:
    """Whether a name at this position is a place of its own: a short one before 镇, 街道 or 路 is not."""
    if mention.full:
        return True
    if vocabulary().town.match(rest):
        return False
    # 鼓楼区长安街道 is handled above; 和平里街道办事处 is one name though 和平 is a county.
    return not (below and rest.endswith(tuple(vocabulary().township)))


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
    return "department" if plain.endswith(words.department) else None


def _is_zone(plain: str) -> bool:
    """Whether a zone or its committee: 国有资产监督管理委员会 is a department."""
    words = vocabulary()
    stem = next((plain.removesuffix(ending) for ending in words.committee if plain.endswith(ending)), None)
    if stem is None:
        return plain.endswith(words.zone)
    return plain.endswith("管委会") or not stem or stem.endswith((*words.zone, *words.before_committee))


def _bracketed(
    printed: str,
    outer: tuple[Region, ...],
    registry: Registry,
    year: int | None,
) -> tuple[Region, ...]:
    """The place that a name holds in brackets, 中国(福建)自由贸易试验区福州片区, and more closely behind them."""
    for match in _BRACKETED.finditer(printed):
        end, regions, _ = _place(match[1], registry, year)
        if not regions or end != len(match[1]):
            continue
        codes = {region.code for region in outer}
        below = tuple(region for region in regions if codes.intersection(registry.ancestors(region.code)))
        regions = below or regions
        inner = (registry.within(regions, mention.regions) for mention in registry.find(printed[match.end() :]))
        return next((closer for closer in inner if closer), regions)
    return ()


def _listed(printed: str, kind: Kind, registry: Registry) -> tuple[Region, ...]:
    """The place of a zone that the list of zones knows by name."""
    zones = vocabulary().zones if kind == "zone" else {}
    for length in range(len(printed), 3, -1):
        if (region := registry.get(zones.get(printed[:length], ""))) is not None:
            return (region,)
    return ()


def _mentioned(printed: str, registry: Registry) -> tuple[Region, ...]:
    """The place in the middle of a name, 中意宁波生态园; a county's short name is too easily some other word."""
    mentions = [found for found in registry.find(printed) if found.full or found.regions[0].level != "county"]
    return mentions[-1].regions if mentions else ()


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
