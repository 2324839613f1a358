"""The Whoosh schema and where its files lie: few terms, many columns.

Whoosh keeps schema, segments, locking and commits; postings and properties are arrays in columns of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from whoosh import fields, index
from whoosh.codec import whoosh3  # noqa: F401 - what every table of contents names: loaded with the engine, not by a search
from whoosh.filedb.filestore import FileStorage

from corpus.errors import SearchIndexError
from indexer.facets import CHOICES
from indexer.fields import FIELDS
from indexer.near_duplicates import PLACES
from indexer.view import MISSING
from indexer.whoosh_engine import generations
from indexer.whoosh_engine.arrays import ArrayColumn, TextColumn
from indexer.whoosh_engine.checksums import Sum, sum_of
from indexer.whoosh_engine.inverted import InvertedColumn

ID_LENGTH = 64
NUMBERS = ("region", "year", "captured", "published", *(facet.name for facet in CHOICES))
"""The whole-number columns, in order."""
INVERTED = ("words", "pairs")
"""The columns of what stands where, which take most of a build's memory; those of the tags are few."""
_NAME = "MAIN"


def schema(metrics: int) -> fields.Schema:
    """The schema; ``metrics`` is how many metrics are kept. ``tags`` are kept as words are, ``report`` is JSON."""
    return fields.Schema(
        id=fields.ID(unique=True),
        tags=fields.COLUMN(InvertedColumn(text=True)),
        report=fields.COLUMN(TextColumn()),
        words=fields.COLUMN(InvertedColumn(text=True)),
        pairs=fields.COLUMN(InvertedColumn(text=False)),
        key=fields.COLUMN(ArrayColumn(f"S{ID_LENGTH}", default=b"")),
        numbers=fields.COLUMN(ArrayColumn("<i8", len(NUMBERS), -1)),
        lengths=fields.COLUMN(ArrayColumn("<u4", len(FIELDS))),
        sketches=fields.COLUMN(ArrayColumn("<u4", PLACES)),
        metrics=fields.COLUMN(ArrayColumn("<i8", max(metrics, 1), MISSING)),
    )


class CheckedStorage(FileStorage):
    """The files of a build. Those that are opened carry their sums; a commit's state is kept before its contents.

    ``state`` is what the commit that is about to be made has seen; None for those who only read.
    """

    def __init__(self, build: Path, sums: Mapping[str, Sum], state: generations.State | None = None) -> None:
        super().__init__(str(build))
        self._build = build
        self._sums = sums
        self._state = state

    def open_file(self, name: str, **options: Any) -> Any:
        """Open a file, its sum and its name in ``written``."""
        file: Any = super().open_file(name, **options)
        file.written = self._sums.get(name), name
        return file

    def rename_file(self, frm: str, to: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002 - Whoosh's signature
        """Rename; the table of contents only after the state that vouches for it and for all files that it names."""
        number = generations.number_of(to)
        if number is not None and self._state is not None:
            generations.save(self._build, number, replace(self._state, files=self._files(frm, to, number)))
        super().rename_file(frm, to, safe)

    def _files(self, contents: str, to: str, number: int) -> Mapping[str, Sum]:
        """The sums of the table of contents and of its segments' files; a file once written never changes."""
        segments = {
            f"{each.segment_id()}." for each in index.TOC.read(_Renamed(self, contents), _NAME, number).segments
        }
        names = [name for name in self.list() if name.startswith(tuple(segments))] if segments else []
        files = {name: self._sums.get(name) or sum_of(self._build / name) for name in sorted(names)}
        return {**files, to: sum_of(self._build / contents)}


class _Renamed:
    """A file under the name that it is about to have."""

    def __init__(self, storage: FileStorage, present: str) -> None:
        self._storage = storage
        self._present = present

    def open_file(self, _name: str) -> Any:
        return self._storage.open_file(self._present)


def created(build: Path, metrics: int) -> None:
    """Begin an index."""
    CheckedStorage(build, {}).create_index(schema(metrics), _NAME)


def opened(build: Path, sums: Mapping[str, Sum], state: generations.State | None = None) -> index.Index:
    """The Whoosh index of a build. Raises SearchIndexError where older code left columns that nobody knows now."""
    try:
        found: index.Index = CheckedStorage(build, sums, state).open_index(_NAME)
    except (AttributeError, ImportError) as error:
        raise SearchIndexError("The index was made by other code: run `nianbao index --rebuild`.") from error
    return found


def rows_of_keys(build: Path) -> int:
    """How many documents a build of former code holds, deleted ones included, without opening it."""
    return sum(path.stat().st_size // ID_LENGTH for path in build.glob("*.key.col"))
