"""Series as a picture, with the address of its files and the words that cite it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from webui.addresses import absolute
from webui.catalog import Catalog
from webui.citation import picture
from webui.comparison import comparison_address
from webui.filters import figure
from webui.pictures import LineChart, line_chart
from webui.series import Series


def chart_of(shelf: Catalog, several: Sequence[Series], years: Sequence[str] = ()) -> LineChart | None:
    """A picture of series that share a unit; None where there is nothing to draw.

    ``years`` are those asked for; the files then have no others. The axis has bare numbers, for its unit stands above.
    """
    drawn = [each for each in several if each.points]
    if not drawn:
        return None
    return line_chart(drawn, lambda metric: shelf.metrics[metric].breaks, figure, tuple(years))


def chart_file(chart: LineChart, ending: str) -> str:
    """The address of a picture as a file: ``svg``, or ``csv`` for its values."""
    return comparison_address(*_asked(chart), chart.asked, path=f"/chart.{ending}")


def chart_page(chart: LineChart) -> str:
    """The address at which a picture is seen again, with its table."""
    return comparison_address(*_asked(chart), chart.asked)


def chart_cited(shelf: Catalog, chart: LineChart, title: str, seen: date) -> str:
    """How to cite it."""
    points = [point for line in chart.lines for point in line.series.points]
    years = [point.year for point in points]
    page = absolute(chart_page(chart), shelf.settings)
    return picture(list(dict.fromkeys(point.agency for point in points)), title, (min(years), max(years)), seen, page)


def _asked(chart: LineChart) -> tuple[list[str], list[str]]:
    drawn = [line.series for line in chart.lines]
    agencies = dict.fromkeys(each.points[-1].agency_id for each in drawn)
    return list(agencies), list(dict.fromkeys(each.metric for each in drawn))
