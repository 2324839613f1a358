"""The statutory forms as data: sections, tables, rows, columns, labels, units, identities.

``forms/*.toml``, a file a form, are the only place where a statutory label stands; the notices that prescribe the
forms are cited there. A figure's id is its row's key and its column's key, joined by a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, TypedDict

from corpus.datafile import Entry, read_table
from corpus.model import FORMS, FormId, Kind, SectionKind
from corpus.text import fold
from corpus.traditional import simplified

_ORDINAL = "[一二三四五六七八九十]+"
_NUMBERING = re.compile(rf"^(?:\(?{_ORDINAL}\)|{_ORDINAL}[、.,:]|\(?\d{{1,2}}\)|\d{{1,2}}[.、,](?!\d))")
_OF_WHICH = re.compile(r"^其中[::]?")
_NOTE = re.compile(r"\([^()]*\)?")
_SEPARATORS = re.compile(r"[\s\"'“”‘’「」、,，。.;:；：·/\\|_\-()（）\[\]【】]+")


class Column(Entry, frozen=True):
    """A column of a statutory table; ``path`` holds the header labels above ``label``, from the top."""

    key: str
    label: str
    unit: str = ""
    path: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()


class Row(Entry, frozen=True):
    """A row of a statutory table; ``path`` holds the group labels to its left; ``unit`` overrides the column's."""

    key: str
    label: str
    path: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    unit: str = ""


class Table(Entry, frozen=True, eq=False):
    """A statutory table. ``id`` is the table of contract/figures.csv; the 主动公开 table comes in several parts.

    ``groups``: groups of columns that may be printed below each other, with the accepted variants of their labels.
    """

    id: str
    section: SectionKind
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    stub: str = ""
    unit_column: str = ""
    groups: Mapping[str, tuple[str, ...]] = {}

    def unit(self, row: Row, column: Column) -> str:
        """The unit in which the form asks for this cell."""
        return row.unit or column.unit


@dataclass(frozen=True, slots=True)
class Identity:
    """One 勾稽关系, written out: the sums of ``left`` and ``right`` (figure ids) are equal, or left ≤ right."""

    rule: str
    statement: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    relation: Literal["equal", "at_most"] = "equal"


@dataclass(frozen=True, slots=True)
class YearIdentity:
    """A 勾稽关系 across years: ``left`` of this report adds up to ``before`` of last year's and ``right`` of this one.

    ``after``: the forms of last year's report with which it compares. It belongs to reports that have ``left[0]``.
    """

    rule: str
    statement: str
    after: frozenset[FormId]
    left: tuple[str, ...]
    before: tuple[str, ...]
    right: tuple[str, ...]


