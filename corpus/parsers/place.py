"""Which of several places is meant: evidence from the page, its address and its text, weighed.

Every piece of evidence names regions; a candidate gains by what names it, its superiors or what lies below it.
Templates are copied and texts are pasted (SITES.md § 5, § 8), so no single piece decides against the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from corpus.model import Region
from corpus.parsers.vocabulary import vocabulary
from corpus.regions import Registry

# How much a piece of evidence says; the order is what matters: the body's own words, then its site, then its text.
_SIGNATURE, _SITE_NAME, _SITE_CODE, _PUBLISHER, _HINT, _ADDRESS, _HEAD, _TEXT = 4.0, 3.0, 3.0, 3.0, 2.5, 2.0, 1.5, 1.0
_OUR_PLACE = 2.0
_KINSHIP = 0.6
_MOST_MENTIONS = 3
_LEAD = 1600
_OUR = re.compile(r"[我全本]([省市州盟县区旗])")
_DOCUMENT = re.compile(r"([\u4e00-\u9fff]{1,3})政(?:办|发|字|函|信息)[^〔\[（(。]{0,5}[〔\[（(]20\d\d")
_SITE_TAGS = ("sitename", "sitedescription")
_PUBLISHER_TAGS = ("contentsource", "author", "source")
_PLACE_ENDINGS = "省市县区州旗盟"


class Evidence:
    """What a document tells about its place, gathered once when something is open."""

    def __init__(
        self, registry: Registry, metadata: Mapping[str, str], url: str, hint: str,
        head: Sequence[str], lead: str, tail: Sequence[str],
    ) -> None:  # fmt: skip
        """``head`` are the lines above the text, ``lead`` its beginning, ``tail`` its last lines."""
        self._registry = registry
        self.weights: Counter[str] = Counter()
        self.text = "\n".join((*head, lead, *tail))
        for line in tail:
            if len(line) <= 40:
                self._names(line, _SIGNATURE)
        for tag in _SITE_TAGS:
            self._names(metadata.get(tag, ""), _SITE_NAME, short=True)
        self._code(metadata.get("siteidcode", "")[:6], _SITE_CODE)
        for tag in _PUBLISHER_TAGS:
            self._names(metadata.get(tag, ""), _PUBLISHER, short=True)
        self._code(hint, _HINT)
        for code in _hosted(url):
            self._code(code, _ADDRESS)
        self._names("\n".join(head), _HEAD)
        self._names(lead[:_LEAD], _TEXT)
        ours = Counter(_OUR.findall(lead))
        self._ours = ours.most_common(1)[0][0] if ours else ""
        self._issuers = {character for prefix in _DOCUMENT.findall(lead) for character in prefix}

    def _code(self, code: str, weight: float) -> None:
        if code and self._registry.get(code) is not None:
            self.weights[code] += weight

    def _names(self, text: str, weight: float, *, short: bool = False) -> None:
        counts: Counter[str] = Counter()
        for mention in self._registry.find(text):
            if mention.full or short or text[mention.end - 1] in _PLACE_ENDINGS:
                # A name that several places have says less about each.
                for region in mention.regions:
                    counts[region.code] += 1 / len(mention.regions)
        for code, count in counts.items():
            self.weights[code] += weight * min(count, _MOST_MENTIONS)

    def score(self, region: Region) -> float:
        """How much speaks for a region."""
        total = 0.0
        ancestors = self._registry.ancestors(region.code)
        for code, weight in self.weights.items():
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
        if not ranked:
            return None
        if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
            present = [region for score, region in ranked if score == ranked[0][0] and region.valid_to is None]
            return present[0] if len(present) == 1 else None
        return ranked[0][1]

    def best(self) -> Region | None:
        """The place that the evidence itself names, for a body that names none; None without evidence."""
        candidates = [region for code in self.weights if (region := self._registry.get(code)) is not None]
        if self._ours:
            candidates = [region for region in candidates if region.name.endswith(self._ours)] or candidates
        return self.choose(candidates)

    def of_body(self, body: str) -> Region | None:
        """The place that the text itself puts before the body (平顶山市财政局 for 财政局)."""
        found: Counter[Region] = Counter()
        for match in re.finditer(re.escape(body), self.text):
            before = self.text[max(0, match.start() - 24) : match.start()]
            mentions = self._registry.find(before)
            if mentions and mentions[-1].end == len(before):
                found.update(mentions[-1].regions)
        if not found:
            return None
        most = max(found.values())
        return self.choose(region for region, count in found.items() if count == most)


def _hosted(url: str) -> tuple[str, ...]:
    """The regions that the labels of a host can mean, the label nearest to gov.cn last; the address may be empty."""
    host = urlsplit(url).hostname or ""
    domains = vocabulary().domains
    return tuple(code for label in host.split(".") for code in domains.get(label, ()))
