"""The place in a body's name: at its beginning, in brackets, before 分局, in the list of zones.

Regions are read from the province down. A short name of a place counts only where it cannot be the beginning of a
township's name (洛阳镇 lies in 泉州, 北京街道 in 广州).
"""

from __future__ import annotations

import re

from corpus.extraction.vocabulary import vocabulary
from corpus.model import Kind, Region
from corpus.regions import Mention, Registry, is_whole, valid

_BRACKETED = re.compile(r"[(（]([^()（）]+)[)）]")
_BRANCH = re.compile(r"[局委会厅队]([\u4e00-\u9fff]{2,12}?)(?:分局|分中心|支队|大队)$")

Regions = tuple[Region, ...]


def read_place(printed: str, registry: Registry, year: int | None) -> tuple[int, Regions, str]:
    """Where the places at the beginning of a name end, which regions they can mean, the last if it is short."""
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


def place_within(printed: str, kind: Kind, outer: Regions, registry: Registry, year: int | None) -> Regions:
    """The closer place that a name holds behind its first one, else that: a branch's, one in brackets, a zone's."""
    return (
        _branched(printed, outer, registry, year)
        or _bracketed(printed, outer, registry, year)
        or (zone_within(printed, registry) if kind == "zone" else ())
        or outer
    )


def _branched(printed: str, outer: Regions, registry: Registry, year: int | None) -> Regions:
    """The place of a bureau's branch, 重庆市公安局渝中区分局, if it lies where the bureau is."""
    match = _BRANCH.search(printed)
    if match is None:
        return ()
    end, regions, _ = read_place(match[1], registry, year)
    return registry.within(outer, regions) if end == len(match[1]) else ()


def _bracketed(printed: str, outer: Regions, registry: Registry, year: int | None) -> Regions:
    """The place that a name holds in brackets, 中国(福建)自由贸易试验区福州片区, and more closely behind them."""
    for match in _BRACKETED.finditer(printed):
        end, regions, short = read_place(match[1], registry, year)
        below = registry.within(outer, regions)
        # 武昌经开区(滨江): a word in brackets that a county elsewhere is called by is no place.
        is_word = bool(outer and short) and all(region.level == "county" for region in regions)
        if not (below or (regions and not is_word)) or end != len(match[1]):
            continue
        regions = below or regions
        return _closer(regions, printed[match.end() :], registry)
    return ()


def zone_within(printed: str, registry: Registry) -> Regions:
    """The place of a zone that the list of zones knows by name, of which a name is or with which it begins."""
    zones = vocabulary().zones
    for length in range(len(printed), 3, -1):
        if (region := registry.get(zones.get(printed[:length], ""))) is not None:
            return _closer((region,), printed[length:], registry)
    return ()


def _closer(regions: Regions, rest: str, registry: Registry) -> Regions:
    """What the rest of a name tells of a place more closely: 天府新区眉山片区 is in 眉山."""
    inner = (registry.within(regions, mention.regions) for mention in registry.find(rest))
    return next((closer for closer in inner if closer), regions)


def place_mentioned(printed: str, registry: Registry) -> tuple[Region, ...]:
    """The place in the middle of a name, 中意宁波生态园; a county's short name is too easily some other word."""
    mentions = [found for found in registry.find(printed) if found.full or found.regions[0].level != "county"]
    return mentions[-1].regions if mentions else ()
