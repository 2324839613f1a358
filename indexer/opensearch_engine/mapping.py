"""What an index of OpenSearch keeps of a report: one strict mapping, from the declarations of fields and facets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from corpus.errors import SearchIndexError
from indexer.addresses import address_tag
from indexer.document import Document
from indexer.facets import CHOICES, TAGS
from indexer.fields import FIELDS, texts
from indexer.opensearch_engine import lanes
from indexer.segment import Segmenter
from indexer.view import scaled

_LANE = {"type": "text", "analyzer": "lane", "norms": False}
_NAME = {"type": "keyword"}


def mapping(metrics: Iterable[str]) -> Mapping[str, Any]:
    """The body with which an index is made; ``metrics`` are those that documents may have."""
    lane_of_each = {"properties": {field.name: _LANE for field in FIELDS}}
    return {
        "settings": {"analysis": lanes.ANALYSIS},
        "mappings": {
            "dynamic": "strict",
            "properties": {
                "id": _NAME,
                "words": lane_of_each,
                "pairs": lane_of_each,
                "present": _NAME,
                "regions": _NAME,
                "year": {"type": "integer"},
                "captured": {"type": "date"},
                "address": _NAME,
                **{facet.name: _NAME for facet in (*CHOICES, *TAGS)},
                "metrics": {"properties": {metric: {"type": "long"} for metric in metrics}},
                # What is shown, and read again where positions alone do not say enough; never searched.
                "shown": {"type": "object", "enabled": False},
            },
        },
    }


def source(document: Document, segmenter: Segmenter, metrics: frozenset[str]) -> Mapping[str, Any]:
    """A document as it is sent. Raises SearchIndexError for metrics that nobody knows or that are too large."""
    if unknown := sorted(set(document.metrics) - metrics):
        raise SearchIndexError(f"The report {document.id} has metrics that nobody knows: {', '.join(unknown)}.")
    try:
        values = {id_: scaled(value) for id_, value in document.metrics.items()}
    except ValueError as error:
        raise SearchIndexError(f"The report {document.id} has an unusable metric: {error}") from error
    normal = {FIELDS[ordinal].name: text for ordinal, text in texts(document)}
    return {
        "id": document.id,
        "words": {name: lanes.words(text, segmenter) for name, text in normal.items()},
        "pairs": {name: lanes.pairs(text) for name, text in normal.items()},
        "present": list(normal),
        "regions": list(document.regions),
        "year": document.year,
        "captured": document.captured.isoformat(),
        "address": address_tag(document.url),
        **{facet.name: list(document.facets.get(facet.name, ())) for facet in (*CHOICES, *TAGS)},
        "metrics": values,
        "shown": {"title": document.title, "agency": document.agency, "url": document.url, "normal": normal,
                  "sections": dict(document.sections)},
    }  # fmt: skip
