"""A slice to cite: a search as one archive with a digest of its own, by which anybody can tell whether it is the same.

The digest is of the tables alone, their rows by report: not of the index that they were found with, nor of the day.
Nothing is stored: the address carries the query, and the same query is asked again.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace

from corpus.store import Stored
from indexer.request import SearchRequest
from webui.catalog import Catalog
from webui.export import LICENCE, csv_pieces, datapackage
from webui.params import N_, BadParameterError
from webui.series import hits
from webui.tables import TABLES, exported

MOST = 2000
"""Reports of a slice: more are to be narrowed, or taken away as plain files."""
_KINDS = ("reports", "figures", "metrics")
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP archive can tell: the same slice is the same file."""


@dataclass(frozen=True, slots=True)
class Slice:
    """What a query finds now: how many reports, the tables as CSV by their names, and the digest of these."""

    total: int
    tables: Mapping[str, bytes]
    digest: str


def slice_of(shelf: Catalog, query: SearchRequest) -> Slice:
    """The slice of a query. Raises BadParameterError where it finds more than ``MOST`` reports."""
    asked = replace(query, page=1, facet_metrics=(), stats=())
    if shelf.engine.search(replace(asked, size=0, bare=True)).total > MOST:
        raise BadParameterError("q", N_("A slice has at most %(most)s reports: narrow the search."), most=MOST)
    ids = sorted(hit.id for hit in hits(shelf.engine, asked, MOST))
    reports: list[Stored] = [stored for id_ in ids if (stored := shelf.store.get(id_)) is not None]
    tables = {
        f"{name}.csv": b"".join(csv_pieces(table, exported(reports, shelf.registry), {}))
        for name, table in TABLES.items()
        if name in _KINDS
    }
    digest = hashlib.sha256()
    for name, text in tables.items():
        digest.update(f"{name} {hashlib.sha256(text).hexdigest()}\n".encode())
    return Slice(len(reports), tables, digest.hexdigest())


def archive(found: Slice, notes: Mapping[str, str]) -> bytes:
    """The tables, what their columns mean, where they come from, as one ZIP file."""
    packages = [datapackage(f"{name}.csv", table, notes) for name, table in TABLES.items() if name in _KINDS]
    whole = {**packages[0], "name": "nianbao-slice", "resources": [each["resources"][0] for each in packages]}  # type: ignore[index]
    described = json.dumps(whole, ensure_ascii=False, indent=1).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in {
            **found.tables,
            "datapackage.json": described,
            "LICENCE.txt": f"{LICENCE}\n".encode(),
        }.items():
            out.writestr(zipfile.ZipInfo(name, _EPOCH), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
