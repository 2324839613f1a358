"""The body that a title names: its place, its kind, its completed name (CONTRACT.md, "agency" and "kind").

A name is read from the left: regions from the province down, then the body. A short name of a place counts
only where it cannot be the beginning of a township's name (洛阳镇 lies in 泉州, 北京街道 in 广州).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.model import Kind, Region
from corpus.parsers.vocabulary import vocabulary
from corpus.regions import Mention, Registry

_BRACKETED = re.compile(r"[(（]([^()（）]+)[)）]")
_PLACE_ENDINGS = "省市县区州旗盟"

Scope = Literal["national", "region", "missing"]


@dataclass(frozen=True, slots=True)
class Body:
    """A name taken apart.

    ``place`` is the part of ``printed`` that names regions, ``rest`` what follows it. ``regions`` are the
    candidates for the region that the place means, empty where the name has no place. ``generic`` is a word
    that stands for the place (市 in 市财政局). ``certain`` tells that the place is given by a whole name.
    """

    printed: str
    place: str
    rest: str
    kind: Kind
    scope: Scope
    regions: tuple[Region, ...] = ()
    generic: str = ""
    certain: bool = True

    def name(self, region: Region | None) -> str:
        """The name with what is missing: 人民政府, 管理委员会, 办事处, or the place of the government."""
        if self.scope == "national":
            return self.printed
        place = self.place
        if self.scope == "missing" and self.kind != "township" and region is not None:
            place = region.name
        elif region is not None and not self.rest and place and place[-1] not in _PLACE_ENDINGS:
            place = region.name
        if not self.rest:
            return place + "人民政府"
        return place + _complete(self.rest, self.kind)


def read_body(printed: str, registry: Registry, year: int | None = None) -> Body | None:
    """Take the name of a body apart; None for words that name no body."""
    words = vocabulary()
    if (body := _national(printed, registry, year)) is not None:
        return body
    place_end, regions, certain = _place(printed, registry, year)
    generic = ""
    if not place_end:
        generic = _generic(printed)
        if generic and len(generic) == len(printed):
            return None
    rest = printed[place_end + len(generic) :]
    kind = _kind(rest, bool(place_end or generic))
    if kind is None:
        return None
    # 市 before a body stands for the place; before a township's own name it is nothing.
    if kind == "township" and rest in words.generic_township:
        return None
    if kind == "zone" and (inside := _inside(printed, rest, registry, year)):
        regions, certain = inside, True
    elif kind == "township" and regions and not certain:
        # 洛阳镇: nothing but the beginning of a name; it may still be the right place if all else says so.
        return Body(printed, "", printed, kind, "missing", (), "", certain=False)
    if not regions and kind in ("zone", "department", "office"):
        regions = _inside(printed, rest, registry, year)
        if regions:
            return Body(printed, "", rest, kind, "region", regions, "", certain=False)
    scope: Scope = "region" if regions else "missing"
    return Body(printed, printed[:place_end], rest, kind, scope, regions, generic, certain)


def _national(printed: str, registry: Registry, year: int | None) -> Body | None:
    words = vocabulary()
    if printed.endswith(words.national_endings):
        name = re.sub(r"关区$", "", printed) if printed.endswith("海关关区") else printed
        return Body(name, "", name, "ministry", "national")
    bare = printed
    for prefix in words.national_prefixes:
        bare = bare.removeprefix(prefix)
    head = next((body for body in words.national_bodies if printed.startswith(body) or bare.startswith(body)), None)
    if head is None and bare == printed:
        return None
    # 国家税务总局北京市税务局, 财政部四川监管局: the ministry's branch belongs to its place.
    after = printed[printed.find(head) + len(head) :] if head else bare
    end, regions, certain = _place(after, registry, year)
    if end:
        kind: Kind = "department"
        start = len(printed) - len(after)
        return Body(printed, printed[: start + end], after[end:], kind, "region", regions, "", certain)
    if after and head and not after.endswith(words.department):
        return None
    return Body(printed, "", printed, "ministry", "national")


def _place(printed: str, registry: Registry, year: int | None) -> tuple[int, tuple[Region, ...], bool]:
    """Where the places at the beginning end, which regions they can mean, and whether a whole name says so."""
    end = 0
    found: tuple[Region, ...] = ()
    certain = False
    while (mention := registry.at(printed, end)) is not None:
        regions = _within(registry, found, mention) if found else mention.regions
        rest = printed[mention.end :]
        if not regions or not _stands(mention, rest, bool(found)):
            break
        named = registry.named(printed[mention.start : mention.end], year)
        found = tuple(region for region in named if region in regions)
        end = mention.end
        certain = mention.full or printed[end - 1] in _PLACE_ENDINGS
    return end, found, certain


def _within(registry: Registry, outer: tuple[Region, ...], mention: Mention) -> tuple[Region, ...]:
    codes = {region.code for region in outer}
    return tuple(region for region in mention.regions if codes.intersection(registry.ancestors(region.code)[:-1]))


def _stands(mention: Mention, rest: str, below: bool) -> bool:
    """Whether a name at this position is a place of its own: a short one is not, before 镇, 街道, 路 …"""
    if mention.full:
        return True
    if rest[:1] in ("镇", "乡", "街", "路", "村", "桥", "苏"):
        return False
    # 鼓楼区长安街道 is handled above; 和平里街道办事处 is one name though 和平 is a county.
    return not (below and rest.endswith(tuple(vocabulary().township)))


def _generic(printed: str) -> str:
    words = vocabulary()
    if printed.startswith(words.not_generic):
        return ""
    return next((place for place in words.generic if printed.startswith(place) and len(printed) > len(place)), "")


def _kind(rest: str, placed: bool) -> Kind | None:
    words = vocabulary()
    plain = _BRACKETED.sub("", rest)
    if not plain:
        return "government" if placed else None
    if plain in ("人民政府", "政府"):
        return "government" if placed else None
    if plain.endswith(words.office):
        return "office"
    if plain.endswith(tuple(words.township)) and not plain.endswith(words.zone):
        return "township"
    stem = next((plain.removesuffix(ending) for ending in words.committee if plain.endswith(ending)), None)
    if stem is None:
        if plain.endswith(words.zone):
            return "zone"
    elif plain.endswith("管委会") or not stem or stem.endswith((*words.zone, "区", "园", "城", "港", "岛", "山", "湖")):
        return "zone"
    if plain.endswith(("人民政府", "区人民政府")):
        return "government"
    return "department" if plain.endswith(words.department) else None


def _inside(printed: str, rest: str, registry: Registry, year: int | None) -> tuple[Region, ...]:
    """The place that a zone's name holds: in brackets (中国(河北)自由贸易试验区), listed, or after another word."""
    for bracketed in _BRACKETED.findall(printed):
        end, regions, _ = _place(bracketed, registry, year)
        if end == len(bracketed):
            return regions
    zones = vocabulary().zones
    for length in range(len(printed), 3, -1):
        if (code := zones.get(printed[:length])) is not None and (region := registry.get(code)) is not None:
            return (region,)
    if printed != rest:
        return ()
    mentions = [mention for mention in registry.find(printed) if mention.regions[0].level != "county" or mention.full]
    return mentions[-1].regions if mentions else ()


def _complete(rest: str, kind: Kind) -> str:
    """A body's name with what is missing at its end; 政府 is short for 人民政府."""
    words = vocabulary()
    keeps = "|".join(words.government_keeps)
    rest = re.sub(rf"^(?<!人民)政府(?!{keeps})", "人民政府", rest)
    if kind == "township":
        return rest + next((more for ending, more in words.township.items() if rest.endswith(ending)), "")
    if kind == "zone" and not _BRACKETED.sub("", rest).endswith(words.committee):
        return rest + words.committee[0]
    return rest
