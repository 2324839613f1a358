from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.deadline import due
from corpus.doubts import Doubt
from corpus.model import Agency
from corpus.store import Gap, Punctuality, Store
from corpus.store.listing import Among, Spread
from tests.webui.pages import soup, twin
from tests.webui.shelf import MONDAY, REGIONS, TUESDAY, made, take

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
        counts = store.counts()
        sizes = {"late": 1, "dated": 3, "payloads": counts.snapshots, "pending": counts.pending, "unreadable": 0}
        for what, size in sizes.items():
            total, documents = store.listed(what, Among(region="99" if what in ("late", "dated") else ""))  # type: ignore[arg-type] # spelled here
            assert (total, len(documents)) == (size, size), what
        (late,) = store.listed("late", Among(region="99"))[1]
        assert (late.id, late.title) == ("990122-2022-" + BUREAU.id[7:], "鹿鸣县水利局2022年政府信息公开工作年度报告")
        assert store.listed("late", Among(region="98")) == (0, ())
        assert store.listed("dated", Among(region="99"), 2, 5)[0] == 3
        assert len(store.listed("dated", Among(region="99"), 2, 5)[1]) == 1


def test_what_has_changed_gone_or_was_refused_can_be_listed(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311 - figures, not secrets
    with Store.open(tmp_path) as store:
        store.add_regions(REGIONS)
        report = made(COUNTY, 2022, chance)
        for words, moment in (
            ("初稿：只说供水与供气两件事，别无他话。", MONDAY),
            ("定稿：改说绿化、道路与路灯三件事。", TUESDAY),
        ):
            take(store, made(COUNTY, 2022, chance, words), moment=moment)
        page = store.keep(b"menu", url="http://a.example/", source="", media_type="text/html", captured=MONDAY)
        store.reject(page, Doubt("no_title"), "1")
        store.keep(b"new", url="http://b.example/", source="", media_type="text/html", captured=MONDAY)
        assert store.gone("http://a.example/", TUESDAY)
        counts = store.counts()
        numbers = {
            "changed": counts.former,
            "conflicts": counts.variants,
            "gone": counts.gone,
            "pending": counts.pending,
        }
        assert numbers == {"changed": 1, "conflicts": 0, "gone": 1, "pending": 1}
        for what, number in numbers.items():
            assert store.listed(what)[0] == number  # type: ignore[arg-type] # spelled here
        assert store.listed("changed")[1][0].id == report.id
        everywhere = Spread({2022: 1}, {"99": 1})
        assert store.spread("changed", Among()) == store.spread("changed", Among(year=2022)) == everywhere
        assert store.spread("changed", Among(region="9901")) == Spread({2022: 1}, {"990122": 1})
        assert store.spread("changed", Among(year=2021)) == Spread({2022: 1}, {})
        for among, number in ((Among(region="9901", year=2022), 1), (Among(region="9902"), 0), (Among(year=2021), 0)):
            assert store.listed("changed", among)[0] == number
        assert [each.url for each in store.listed("unreadable", Among("no_title"))[1]] == ["http://a.example/"]
        assert store.listed("unreadable", Among("another"))[0] == 0


def test_the_page_says_when_nothing_is_dated(client: FlaskClient) -> None:
    body = twin(client, "/coverage.json")
    assert {(row["dated"], row["late"]) for row in body["provinces"]} == {(0, 0)}
    assert body["agencies_with_gaps"] == len(body["gaps"])
    page = soup(client, "/coverage")
    assert {row.select("td")[-1].get_text() for row in page.select("table.matrix tbody tr")} == {"—"}
    for gap in body["gaps"]:
        assert page.find("a", href=f"/agencies/{gap['agency_id']}")


@pytest.mark.parametrize("what", ["payloads", "changed", "conflicts"])
def test_a_list_is_narrowed_to_as_many_as_it_says(client: FlaskClient, what: str) -> None:
    address = f"/coverage/{what}"
    whole = twin(client, f"{address}.json")
    narrower = [(f"year={each['year']}", each["count"]) for each in whole["years"]]
    narrower += [(f"region={each['code']}", each["count"]) for each in whole["regions"]]
    assert narrower
    for asked, count in narrower:
        assert twin(client, f"{address}.json?{asked}")["total"] == count, asked
        assert soup(client, address).select(f'.narrowing a[href="{address}?{asked}"]')
