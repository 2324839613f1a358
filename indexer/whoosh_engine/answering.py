"""A request, answered over one state of the index; where little or nothing is found, also what to ask instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import chain

import numpy as np

from corpus.metrics import Metric
from corpus.regions import Registry
from indexer.clauses import Query
from indexer.describe import describe
from indexer.facet_counts import facets
from indexer.reading import Reader
from indexer.relax import relax
from indexer.request import SearchRequest
from indexer.result import Hit, SearchResult
from indexer.statistics import statistics
from indexer.suggest import Suggestion
from indexer.whoosh_engine.asked import Asked, count, understand
from indexer.whoosh_engine.hits import Hits
from indexer.whoosh_engine.view import WhooshView

OFFERS = 5
"""Names offered where nothing was found."""
RELAXED = 10
"""Reports shown there."""
CORRECTIONS = 3
"""Other spellings offered."""


class Answerer:
    """Answers requests with one reader; ``suggest`` completes what begins so, with so many names at most.

    ``hits`` shows what was found.
    """

    def __init__(
        self,
        reader: Reader,
        registry: Registry,
        metrics: Mapping[str, Metric],
        suggest: Callable[[str, int], list[Suggestion]],
    ) -> None:
        self.hits = Hits(reader)
        self._reader = reader
        self._registry = registry
        self._metrics = metrics
        self._rates = frozenset(id_ for id_, metric in metrics.items() if metric.unit == "%")
        self._suggest = suggest

    def answer(self, request: SearchRequest, view: WhooshView) -> SearchResult:
        """The answer of ``view``. Raises UsageError for a sort by a metric that there is not."""
        asked = understand(request, view, self._reader)
        understood = dict(describe(asked.query, asked.request))
        if asked.is_doubtful:
            understood["did_you_mean"] = self._corrections(asked)
        relaxed: tuple[Hit, ...] = ()
        if asked.is_in_vain:
            instead, relaxed = self._instead(asked)
            understood.update(instead)
        return SearchResult(
            total=asked.documents.size,
            hits=self.hits.page(asked, asked.documents),
            facets=facets(asked.matches, self._rates),
            understood=understood,
            generation=view.name,
            groups=asked.groups,
            statistics=tuple(statistics(asked.matches, self._metrics[id_], self._registry) for id_ in request.stats),
            subject=asked.subject,
            relaxed_hits=relaxed,
        )

    def ids(self, request: SearchRequest, view: WhooshView) -> frozenset[str]:
        """The ids of the reports that are found, without ranking, showing or counting them."""
        found = understand(request, view, self._reader).documents
        return frozenset(id_.decode() for id_ in view.columns.ids[found].tolist())

    def _corrections(self, asked: Asked) -> list[dict[str, object]]:
        """Other spellings that find more, those that find most of all first among equals."""
        offered: list[dict[str, object]] = []
        spelt = asked.view.spellings.corrections(asked.query, lambda pair: asked.view.pair(pair).size)
        for text in (*_in_capitals(asked.query), *spelt):
            found = count(replace(asked.request, text=text), asked.view, self._reader)
            if found > asked.documents.size:
                offered.append({"text": text, "total": found})
        return offered[:CORRECTIONS]

    def _instead(self, asked: Asked) -> tuple[dict[str, object], tuple[Hit, ...]]:
        """What was given up so that something is found, what each part finds, names to try; and reports found so."""
        parts = asked.parts()
        given_up, found = relax(parts)
        said: dict[str, object] = {
            "relaxed": [{"text": each.text, "how": each.how, "found": each.found} for each in given_up],
            "parts": [{"text": each.text, "found": int(np.count_nonzero(each.met))} for each in parts],
            "suggestions": [] if found.any() else self._offers(asked.query),
        }
        first_page = replace(asked, request=replace(asked.request, page=1, size=RELAXED))
        weaker = [part.instead for part in parts if part.instead is not None]
        return said, self.hits.page(first_page, np.flatnonzero(found), weaker)

    def _offers(self, query: Query) -> list[dict[str, str]]:
        """What begins like the words of a query that finds nothing, or like the first half of one of them."""
        whole = "".join(query.words)
        words = (*query.words, *([whole] if whole.isascii() and len(query.words) > 1 else []))  # pinyin, written apart
        tried = (word[:length] for word in words for length in (len(word), (len(word) + 1) // 2))
        begun: Iterable[Suggestion] = (
            offer for typed in tried if len(typed) > 1 for offer in self._suggest(typed, OFFERS)
        )
        named = [Suggestion("metric", id_, name) for name, id_ in self._reader.metrics_like(query)]
        found = chain(named[:OFFERS], begun)
        unique = {offer.text: offer for offer in found if offer.text not in query.words}
        return [{"kind": o.kind, "value": o.value, "text": o.text} for o in list(unique.values())[:OFFERS]]


def _in_capitals(query: Query) -> tuple[str, ...]:
    """The text with its operators in capitals, where one was typed in small letters."""
    if not any(part.reason == "lower_case_operator" for part in query.ignored):
        return ()
    return (re.sub(r"\b(?:and|or|not)\b", lambda sign: sign[0].upper(), query.text, flags=re.IGNORECASE),)
