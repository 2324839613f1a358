"""Which of several places is meant: evidence from the page, its address and its text, weighed.

Every piece of evidence names regions; a candidate gains by what names it, its superiors or what lies below it.
Templates are copied and texts are pasted (SITES.md § 5, § 8), so no single piece decides against the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from corpus.extraction.vocabulary import vocabulary
from corpus.model import LEVELS, Region
from corpus.regions import Registry, is_whole

# How much a piece of evidence says; the order is what matters: the body's own words, then its site, then its text.
_SIGNATURE, _SITE_NAME, _SITE_CODE, _PUBLISHER, _HINT, _ADDRESS, _HEAD, _TEXT = 4.0, 3.0, 3.0, 3.0, 2.5, 2.0, 1.5, 1.0
_OUR_PLACE = 2.0
_KINSHIP = 0.6
_LEAST = 2.0
_CITED = re.compile(r"《[^》]*》")
_MOST_MENTIONS = 3
_SHORT_LINE = 40
_LONGEST_PATH = 24
_PRESENT = 9999
_LEAD = 1600
_OUR = re.compile(r"[我全本]([省市州盟县区旗])")
_DOCUMENT = re.compile(r"([\u4e00-\u9fff]{1,3})政(?:办|发|字|函|信息)[^〔\[（(。]{0,5}[〔\[（(]20\d\d")
_SITE_TAGS = ("sitename", "sitedescription")
_PUBLISHER_TAGS = ("contentsource", "author", "source")
_OF_GOVERNMENT = ("", "人民政府", "政府")


@dataclass(frozen=True, slots=True)
class Traces:
    """Where a document may say its place: the lines above the text, its beginning, its last lines, its site."""

    metadata: Mapping[str, str]
    url: str
    hint: str
    head: Sequence[str]
    lead: str
    tail: Sequence[str]


class Evidence:
    """What a document tells about its place, gathered at the first question: most titles leave none open."""

    def __init__(self, registry: Registry, traces: Traces) -> None:
        self._registry = registry
        self._traces = traces
        self._weights: dict[str, float] = {}
        self._named: frozenset[str] = frozenset()
        self._ours = ""
        self._issuers: frozenset[str] = frozenset()
        self._gathered = False

    def _gather(self) -> None:
        if self._gathered:
            return
        self._gathered = True
        traces = self._traces
        for line in traces.tail:
            if len(line) <= _SHORT_LINE:
                self._names(line, _SIGNATURE)
        for tag in _SITE_TAGS:
            self._names(traces.metadata.get(tag, ""), _SITE_NAME, short=True)
        self._code(traces.metadata.get("siteidcode", "")[:6], _SITE_CODE)
        for tag in _PUBLISHER_TAGS:
            self._names(traces.metadata.get(tag, ""), _PUBLISHER, short=True)
        self._code(traces.hint, _HINT)
        for code, share in _hosted(traces.url, self._registry).items():
            self._code(code, _ADDRESS * share)
        self._names("\n".join(traces.head), _HEAD)
        lead = traces.lead[:_LEAD]
        self._names(_CITED.sub("", lead), _TEXT)
        self._named = frozenset(self._weights)
        # Documents cited are the superior's: they tell two places of one name apart, but name nobody who reports.
        self._names("\n".join(_CITED.findall(lead)), _TEXT)
        ours = Counter(_OUR.findall(lead))
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
                total += weight * _KINSHIP
        if self._ours and region.name.endswith(self._ours):
            total += _OUR_PLACE
        for name in self._registry.path(region.code):
            if not self._issuers.isdisjoint(name):
                total += _TEXT
        abbreviations = vocabulary().abbreviations
        if any(abbreviations.get(character) == ancestors[0] for character in self._issuers):
            total += _TEXT
        return total

    def choose(self, candidates: Iterable[Region]) -> Region | None:
        """The candidate that most speaks for, None when nothing tells the best two apart."""
        ranked = sorted(((self.score(region), region) for region in candidates), key=lambda pair: -pair[0])
        first = [region for score, region in ranked if score == ranked[0][0]]
        if len(first) > 1:
            return self._latest(first)
        return first[0] if first else None

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

    def best(self, generic: str = "") -> Region | None:
        """The place that the evidence itself names, for a body that names none; None where it says too little.

        ``generic`` is the word that stands for the place (市 in 市财政局): it may be a superior of what is named.
        """
        self._gather()
        codes: Iterable[str] = self._named
        if generic:
            codes = {ancestor for code in codes for ancestor in self._registry.ancestors(code)}
        candidates = [region for code in sorted(codes) if (region := self._registry.get(code)) is not None]
        if generic:
            candidates = [region for region in candidates if _is_called(region, generic)]
        elif self._ours:
            # A text that says 我区 throughout is no city's own, though only the city is named.
            candidates = [region for region in candidates if region.name.endswith(self._ours)]
        chosen = self.choose(candidates)
        least = _LEAST * _KINSHIP if generic else _LEAST
        return chosen if chosen is not None and self.score(chosen) >= least else None

    def of_body(self, body: str) -> Region | None:
        """The place that the text itself puts before the body (平顶山市财政局 for 财政局)."""
        found: Counter[Region] = Counter()
        traces = self._traces
        text = "\n".join((*traces.head, traces.lead, *traces.tail))
        for match in re.finditer(re.escape(body), text):
            before = text[max(0, match.start() - _LONGEST_PATH) : match.start()]
            mentions = self._registry.find(before)
            if mentions and before[mentions[-1].end :] in _OF_GOVERNMENT:
                found.update(mentions[-1].regions)
        if not found:
            return None
        most = max(found.values())
        return self.choose(region for region, count in found.items() if count == most)


def _is_called(region: Region, generic: str) -> bool:
    """Whether 市, 县, 自治区 … can stand for the region; 区 alone is a district, never an autonomous region."""
    if generic in ("区", "本区", "我区"):
        return region.level == "county" and region.name.endswith("区")
    if generic in ("本市", "我市", "本县", "我县"):
        generic = generic[1]
    return region.name.endswith(generic)


def _hosted(url: str, registry: Registry) -> dict[str, float]:
    """The regions that the labels of a host can mean, each with its share of belief; the address may be empty.

    The label nearest to gov.cn whose place is known decides, one before it only names what lies below (ht.sanya).
    Of several places of one label the highest has the plain name (www.jinan.gov.cn), the others are half believed.
    """
    labels = (urlsplit(url).hostname or "").removesuffix(".gov.cn").split(".")
    domains = vocabulary().domains
    shares: dict[str, float] = {}
    found: tuple[Region, ...] = ()
    # gz.gov.cn is 广州's, though gz is 贵州 under a ministry's domain: whole domains go first.
    for label in (f"{labels[-1]}.gov.cn", *reversed(labels)):
        codes = domains.get(label, ())
        named = tuple(region for code in codes if (region := registry.get(code)) is not None)
        named = registry.within(found, named) if found else named
        if not named:
            continue
        highest = min(named, key=lambda region: LEVELS.index(region.level)).level
        shares = {region.code: 1.0 if region.level == highest else 0.5 for region in named}
        found = named
    return shares
