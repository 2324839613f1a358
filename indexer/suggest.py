"""What to offer while somebody types: places, agencies, metrics, frequent words; by characters, pinyin or initials."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from corpus.metrics import Metric
from corpus.regions import Registry
from indexer.normal import normalise
from indexer.pinyin import syllable

SuggestionKind = Literal["region", "agency", "metric", "word"]
_RANK: Mapping[SuggestionKind, int] = {"region": 0, "metric": 1, "agency": 2, "word": 3}
_FREQUENT = 3
"""A word that occurs less often is not offered."""
_LOOKED_AT = 400
"""Entries of one prefix that are compared; a prefix with more is too short to tell them apart."""


class Suggestion(NamedTuple):
    """``value`` is what stands for it in an address: a code, an id, the word itself. ``weight`` orders equals.

    A tuple of plain values: the collector of garbage need not look at tens of thousands of them.
    """

    kind: SuggestionKind
    value: str
    text: str
    weight: int = 0


class Suggester:
    """Everything that can be offered, sorted by each way of typing it."""

    def __init__(self, suggestions: Iterable[Suggestion]) -> None:
        self._entries: list[tuple[str, Suggestion]] = sorted(
            ((spelling, suggestion) for suggestion in suggestions for spelling in _spellings(suggestion.text)),
            key=lambda entry: entry[0],
        )
        self._keys = [spelling for spelling, _ in self._entries]

    def beginning(self, prefix: str) -> Iterator[Suggestion]:
        """What can be typed so that it begins with a text."""
        start = bisect_left(self._keys, prefix)
        for spelling, suggestion in self._entries[start : start + _LOOKED_AT]:
            if not spelling.startswith(prefix):
                break
            yield suggestion


def suggest(suggesters: Iterable[Suggester], typed: str, most: int = 10) -> list[Suggestion]:
    """What begins as typed: places first, then metrics, agencies, words; the commonest of each before others."""
    prefix = "".join(normalise(typed).split())
    if not prefix:
        return []
    found = {suggestion for suggester in suggesters for suggestion in suggester.beginning(prefix)}
    ranked = sorted(found, key=lambda each: (_RANK[each.kind], -each.weight, len(each.text), each.value, each.text))
    return _mixed(ranked, most)


def always(registry: Registry, metrics: Mapping[str, Metric]) -> Iterator[Suggestion]:
    """What is offered whatever the index holds: places and metrics."""
    for region in registry:
        if region.valid_to is None:
            for name in dict.fromkeys((region.name, *region.aliases)):
                yield Suggestion("region", region.code, name, -len(registry.ancestors(region.code)))
    for metric in metrics.values():
        yield Suggestion("metric", metric.id, metric.name_zh)
        yield Suggestion("metric", metric.id, metric.name_en)


def held(agencies: Mapping[str, str], words: Mapping[str, int]) -> Iterator[Suggestion]:
    """What an index holds: agencies (id → name), and words with their frequencies."""
    for id_, name in agencies.items():
        yield Suggestion("agency", id_, name)
    for word, count in words.items():
        if count >= _FREQUENT and len(word) > 1 and not word.isdigit():
            yield Suggestion("word", word, word, count)


def _spellings(text: str) -> set[str]:
    """The characters, the pinyin and the initials of a name."""
    normal = "".join(normalise(text).split())
    syllables = [syllable(character) for character in normal]
    return {normal, "".join(syllables), "".join(entry[0] for entry in syllables)}


def _mixed(ranked: list[Suggestion], most: int) -> list[Suggestion]:
    """No kind takes all the room: at most half of it while others wait."""
    first: list[Suggestion] = []
    for kind in _RANK:
        first += [entry for entry in ranked if entry.kind == kind][: max(most // 2, 1)]
    rest = [entry for entry in ranked if entry not in first]
    return sorted((first + rest)[:most], key=ranked.index)
