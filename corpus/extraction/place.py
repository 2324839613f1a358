"""Which of several places is meant: evidence from the page, its address and its text, weighed.

Every piece of evidence names regions; a candidate gains by what names it, its superiors or what lies below it.
Templates are copied and texts are pasted (docs/sites.md), so no single piece decides against the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.extraction.hosts import hosted
from corpus.extraction.self_description import SelfDescription
from corpus.extraction.vocabulary import vocabulary
from corpus.extraction.weights import weights
from corpus.model import Region
from corpus.regions import Registry, is_whole

_CITED = re.compile(r"《[^》]*》")
_MOST_MENTIONS = 3
_FAR_MORE = 1.5
_SHORT_LINE = 40
_LONGEST_PATH = 24
_PRESENT = 9999
_LEAD = 1600
_SITES_NAMED = 20_000
# 我县; 县委 and 县政府 of a text that says whose neither of them is.
_OUR = re.compile(r"[我全本]([省市州盟县区旗])|(?<![\u4e00-\u9fff])([省市州盟县区旗])委|在([省市州盟县区旗])委")
# Sites that a text names: 云溪县人民政府门户网站, 云溪县网站, 走进云溪, 云溪政务网.
_SITE = re.compile(
    r"([\u4e00-\u9fff]{2,16}?)(?:人民)?(?:政府|政务)?(?:信息公开)?(?:门户|官方|公众|综合|信息|公开)*网(?:站|页|$|[^络上格])"
    r"|(?:走进|走近|魅力|美丽)([\u4e00-\u9fff]{2,8})"
)
# What a body publishes in carries its place's short name: 《渭滨统计》, “爱渭滨”.
_QUOTED = re.compile(r"《([\u4e00-\u9fff]{3,8})》|[“\"]([\u4e00-\u9fff]{3,14})[”\"]")
_COMMITTEE = re.compile(r"[\u4e00-\u9fff]{2,6}(?:县委|市委|区委|旗委|州委|盟委)")
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+gov\.cn", re.ASCII)
_DOCUMENT = re.compile(r"([\u4e00-\u9fff]{1,3})政(?:办|发|字|函|信息)[^〔\[（(。]{0,5}[〔\[（(]20\d\d")
_IMPRINT = re.compile(r"(?:主办(?:单位)?|版权所有)[:：]?\s*(\S{2,30})")
_SITE_TAGS = ("sitename", "sitedescription")
_PUBLISHER_TAGS = ("contentsource", "author", "source")
_OF_GOVERNMENT = ("", "人民政府", "政府")


class Evidence:
    """What a document tells about its place, gathered at the first question: most titles leave none open."""

    def __init__(self, registry: Registry, document: SelfDescription) -> None:
        self._registry = registry
        self._document = document
        self._weight = weights()["place"]
        self._weights: dict[str, float] = {}
        self._named: frozenset[str] = frozenset()
        self._addressed: frozenset[str] = frozenset()
        self._cited: dict[str, float] = {}
        self._ours = ""
        self._issuers: frozenset[str] = frozenset()
        self._gathered = False
        self._favoured = ""

    def _gather(self) -> None:
        if self._gathered:
            return
        self._gathered = True
        self._gather_from_page()
        self._gather_from_text()

    def _gather_from_page(self) -> None:
        """What stands around the text: signature, site, publisher, hint, address."""
        document, weight = self._document, self._weight
        for line in document.tail:
            if len(line) <= _SHORT_LINE:
                self._names(line, weight["signature"])
        self._names("\n".join(_IMPRINT.findall(document.imprint)), weight["imprint"])
        # Behind the title in a page's name stands the site's.
        self._names("\n".join(document.page_names), weight["page_name"])
        for tag in _SITE_TAGS:
            self._names(document.metadata.get(tag, ""), weight["site_name"], short=True)
        self._code(document.metadata.get("siteidcode", "")[:6], weight["site_code"])
        for tag in _PUBLISHER_TAGS:
            self._names(document.metadata.get(tag, ""), weight["publisher"], short=True)
        self._code(document.hint, weight["hint"])
        shares = hosted(document.url, self._registry)
        self._addressed = frozenset(shares)
        for code, share in shares.items():
            self._code(code, weight["address"] * share)

    def _gather_from_text(self) -> None:
        """What the text names: addresses, sites, places, what is published, whose document is cited."""
        document, weight = self._document, self._weight
        lead = document.lead[:_LEAD]
        for url in _ADDRESS.findall(lead):
            for code, share in hosted(url if "//" in url else f"http://{url}", self._registry).items():
                self._code(code, weight["address_in_text"] * share)
        self._names("\n".join(document.head), weight["head"])
        self._names(
            "\n".join(match[1] or match[2] for match in _SITE.finditer(document.text[:_SITES_NAMED])),
            weight["site_in_text"],
            short=True,
        )
        self._names(_CITED.sub("", lead), weight["text"])
        self._names("\n".join(map("".join, _QUOTED.findall(lead))), weight["quoted"], short=True)
        self._names("\n".join(match[0] for match in _COMMITTEE.finditer(lead)), weight["text"], short=True)
        self._named = frozenset(self._weights)
        # Documents cited are the superior's: they tell two places of one name apart, but name nobody who reports.
        named = dict(self._weights)
        self._names("\n".join(_CITED.findall(lead)), weight["text"])
        self._cited = {code: total - named.get(code, 0.0) for code, total in self._weights.items()}
        self._weights = named
        ours = Counter(next(filter(None, match.groups())) for match in _OUR.finditer(lead))
        self._ours = ours.most_common(1)[0][0] if ours else ""
        self._issuers = frozenset(character for prefix in _DOCUMENT.findall(lead) for character in prefix)

    def _code(self, code: str, weight: float) -> None:
        if code and self._registry.get(code) is not None:
            self._weights[code] = self._weights.get(code, 0.0) + weight

    def _names(self, text: str, weight: float, *, short: bool = False) -> None:
        counts: dict[str, float] = {}
        for regions in self._places(text, short=short):
            # A name that several places have says less about each.
            for region in regions:
                counts[region.code] = counts.get(region.code, 0.0) + 1 / len(regions)
        for code, count in counts.items():
            self._weights[code] = self._weights.get(code, 0.0) + weight * min(count, _MOST_MENTIONS)

    def _places(self, text: str, *, short: bool) -> list[tuple[Region, ...]]:
        """The places a text names, each with what it can mean: 北京市朝阳区 is one place, and one 朝阳区 only."""
        places: list[tuple[Region, ...]] = []
        end = -1
        for mention in self._registry.find(text):
            if not (mention.full or short or is_whole(text[mention.start : mention.end])):
                continue
            below = self._registry.within(places[-1], mention.regions) if mention.start == end else ()
            if mention.start == end and not (below or mention.full):
                continue  # 武汉东湖 is no place in Nanchang, whose 东湖区 that is
            places[len(places) - bool(below) :] = [below or mention.regions]
            end = mention.end
        return places

    def score(self, region: Region) -> float:
        """How much speaks for a region."""
        self._gather()
        total = 0.0
        ancestors = self._registry.ancestors(region.code)
        for code, weight in self._weights.items():
            if code == region.code:
                total += weight
            elif code in ancestors or region.code in self._registry.ancestors(code):
                total += weight * self._weight["kinship"]
        # What is cited speaks for those below it, and for a place among those of its name.
        total += sum(self._cited.get(code, 0.0) * self._weight["kinship"] for code in ancestors)
        if region.level == self._favoured:
            total += self._weight["county_for_town"]
        if self._ours and region.name.endswith(self._ours):
            total += self._weight["our_kind"]
        for name in self._registry.path(region.code):
            if not self._issuers.isdisjoint(name):
                total += self._weight["text"]
        abbreviations = vocabulary().abbreviations
        if any(abbreviations.get(character) == ancestors[0] for character in self._issuers):
            total += self._weight["text"]
        return total

    def choose(self, candidates: Iterable[Region]) -> Region | None:
        """The candidate that most speaks for, None when nothing tells the best two apart."""
        ranked = sorted(((self.score(region), region) for region in candidates), key=lambda pair: -pair[0])
        first = [region for score, region in ranked if score == ranked[0][0]]
        if len(first) > 1:
            return self._latest(first)
        return first[0] if first else None

    def around(self, candidates: Sequence[Region]) -> Region | None:
        """The candidate that all others lie in; None where none does."""
        above = [self._registry.ancestors(region.code) for region in candidates]
        return next((region for region in candidates if all(region.code in codes for codes in above)), None)

    def _latest(self, tied: Sequence[Region]) -> Region | None:
        """Of one place under several codes the one in use longest (吐鲁番市 as a county, then as a prefecture)."""
        last = max(region.valid_to or _PRESENT for region in tied)
        latest = [region for region in tied if (region.valid_to or _PRESENT) == last]
        same = len({self._home(region) for region in tied}) == 1
        return latest[0] if same and len(latest) == 1 else None

    def _home(self, region: Region) -> str:
        """What a place and its successor share: the province and the beginning of the prefecture's name.

        A county or a city of the county's level is the only one of its name in its province.
        """
        path = self._registry.path(region.code)
        own = region.level == "county" and region.name[-1] in "市县"
        return path[0] + (region.name if own else path[min(1, len(path) - 1)])[:2]

    def best(self, generic: str = "", *, town: bool = False) -> Region | None:
        """The place that the evidence itself names, for a body that names none; None where it says too little.

        ``generic`` is the word that stands for the place (市 in 市财政局): it may be a superior of what is named. A
        ``town`` lies in a county before it lies in a prefecture.
        """
        self._gather()
        candidates = self._candidates(generic)
        if town and any(region.level == "county" for region in candidates):
            self._favoured = "county"
        chosen = self.choose(candidates)
        if chosen is None or (generic and self._is_outdone(chosen)):
            return None
        least = self._weight["least"] * (self._weight["kinship"] if generic else 1)
        return chosen if self.score(chosen) >= least or self._is_clear(chosen, candidates) else None

    def _is_outdone(self, chosen: Region) -> bool:
        """Whether far more speaks for a place that the word cannot stand for, nor for any place around it.

        gk.ziyang.gov.cn is the city 资阳's: its 区 is one of its own districts, not 资阳区 in another province.
        """
        named = [region for region in map(self._registry.get, self._named) if region is not None]
        others = [self.score(region) for region in named if not self._are_kin(region, chosen)]
        return max(others, default=0.0) > _FAR_MORE * self.score(chosen)

    def _candidates(self, generic: str) -> list[Region]:
        """The places that may be meant: those named, or, where a word stands for the place, their superiors too."""
        if generic:
            codes = {ancestor for code in self._named for ancestor in self._registry.ancestors(code)}
            return [
                region for region in map(self._registry.get, sorted(codes)) if region and _is_called(region, generic)
            ]
        found = [region for region in map(self._registry.get, sorted(self._named)) if region is not None]
        # A text that says 我区 throughout is no city's own, though only the city is named.
        return [region for region in found if not self._ours or region.name.endswith(self._ours)]

    def _is_clear(self, chosen: Region, candidates: Sequence[Region]) -> bool:
        """Whether the address, though it says little (km), says it of one place far before all others."""
        if chosen.code not in self._addressed or self.score(chosen) < self._weight["least_clear"]:
            return False
        others = [self.score(region) for region in candidates if not self._are_kin(region, chosen)]
        return self.score(chosen) >= self._weight["clear"] * max(others, default=0.0)

    def _are_kin(self, one: Region, other: Region) -> bool:
        return one.code in self._registry.ancestors(other.code) or other.code in self._registry.ancestors(one.code)

    def hear_of(self, body: str) -> None:
        """Add what the text itself puts before the body: 平顶山市财政局 speaks for 平顶山市, where 财政局 reports."""
        self._gather()
        text = self._document.text
        places: Counter[str] = Counter()
        for match in re.finditer(re.escape(body), text):
            before = text[max(0, match.start() - _LONGEST_PATH) : match.start()]
            mentions = self._registry.find(before)
            if mentions and before[mentions[-1].end :] in _OF_GOVERNMENT:
                places.update(region.code for region in mentions[-1].regions)
        for code, count in places.items():
            self._code(code, self._weight["before_body"] * min(count, _MOST_MENTIONS))
        self._named |= frozenset(places)


def _is_called(region: Region, generic: str) -> bool:
    """Whether 市, 县, 自治区 … can stand for the region; 区 alone is a district, never an autonomous region."""
    if generic in ("区", "本区", "我区"):
        return region.level == "county" and region.name.endswith("区")
    if generic in ("本市", "我市", "本县", "我县"):
        generic = generic[1]
    return region.name.endswith(generic)
