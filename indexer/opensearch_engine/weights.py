"""What a leaf counts, as a query of OpenSearch whose score is that: BM25F as indexer/score.py has it.

The index's similarity gives the weight of a field's occurrences over its length; a leaf adds these up over its fields
and saturates the sum. Lengths are rounded here (Lucene keeps a byte of them): the best are weighed again exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from indexer.clauses import Leaf, Literal, Near, Part, Phrase, Prefix, Query, Term
from indexer.fields import FIELDS
from indexer.opensearch_engine import lanes
from indexer.opensearch_engine.dsl import NAMES, Dsl, Translation, all_of, any_of, property_of
from indexer.request import SearchRequest
from indexer.score import GOVERNMENT, K1, KNOWN, NAME, NAMED, PLACE, RECENCY, TOGETHER, WITHIN, Known, neighbours
from indexer.wanted import preferred, wanted

WEIGHT: Mapping[str, float] = {field.name: field.weight for field in FIELDS}
_EXPANSIONS = "top_terms_1000"
"""Of words that begin alike the thousand most frequent count."""
_SATURATED = f"params.rare * _score / (_score + {K1})"
_WHOLE = (
    "double years = Math.max(0, doc['year'].value - 2000);"
    f" return _score >= {KNOWN} ? {KNOWN} + years : _score + {RECENCY} * years;"
)

Leaves = tuple[tuple[Leaf, ...], tuple[str, ...]]
"""A leaf, or two that stand together, in some fields; () for any."""


def weighed(query: Query, request: SearchRequest) -> list[Leaves]:
    """What counts in a query."""
    leaves = dict.fromkeys(wanted(query.clause, request.chosen("section")))
    return [*(((leaf,), fields) for leaf, fields in leaves), *((both, ()) for both in neighbours(query.clause))]


class Weights:
    """Scores of queries; ``translation`` finds what the leaves meet."""

    def __init__(self, translation: Translation) -> None:
        self._translation = translation

    def having(self, leaves: Leaves) -> Dsl:
        """The reports that have a leaf, or two of them together, in one of the fields."""
        each, fields = leaves
        if len(each) == 1:
            return any_of(self._translation.clause(each[0], name) for name in fields or NAMES)
        return any_of(
            all_of([any_of(beside), *(self._translation.clause(leaf, name) for leaf in each)])
            for name in fields or NAMES
            if (beside := list(_beside(each[0], each[1], name, 1)))
        )

    def scored(self, query: Query, met: Dsl, known: Known, rare: Mapping[Leaves, float]) -> Dsl:
        """The reports of ``met``, each with its score; ``rare`` is the rarity of what counts."""
        counted = [
            _saturated(self._occurring(leaves), weight * (TOGETHER if len(leaves[0]) > 1 else 1))
            for leaves, weight in rare.items()
        ]
        for name, whole in known.agencies.items():
            if len(name) >= NAME:
                counted.append(_bonus({"term": {"named": name}}, KNOWN if whole else NAMED))
        for code, whole in known.places.items():
            own = all_of([{"term": {"region": code}}, {"term": {"kind": "government"}}])
            counted.append(_bonus(own, KNOWN if whole else GOVERNMENT))
        counted += [_bonus(property_of(place.kind, place.values), PLACE) for place in preferred(query.clause)]
        return {"script_score": {"query": {"bool": {"filter": [met], "should": counted}}, "script": {"source": _WHOLE}}}

    def _occurring(self, leaves: Leaves) -> list[Dsl]:
        """Field by field, scored by the weight of the occurrences there."""
        each, fields = leaves
        names = fields or NAMES
        if len(each) == 2:
            return [one for name in names for one in _beside(each[0], each[1], name, WEIGHT[name] / 2)]
        return [one for name in names for one in self._leaf(each[0], name, WEIGHT[name])]

    def _leaf(self, leaf: Leaf, field: str, weight: float) -> Iterator[Dsl]:
        match leaf:
            case Term():
                yield {"term": {f"words.{field}": {"value": lanes.kept(leaf.text), "boost": weight}}}
            case Prefix():
                yield _begun(f"words.{field}", leaf.text, weight)
            case Literal() if len(leaf.text) == 1:
                yield _begun(f"pairs.{field}", leaf.text, weight)
            case Literal() | Phrase():
                yield from _boosted(self._translation.clause(leaf, field), weight)
            case Near():
                counts: dict[int, list[str]] = {}
                for id_, count in self._translation.nearby(leaf, field).items():
                    counts.setdefault(count, []).append(id_)
                for count, ids in counts.items():
                    # How long the field is, is left for the exact weighing.
                    yield _bonus({"terms": {"id": ids}}, weight * count)


def _begun(field: str, text: str, weight: float) -> Dsl:
    return {"prefix": {field: {"value": lanes.kept(text), "boost": weight, "rewrite": _EXPANSIONS}}}


def _boosted(phrase: Dsl, weight: float) -> Iterator[Dsl]:
    """A phrase with a weight: each of its words adds that of the whole, so it is parted among them."""
    ((field, asked),) = phrase["match_phrase"].items()
    words = len(asked["query"].replace(lanes.NOTHING, " ").replace(lanes.BETWEEN, " ").split())
    yield {"match_phrase": {field: {**asked, "boost": weight / words}}}


def _saturated(parts: Sequence[Dsl], rare: float) -> Dsl:
    script = {"source": _SATURATED, "params": {"rare": rare * (K1 + 1)}}
    return {"script_score": {"query": any_of(parts), "script": script}}


def _bonus(met: Dsl, points: float) -> Dsl:
    return {"constant_score": {"filter": met, "boost": points}}


def _beside(first: Leaf, second: Leaf, field: str, weight: float) -> Iterator[Dsl]:
    """Two leaves with few characters between, told by their first words or pairs; nothing where they have no such.

    A sloppy phrase of two is met where their distance differs from the asked one by no more than its slop.
    """
    heads = _heads(first, second)
    if heads is None:
        return
    lane, one, other = heads
    least, most = -(len(second.text) + WITHIN), len(first.text) + WITHIN
    middle, odd = divmod(least + most, 2)
    slop = (most - least) // 2
    for centre in (middle, middle + 1) if odd else (middle,):
        # Two words at one place would be alternatives: the ones around it stand for that.
        for at, off in [(centre, slop)] if centre else [(-1, slop - 1), (1, slop - 1)]:
            standing = [(0, one), (at, other)] if at > 0 else [(-at, one), (0, other)]
            yield {"match_phrase": {f"{lane}.{field}": {"query": lanes.lane(standing), "slop": off, "boost": weight}}}


def _heads(first: Leaf, second: Leaf) -> tuple[str, str, str] | None:
    words = [_head(leaf) for leaf in (first, second)]
    if words[0] and words[1]:
        return "words", words[0], words[1]
    if isinstance(first, Part) and isinstance(second, Part) and min(len(first.text), len(second.text)) > 1:
        return "pairs", first.text[:2], second.text[:2]
    return None


def _head(leaf: Leaf) -> str:
    match leaf:
        case Term():
            return leaf.text
        case Phrase():
            return leaf.words[0][0]
    return ""
