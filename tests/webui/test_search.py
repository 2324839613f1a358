from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from corpus.metrics import metric_values
from corpus.model import Report
from tests.webui.pages import links, soup, twin
from tests.webui.shelf import PLACES, Shelf
from webui.app import create_app
from webui.settings import Settings

PARENT = {code: parent for code, _, _, parent in PLACES} | {"410400": "410000", "410000": ""}


def lineage(code: str) -> Iterator[str]:
    while code:
        yield code
        code = PARENT[code]


def flat(values: list[dict[str, Any]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value["value"]] = value["count"]
        counts |= flat(value.get("children", []))
    return counts


def test_the_answer_has_exactly_the_shape_of_the_contract(client: FlaskClient) -> None:
    body = twin(client, "/search.json?q=讨薪&facet_metric=refused")
    assert set(body) == {"ok", "total", "query", "hits", "facets", "next", "card", "relaxed_hits"}
    assert body["ok"] is True
    assert len(body["hits"]) == 20
    for hit in body["hits"]:
        contract = {"id", "title", "agency", "region", "level", "kind", "year", "form", "url", "score", "snippets"}
        assert contract <= set(hit) <= contract | {"captured", "fictional", "metrics"}
        assert set(hit["region"]) == {"code", "name", "path"}
        assert hit["snippets"]
        for snippet in hit["snippets"]:
            assert set(snippet) == {"section", "text", "marks"}
            assert {snippet["text"][start:end] for start, end in snippet["marks"]} <= {"讨薪", "欠薪"}
    assert {"region", "year", "level", "kind", "form", "metric"} <= set(body["facets"])
    for name, values in body["facets"].items():
        expected = {"value", "label", "count", "selected"} | ({"children"} if name == "region" else set())
        assert all(set(value) == expected for value in values)


def test_json_keeps_chinese_as_it_is_written(client: FlaskClient) -> None:
    response = client.get("/search.json", query_string={"q": "讨薪"})
    assert "讨薪".encode() in response.data
    assert b"\\u" not in response.data


FILTERS: list[tuple[str, Callable[[Report], bool]]] = [
    ("", lambda _: True),
    ("year=2021", lambda r: r.year == 2021),
    ("year=2019..2021&year=2011", lambda r: 2019 <= r.year <= 2021 or r.year == 2011),
    ("region=990100", lambda r: "990100" in lineage(r.agency.region)),
    ("region=990101&region=990200", lambda r: bool({"990101", "990200"} & set(lineage(r.agency.region)))),
    ("level=county&kind=department", lambda r: r.agency.level == "county" and r.agency.kind == "department"),
    ("form=2014&form=2019", lambda r: r.form in ("2014", "2019")),
    ("finding=I3:broken", lambda r: any(f.rule == "I3" and f.verdict == "broken" for f in r.findings)),
    ("metric=applications_received:10..300", lambda r: 10 <= metric_values(r).get("applications_received", -1) <= 300),
    ("region=990000&year=2020&form=2019", lambda r: "990000" in lineage(r.agency.region) and r.year == 2020),
]


@pytest.mark.parametrize(("filters", "holds"), FILTERS)
def test_filters_total_and_pages_agree_with_a_plain_count(
    client: FlaskClient, shelf: Shelf, filters: str, holds: Callable[[Report], bool]
) -> None:
    expected = {id_ for id_, report in shelf.reports.items() if holds(report)}
    address: str | None = f"/search.json?{filters}"
    found: list[str] = []
    total = None
    while address:
        body = client.get(address).get_json()
        total = body["total"]
        found += [hit["id"] for hit in body["hits"]]
        address = body["next"]
    assert total == len(expected)
    assert sorted(found) == sorted(expected)


def test_facets_count_like_a_brute_force_count_and_ignore_their_own_filter(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, "/search.json?year=2021&region=990100")
    facets = body["facets"]
    years = Counter(str(r.year) for r in shelf.reports.values() if "990100" in lineage(r.agency.region))
    places = Counter(code for r in shelf.reports.values() if r.year == 2021 for code in lineage(r.agency.region))
    levels = Counter(
        r.agency.level for r in shelf.reports.values() if r.year == 2021 and "990100" in lineage(r.agency.region)
    )
    assert flat(facets["year"]) == dict(years)
    assert flat(facets["region"]) == dict(places)
    assert flat(facets["level"]) == dict(levels)
    assert [value["value"] for value in facets["year"] if value["selected"]] == ["2021"]


def test_a_selected_value_is_listed_even_when_nothing_is_left(client: FlaskClient) -> None:
    body = twin(client, "/search.json?q=讨薪&year=1999&region=410400&level=national")
    assert body["total"] == 0
    assert body["hits"] == []
    assert body["next"] is None
    selected = {name: [v["value"] for v in values if v["selected"]] for name, values in body["facets"].items()}
    assert selected["year"] == ["1999"]
    assert selected["level"] == ["national"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("page=501", "page"), ("page=0", "page"), ("year=x", "year"), ("sort=up", "sort"), ("lang=fr", "lang")],
)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_errors_have_one_shape_and_name_the_parameter(
    client: FlaskClient, query: str, parameter: str, language: str
) -> None:
    body = twin(client, f"/search.json?{query}", 400, accept=language)
    assert body == {
        "ok": False,
        "error": {"code": "bad_parameter", "message": body["error"]["message"], "parameter": parameter},
    }
    assert bool(re.search("[\u4e00-\u9fff]", body["error"]["message"])) == (language == "zh-CN")
    page = soup(client, f"/search?{query}", 400, accept=language)
    assert body["error"]["message"] in page.get_text()
    assert page.find("input", {"name": "q"})


