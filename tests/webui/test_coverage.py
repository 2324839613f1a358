from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

from flask.testing import FlaskClient

from corpus.deadline import due
from corpus.model import Agency
from corpus.store import Gap, Punctuality, Store
from tests.webui.pages import soup, twin
from tests.webui.shelf import REGIONS, made, take

BUREAU = Agency("鹿鸣县水利局", "990122", "county", "department")
COUNTY = Agency("鹿鸣县人民政府", "990122", "county", "government")


def test_departments_report_by_january_from_2019_on_everybody_else_by_march() -> None:
    assert due("department", 2019) == date(2020, 1, 31)
    assert due("department", 2018) == date(2019, 3, 31)
    assert due("government", 2022) == date(2023, 3, 31)


def test_a_store_tells_what_came_late_and_which_years_are_missing(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311 - figures, not secrets
    days = {
        (BUREAU, 2020): date(2021, 1, 31),
        (BUREAU, 2022): date(2023, 2, 1),
        (COUNTY, 2020): date(2021, 2, 1),
        (COUNTY, 2021): None,
    }
    with Store.open(tmp_path) as store:
        store.add_regions(REGIONS)
        for (agency, year), day in days.items():
            take(store, replace(made(agency, year, chance), published=day))
        assert store.punctuality() == {"99": Punctuality(dated=3, late=1)}
        assert store.gaps() == (Gap(BUREAU.id, BUREAU.name, (2021,)),)


def test_the_page_says_when_nothing_is_dated(client: FlaskClient) -> None:
    body = twin(client, "/coverage.json")
    assert {(row["dated"], row["late"]) for row in body["provinces"]} == {(0, 0)}
    assert body["agencies_with_gaps"] == len(body["gaps"])
    page = soup(client, "/coverage")
    assert {row.select("td")[-1].get_text() for row in page.select("table.matrix tbody tr")} == {"—"}
    for gap in body["gaps"]:
        assert page.find("a", href=f"/agencies/{gap['agency_id']}")
