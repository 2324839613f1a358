"""The statutory forms as data: sections, tables, rows, columns, labels, units, identities.

``forms/*.toml``, a file a form, are the only place where a statutory label stands; the notices that prescribe the
forms are cited there. A figure's id is its row's key and its column's key, joined by a point.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from corpus.model import FORMS, FormId, Kind, SectionKind
from corpus.text import fold

_ORDINAL = "[一二三四五六七八九十]+"
_NUMBERING = re.compile(rf"^(?:\(?{_ORDINAL}\)|{_ORDINAL}[、.,:]|\(?\d{{1,2}}\)|\d{{1,2}}[.、,](?!\d))")
_OF_WHICH = re.compile(r"^其中[::]?")
_NOTE = re.compile(r"\([^()]*\)?")
_SEPARATORS = re.compile(r"[\s\"'“”‘’「」、,，。.;:；：·/\\|_\-()（）\[\]【】]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a statutory table; ``path`` holds the header labels above ``label``, from the top."""

    key: str
    label: str
    unit: str
    path: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a statutory table; ``path`` holds the group labels to its left; ``unit`` overrides the column's."""

    key: str
    label: str
    path: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
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
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

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


@dataclass(frozen=True, slots=True)
class Chapter:
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

    def cells(self) -> Iterator[tuple[Table, Row, Column]]:
        """Every cell of the form in the order of print."""
        for table in self.tables:
            for row in table.rows:
                for column in table.columns:
                    yield table, row, column

    def table(self, id_: str) -> Table | None:
        """The first table under an id of contract/figures.csv, None where the form has none."""
        return next((table for table in self.tables if table.id == id_), None)


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
    return ".".join(filter(None, (row.key, column.key)))


@lru_cache(maxsize=20_000)
def label_key(label: str) -> str:
    """What two spellings of one label have in common: no numbering, notes, punctuation or white space.

    >>> label_key("（二）部分公开（区分处理的，只计这一情形，不计其他情形）")
    '部分公开'
    """
    text = "".join(fold(label).split())
    while True:
        bare = _OF_WHICH.sub("", _NUMBERING.sub("", text))
        if bare == text:
            break
        text = bare
    bare = _SEPARATORS.sub("", _NOTE.sub("", text))
    return bare or _SEPARATORS.sub("", text)


@cache
def load_form(form: FormId) -> Form:
    """Read one form from its data file."""
    data = tomllib.loads((files("corpus") / "forms" / f"{form}.toml").read_text(encoding="utf-8"))
    tables = tuple(_table(entry) for entry in data["tables"])
    return Form(
        id=form,
        authority=data["authority"],
        first_year=data["first_year"],
        last_year=data.get("last_year"),
        chapters=tuple(Chapter(s["kind"], s["heading"], tuple(s["variants"])) for s in data["sections"]),
        tables=tables,
        identities=tuple(i for entry in data["identities"] for i in _identities(entry, tables)),
        across_years=tuple(i for entry in data.get("across_years", ()) for i in _year_identities(entry, tables)),
        customary=data.get("customary", False),
        due={"" if kind == "others" else kind: _month_and_day(day) for kind, day in data["due"].items()},
        signed=frozenset(data["signed"]),
        concepts=data.get("concepts", {}),
    )


def form_in_force(year: int | None) -> Form:
    """The form that the reports about a year were to use; the first one before there was any, the last for None."""
    forms = [load_form(form) for form in FORMS]
    begun = [form for form in forms if year is None or form.first_year <= year]
    return begun[-1] if begun else forms[0]


@cache
def english_labels() -> Mapping[str, str]:
    """Every label, group label, caption and stub of the forms, as printed → in English."""
    return tomllib.loads((files("corpus") / "labels_english.toml").read_text(encoding="utf-8"))


@cache
def articles() -> Mapping[str, Mapping[str, str]]:
    """A row's key → ``article``, ``article_en`` of the 条例 behind it and what it says (``zh-CN``, ``en``)."""
    return tomllib.loads((files("corpus") / "articles.toml").read_text(encoding="utf-8"))


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


def _table(entry: Mapping[str, Any]) -> Table:
    return Table(
        id=entry["id"],
        section=entry["section"],
        columns=tuple(
            Column(c["key"], c["label"], c.get("unit", ""), tuple(c.get("path", ())), tuple(c.get("variants", ())))
            for c in entry["columns"]
        ),
        rows=tuple(
            Row(r["key"], r["label"], tuple(r.get("path", ())), tuple(r.get("variants", ())), r.get("unit", ""))
            for r in entry["rows"]
        ),
        caption=entry.get("caption", ""),
        stub=entry.get("stub", ""),
        unit_column=entry.get("unit_column", ""),
        groups={label: tuple(variants) for label, variants in entry.get("groups", {}).items()},
    )


def _identities(entry: Mapping[str, Any], tables: tuple[Table, ...]) -> Iterator[Identity]:
    for left, right in _spelt_out(entry, tables, "left", "right"):
        yield Identity(entry["rule"], entry["statement"], left, right, entry.get("relation", "equal"))


def _year_identities(entry: Mapping[str, Any], tables: tuple[Table, ...]) -> Iterator[YearIdentity]:
    for sides in _spelt_out(entry, tables, "left", "before", "right"):
        yield YearIdentity(entry["rule"], entry["statement"], frozenset(entry["after"]), *sides)


def _spelt_out(
    entry: Mapping[str, Any], tables: tuple[Table, ...], *sides: str
) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The sides of an identity for each column or row that it speaks of: those of its table, or those it names."""
    each = entry.get("each", "")
    keys = entry.get("keys", [""])
    if each and "keys" not in entry:
        table = next(table for table in tables if table.id == entry["table"])
        keys = [item.key for item in (table.columns if each == "column" else table.rows)]
    for key in keys:
        yield tuple(tuple(side.replace(f"{{{each}}}", key) for side in entry.get(name, ())) for name in sides)


def _month_and_day(written: str) -> tuple[int, int]:
    month, day = written.split("-")
    return int(month), int(day)
