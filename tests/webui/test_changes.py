from __future__ import annotations

from flask.testing import FlaskClient

from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf


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
        assert 0 <= body["repeated"] <= 1


def test_figures_that_changed_are_exactly_those_that_differ_in_one_form(client: FlaskClient, shelf: Shelf) -> None:
    years = _county(shelf)
    old, new = (shelf.reports[years[year]].figures for year in (2022, 2023))
    differ = [id_ for id_ in new if (old[id_].value, old[id_].state) != (new[id_].value, new[id_].state)]
    assert [each["id"] for each in twin(client, f"/reports/{years[2023]}/changes.json")["figures"]] == differ
    assert twin(client, f"/reports/{years[2021]}/changes.json")["figures"] == []
    page = soup(client, f"/reports/{years[2023]}/changes")
    targets = [str(cell["href"]) for cell in page.select("table td a")]
    assert targets == [f"/reports/{years[y]}#{id_}" for id_ in differ for y in (2022, 2023)]


def test_a_sentence_is_traced_to_the_first_year_that_has_it(client: FlaskClient, shelf: Shelf) -> None:
    years = _county(shelf)
    first = twin(client, f"/reports/{years[2016]}/changes.json")
    assert first["before"] is None
    assert first["origins"] == [{"id": years[2016], "year": 2016, "share": 1}]
    assert "无从比较" in soup(client, f"/reports/{years[2016]}/changes").get_text()
    for year in (2019, 2023):
        found = twin(client, f"/reports/{years[year]}/changes.json")["origins"]
        assert abs(sum(each["share"] for each in found) - 1) < 0.001
        lines = shelf.reports[years[year]].sections[0].text
        earliest = min(
            y
            for y, id_ in years.items()
            if y <= year
            and any(
                sentence in section.text for section in shelf.reports[id_].sections for sentence in lines.splitlines()
            )
        )
        assert earliest in {each["year"] for each in found}


def test_the_report_leads_to_its_changes_and_a_former_id_too(client: FlaskClient, shelf: Shelf) -> None:
    id_ = _county(shelf)[2023]
    assert soup(client, f"/reports/{id_}").find("a", href=f"/reports/{id_}/changes")
    for suffix in ("changes", "changes.json"):
        response = client.get(f"/reports/{shelf.former}/{suffix}?lang=en")
        assert response.headers["Location"] == f"/reports/{shelf.renamed}/{suffix}?lang=en"
    twin(client, "/reports/990101-1999-00000000/changes.json", 404)
    assert "<script>alert" not in client.get(f"/reports/{shelf.hostile}/changes").text
