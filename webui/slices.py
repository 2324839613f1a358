"""A slice to cite: a search as one archive with a digest of its own, by which anybody can tell whether it is the same.

The digest is of the tables alone, their rows by report: not of the index that they were found with, nor of the day.
Nothing is stored: the address carries the query, and the same query is asked again.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile

from corpus.store import Stored
from indexer.request import SearchRequest
from webui.catalog import Catalog
from webui.export import LICENCE, csv_header, csv_lines, datapackage
from webui.params import N_, BadParameterError
from webui.series import hits
from webui.tables import TABLES, exported

MOST = 2000
"""Reports of a slice: more are to be narrowed, or taken away as plain files."""
_TABLES = {f"{name}.csv": table for name, table in TABLES.items() if name in {"reports", "figures", "metrics"}}
_GROUP = 50
"""Reports read at once: two thousand, with all that they say, would be hundreds of megabytes."""
_IN_MEMORY = 1 << 20
"""Bytes of a table above which it waits in a file for its archive."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP archive can tell: the same slice is the same file."""


@dataclass(frozen=True, slots=True)
class Slice:
    """What a query finds now: how many reports, and the digest of their tables."""

    total: int
    digest: str


def slice_of(shelf: Catalog, query: SearchRequest, keep: Callable[[str, bytes], object] | None = None) -> Slice:
    """The slice of a query; ``keep`` takes the name of a table and the next piece of it.

    Raises BadParameterError where the query finds more than ``MOST`` reports.
    """
    asked = replace(query, page=1, facet_metrics=(), stats=())
    if shelf.engine.search(replace(asked, size=0, bare=True)).total > MOST:
        raise BadParameterError("q", N_("A slice has at most %(most)s reports: narrow the search."), most=MOST)
    ids = sorted(hit.id for hit in hits(shelf.engine, asked, MOST))
    digests = {name: hashlib.sha256() for name in _TABLES}
    total = 0

    def take(name: str, piece: bytes) -> None:
        digests[name].update(piece)
        if keep is not None:
            keep(name, piece)

    for name, table in _TABLES.items():
        take(name, csv_header(table))
    for group in _read(shelf, ids):
        total += len(group)
        for name, table in _TABLES.items():
            for piece in csv_lines(table, exported(group, shelf.registry)):
                take(name, piece)
    told = "".join(f"{name} {digest.hexdigest()}\n" for name, digest in digests.items())
    return Slice(total, hashlib.sha256(told.encode()).hexdigest())


def archive(shelf: Catalog, query: SearchRequest, notes: Callable[[str], Mapping[str, str]]) -> tuple[Slice, bytes]:
    """A slice and its ZIP file: the tables, what their columns mean, where they come from.

    ``notes`` says of a digest what stands beside it. Raises what ``slice_of`` raises.
    """
    buffer = io.BytesIO()
    with ExitStack() as files, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        waiting = {name: files.enter_context(SpooledTemporaryFile(_IN_MEMORY)) for name in _TABLES}
        found = slice_of(shelf, query, lambda name, piece: waiting[name].write(piece))
        for name, file in waiting.items():
            file.seek(0)
            with out.open(_entry(name), "w") as entry:
                copyfileobj(file, entry)
        packages = [datapackage(name, table, notes(found.digest)) for name, table in _TABLES.items()]
        whole = {**packages[0], "name": "nianbao-slice", "resources": [each["resources"][0] for each in packages]}  # type: ignore[index]
        out.writestr(_entry("datapackage.json"), json.dumps(whole, ensure_ascii=False, indent=1))
        out.writestr(_entry("LICENCE.txt"), f"{LICENCE}\n")
    return found, buffer.getvalue()


def _read(shelf: Catalog, ids: Sequence[str]) -> Iterator[Sequence[Stored]]:
    """The reports of the store, some at a time."""
    for start in range(0, len(ids), _GROUP):
        group = (shelf.store.get(id_) for id_ in ids[start : start + _GROUP])
        yield [stored for stored in group if stored is not None]


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
