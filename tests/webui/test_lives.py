"""Lives of bodies on the site and the command line: told, searched under every name, series that run on with a mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from corpus.errors import UsageError
from corpus.model import Agency, CellRef, Figure, Region
from corpus.store import Store
from tests.corpus.reports import made, take
from tests.webui.pages import soup, twin
from webui.app import create_app
from webui.cli import nianbao
from webui.settings import Settings

PLACES = (
    Region("990100", "云岚市", "prefecture", "", aliases=("云岚",), fictional=True),
    Region("990121", "鹿鸣县", "county", "990100", aliases=("鹿鸣",), valid_to=2018, fictional=True),
    Region("990102", "鹭汀区", "county", "990100", aliases=("鹭汀",), valid_from=2019, fictional=True),
)
WAS = Agency("鹿鸣县财政局", "990121", "county", "department")
WHO = Agency("鹭汀区财政局", "990102", "county", "department")
CELL = "applications.received.total"
PONDS = Agency("云岚市渔塘局", "990100", "prefecture", "department")
WATER = Agency("云岚市水务局", "990100", "prefecture", "department")
ROWS = f"who,was,from,source\n990102,990121,2019,民政公告\n{WATER.name},{PONDS.name},2020,局志\n"


@pytest.fixture(name="data")
def changed(tmp_path: Path) -> Path:
    """A store with a body whose county became a district, and one that became another."""
    return fill(tmp_path / "data")


def fill(data: Path) -> Path:
    with Store.open(data) as store:
        store.add_regions(PLACES)
        lived = (
            (WAS, range(2016, 2019)),
            (WHO, range(2019, 2022)),
            (PONDS, range(2017, 2020)),
            (WATER, range(2020, 2022)),
        )
        for agency, years in lived:
            for year in years:
                address = f"https://example.org/{agency.id}/{year}"
                cell = Figure(CELL, Decimal(year - 2000), str(year - 2000), "number", CellRef(2, 3, 8))
                take(store, replace(made(agency, year), figures={CELL: cell}), address.encode(), address)
    return data


@pytest.fixture(name="client", scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    data = fill(tmp_path_factory.mktemp("lives") / "data")
    added = data.parent / "lives.csv"
    added.write_text(ROWS, encoding="utf-8")
    assert run(data, "--add", str(added)).exit_code == 0
    app = create_app(Settings(data=data))
    yield app.test_client()
    app.extensions["nianbao"].close()


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(nianbao, ["--data", str(data), "lives", *arguments])


def test_page_twin_and_file_agree(client: FlaskClient) -> None:
    body = twin(client, "/lives.json")
    assert [(each["was"]["name"], each["who"]["name"], each["since"], each["how"]) for each in body["lives"]] == [
        (PONDS.name, WATER.name, 2020, "renamed"),
        (WAS.name, WHO.name, 2019, "renamed"),
    ]
    rows = list(csv.DictReader(io.StringIO(client.get("/lives.csv").text.lstrip("\ufeff"))))
    assert [(row["was"], row["agency"], row["source"]) for row in rows] == [
        (PONDS.name, WATER.name, "局志"),
        (WAS.name, WHO.name, "民政公告"),
    ]
    assert twin(client, "/lives.json?region=990121")["total"] == 1
    assert twin(client, "/lives.json?what=merged")["total"] == 0
    assert WAS.name in soup(client, "/lives?year=2019").text


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("鹿鸣县财政局", {WAS.id, WHO.id}),
        ("鹭汀区财政局", {WAS.id, WHO.id}),
        ("地区:鹿鸣县", {WAS.id, WHO.id}),
        ("地区:鹭汀区", {WAS.id, WHO.id}),
        ("云岚市渔塘局", {PONDS.id, WATER.id}),
        ("云岚市水务局", {PONDS.id, WATER.id}),
    ],
)
def test_a_search_for_either_name_finds_both(client: FlaskClient, asked: str, ids: set[str]) -> None:
    hits = twin(client, f"/search.json?q={asked}")["hits"]
    found = {f"{each['id'][:6]}-{each['id'][-8:]}" for each in hits}
    assert ids <= found


def test_a_series_runs_on_with_a_mark(client: FlaskClient) -> None:
    metric = "applications_received"
    line = twin(client, f"/compare.json?agency={WHO.id}&metric={metric}")["series"][0]["values"]
    assert [point["year"] for point in line] == list(range(2016, 2022))
    page = soup(client, f"/compare?agency={WHO.id}&metric={metric}")
    assert f"{WAS.name} → {WHO.name}" in page.text
    file = list(
        csv.DictReader(io.StringIO(client.get(f"/chart.csv?agency={WHO.id}&metric={metric}").text.lstrip("\ufeff")))
    )
    assert {row["agency"] for row in file} == {WAS.name, WHO.name}


def test_a_body_shows_what_it_was_and_became(client: FlaskClient) -> None:
    now, before = twin(client, f"/agencies/{WHO.id}.json"), twin(client, f"/agencies/{WAS.id}.json")
    assert [each["was"]["id"] for each in now["lives"]["before"]] == [WAS.id]
    assert [each["who"]["id"] for each in before["lives"]["after"]] == [WHO.id]
    assert [each["year"] for each in now["reports"]] == [2019, 2020, 2021]
    assert len(soup(client, f"/agencies/{WHO.id}").select("tr.former")) == 3
    years = twin(client, "/calendar.json?what=succeeded")
    assert {each["agency_id"] for each in years["bodies"]} == {WAS.id, PONDS.id}


def test_rows_are_printed_and_taken_back(data: Path) -> None:
    added = data.parent / "lives.csv"
    added.write_text(ROWS, encoding="utf-8")
    assert "has no report here yet" not in run(data, "--add", str(added)).stderr
    assert run(data).stdout == ROWS
    assert run(data, "--undo", PONDS.name).exit_code == 0
    assert PONDS.name not in run(data).stdout


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("990199,990121,2019,公告", "No place has the code 990199"),
        ("990102,鹿鸣县财政局,2019,公告", "a place and a body"),
        ("990102,990121,十九,公告", "as four digits"),
    ],
)
def test_a_row_that_nobody_can_follow_is_told(data: Path, row: str, words: str) -> None:
    bad = data.parent / "bad.csv"
    bad.write_text(f"who,was,from,source\n{row}\n", encoding="utf-8")
    assert words in str(run(data, "--add", str(bad)).exception)
    assert isinstance(run(data, "--undo", "无此机关").exception, UsageError)
    assert run(data).stdout == "who,was,from,source\n"


def test_a_name_without_a_report_is_named(data: Path) -> None:
    file = data.parent / "lives.csv"
    file.write_text(f"who,was,from,source\n{WATER.name},云岚市水产所,2012,局志\n", encoding="utf-8")
    assert "云岚市水产所 has no report here yet" in run(data, "--add", str(file)).stderr
