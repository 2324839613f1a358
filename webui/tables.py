"""The tables that a search or the whole store can be taken away as: columns, and how a report becomes rows.

Three are long, a row a thing; ``wide`` has a row a report and a column for each metric people ask for, and a report
without any value has its row too. A table's columns are its data dictionary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from corpus.form import indicators
from corpus.metrics import Metric, load_metrics, metric_values
from corpus.model import Figure
from corpus.regions import Registry
from corpus.store import Stored
from webui.language import load_labels
from webui.marks import cells_of, flagged

What = Literal["reports", "figures", "metrics", "wide"]
Value = str | int | Decimal | bool | None
Row = tuple[Value, ...]
ASKED: Mapping[str, Metric] = {id_: metric for id_, metric in load_metrics().items() if metric.formula != id_}
"""The metrics of metrics.toml, without the totals that are only cells."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type in the words of Table Schema, what it means; ``label`` is its Chinese name."""

    name: str
    type: Literal["string", "integer", "number", "boolean", "datetime"]
    description: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """A report that is taken away: where it stands in words, and the sentences that met a search."""

    stored: Stored
    place: str = ""
    level: str = ""
    matched: str = ""


def exported(reports: Iterable[Stored], registry: Registry) -> Iterator[Exported]:
    """Reports with the names of their places and levels."""
    levels = load_labels()["level"]
    for stored in reports:
        agency = stored.report.agency
        place = "/".join(registry.path(agency.region)) if registry.get(agency.region) else ""
        yield Exported(stored, place, levels[agency.level]["zh-CN"])


@dataclass(frozen=True, slots=True)
class Table:
    """What can be exported: columns, and how a report becomes rows."""

    name: What
    columns: tuple[Column, ...]
    rows: Callable[[Exported], Iterable[Row]]


_REPORT = Column("id", "string", "the report's public id")
_CONTEXT = (
    Column("agency", "string", "the agency's name"),
    Column("region", "string", "GB/T 2260 code of the government that the agency is or belongs to"),
    Column("year", "integer", "the year reported on"),
    Column("form", "string", "2014, 2019 or 2021: the statutory form; empty where no table could be read"),
)


_NAMES = (
    Column("place", "string", "the names of the region from the province down, / between them", "地区"),
    Column("level_name", "string", "the level in Chinese", "层级"),
)
_MATCHED = Column("matched", "string", "the sentences that met the words of the search, … between them", "命中句子")


def _column(metric: Metric) -> Column:
    """A metric as a column; empty where the report does not give it."""
    unit = ", in per cent" if metric.unit == "%" else ""
    words = f"{metric.name_en}{unit}; empty where the report has no value: blank is not 0"
    return Column(metric.id, "number", words, label=metric.name_zh)


def _context(stored: Stored) -> Row:
    report = stored.report
    return stored.id, report.agency.name, report.agency.region, report.year, report.form


def _named(each: Exported) -> Row:
    return each.place, each.level


def _reports(each: Exported) -> Iterator[Row]:
    stored, snapshot = each.stored, each.stored.snapshot
    vanished = stored.vanished.isoformat() if stored.vanished else None
    captured = snapshot.captured.isoformat()
    yield (
        *_context(stored),
        stored.report.title,
        snapshot.url,
        snapshot.digest,
        captured,
        vanished,
        *_named(each),
        each.matched,
    )


def _figures(each: Exported) -> Iterator[Row]:
    stored, report = each.stored, each.stored.report
    doubted = flagged(report.findings)
    known = indicators()
    for id_, figure in report.figures.items():
        unit = known[id_].unit if id_ in known else ""
        printed = (figure.value, unit, figure.raw, figure.state, id_ in doubted)
        yield (*_context(stored), id_, *printed, *_of_picture(figure), *_named(each))


def _of_picture(figure: Figure) -> Row:
    sure = None if figure.confidence is None else Decimal(f"{figure.confidence:.4f}")
    said = figure.corrected
    return (sure, None, None, None) if said is None else (sure, said.who, said.why, said.when.isoformat())


def _metrics(each: Exported) -> Iterator[Row]:
    stored = each.stored
    known = load_metrics()
    doubted = flagged(stored.report.findings).keys()
    for id_, value in metric_values(stored.report).items():
        yield (*_context(stored), id_, value, known[id_].unit, not doubted.isdisjoint(cells_of(id_)), *_named(each))


def _wide(each: Exported) -> Iterator[Row]:
    stored, report = each.stored, each.stored.report
    values = metric_values(report)
    doubted = flagged(report.findings).keys()
    marked = (id_ for id_ in ASKED if id_ in values and not doubted.isdisjoint(cells_of(id_)))
    body = (report.agency.level, report.agency.kind, report.title, stored.snapshot.url)
    yield (*_context(stored), *body, *map(values.get, ASKED), " ".join(marked), *_named(each), each.matched)


TABLES: Mapping[What, Table] = {
    "reports": Table(
        "reports",
        (
            _REPORT,
            *_CONTEXT,
            Column("title", "string", "the title as printed"),
            Column("url", "string", "the address that the stored payload came from"),
            Column("sha256", "string", "SHA-256 of the stored payload after transfer- and content-decoding"),
            Column("captured", "datetime", "when it was captured"),
            Column("vanished", "string", "the day on which its address stopped answering; empty while it answers"),
            *_NAMES,
            _MATCHED,
        ),
        _reports,
    ),
    "figures": Table(
        "figures",
        (
            _REPORT,
            *_CONTEXT,
            Column("figure", "string", "the figure's public id; with the report's page and # it is a permalink"),
            Column(
                "value", "number", "the number in the form's unit; empty unless the state is number: blank is not 0"
            ),
            Column("unit", "string", "the unit that the form asks for"),
            Column("raw", "string", "the cell exactly as printed"),
            Column("state", "string", "number, blank, dash or text"),
            Column("flagged", "boolean", "a broken identity or a doubt about our reading names this cell"),
            Column("confidence", "number", "how sure it was read from a picture, 0 to 1; empty where it was text"),
            Column("corrected_by", "string", "who says, from the picture, that value is what the cell holds"),
            Column("corrected_why", "string", "what is said about it"),
            Column("corrected", "datetime", "when this was said; empty where nobody corrected or confirmed the cell"),
            *_NAMES,
        ),
        _figures,
    ),
    "metrics": Table(
        "metrics",
        (
            _REPORT,
            *_CONTEXT,
            Column("metric", "string", "the metric's id; /metrics tells its formula"),
            Column("value", "number", "the value; a rate (unit %) is in per cent"),
            Column("unit", "string", "the metric's unit"),
            Column("flagged", "boolean", "a cell that the metric is made of is flagged"),
            *_NAMES,
        ),
        _metrics,
    ),
    "wide": Table(
        "wide",
        (
            _REPORT,
            *_CONTEXT,
            Column("level", "string", "national, province, prefecture, county or township"),
            Column("kind", "string", "government, office, department, township, zone or ministry"),
            Column("title", "string", "the title as printed"),
            Column("url", "string", "the address that the stored payload came from"),
            *map(_column, ASKED.values()),
            Column("flagged", "string", "the metrics of this row of which a cell is flagged, spaces between them"),
            *_NAMES,
            _MATCHED,
        ),
        _wide,
    ),
}


def rows(table: Table, reports: Iterable[Exported]) -> Iterator[Row]:
    """All rows of a table."""
    for each in reports:
        yield from table.rows(each)
