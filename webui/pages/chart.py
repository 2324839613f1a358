"""A picture as files of its own: SVG to be printed elsewhere, CSV with its values, both with their source in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flask import Blueprint, Response, abort, current_app, render_template
from flask_babel import gettext

from webui.addresses import absolute, report_address
from webui.catalog import Catalog, catalog
from webui.charts import chart_of, chart_page
from webui.comparison import Comparison, comparison, years_of
from webui.export import BOM, defused
from webui.language import chosen_language
from webui.line_ends import EM, ems
from webui.params import N_, BadParameterError
from webui.pictures import PANEL, LineChart
from webui.series import Series

blueprint = Blueprint("chart", __name__)

COLUMNS = ("agency_id", "agency", "metric", "unit", "year", "value", "cases", "small", "flagged", "report")
WIDTH = 720
ACROSS = WIDTH // PANEL.width
_HEAD, _LINE, _FOOT_GAP = 40, 17, 22
_SPACE = 22
"""Above each panel, for its name."""


@blueprint.get("/chart.svg")
def as_svg() -> Response:
    """The picture of some agencies and metrics by itself; 404 for one without a value.

    Raises BadParameterError for metrics whose units differ.
    """
    shelf = catalog()
    asked = comparison(shelf)
    if len({shelf.metrics[metric].unit for metric in asked.metrics}) > 1:
        raise BadParameterError("metric", N_("A picture has one unit: name metrics that share theirs."))
    chart = chart_of(shelf, _series(shelf, asked), years_of(asked.query))
    if chart is None:
        abort(404)
    title = _title(shelf, asked)
    foot = _wrapped(_source(chart)) + _wrapped(absolute(chart_page(chart), shelf.settings))
    top = _HEAD if not chart.multiples else _HEAD + _SPACE
    rows = -(-len(chart.lines) // ACROSS) if chart.multiples else 1
    step = chart.frame.height + (_SPACE if chart.multiples else 0)
    text = render_template(
        "chart.svg",
        chart=chart,
        title=title,
        foot=foot,
        width=WIDTH,
        height=top + rows * step + _FOOT_GAP + _LINE * len(foot),
        top=top,
        step=step,
        across=ACROSS,
        line=_LINE,
    )
    return _file("svg", "image/svg+xml", text)


@blueprint.get("/chart.csv")
def as_csv() -> Response:
    """The values of a picture, a row each."""
    shelf = catalog()
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(shelf, _series(shelf, comparison(shelf))))
    return _file("csv", "text/csv; charset=utf-8", BOM + lines.getvalue())


def _series(shelf: Catalog, asked: Comparison) -> list[Series]:
    """All lines, each under what tells it from the others."""
    language = chosen_language()
    several = [line for metric in asked.metrics for line in asked.lines(shelf, metric)]
    if len(asked.metrics) == 1:
        return several
    alone = len(asked.agencies) == 1
    named = [(line, shelf.metric_name(line.metric, language)) for line in several]
    return [replace(line, label=name if alone else f"{line.label} · {name}") for line, name in named]


def _rows(shelf: Catalog, several: Sequence[Series]) -> Iterator[tuple[object, ...]]:
    for line in several:
        unit = shelf.metrics[line.metric].unit
        for point in line.points:
            doubted = shelf.mark(point.report, line.metric) is not None
            cell = report_address(point.report, shelf.first_cell(line.metric, point.form))
            address = absolute(cell, shelf.settings)
            body = (point.agency_id, defused(point.agency), line.metric, unit)
            yield (*body, point.year, point.value, point.cases, point.small, doubted, address)


def _title(shelf: Catalog, asked: Comparison) -> str:
    language = chosen_language()
    names = " / ".join(shelf.metric_name(metric, language) for metric in asked.metrics)
    return names if len(asked.agencies) > 1 else f"{next(iter(asked.agencies.values()))} · {names}"


def _source(chart: LineChart) -> str:
    """Whose figures a picture shows."""
    begun, ended = gettext("Source: yearly open-government reports of"), gettext("; figures as printed there.")
    return f"{begun} {_bodies(chart)}{ended}"


def _bodies(chart: LineChart) -> str:
    """Whose figures a picture shows: three by name."""
    names = list(dict.fromkeys(point.agency for line in chart.lines for point in line.series.points))
    more = len(names) - 3
    words = "、".join(names[:3])
    return f"{words} {gettext('and %(count)s more', count=more)}" if more > 0 else words


def _wrapped(text: str) -> list[str]:
    """Lines that fit beneath a picture, broken anywhere, as Chinese and addresses are."""
    most = WIDTH / EM - 1
    lines = [""]
    for sign in text:
        if ems(lines[-1] + sign) > most:
            lines.append("")
        lines[-1] += sign
    return lines


def _file(ending: str, kind: str, text: str) -> Response:
    response = current_app.response_class(text, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="nianbao-chart.{ending}"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