def test_the_last_page_is_five_hundred(client: FlaskClient) -> None:
    body = twin(client, "/search.json?page=500")
    assert body["hits"] == []
    assert body["next"] is None


def test_what_is_not_known_is_named_and_left_out(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, "/search.json?from=singlemessage")
    assert body["total"] == len(shelf.reports)
    assert body["query"]["unknown_parameters"] == ["from"]
    assert "from" in soup(client, "/search?from=singlemessage").select_one(".notice").get_text()  # type: ignore[union-attr]


def test_the_page_shows_what_the_twin_says(client: FlaskClient) -> None:
    address = "/search?q=讨薪&plain=1&apart=1&region=990100&year=2022&facet_metric=refused"
    page, body = soup(client, address), twin(client, address.replace("?", ".json?"))
    hits = page.select(".hit")
    assert [hit.h2.a.get_text() for hit in hits] == [hit["title"] for hit in body["hits"]]  # type: ignore[union-attr]
    assert page.select_one(".summary strong").get_text() == str(body["total"])  # type: ignore[union-attr]
    assert {mark.get_text() for mark in page.find_all("mark")} == {"讨薪"}
    sections = {link.get_text() for link in page.select(".snippet > a")}
    named = {"总体情况", "主动公开", "依申请公开", "复议诉讼", "问题与改进", "其他事项"}
    assert {section.removeprefix("·") for section in sections} <= named


def test_each_active_filter_has_a_chip_that_removes_it_alone(client: FlaskClient) -> None:
    page = soup(client, "/search?q=讨薪&region=990100&year=2019..2021&level=county&metric=refused:1..")
    chips = page.select(".chips a:not(.clear)")
    assert [chip.get_text(" ", strip=True).split()[1] for chip in chips] == ["青汀市", "2019..2021", "县级", "不予公开"]
    for chip, gone in zip(chips, ("region=", "year=", "level=", "metric="), strict=True):
        address = str(chip["href"])
        assert gone not in address
        assert client.get(address).status_code == 200
        left = soup(client, address).select(".chips a:not(.clear)")
        assert len(left) == 3


def test_choosing_a_facet_value_gives_the_number_that_it_promised(client: FlaskClient) -> None:
    page = soup(client, "/search?q=讨薪&facet_metric=applications_received")
    checked = 0
    for link in page.select(".facets .counts a"):
        promised = int(link.select_one(".count").get_text().replace(",", ""))  # type: ignore[union-attr]
        chosen = soup(client, str(link["href"]))
        assert int(chosen.select_one(".summary strong").get_text()) == promised  # type: ignore[union-attr]
        checked += 1
    assert checked > 15


def test_choosing_a_place_replaces_the_one_that_it_lies_in(client: FlaskClient) -> None:
    page = soup(client, "/search?region=990100")
    county = next(a for a in page.select(".facets a") if "松陂区" in a.get_text())
    assert "region=990101" in str(county["href"])
    assert "region=990100" not in str(county["href"])


def test_a_year_inside_a_range_can_be_dropped(client: FlaskClient) -> None:
    page = soup(client, "/search?year=2019..2022")
    link = next(a for a in page.select(".facets .selected > a") if "2021" in a.get_text())
    assert "year=2019..2020&year=2022" in str(link["href"])


