from __future__ import annotations

from statistics import median

from flask.testing import FlaskClient

from corpus.metrics import metric_values
from indexer.request import where
from indexer.result import Statistics, Summary
from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf
from webui.sparkline import sparkline


def _numbers(medians: dict[int, float | None]) -> Statistics:
    years = {
        year: Summary(5, 5, quartiles=(value, value, value)) if value is not None else Summary(5, 0)
        for year, value in medians.items()
    }
    return Statistics("refused", "件", Summary(5, 5), years, {})


def test_the_line_stops_at_a_missing_year_and_at_a_change_of_meaning() -> None:
    drawn = sparkline(where(), _numbers({2014: 1.0, 2015: 2.0, 2016: None, 2017: 4.0, 2018: 3.0, 2019: 1.0}), (2019,))
    assert drawn is not None
    assert [len(stretch.split()) for stretch in drawn.stretches] == [2, 2]
    assert len(drawn.dots) == 1
    assert [each.year for each in drawn.medians] == [2014, 2015, 2017, 2018, 2019]


def test_one_year_is_no_course() -> None:
    assert sparkline(where(), _numbers({2020: 3.0, 2021: None}), ()) is None


def test_the_home_page_shows_the_medians_of_the_counties(client: FlaskClient, shelf: Shelf) -> None:
    trends = twin(client, "/index.json")["trends"]
    received = next(each for each in trends if each["metric"] == "applications_received")
    for one in received["medians"]:
        values = [
            float(value)
            for report in shelf.reports.values()
            if report.year == one["year"] and (report.agency.level, report.agency.kind) == ("county", "government")
            if (value := metric_values(report).get("applications_received")) is not None
        ]
        assert one["reports"] == len(values)
        assert one["median"] == median(values)
    assert len(soup(client, "/").select(".sparklines li")) == len(trends) > 0
