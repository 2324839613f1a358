"""Places, agencies, metrics, comparisons: every value is the report's, and leads to its cell."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.metrics import denominator, load_metrics, metric_values
from indexer.request import SearchRequest
from tests.webui.pages import links, soup, twin
from tests.webui.shelf import YEARS, Shelf
from webui.catalog import catalog
from webui.ledger import OUT
from webui.pictures import line_chart, nice_top
from webui.series import Point, Series, hits

COUNTY = "990101-d6fd728d"
CITY = "990100"


def reports_of(shelf: Shelf, agency: str) -> dict[int, str]:
    return {r.year: id_ for id_, r in shelf.reports.items() if r.agency.id == agency}


def test_an_agency_has_its_years_series_and_ledger(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, f"/agencies/{COUNTY}.json")
    mine = reports_of(shelf, COUNTY)
    assert [each["year"] for each in body["reports"]] == sorted(mine) == list(YEARS)
    for metric, values in body["series"].items():
        expected = {
            str(year): values_of[metric]
            for year, id_ in mine.items()
            if metric in (values_of := metric_values(shelf.reports[id_]))
        }
        assert {year: Decimal(str(value)) for year, value in values.items()} == expected
    assert [(each["from"], each["to"]) for each in body["ledger"]] == [(y, y + 1) for y in range(2019, 2023)]
    for passage in body["ledger"]:
        before = shelf.reports[mine[passage["from"]]]
        for column, pair in passage["columns"].items():
            figure = before.figures[f"{OUT}.{column}"]
            assert pair["carried_out"] == (None if figure.value is None else int(figure.value))
            known = pair["carried_out"] is not None and pair["carried_in"] is not None
            assert pair["agree"] == ((pair["carried_out"] == pair["carried_in"]) if known else None)


def test_missing_years_are_said(client: FlaskClient) -> None:
    body = twin(client, "/agencies/990221-896767fb.json")
    assert [each["year"] for each in body["reports"]] == [2011, 2023]
    assert body["missing_years"] == list(range(2012, 2023))
    assert soup(client, "/agencies/990221-896767fb").get_text().count("本站未收录") == 11


@pytest.mark.parametrize(
    "address",
    [
        f"/agencies/{COUNTY}",
        f"/regions/{CITY}",
        "/metrics/refused?year=2022",
        "/metrics/disclosure_rate",
        f"/compare?agency={COUNTY}&metric=refused&metric=disclosure_rate",
    ],
)
def test_every_value_leads_to_a_cell_that_exists(client: FlaskClient, address: str) -> None:
    cells = [link for link in links(soup(client, address)) if "/reports/" in link and "#" in link]
    assert cells
    for link in dict.fromkeys(cells[::7]):
        path, _, anchor = link.partition("#")
        assert soup(client, path).find(id=anchor) is not None, link


def test_a_place_lists_its_own_agencies_and_the_places_in_it(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, "/regions/990122.json")
    own = {r.agency.name for r in shelf.reports.values() if r.agency.region == "990122"}
    assert {each["name"] for each in body["agencies"]} == own
    city = twin(client, f"/regions/{CITY}.json?metric=reviews")
    assert {each["name"] for each in city["places"]} == {"松陂区", "鹿鸣县"}
    for each in city["compared"]["values"]:
        assert each["value"] == int(metric_values(shelf.reports[each["report"]])["reviews"])
    province = soup(client, "/regions/990000")
    assert province.select_one(".tag.fictional")
    assert twin(client, "/regions/999999.json", 404)["error"]["code"] == "not_found"
    assert twin(client, f"/regions/{CITY}.json?metric=nothing", 400)["error"]["parameter"] == "metric"


def test_a_metric_is_ranked_and_spread_as_a_plain_count_says(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, "/metrics/reviews.json?year=2022")
    values = sorted(
        (int(v["reviews"]) for r in shelf.reports.values() if r.year == 2022 and "reviews" in (v := metric_values(r))),
        reverse=True,
    )
    assert [place["value"] for place in body["ranking"]] == values
    assert sum(bucket["count"] for bucket in body["distribution"]) == len(values)


def test_no_rate_over_few_cases_without_saying_so(client: FlaskClient, shelf: Shelf) -> None:
    metric = load_metrics()["disclosure_rate"]
    few = {
        id_
        for id_, report in shelf.reports.items()
        if (over := denominator(metric, report)) is not None and over < 30 and metric.id in metric_values(report)
    }
    assert few
    body = twin(client, "/metrics/disclosure_rate.json?year=2016..2023")
    assert not few & {place["report"] for place in body["ranking"]}
    page = soup(client, "/search?sort=-disclosure_rate")
    for hit in page.select(".hit"):
        id_ = str(hit.h2.a["href"]).rpartition("/")[2]  # type: ignore[union-attr, index]
        shown = hit.select_one(".metric")
        assert shown is not None
        assert ("分母仅" in shown.get_text()) == (id_ in few)


def test_a_comparison_draws_up_to_twenty_lines(client: FlaskClient, shelf: Shelf) -> None:
    agencies = sorted({r.agency.id for r in shelf.reports.values() if r.form})[:5]
    address = "/compare?" + "&".join(f"agency={a}" for a in agencies) + "&metric=otherwise_handled&metric=reviews"
    page, body = soup(client, address), twin(client, address.replace("?", ".json?"))
    assert len(body["series"]) == 10
    assert len(page.select(".chart")) == 2
    too_many = address + "".join(f"&metric={m}" for m in ("lawsuits", "refused", "granted"))
    assert twin(client, too_many.replace("?", ".json?"), 400)["error"]["parameter"] == "agency"
    assert twin(client, "/compare.json?agency=x", 400)["error"]["parameter"] == "agency"
    found = soup(client, "/compare?find=松陂")
    assert [link.get_text() for link in found.select(".found a")] == ["＋ 松陂区人民政府"]


def test_coverage_counts_governments(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, "/coverage.json")
    province = next(each for each in body["provinces"] if each["code"] == "990000")
    for year in province["years"]:
        found = sum(
            r.year == year["year"] and r.agency.kind == "government" and r.agency.region.startswith("99")
            for r in shelf.reports.values()
        )
        assert (year["found"], year["expected"]) == (found, 6)
    page = soup(client, "/coverage")
    for link in page.select(".matrix td a")[:12]:
        promised = int(link.get_text().partition("/")[0])
        assert int(soup(client, str(link["href"])).select_one(".summary strong").get_text()) == promised  # type: ignore[union-attr]


def test_every_example_of_the_help_is_understood(client: FlaskClient) -> None:
    body = twin(client, "/about.json")
    for example in body["examples"]:
        understood = twin(client, f"/search.json?q={example['query'].replace('%', '%25')}")["query"]
        reasons = {part["reason"] for part in understood["ignored"]} - {"unknown_words"}
        assert not reasons, (example, reasons)


def point(year: int, value: int) -> Point:
    return Point("id", "a", "a", "990000", year, "2021", Decimal(value))


years = st.lists(st.integers(2008, 2030), min_size=1, max_size=12, unique=True).map(sorted)


@given(years, st.lists(st.integers(2008, 2030), max_size=2))
def test_a_line_never_joins_across_a_gap_or_a_break(given_years: list[int], breaks: list[int]) -> None:
    series = Series("a", "m", tuple(point(year, year - 2000) for year in given_years))
    chart = line_chart([series], lambda _: breaks, str)
    assert chart is not None
    (line,) = chart.lines
    across = {dot.x: dot.point.year for dot in line.dots}
    for stretch in line.stretches:
        joined = [across[float(x)] for x in re.findall(r"([\d.]+),", stretch)]
        assert joined == list(range(joined[0], joined[-1] + 1))
        assert not any(joined[0] < year <= joined[-1] for year in breaks)


@given(st.decimals(min_value="0.0001", max_value=10**9, places=4))
def test_an_axis_holds_its_highest_value_without_wasting_much(value: Decimal) -> None:
    assert value <= nice_top(value) <= value * Decimal("2.5")


def test_who_only_wants_the_reports_gets_no_snippets_and_the_same_reports(app: Flask) -> None:
    with app.test_request_context():
        engine = catalog().engine
        query = SearchRequest("讨薪", {"kind": ("government",)}, size=1000, apart=True)
        told, bare = engine.search(query), list(hits(engine, query, 1000))
        assert any(hit.snippets for hit in told.hits)
        assert not any(hit.snippets for hit in bare)
        assert [replace(hit, snippets=()) for hit in told.hits] == bare


def test_a_year_without_a_value_is_a_gap_and_a_change_of_basis_is_told_as_one() -> None:
    def line(metric: str, *years: int) -> Series:
        return Series(metric, metric, tuple(Point("r", "a", "i", "990101", y, "2021", Decimal(y)) for y in years))

    chart = line_chart([line("gap", 2019, 2022), line("basis", 2018, 2019)], lambda _: (2019,), str)
    assert chart is not None
    gap, basis = chart.lines
    assert (gap.years_missing, gap.basis_changed) == (True, ())
    assert (basis.years_missing, basis.basis_changed) == (False, (2019,))


def test_the_table_of_a_line_keeps_the_years_without_a_value(client: FlaskClient) -> None:
    page = soup(client, f"/compare?agency={COUNTY}&metric=applications_received&year=2019&year=2022")
    heads = [cell.get_text() for cell in page.select(".scroll > table.data thead th")[1:]]
    assert heads == ["2019", "2020", "2021", "2022"]


def test_every_metric_stands_once_under_its_subject(client: FlaskClient) -> None:
    listed = [str(link["href"]).rpartition("/")[2] for link in soup(client, "/metrics").select("table th a")]
    assert sorted(listed) == sorted(load_metrics())
    headings = [heading.get_text() for heading in soup(client, "/metrics").select("main h2")]
    assert headings[:3] == ["依申请公开", "复议诉讼", "主动公开"]


def test_beneath_a_picture_stands_whose_figures_it_shows(client: FlaskClient) -> None:
    source = soup(client, f"/compare?agency={COUNTY}&metric=applications_received").select_one(".chart .source")
    assert source
    assert "松陂区人民政府" in source.get_text()
    assert f"agency={COUNTY}" in source.get_text()
