from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf
from webui.sources import SHORTEST
from webui.textdiff import sentences


def _county(shelf: Shelf) -> dict[int, str]:
    return {r.year: id_ for id_, r in shelf.reports.items() if r.agency.id == "990101-d6fd728d"}


def test_the_texts_of_both_years_can_be_read_out_of_the_changes(client: FlaskClient, shelf: Shelf) -> None:
    years = _county(shelf)
    for year in (2020, 2021, 2022, 2023):
        body = twin(client, f"/reports/{years[year]}/changes.json")
        assert body["before"] == {"id": years[year - 1], "year": year - 1}
        for which, other in ((years[year], "removed"), (years[year - 1], "added")):
            printed = {section.kind: section.text for section in shelf.reports[which].sections}
            for section in body["sections"]:
                text = "".join(span["text"] for span in section["changes"] if span["kind"] != other)
                assert text == printed.get(section["kind"], "")
        assert 0 <= body["repeated"] <= 100


def test_figures_that_changed_are_exactly_those_that_differ_in_one_form(client: FlaskClient, shelf: Shelf) -> None:
    years = _county(shelf)
    old, new = (shelf.reports[years[year]].figures for year in (2022, 2023))
    differ = [id_ for id_ in new if (old[id_].value, old[id_].state) != (new[id_].value, new[id_].state)]
    assert [each["id"] for each in twin(client, f"/reports/{years[2023]}/changes.json")["figures"]] == differ
    assert twin(client, f"/reports/{years[2021]}/changes.json")["figures"] == []
    page = soup(client, f"/reports/{years[2023]}/changes")
    targets = [str(cell["href"]) for cell in page.select("table td a")]
    assert targets == [f"/reports/{years[y]}#{id_}" for id_ in differ for y in (2022, 2023)]


def test_a_sentence_is_traced_to_the_first_report_that_has_it(client: FlaskClient, shelf: Shelf) -> None:
    years = _county(shelf)
    for year in (2016, 2019, 2023):
        found = twin(client, f"/reports/{years[year]}/changes.json")["origins"]
        assert abs(sum(each["share"] for each in found) - 100) < 0.1
        text = "\n".join(section.text for section in shelf.reports[years[year]].sections)
        expected: dict[int, int] = {}
        for sentence in filter(None, map(str.strip, sentences(text))):
            has = [
                report.year
                for id_, report in shelf.reports.items()
                if report.year < year
                and (report.agency.id == shelf.reports[years[year]].agency.id or len(sentence) >= SHORTEST)
                and any(sentence in section.text for section in report.sections)
            ]
            first = min(has, default=year)
            expected[first] = expected.get(first, 0) + len(sentence)
        whole = sum(expected.values())
        told: dict[int, float] = {}
        for each in found:
            told[each["year"]] = told.get(each["year"], 0) + each["share"]
        assert told == pytest.approx({first: 100 * part / whole for first, part in expected.items()}, abs=0.1)
    assert twin(client, f"/reports/{years[2016]}/changes.json")["before"] is None
    assert "无从比较" in soup(client, f"/reports/{years[2016]}/changes").get_text()


def test_what_stands_first_with_another_body_leads_to_the_very_sentence(client: FlaskClient, shelf: Shelf) -> None:
    page = soup(client, f"/reports/{_county(shelf)[2016]}/changes?lang=en")
    others = [link for link in page.select("#origins ~ ul a") if link.select_one("[lang=zh-CN]")]
    assert [str(link["href"]).split("?")[0] for link in others] == [f"/reports/{shelf.old}"]
    marked = soup(client, str(others[0]["href"])).select_one("#mark")
    assert marked is not None
    assert len(marked.get_text()) >= SHORTEST
    assert marked.get_text() in shelf.reports[_county(shelf)[2016]].sections[0].text


def test_the_report_leads_to_its_changes_and_a_former_id_too(client: FlaskClient, shelf: Shelf) -> None:
    years = _county(shelf)
    for year, has_one_before in ((2023, True), (2016, False)):
        link = soup(client, f"/reports/{years[year]}").find("a", href=f"/reports/{years[year]}/changes")
        assert bool(link) == has_one_before
    for suffix in ("changes", "changes.json"):
        response = client.get(f"/reports/{shelf.former}/{suffix}?lang=en")
        assert response.headers["Location"] == f"/reports/{shelf.renamed}/{suffix}?lang=en"
    twin(client, "/reports/990101-1999-00000000/changes.json", 404)
    assert "<script>alert" not in client.get(f"/reports/{shelf.hostile}/changes").text


def test_changed_reports_are_listed_with_what_changed_and_a_way_to_it(client: FlaskClient, shelf: Shelf) -> None:
    listed = {each["report"]: each for each in twin(client, "/coverage/changed.json")["documents"]}
    change = listed[shelf.changed]["changed"]
    pair = twin(client, f"/reports/{shelf.changed}/versions/{change['version']}.json")
    assert change["cells"] == len(pair["figures"])
    assert listed[shelf.changed]["sha256"] == pair["versions"][1]["sha256"]
    moments = [each["captured"] for each in twin(client, "/coverage/changed.json")["documents"]]
    assert moments == sorted(moments, reverse=True)
    page = soup(client, "/coverage/changed")
    assert page.select_one(f'.documents a[href="/reports/{shelf.changed}/versions/{change["version"]}"]')