def test_nothing_in_a_report_becomes_markup(client: FlaskClient, shelf: Shelf) -> None:
    for address in ("/search?q=先贤", f"/reports/{shelf.hostile}", "/search?q=<script>alert(1)</script>"):
        page = soup(client, address)
        assert not page.select("script:not([src]):not([type='application/ld+json'])")
        assert not page.find("img")


def test_robots_keep_out_of_the_endless(client: FlaskClient) -> None:
    page = soup(client, "/search?q=讨薪&year=2021")
    assert page.find("meta", {"name": "robots"})["content"] == "noindex, nofollow"  # type: ignore[index]
    assert client.get("/search?year=2021").headers["X-Robots-Tag"] == "noindex, nofollow"
    assert all("nofollow" in link["rel"] for link in page.select(".facets a, .chips a, .sorts a"))
    assert "Disallow: /search?" in client.get("/robots.txt").text
    assert "X-Robots-Tag" not in client.get("/").headers


def test_fictional_places_are_called_so_everywhere(client: FlaskClient, shelf: Shelf) -> None:
    for address in ("/", "/search?q=讨薪", f"/reports/{shelf.broken}", "/nothing-here"):
        page = soup(client, address, 404 if "nothing" in address else 200)
        assert "云岚省" in page.select_one(".fiction").get_text()  # type: ignore[union-attr]
    page, body = soup(client, "/search?year=2023&apart=1"), twin(client, "/search.json?year=2023")
    said = [bool(hit.select_one(".tag.fictional")) for hit in page.select(".hit")]
    assert said == [hit["region"]["code"] != "410400" for hit in body["hits"]]
    assert said == [hit.get("fictional", False) for hit in body["hits"]]


def test_a_search_page_is_light(client: FlaskClient) -> None:
    assert len(client.get("/search?q=讨薪&facet_metric=refused").data) < 100_000


def test_home_leads_to_working_pages(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, "/index.json")
    assert body["total"] == len(shelf.reports)
    assert sum(year["count"] for year in body["years"]) == len(shelf.reports)
    assert len(body["examples"]) == 3
    assert shelf.changed in {each["id"] for each in body["changed"]}
    for address in links(soup(client, "/")):
        assert client.get(address).status_code == 200


def test_what_is_almost_the_same_is_folded_on_the_page_and_never_in_the_twin(client: FlaskClient) -> None:
    body = twin(client, "/search.json?form=2021")
    assert len(body["hits"]) == 20
    page = soup(client, "/search?form=2021")
    shown = [str(link["href"]).rpartition("/")[2] for link in page.select(".hit h2 a, .similar a[href^='/reports/']")]
    assert sorted(shown) == sorted(hit["id"] for hit in body["hits"])
    folded = page.select_one(".similar a[rel=nofollow]")
    if folded is not None:
        assert len(soup(client, str(folded["href"])).select(".hit")) == 20


def test_synonyms_are_said_and_can_be_switched_off(client: FlaskClient) -> None:
    page = soup(client, "/search?q=讨薪")
    said = page.select_one(".quietly")
    assert said is not None
    assert "欠薪" in said.get_text()
    plain = soup(client, str(said.a["href"]))  # type: ignore[index]
    assert {mark.get_text() for mark in plain.find_all("mark")} == {"讨薪"}


def test_two_places_have_a_card_that_leads_to_their_comparison(client: FlaskClient, shelf: Shelf) -> None:
    card = twin(client, "/search.json?q=青汀市 对比 鹿鸣县 申请量")["card"]
    assert (card["kind"], card["id"], card["sure"]) == ("comparison", "applications_received", True)
    assert [value["region"] for value in card["ranking"]] == ["990100", "990122"]
    for value in card["ranking"]:
        own = shelf.reports[value["report"]]
        assert (own.agency.kind, own.year) == ("government", 2023)
        assert value["value"] == metric_values(own)[card["id"]]
    compared = twin(client, card["address"].replace("/compare?", "/compare.json?"))
    assert [agency["name"] for agency in compared["agencies"]] == ["青汀市人民政府", "鹿鸣县人民政府"]
    assert compared["metrics"] == ["applications_received"]


def test_a_body_of_the_operator_s_own_list_has_a_card(shelf: Shelf) -> None:
    own = shelf.data / "bodies.toml"
    own.write_text('[[body]]\nname = "渔业局"\nformer = { "水产局" = 2012 }\n', encoding="utf-8")
    try:
        card = twin(create_app(Settings(data=shelf.data)).test_client(), "/search.json?q=水产局")["card"]
    finally:
        own.unlink()
    assert (card["kind"], card["name"], card["note"]) == ("body", "渔业局", "水产局 → 渔业局 (2012)")
