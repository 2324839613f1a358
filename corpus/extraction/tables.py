"""Grids → figures: the statutory tables read by meaning.

A row is known by its label, a column by its header; position and the count of cells check them. The rows of all
grids are one stream, so that a table broken over pages or run together reads like any other. The form is told by
the labels found: each form reads the stream, the one that explains most of a table has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.blocks import Block
from corpus.doubts import Doubt
from corpus.extraction.anchored import anchored
from corpus.extraction.broken_header import with_header_whole
from corpus.extraction.columns import SHIFTED
from corpus.extraction.contradicted import CONTRADICTED, contradicted
from corpus.extraction.counted import counted
from corpus.extraction.figures import Tables, absent, doubt_of, figure_of
from corpus.extraction.header import PlacedCell
from corpus.extraction.label_account import with_labels_said
from corpus.extraction.labels_last import labels_first
from corpus.extraction.layout import UNCERTAIN, emptied, uncertain_grids, unfound, with_doubt
from corpus.extraction.lexicon import lexicon
from corpus.extraction.lines import PrintedLine, printed_lines
from corpus.extraction.nobodys_numbers import with_blanks_in_doubt
from corpus.extraction.own_year import of_own_year
from corpus.extraction.rows import ReadRow, read_rows
from corpus.extraction.second_reading import is_richer, is_whole, told_of_numbers, with_all_of, with_words_of
from corpus.extraction.stacked_rows import unstacked
from corpus.extraction.streams import unrolled
from corpus.extraction.table_account import Read, balance
from corpus.extraction.unread import UNREAD, unread
from corpus.extraction.upright import upright
from corpus.extraction.wide_tables import joined_across
from corpus.form import Column, Form, figure_id, label_key, load_form
from corpus.model import FORMS, Figure, Finding, FormId

_DECIDING = ("applications", "disclosure", "statistics", "remedies")

_LEAST_SHARE = 4
"""A table counts as found when one in so many of its rows was."""
_NAMED = 4
"""A form may be meant of which one in so many labels is printed as of the one that most are of."""


@dataclass(slots=True)
class _Reading:
    """One table as one form reads it."""

    form: Form
    rows: list[ReadRow] = field(default_factory=list)

    @property
    def labelled(self) -> int:
        """How many rows were found by their labels: what stands in the place of a damaged one may be any form's."""
        return len({row.row.key for row in self.rows if row.labelled and _is_found(row)})

    @property
    def explained(self) -> tuple[int, int]:
        """How many rows were found, and how many figures have a cell: with more columns a form explains no more."""
        # A row found again and again explains nothing more.
        found = list(filter(_is_found, self.rows))
        return len({row.row.key for row in found}), len({id_ for id_, _ in _filled(found)})


def _is_found(row: ReadRow) -> bool:
    """Whether more is known of a row than that something may be it: a label, a cell, or that its table needs none."""
    return row.labelled or any(row.cells) or not row.row.label


def _cells(row: ReadRow) -> Iterator[tuple[str, Column, PlacedCell | None]]:
    """The figures of a row, each with its column and its cell."""
    for column, cell in zip(row.columns, row.cells, strict=True):
        yield figure_id(row.row, column), column, cell


def parse_tables(blocks: Sequence[Block], year: int | None = None) -> Tables:
    """Read every statutory table. ``year`` breaks a tie between forms of which as many labels were found.

    Of several years it tells which column, or which of two tables, is meant.
    """
    blocks, left_out = of_own_year(blocks, year)
    read = with_blanks_in_doubt(with_labels_said(blocks, _by_either(blocks, year)))
    return replace(read, warnings=(*read.warnings, *left_out))


def _by_either(blocks: Sequence[Block], year: int | None) -> Tables:
    """Read the tables as they are laid out.

    Where that leaves figures without a value, or tables unread, the labels are asked alone (``anchored.py``), then the
    number of the values (``counted.py``); what they say is taken if it is more, and nothing else. What only one of the
    readings has is in doubt.
    """
    read = _read(blocks, year)
    for another in (anchored, counted):
        if is_whole(read):
            return read
        if (again := another(blocks)) != blocks:
            read = _richer(read, with_words_of(_read(again, year), read))
    return read


def _richer(read: Tables, other: Tables) -> Tables:
    """The one of two readings that has more, with what the other alone has in doubt."""
    if not is_richer(other, read):
        return with_all_of(read, other)
    return with_all_of(replace(other, warnings=(*other.warnings, *told_of_numbers(other, read))), read)


def _read(blocks: Sequence[Block], year: int | None) -> Tables:
    """Read the tables by their layout."""
    blocks = joined_across([with_header_whole(unrolled(upright(labels_first(unstacked(block))))) for block in blocks])
    chosen = _chosen(list(printed_lines(blocks)), year)
    form = next((chosen[table].form.id for table in _DECIDING if table in chosen), None)
    figures: dict[str, Figure] = {}
    doubts: list[Finding] = []
    uncertain = uncertain_grids(blocks, [row for reading in chosen.values() for row in reading.rows])
    for reading in chosen.values():
        reading.rows = list(with_doubt(reading.rows, uncertain))
        _take(reading, figures, doubts)
        _lose(list(emptied(blocks, reading.rows)), UNCERTAIN, figures, doubts)
        _lose(list(contradicted(reading.rows)), CONTRADICTED, figures, doubts)
    if uncertain and form is not None:
        _lose(list(unfound(load_form(form), figures)), UNCERTAIN, figures, doubts)
    if (labels := unread(blocks, chosen, form, year)) is not None:
        form = labels[0].id
        _lose(labels[1], UNREAD, figures, doubts)
    warnings = [*_strangers(chosen.values(), form), *(_balance(blocks, chosen.values(), form, figures, doubts))]
    return Tables(form, figures, tuple(doubts), tuple(warnings))


