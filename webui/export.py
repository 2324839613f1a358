"""Tables to take away: the reports, figures or metrics of a search, as CSV, NDJSON, XLSX or Parquet.

Every format is written as its rows are looked up, in pieces; the site and ``nianbao export`` use the same. A table's
columns (tables.py) are its data dictionary; ``datapackage`` says them, the query, the index generation and the licence
(Frictionless Data Package).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from corpus.errors import UsageError
from webui.shapes import number
from webui.tables import Column, Exported, Row, Table, Value, rows
from webui.taken import Taken
from webui.workbook import Cell, is_like_a_formula, workbook

LICENCE = "CC-BY-4.0"
BOM = "\ufeff"
SHEET_ROWS = 1_048_575
"""What a sheet of XLSX holds below its header (ECMA-376)."""
_PIECE = 64 << 10
"""Characters after which a piece of a file is given away."""
_ROWS = 250
"""Lines of such a piece."""


def csv_pieces(table: Table, reports: Iterable[Exported], notes: Mapping[str, str]) -> Iterator[bytes]:
    """CSV (RFC 4180) that Excel opens as UTF-8 and in which no cell is a formula."""
    del notes  # datapackage.json holds them
    yield csv_header(table)
    yield from csv_lines(table, reports)


def csv_header(table: Table) -> bytes:
    """The first line of a table, with the mark by which Excel knows UTF-8."""
    buffer = io.StringIO()
    buffer.write(BOM)
    csv.writer(buffer).writerow([column.name for column in table.columns])
    return buffer.getvalue().encode()


def csv_lines(table: Table, reports: Iterable[Exported]) -> Iterator[bytes]:
    """The lines below the first, some at a time."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows(table, reports):
        writer.writerow([defused(value) for value in row])
        if buffer.tell() >= _PIECE:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    if rest := buffer.getvalue():
        yield rest.encode()


def defused(value: Value) -> str:
    """A cell that a spreadsheet will not run: text that begins like a formula gets an apostrophe.

    >>> defused("=1+1"), defused("＝1+1"), defused(Decimal("-5")), defused(None), defused(True)
    ("'=1+1", "'＝1+1", '-5', '', 'true')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"'{value}" if is_like_a_formula(value) else value
    return "" if value is None else f"{value}"


def ndjson_pieces(table: Table, reports: Iterable[Exported], notes: Mapping[str, str]) -> Iterator[bytes]:
    """One JSON object a line (docs/contract.md, "Export")."""
    del notes  # every line is a row
    names = [column.name for column in table.columns]
    for group in _groups(rows(table, reports), _ROWS):
        objects = (dict(zip(names, map(_plain, row), strict=True)) for row in group)
        yield "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in objects).encode()


def xlsx_pieces(table: Table, reports: Iterable[Exported], notes: Mapping[str, str]) -> Iterator[bytes]:
    """A workbook: the rows, and a second sheet with the data dictionary and ``notes``."""
    header = [column.name for column in table.columns]
    meanings = {column.name: f"{column.label} {column.description}".strip() for column in table.columns}
    return workbook(
        {
            table.name: chain([header], ([_plain(value) for value in row] for row in rows(table, reports))),
            "about": [*notes.items(), *meanings.items()],
        }
    )


def parquet_pieces(table: Table, reports: Iterable[Exported], notes: Mapping[str, str]) -> Iterator[bytes]:
    """Parquet, a piece a row group; the notes and the data dictionary are in its metadata.

    Raises UsageError, at once, where the extra ``parquet`` is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - heavy, and only this format needs it
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise UsageError("Parquet is an extra: install nianbao[parquet], or take CSV or NDJSON.") from error

    types = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    schema = pa.schema(
        [
            pa.field(column.name, types.get(column.type, pa.string()), metadata={"description": column.description})
            for column in table.columns
        ],
        metadata=dict(notes),
    )

    def pieces() -> Iterator[bytes]:
        out = Taken()
        with pq.ParquetWriter(out, schema) as writer:
            for group in _groups(rows(table, reports), 50_000):
                arrays = [pa.array([_plain(row[at]) for row in group], field.type) for at, field in enumerate(schema)]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
                yield from out.pieces()
        yield from out.pieces()

    return pieces()


Write = Callable[[Table, Iterable[Exported], Mapping[str, str]], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which a table is taken away: its media type, and rows → pieces of a file."""

    media_type: str
    pieces: Write


FORMATS: Mapping[str, Format] = {
    "csv": Format("text/csv; charset=utf-8", csv_pieces),
    "ndjson": Format("application/x-ndjson", ndjson_pieces),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_pieces),
    "parquet": Format("application/vnd.apache.parquet", parquet_pieces),
}


def datapackage(path: str, table: Table, notes: Mapping[str, str]) -> Mapping[str, object]:
    """The description of an exported CSV (Frictionless Data Package 1.0)."""
    return {
        "profile": "tabular-data-package",
        "name": f"nianbao-{table.name}",
        "title": "Yearly open-government reports of China",
        "licenses": [{"name": LICENCE, "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "nianbao": dict(notes),
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.name,
                "path": path,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [_field(column) for column in table.columns],
                    "missingValues": [""],
                },
            }
        ],
    }


def _field(column: Column) -> Mapping[str, str]:
    """A column in the words of Table Schema."""
    field = {"name": column.name, "type": column.type, "description": column.description}
    return field | ({"title": column.label} if column.label else {})


def _plain(value: Value) -> Cell:
    return number(value) if isinstance(value, Decimal) else value


def _groups(all_rows: Iterator[Row], size: int) -> Iterator[Sequence[Row]]:
    group: list[Row] = []
    for row in all_rows:
        group.append(row)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
