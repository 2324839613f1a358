"""What was found → the answer; where little or nothing was, also what to ask instead. One for all engines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import chain

from corpus.metrics import Metric
from indexer.clauses import Query
from indexer.describe import describe
from indexer.found import Found
from indexer.reading import Reader
from indexer.relax import relax
from indexer.result import Hit, SearchResult
from indexer.suggest import Suggestion

FEW = 2
"""Reports found up to which another spelling is offered."""
OFFERS = 5
"""Names offered where nothing was found."""
RELAXED = 10
"""Reports shown there."""
CORRECTIONS = 3
"""Other spellings offered."""


class Answerer:
    """Answers with one reader; ``suggest`` completes what begins so, with so many names at most."""

    def __init__(
        self, reader: Reader, metrics: Mapping[str, Metric], suggest: Callable[[str, int], list[Suggestion]]
    ) -> None:
        self._reader = reader
        self._metrics = metrics
        self._rates = frozenset(id_ for id_, metric in metrics.items() if metric.unit == "%")
        self._suggest = suggest

    def answer(self, found: Found) -> SearchResult:
        """The answer. Raises UsageError for a sort by a metric that there is not."""
        understood = describe(found.request, found.query.text, found.meaning)
        if _is_doubtful(found):
            understood["did_you_mean"] = _corrections(found)
        relaxed: tuple[Hit, ...] = ()
        if not found.total and found.request.size and not found.request.like:
            instead, relaxed = self._instead(found)
            understood.update(instead)
        return SearchResult(
            total=found.total,
            hits=found.hits(),
            facets=found.facets(self._rates),
            understood=understood,
            generation=found.generation,
            groups=found.groups,
            statistics=tuple(found.statistics(self._metrics[id_]) for id_ in found.request.stats),
            subject=found.subject,
            relaxed_hits=relaxed,
        )

    def _instead(self, found: Found) -> tuple[dict[str, object], tuple[Hit, ...]]:
        """What was given up so that something is found, what each part finds, names to try; and reports found so."""
        parts = found.parts()
        given_up, reports = relax(parts)
        said: dict[str, object] = {
            "relaxed": [{"text": each.text, "how": each.how, "found": each.found} for each in given_up],
            "parts": [{"text": each.text, "found": each.met.count} for each in parts],
            "suggestions": self._offers(found.query) if reports is None else [],
        }
        weaker = [part.instead for part in parts if part.instead is not None]
        return said, found.shown(reports, RELAXED, weaker) if reports is not None else ()

    def _offers(self, query: Query) -> list[dict[str, str]]:
        """What begins like the words of a query that finds nothing, or like the first half of one of them."""
        whole = "".join(query.words)
        words = (*query.words, *([whole] if whole.isascii() and len(query.words) > 1 else []))  # pinyin, written apart
        tried = (word[:length] for word in words for length in (len(word), (len(word) + 1) // 2))
        begun: Iterable[Suggestion] = (
            offer for typed in tried if len(typed) > 1 for offer in self._suggest(typed, OFFERS)
        )
        named = [Suggestion("metric", id_, name) for name, id_ in self._reader.metrics_like(query)]
        unique = {offer.text: offer for offer in chain(named[:OFFERS], begun) if offer.text not in query.words}
        return [{"kind": o.kind, "value": o.value, "text": o.text} for o in list(unique.values())[:OFFERS]]


def _is_doubtful(found: Found) -> bool:
    """Whether another spelling may be what was meant."""
    if not found.request.size or found.request.plain:
        return False
    if any(part.reason == "read_as_parts" for part in found.query.ignored):
        return True
    # Who names an item finds few reports and means just these.
    named = found.total and found.subject is not None and found.subject.whole
    return found.total <= FEW and not named


def _corrections(found: Found) -> list[dict[str, object]]:
    """Other spellings that find more, those that find most of all first among equals."""
    offered: list[dict[str, object]] = []
    for text in (*_in_capitals(found.query), *found.spellings()):
        total = found.total_of(text)
        if total > found.total:
            offered.append({"text": text, "total": total})
    return offered[:CORRECTIONS]


def _in_capitals(query: Query) -> tuple[str, ...]:
    """The text with its operators in capitals, where one was typed in small letters."""
    if not any(part.reason == "lower_case_operator" for part in query.ignored):
        return ()
    return (re.sub(r"\b(?:and|or|not)\b", lambda sign: sign[0].upper(), query.text, flags=re.IGNORECASE),)