class Chapter(Entry, frozen=True):
    """A section that the form asks for, with its heading and the accepted variants."""

    kind: SectionKind
    heading: str
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One statutory form. ``signed`` are the figures that may be negative; ``last_year`` None: still in force.

    ``customary``: chapters that nobody prescribed, so that their order and further ones are the author's own.
    ``due``: month and day of the next year by which a kind of body must publish; ``""``: every other body.
    """

    id: FormId
    authority: str
    first_year: int
    last_year: int | None
    chapters: tuple[Chapter, ...]
    tables: tuple[Table, ...]
    identities: tuple[Identity, ...]
    across_years: tuple[YearIdentity, ...]
    customary: bool
    due: Mapping[Kind | Literal[""], tuple[int, int]]
    signed: frozenset[str]
    concepts: Mapping[str, str]

    def is_of(self, year: int | None) -> bool:
        """Whether reports about a year are in this form; False where no year is known."""
        return year is not None and self.first_year <= year <= (self.last_year or year)

    def cells(self) -> Iterator[tuple[Table, Row, Column]]:
        """Every cell of the form in the order of print."""
        for table in self.tables:
            for row in table.rows:
                for column in table.columns:
                    yield table, row, column

    def table(self, id_: str) -> Table | None:
        """The first table under an id of contract/figures.csv, None where the form has none."""
        return next((table for table in self.tables if table.id == id_), None)


class _Written(Entry, frozen=True):
    """An identity as written: for ``each`` column or row of ``table``, or for the ``keys`` of some."""

    rule: str
    statement: str
    left: tuple[str, ...]
    right: tuple[str, ...] = ()
    table: str = ""
    each: Literal["", "column", "row"] = ""
    keys: tuple[str, ...] = ()
    relation: Literal["equal", "at_most"] = "equal"


class _WrittenAcross(_Written, frozen=True, kw_only=True):
    after: frozenset[FormId]
    before: tuple[str, ...]


class FormFile(Entry, frozen=True):
    """A form as its file has it."""

    id: FormId
    authority: str
    first_year: int
    due: Mapping[Kind | Literal["others"], str]
    sections: tuple[Chapter, ...]
    tables: tuple[Table, ...]
    identities: tuple[_Written, ...]
    signed: frozenset[str]
    last_year: int | None = None
    across_years: tuple[_WrittenAcross, ...] = ()
    customary: bool = False
    concepts: Mapping[str, str] = {}


Article = TypedDict("Article", {"article": str, "article_en": str, "zh-CN": str, "en": str})
"""An article's name in both languages, and what it says."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a figure's id means: its table, unit and concept, and its (row, column) labels in each form that has it."""

    id: str
    table: str
    unit: str
    labels: Mapping[FormId, tuple[str, str]]
    concept: str


def figure_id(row: Row, column: Column) -> str:
    """The public id of a cell (contract/figures.csv)."""
    return f"{row.key}.{column.key}" if row.key and column.key else row.key or column.key


@lru_cache(maxsize=20_000)
def label_key(label: str) -> str:
    """What two spellings of one label have in common: no numbering, notes, punctuation or white space.

    >>> label_key("（二）部分公开（区分处理的，只计这一情形，不计其他情形）")
    '部分公开'
    """
    text = simplified("".join(fold(label).split()))
    while True:
        bare = _OF_WHICH.sub("", _NUMBERING.sub("", text))
        if bare == text:
            break
        text = bare
    bare = _SEPARATORS.sub("", _NOTE.sub("", text))
    return bare or _SEPARATORS.sub("", text)


def letters_of(label: str) -> str:
    """A label without punctuation and white space, its numbering and notes with it."""
    return _SEPARATORS.sub("", simplified("".join(fold(label).split())))


@cache
def load_form(form: FormId) -> Form:
    """Read one form from its data file."""
    data = read_table("corpus", f"forms/{form}.toml", FormFile)
    return Form(
        id=form,
        authority=data.authority,
        first_year=data.first_year,
        last_year=data.last_year,
        chapters=data.sections,
        tables=data.tables,
        identities=tuple(
            Identity(entry.rule, entry.statement, left, right, entry.relation)
            for entry in data.identities
            for left, right in _spelt_out(entry, data.tables, entry.left, entry.right)
        ),
        across_years=tuple(
            YearIdentity(entry.rule, entry.statement, entry.after, *sides)
            for entry in data.across_years
            for sides in _spelt_out(entry, data.tables, entry.left, entry.before, entry.right)
        ),
        customary=data.customary,
        due={"" if kind == "others" else kind: _month_and_day(day) for kind, day in data.due.items()},
        signed=data.signed,
        concepts=data.concepts,
    )


def form_in_force(year: int | None) -> Form:
    """The form that the reports about a year were to use; the first one before there was any, the last for None."""
    forms = [load_form(form) for form in FORMS]
    begun = [form for form in forms if year is None or form.first_year <= year]
    return begun[-1] if begun else forms[0]


@cache
def english_labels() -> Mapping[str, str]:
    """Every label, group label, caption and stub of the forms, as printed → in English."""
    return read_table("corpus", "labels_english.toml", dict[str, str])


@cache
def articles() -> Mapping[str, Article]:
    """A row's key → the article of the 条例 behind it."""
    return read_table("corpus", "articles.toml", dict[str, Article])


@cache
def indicators() -> Mapping[str, Indicator]:
    """Every statutory cell of every form under its public id, in the order of the forms."""
    found: dict[str, Indicator] = {}
    for form in map(load_form, FORMS):
        for table, row, column in form.cells():
            id_ = figure_id(row, column)
            earlier = found.get(id_)
            labels = dict(earlier.labels) if earlier else {}
            labels[form.id] = (_joined(*row.path, row.label), _joined(*column.path, column.label))
            found[id_] = Indicator(id_, table.id, table.unit(row, column), labels, form.concepts.get(id_, id_))
    return found


def _joined(*labels: str) -> str:
    return " | ".join(filter(None, labels))


def _spelt_out(
    entry: _Written, tables: tuple[Table, ...], *sides: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The sides of an identity for each column or row that it speaks of: those of its table, or those it names."""
    keys = entry.keys or ("",)
    if entry.each and not entry.keys:
        table = next(table for table in tables if table.id == entry.table)
        keys = tuple(item.key for item in (table.columns if entry.each == "column" else table.rows))
    for key in keys:
        yield tuple(tuple(id_.replace(f"{{{entry.each}}}", key) for id_ in side) for side in sides)


def _month_and_day(written: str) -> tuple[int, int]:
    month, day = written.split("-")
    return int(month), int(day)