def _lose(ids: Sequence[str], code: str, figures: dict[str, Figure], doubts: list[Finding]) -> None:
    """Figures that the report may well have, and of which nothing was read: without a value, and in doubt."""
    if ids:
        figures.update((id_, absent(id_)) for id_ in ids if id_ not in figures)
        doubts.append(doubt_of(ids, code))


def _chosen(printed: Sequence[PrintedLine], year: int | None) -> dict[str, _Reading]:
    """Each table as the form reads it that explains most of it."""
    readings = {form.id: _by_table(read_rows(printed, form), form) for form in _meant(printed)}
    whole = {
        id_: sum(_Reading(load_form(id_), rows).explained[-1] for rows in found.values())
        for id_, found in readings.items()
    }
    chosen: dict[str, _Reading] = {}
    for table in _DECIDING:
        found = [_Reading(load_form(form), tables[table]) for form, tables in readings.items() if table in tables]
        if table == "remedies" and "applications" in chosen:
            # The forms print the same: what is known of the applicants' table counts for it too.
            found = [each for each in found if each.form is chosen["applications"].form] or found
        if found:
            chosen[table] = max(
                found,
                key=lambda reading: (
                    reading.labelled,
                    reading.form.is_of(year),
                    reading.explained,
                    whole[reading.form.id],
                ),
            )
    return chosen


def _meant(printed: Sequence[PrintedLine]) -> list[Form]:
    """The forms whose rows the labels name: one that has not a quarter as many as another costs time for nothing."""
    keys = {label_key(cell.cell.raw) for line in printed for cell in line}
    named = {form: len(keys & lexicon(form).rows.keys()) for form in FORMS}
    return [load_form(form) for form in FORMS if named[form] * _NAMED >= max(named.values())]


def _balance(
    blocks: Sequence[Block],
    readings: Iterable[_Reading],
    form: FormId | None,
    figures: dict[str, Figure],
    doubts: list[Finding],
) -> Iterator[Doubt]:
    """Name the numbers that became no figure: in doubts about the figures whose they may be, else in warnings."""
    if form is None:
        return
    rows = [row for reading in readings for row in reading.rows]
    for lost in balance(blocks, _told(rows, form, figures, doubts)):
        if lost.figures:
            figures.update((id_, absent(id_)) for id_ in lost.figures if id_ not in figures)
            doubts.append(doubt_of(lost.figures, lost.code, numbers=lost.shown))
        else:
            yield Doubt(lost.code, {"numbers": lost.shown})


def _told(rows: Sequence[ReadRow], form: FormId, figures: Mapping[str, Figure], doubts: Sequence[Finding]) -> Read:
    """What became of the tables, for the account of their numbers."""
    # A row found twice may be two: what its figure does not say is nobody's yet.
    told = {id(cell.cell) for id_, cell in _filled(rows) if figures[id_].raw == cell.cell.raw}
    doubted = {id_ for doubt in doubts for id_ in doubt.figures}
    shown = Counter(str(value) for doubt in doubts for value in doubt.doubt.values.values())
    found = Counter(id_ for row in rows if row.labelled and any(row.cells) for id_, _, _ in _cells(row))
    again = {id_ for id_, times in found.items() if times > 1}
    return Read(form, told, frozenset(figures), doubted, shown, again)


def _filled(rows: Iterable[ReadRow]) -> Iterator[tuple[str, PlacedCell]]:
    """The figures that have a cell, with it."""
    return ((id_, cell) for row in rows for id_, _, cell in _cells(row) if cell is not None)


def _by_table(rows: Iterable[ReadRow], form: Form) -> dict[str, list[ReadRow]]:
    """The rows of each table of which enough was found: a word or two in a menu or a sentence make no table."""
    tables: dict[str, list[ReadRow]] = {}
    for row in rows:
        tables.setdefault(row.table.id, []).append(row)
    whole = Counter(table.id for table in form.tables for _ in table.rows)
    return {id_: found for id_, found in tables.items() if sum(map(_is_found, found)) * _LEAST_SHARE >= whole[id_]}


def _take(reading: _Reading, figures: dict[str, Figure], doubts: list[Finding]) -> None:
    """Turn the rows into figures; a row read twice with other values is in doubt."""
    for row in reading.rows:
        doubts.extend(
            doubt_of(
                [figure_id(row.row, column) for column in columns],
                code,
                **({"margin": f"{row.margin:.1f}"} if code == SHIFTED else {}),
            )
            for code, columns in row.doubts.items()
        )
        for id_, column, cell in _cells(row):
            figure = absent(id_) if cell is None else figure_of(row, column, cell, doubts)
            earlier = figures.get(id_)
            if earlier is None or (earlier.state == "blank" and figure.state != "blank"):
                figures[id_] = figure
            elif figure.state == "number" and figure.value != earlier.value:
                doubts.append(doubt_of([id_], "cell_twice", first=earlier.raw, second=figure.raw))


def _strangers(readings: Iterable[_Reading], form: FormId | None) -> Iterable[Doubt]:
    for reading in readings:
        if reading.form.id != form and reading.rows[0].table.id != "remedies":
            yield Doubt("other_form", {"table": reading.rows[0].table.id, "form": reading.form.id})
