"""What an index of OpenSearch keeps of a report: one strict mapping, from the declarations of fields and facets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from corpus.errors import SearchIndexError
from indexer.addresses import address_tag
from indexer.document import Document
from indexer.facets import CHOICES, TAGS
from indexer.fields import FIELDS, texts
from indexer.near_duplicates import sketch
from indexer.normal import is_even, normalise
from indexer.opensearch_engine import cuts, lanes
from indexer.score import B
from indexer.segment import Segmenter
from indexer.view import SCALE, scaled

LAYOUT = "1"
"""Raised whenever what is kept here changes; part of an index's fingerprint."""
MOST_IDS = 1_000_000
"""Ids in one query: reports in which words stand near each other are named so."""
_LANE = {"type": "text", "analyzer": "lane", "similarity": "weight"}
_NAME = {"type": "keyword"}
_NUMBER = {"type": "long"}
_EPOCH = date(1970, 1, 1)
_SHOWN = ("id", "title", "agency", "region", "year", "url", "sections")

_WEIGHT = f"return query.boost * doc.freq / ({1 - B} + {B} * doc.length * field.docCount / field.sumTotalTermFreq);"
"""What an occurrence counts, before it is saturated: BM25F (indexer/score.py) adds this up over fields first."""


def mapping(metrics: Iterable[str], shards: int) -> Mapping[str, Any]:
    """The body with which an index is made; ``metrics`` are those that documents may have."""
    lane_of_each = {"properties": {field.name: _LANE for field in FIELDS}}
    number_of_each = {"properties": {field.name: _NUMBER for field in FIELDS}}
    return {
        "settings": {
            "number_of_shards": shards,
            # A copy of each shard as soon as there is a second node; seen when a commit is whole, not before.
            "auto_expand_replicas": "0-1",
            "refresh_interval": "-1",
            "max_terms_count": MOST_IDS,
            "mapping.total_fields.limit": 10_000,
            "analysis": lanes.ANALYSIS,
            "similarity": {"weight": {"type": "scripted", "script": {"source": _WEIGHT}}},
        },
        "mappings": {
            "dynamic": "strict",
            # Lanes are searched, and never read again.
            "_source": {"excludes": ["words", "pairs"]},
            "properties": {
                "id": _NAME,
                "words": lane_of_each,
                "pairs": lane_of_each,
                "lengths": number_of_each,
                "present": _NAME,
                "region": _NAME,
                "regions": _NAME,
                "year": {"type": "integer"},
                "captured": _NUMBER,
                "published": _NUMBER,
                "address": _NAME,
                "named": _NAME,
                "called": _NAME,
                **{facet.name: _NAME for facet in (*CHOICES, *TAGS)},
                "metrics": {"properties": dict.fromkeys(metrics, _NUMBER)},
                "fractions": _NAME,
                # What is shown, and read again where positions alone do not say enough; never searched.
                "shown": {"type": "object", "enabled": False},
            },
        },
    }


def check(document: Document, metrics: frozenset[str]) -> Mapping[str, int]:
    """The metrics of a document as kept. Raises SearchIndexError for those that nobody knows or that are too large."""
    if unknown := sorted(set(document.metrics) - metrics):
        raise SearchIndexError(f"The report {document.id} has metrics that nobody knows: {', '.join(unknown)}.")
    try:
        return {id_: scaled(value) for id_, value in document.metrics.items()}
    except ValueError as error:
        raise SearchIndexError(f"The report {document.id} has an unusable metric: {error}") from error


def source(document: Document, segmenter: Segmenter, metrics: frozenset[str], tally: Counter[str]) -> Mapping[str, Any]:
    """A document as it is sent; ``tally`` counts its words. Raises SearchIndexError as ``check`` does."""
    values = check(document, metrics)
    fields = list(texts(document))
    normal = {FIELDS[ordinal].name: text for ordinal, text in fields}
    words: dict[str, str] = {}
    cut: dict[str, str] = {}
    for name, text in normal.items():
        tokens, starts = segmenter.tokens(text)
        tally.update(tokens)
        words[name] = lanes.lane(zip(starts, tokens, strict=True))
        cut[name] = cuts.written(text, tokens, starts)
    plain: dict[str, str] = {
        "title": document.title,
        "agency": document.agency,
        **{str(name): text for name, text in document.sections.items()},
    }
    even = [name for name, text in document.sections.items() if is_even(text, normal.get(name, ""))]
    return {
        "id": document.id,
        "words": words,
        "pairs": {name: lanes.pairs(text) for name, text in normal.items()},
        "lengths": {name: len(text) for name, text in normal.items()},
        "present": list(normal),
        "region": document.region,
        "regions": list(document.regions),
        "year": document.year,
        "captured": int(document.captured.timestamp()),
        "published": (document.published - _EPOCH).days if document.published else None,
        "address": address_tag(document.url),
        "named": normalise(document.agency),
        "called": [f"{id_} {document.agency}" for id_ in document.facets.get("agency", ())],
        **{facet.name: list(document.facets.get(facet.name, ())) for facet in (*CHOICES, *TAGS)},
        "metrics": values,
        "fractions": [id_ for id_, value in values.items() if value % SCALE],
        "shown": {
            "report": {
                **{name: getattr(document, name) for name in _SHOWN},
                **{facet.name: document.one(facet.name) for facet in CHOICES},
                "even": even,
            },
            "normal": {name: text for name, text in normal.items() if text != plain[name]},
            "cuts": cut,
            "sketch": sketch(fields).tolist(),
        },
    }
