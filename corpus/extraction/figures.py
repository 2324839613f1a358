"""A cell in its place → a figure, as printed and as read, and our doubts about it; all that the tables say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.doubts import Doubt
from corpus.extraction.header import PlacedCell
from corpus.extraction.rows import ReadRow
from corpus.form import Column, figure_id, label_key
from corpus.model import CellRef, Figure, Finding, FormId
from corpus.numerals import read_cell
from corpus.readers.marks import PICTURE

LEAST_CONFIDENCE = 0.5
"""A number that is read less surely from a picture is none (docs/scans.md)."""
# Letters that no Chinese word has, those of a font of its own, and what stands for a letter that was lost: an error, a
# variable that was never filled in, digits that only the page's own font tells.
_LEFT_BY_PROGRAMS = re.compile("[A-Za-z\ue000-\uf8ff\ufffd]")


@dataclass(frozen=True, slots=True)
class Tables:
    """What the statutory tables say. ``form`` is None where no table could be read."""

    form: FormId | None
    figures: Mapping[str, Figure]
    doubts: tuple[Finding, ...]
    warnings: tuple[Doubt, ...]


def absent(id_: str) -> Figure:
    """A figure whose cell was not found, though it may be printed."""
    return Figure(id_, None, "", "blank", None)


def figure_of(row: ReadRow, column: Column, cell: PlacedCell, doubts: list[Finding]) -> Figure:
    """A cell as a figure; what is no number, or is not read surely enough from a picture, is in doubt."""
    id_, raw, sure = figure_id(row.row, column), cell.cell.raw, cell.cell.confidence
    value, state = read_cell(raw, row.table.unit(row.row, column), row.printed_units.get(column.key, ""))
    # In a picture letters are numerals that were taken for them, more likely than words.
    if sure is not None and (sure < LEAST_CONFIDENCE or state == "text"):
        value, state = None, "text"
        doubts.append(doubt_of([id_], "unsure_picture", raw=raw.strip(), share=f"{100 * sure:.0f}"))
    elif state == "text" and any(map(str.isdigit, raw)):
        doubts.append(doubt_of([id_], "number_in_words", raw=raw.strip()))
    elif PICTURE in raw:
        doubts.append(doubt_of([id_], "cell_picture"))
    elif state == "text" and (_LEFT_BY_PROGRAMS.search(raw) or _is_of_header(raw, row)):
        doubts.append(doubt_of([id_], "no_word", raw=raw.strip()))
    place = CellRef(cell.table, cell.cell.row, cell.cell.column, cell.page)
    return Figure(id_, value, raw, state, place, sure, cell.cell.cutout if sure is not None else None)


def _is_of_header(raw: str, row: ReadRow) -> bool:
    """Whether a cell says what the header does, or a piece of it: 结果 of 结果维持."""
    said = label_key(raw)
    return len(said) > 1 and any(said in label_key(column.label) for column in row.table.columns)


def doubt_of(ids: Sequence[str], code: str, **values: str) -> Finding:
    """Our own doubt about some figures."""
    return Finding("reading", "undecidable", tuple(ids), None, None, Doubt(code, values))
