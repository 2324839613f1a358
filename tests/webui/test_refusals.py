"""Why refused: the page, its twin and its file say the same; a report stands beside its peers, with its articles."""

from __future__ import annotations

import csv
import io

from flask.testing import FlaskClient

from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf

CELL = "applications.refused.state_secret"


def test_the_sums_are_those_of_the_reports(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, "/refusals.json?region=990100&level=county&year=2021")
    chosen = [
        report
        for report in shelf.reports.values()
        if report.year == 2021 and report.agency.region.startswith("9901") and report.agency.level == "county"
    ]
    shown = [report for report in chosen if report.id != shelf.conflict] or chosen
    assert body["total"] == len({report.id for report in chosen})
    line = next(each for each in body["outcomes"] if each["outcome"] == CELL)
    known = [
        cell.value
        for report in shown
        if (cell := report.figures[f"{CELL}.total"]).value is not None
        and report.figures["applications.handled.total"].value is not None
    ]
    assert line["article"] == "第十四条"
    assert line["numbers"]["total"] >= sum(known)
    text = client.get("/refusals.csv?region=990100&level=county&year=2021").text.lstrip("\ufeff")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["outcome"] == CELL]
    assert {row["applicant"]: int(row["number"]) for row in rows} == line["numbers"]


def test_a_report_stands_beside_its_peers(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, f"/reports/{shelf.changed}/refusals.json")
    report = shelf.reports[shelf.changed]
    for line in body["outcomes"]:
        if cell := report.figures.get(f"{line['outcome']}.total"):
            assert line["numbers"]["total"] == cell.value
    page = soup(client, f"/reports/{shelf.changed}/refusals?lang=en")
    assert "art. 14" in page.text
    assert page.find("a", href=lambda to: bool(to) and to.endswith(f"#{CELL}.total"))
    assert client.get(f"/reports/{shelf.former}/refusals").status_code == 301
    assert twin(client, f"/reports/{shelf.old}/refusals.json")["outcomes"] == []


def test_the_years_of_the_2014_form_have_none(client: FlaskClient) -> None:
    assert set(twin(client, "/refusals.json")["years"]) == {"2019", "2020", "2021", "2022", "2023"}
    assert twin(client, "/refusals.json?kind=lawyers", status=400)["error"]["parameter"] == "kind"
