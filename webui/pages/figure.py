"""One cell of a report: what it counts, what is printed, what doubts it, where it comes from, how to cite it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from flask import Blueprint, abort

from corpus.form import Column, Row, figure_id, load_form
from corpus.model import FormId
from corpus.store import Stored
from webui.addresses import absolute, report_address
from webui.catalog import catalog
from webui.citation import bibtex, gbt7714
from webui.contact import error_address
from webui.former import stored_report
from webui.language import chosen_language
from webui.marks import flaws
from webui.respond import View, page
from webui.shapes import Json, finding_shape, number, picture_shape

blueprint = Blueprint("figure", __name__)


@dataclass(frozen=True, slots=True)
class Named:
    """A cell of a form in words: the labels of its table, row and column from the top, and its unit."""

    caption: str
    row: tuple[str, ...]
    column: tuple[str, ...]
    unit: str

    @property
    def words(self) -> str:
        """Row › column."""
        return " › ".join((*self.row, *self.column))


@page(blueprint, "/reports/<id_>/cells/<figure>")
def cell(id_: str, figure: str) -> View:
    """A cell by itself; a former id of the report redirects for good."""
    shelf, stored = catalog(), stored_report(id_)
    printed = stored.report.figures.get(figure)
    if printed is None or stored.report.form is None:
        abort(404)
    named = named_cell(stored.report.form, figure)
    address = absolute(report_address(id_, figure), shelf.settings)
    said = f"{named.words} {printed.raw.strip() or '（空白）'}"
    context = {
        "stored": stored,
        "report": stored.report,
        "figure": printed,
        "named": named,
        "flaws": [(at, each) for at, each in flaws(stored.report.findings) if figure in each.figures],
        "gbt7714": gbt7714(stored, address, said),
        "bibtex": bibtex(stored, address, said),
        "error_address": error_address(shelf.settings.contact, stored, figure),
    }
    return View("figure.html", _body(stored, figure, named), context, version=f"{shelf.holdings.revision}")


def named_cell(form: FormId, figure: str) -> Named:
    """The words for a cell; 404 for one that the form does not have."""
    found = next((each for each in load_form(form).cells() if figure_id(*each[1:]) == figure), None)
    if found is None:
        abort(404)
    table, row, column = found
    return Named(table.caption, _labels(row), _labels(column), table.unit(row, column))


def _labels(part: Row | Column) -> tuple[str, ...]:
    return tuple(filter(None, (*part.path, part.label)))


def _body(stored: Stored, id_: str, named: Named) -> Json:
    printed = stored.report.figures[id_]
    place = printed.place
    language = chosen_language()
    return {
        "ok": True,
        "id": stored.id,
        "version": stored.version,
        "figure": id_,
        "row": list(named.row),
        "column": list(named.column),
        "unit": named.unit,
        "value": number(printed.value),
        "raw": printed.raw,
        "state": printed.state,
        **picture_shape(printed),
        "place": asdict(place) if place else None,
        "findings": [finding_shape(each, language) for each in stored.report.findings if id_ in each.figures],
        "url": stored.snapshot.url,
        "sha256": stored.snapshot.digest,
        "captured": stored.snapshot.captured.isoformat(),
    }
