"""Documents as Whoosh gets them: everything is checked before its writer sees any of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec
import numpy as np

from corpus.errors import SearchIndexError
from indexer.addresses import address_tag
from indexer.document import Document
from indexer.facets import CHOICES, TAGS
from indexer.fields import FIELDS
from indexer.postings import Occurrences
from indexer.prepare import Prepared
from indexer.view import MISSING, scaled
from indexer.whoosh_engine.storage import ID_LENGTH, NUMBERS

_EPOCH = date(1970, 1, 1)
SEGMENT = 1 << 31
"""Characters after which a new segment begins: an occurrence is kept as 32 bits."""
CALLED = "called:"
"""Begins the tag that tells an agency's name."""
_SHOWN = ("id", "title", "agency", "region", "year", "url", "sections")


def row(document: Document, prepared: Prepared, metrics: Mapping[str, int]) -> dict[str, Any]:
    """The fields of a document; ``metrics`` are the columns. Raises SearchIndexError for what cannot be kept."""
    key = document.id.encode()
    if len(key) > ID_LENGTH:
        raise SearchIndexError(f"The id {document.id} is longer than {ID_LENGTH} bytes.")
    numbers = {
        "region": int(document.region),
        "year": document.year,
        "captured": int(document.captured.timestamp()),
        "published": (document.published - _EPOCH).days if document.published else MISSING,
        **{facet.name: facet.values.index(value) if (value := document.one(facet.name)) else -1 for facet in CHOICES},
    }
    report = {name: getattr(document, name) for name in _SHOWN}
    tags = [f"{facet.name}:{value}" for facet in TAGS for value in document.facets.get(facet.name, ())]
    report |= {facet.name: document.one(facet.name) for facet in CHOICES}
    return {
        "id": document.id,
        "words": prepared.words,
        "pairs": prepared.pairs,
        "tags": _tags([address_tag(document.url), *_called(document), *tags]),
        "report": msgspec.json.encode(report | {"even": prepared.even}),
        "key": key,
        "numbers": [numbers[name] for name in NUMBERS],
        "lengths": [prepared.lengths.get(place, 0) for place in range(len(FIELDS))],
        "metrics": _values(document, metrics),
        "sketches": prepared.sketch,
    }


def _called(document: Document) -> list[str]:
    """The agency's name beside its id: the names of all are wanted whenever an index is opened."""
    return [f"{CALLED}{id_} {document.agency}" for id_ in document.facets.get("agency", ())]


def _tags(names: list[str]) -> Occurrences:
    """Tags as words of one field, each at a place of its own."""
    return Occurrences(np.arange(len(names)), np.arange(len(names), dtype=np.uint32), names)


def until_full(documents: Iterable[tuple[Document, Prepared]]) -> Iterator[tuple[Document, Prepared]]:
    """So many of the documents as one segment takes."""
    taken = 0
    for document, prepared in documents:
        yield document, prepared
        taken += sum(prepared.lengths.values())
        if taken >= SEGMENT:
            return


def _values(document: Document, metrics: Mapping[str, int]) -> list[int]:
    unknown = sorted(set(document.metrics) - set(metrics))
    if unknown:
        raise SearchIndexError(f"The report {document.id} has metrics that nobody knows: {', '.join(unknown)}.")
    values = [MISSING] * max(len(metrics), 1)
    for id_, value in document.metrics.items():
        try:
            values[metrics[id_]] = scaled(value)
        except ValueError as error:
            raise SearchIndexError(f"The report {document.id} has no usable {id_}: {error}") from error
    return values
