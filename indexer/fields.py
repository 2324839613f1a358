"""The fields, once, for every engine; and the fingerprint that tells a stale index.

A report is one document. Its title, its agency and each section are fields of their own: words are found in any of
them, phrases never reach from one into the next, and a search can be held to one of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpus.model import SECTION_KINDS
from indexer import facets
from indexer.document import Document
from indexer.normal import normalise

LAYOUT = "14"
"""Raised whenever what an engine keeps for a document changes; part of the index's identity."""


@dataclass(frozen=True, slots=True)
class Field:
    """A searchable text. ``weight`` says how much more a word counts here than in a section."""

    name: str
    weight: float


FIELDS: tuple[Field, ...] = (
    Field("title", 4.0),
    Field("agency", 4.0),
    *(Field(kind, 1.2 if kind == "problems" else 1.0) for kind in SECTION_KINDS),
)
ORDINAL: Mapping[str, int] = {field.name: ordinal for ordinal, field in enumerate(FIELDS)}
"""The place of a field in FIELDS."""


FieldText = tuple[int, str]
"""A field's ordinal and its normalised text."""


def texts(document: Document) -> Iterator[FieldText]:
    """The normalised text of each field that the document has."""
    for name, text in (("title", document.title), ("agency", document.agency), *document.sections.items()):
        if text:
            yield ORDINAL[name], normalise(text)


def fingerprint(segmenter: str, metrics: Iterable[str]) -> str:
    """The identity of an index: fields, facets, layout, metrics, and the segmenter's own fingerprint."""
    identity = "\n".join(
        (LAYOUT, *map(repr, FIELDS), facets.identity(), "", *metrics, "", segmenter, normalise("勾 稽關係〔2021〕"))
    )
    return hashlib.sha256(identity.encode()).hexdigest()[:16]
