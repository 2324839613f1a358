"""The Whoosh schema: few terms, many columns.

Whoosh keeps schema, segments, locking and commits; postings and properties are arrays in columns of ours.
"""

from __future__ import annotations

from pathlib import Path

from whoosh import fields, index

from corpus.errors import SearchIndexError
from indexer.facets import CHOICES
from indexer.fields import FIELDS
from indexer.near_duplicates import PLACES
from indexer.view import MISSING
from indexer.whoosh_engine.arrays import ArrayColumn
from indexer.whoosh_engine.inverted import InvertedColumn

ID_LENGTH = 64
NUMBERS = ("region", "year", "captured", "published", *(facet.name for facet in CHOICES))
"""The whole-number columns, in order."""


def schema(metrics: int) -> fields.Schema:
    """The schema; ``metrics`` is how many metrics are kept. ``tags`` are words apart by spaces."""
    return fields.Schema(
        id=fields.ID(unique=True),
        tags=fields.KEYWORD(),
        report=fields.STORED(),
        words=fields.COLUMN(InvertedColumn(text=True)),
        pairs=fields.COLUMN(InvertedColumn(text=False)),
        key=fields.COLUMN(ArrayColumn(f"S{ID_LENGTH}", default=b"")),
        numbers=fields.COLUMN(ArrayColumn("<i8", len(NUMBERS), -1)),
        lengths=fields.COLUMN(ArrayColumn("<u4", len(FIELDS))),
        sketches=fields.COLUMN(ArrayColumn("<u4", PLACES)),
        metrics=fields.COLUMN(ArrayColumn("<i8", max(metrics, 1), MISSING)),
    )


def opened(build: Path) -> index.Index:
    """The Whoosh index of a build. Raises SearchIndexError where older code left columns that nobody knows now."""
    try:
        return index.open_dir(str(build))
    except (AttributeError, ImportError) as error:
        raise SearchIndexError("The index was made by other code: run `nianbao index --rebuild`.") from error
