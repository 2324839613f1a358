from __future__ import annotations

import csv
import io
import json
import unicodedata
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.metrics import metric_values
from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf
from webui.export import defused
from webui.tables import ASKED, TABLES

ATOM = "{http://www.w3.org/2005/Atom}"


def read_csv(client: FlaskClient, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline="")))


def test_the_reports_of_a_search_are_all_there(client: FlaskClient, shelf: Shelf) -> None:
    found = read_csv(client, "/search.csv?region=990100")
    total = twin(client, "/search.json?region=990100")["total"]
    assert len(found) == len({row["id"] for row in found}) == total > 20
    for row in found:
        report = shelf.reports[row["id"]]
        assert (row["title"], row["agency"], row["year"]) == (report.title, report.agency.name, str(report.year))
        assert row["sha256"] == twin(client, f"/reports/{row['id']}.json")["sha256"]


def test_figures_come_out_exactly_blank_never_zero(client: FlaskClient, shelf: Shelf) -> None:
    found = read_csv(client, "/search.csv?what=figures&year=2023")
    expected = {
        (id_, figure.id): figure
        for id_, report in shelf.reports.items()
        if report.year == 2023
        for figure in report.figures.values()
    }
    assert len(found) == len(expected)
    for row in found:
        figure = expected[row["id"], row["figure"]]
        assert row["value"] == ("" if figure.value is None else str(figure.value))
        assert row["raw"] == defused(figure.raw)
        assert row["state"] == figure.state
    flagged = {row["figure"] for row in found if row["flagged"] == "true"}
    assert flagged == {
        "applications.granted.natural_person",
        "applications.granted.total",
        "applications.handled.total",
    }


def test_metrics_in_every_format_are_the_same(client: FlaskClient, shelf: Shelf) -> None:
    address = "?what=metrics&year=2022&region=990101"
    expected = {
        (id_, metric): value
        for id_, report in shelf.reports.items()
        if report.year == 2022 and report.agency.region == "990101"
        for metric, value in metric_values(report).items()
    }
    rows: dict[str, list[dict[str, Any]]] = {"csv": list(read_csv(client, f"/search.csv{address}"))}
    ndjson = client.get(f"/search.ndjson{address}")
    rows["ndjson"] = [json.loads(line) for line in ndjson.text.splitlines()]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/search.xlsx{address}", buffered=True).data))
    header, *lines = book["metrics"].iter_rows(values_only=True)
    rows["xlsx"] = [dict(zip(map(str, header), line, strict=True)) for line in lines]
    notes = {str(name): value for name, value in book["about"].iter_rows(values_only=True)}
    assert notes["licence"] == "CC-BY-4.0"
    assert "region=990101" in str(notes["query"])
    parquet = pq.read_table(io.BytesIO(client.get(f"/search.parquet{address}", buffered=True).data))
    assert parquet.schema.metadata[b"generation"]
    rows["parquet"] = parquet.to_pylist()
    for form, found in rows.items():
        values = {(row["id"], row["metric"]): round(Decimal(str(row["value"])), 4) for row in found}
        assert values == {key: round(value, 4) for key, value in expected.items()}, form


@given(st.text(max_size=30))
def test_no_cell_is_a_formula(text: str) -> None:
    assert not unicodedata.normalize("NFKC", defused(text)).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert defused(text).removeprefix("'") in {text, text.removeprefix("'")}


@pytest.mark.parametrize("address", ["/search.csv?what=x", "/search.ndjson?year=x", "/search.xlsx?page=0"])
def test_a_wrong_parameter_gives_no_file(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert response.get_json()["ok"] is False


def test_the_data_package_describes_the_file(client: FlaskClient) -> None:
    body = twin(client, "/datapackage.json?what=figures&year=2023")
    resource = body["resources"][0]
    names = [field["name"] for field in resource["schema"]["fields"]]
    assert names == [column.name for column in TABLES["figures"].columns]
    assert list(read_csv(client, resource["path"].removeprefix("http://localhost"))[0]) == names
    assert all(field["description"] for field in resource["schema"]["fields"])


def test_the_feed_is_well_formed_and_leads_to_reports(client: FlaskClient) -> None:
    feed = ET.fromstring(client.get("/search.atom?q=讨薪&lang=en").data)  # noqa: S314 - our own output
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == twin(client, "/search.json?q=讨薪")["total"]
    for entry in entries[:3]:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert client.get(link.attrib["href"]).status_code == 200
    assert all(feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))


def test_sitemaps_lead_to_every_report(client: FlaskClient, shelf: Shelf) -> None:
    index = ET.fromstring(client.get("/sitemap.xml").data)  # noqa: S314 - our own output
    found: set[str] = set()
    for location in index.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
        part = ET.fromstring(client.get(location.text or "").data)  # noqa: S314 - our own output
        found |= {each.text or "" for each in part.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert {f"http://localhost/reports/{id_}" for id_ in shelf.reports} <= found
    for address in sorted(found)[::25]:
        assert client.get(address).status_code == 200
    assert client.get("/sitemaps/x.xml").status_code == 404


def test_a_browser_learns_how_to_search_here(client: FlaskClient) -> None:
    assert soup(client, "/").find("link", rel="search")["href"] == "/opensearch.xml"  # type: ignore[index]
    template = ET.fromstring(client.get("/opensearch.xml").data).find(  # noqa: S314 - our own output
        "{http://a9.com/-/spec/opensearch/1.1/}Url"
    )
    assert template is not None
    address = template.attrib["template"].replace("{searchTerms}", "讨薪").replace("{startPage?}", "1")
    assert client.get(address).status_code == 200


def test_the_wide_table_has_a_row_for_every_report_and_a_column_for_every_metric(
    client: FlaskClient, shelf: Shelf
) -> None:
    found = read_csv(client, "/search.csv?what=wide&region=990200")
    assert len(found) == twin(client, "/search.json?region=990200")["total"]
    assert any(not any(row[id_] for id_ in ASKED) for row in found)  # without a table, but not dropped
    for row in found:
        values = metric_values(shelf.reports[row["id"]])
        assert {id_: row[id_] for id_ in ASKED} == {id_: str(values.get(id_, "")) for id_ in ASKED}


@pytest.mark.parametrize("what", ["reports", "wide"])
def test_a_table_names_places_and_levels_and_has_the_sentences_that_met_the_words(
    client: FlaskClient, what: str
) -> None:
    found = read_csv(client, f"/search.csv?what={what}&q=讨薪&region=990101")
    shown = {hit["id"]: hit["snippets"] for hit in twin(client, "/search.json?q=讨薪&region=990101&apart=1")["hits"]}
    assert found
    for row in found:
        assert (row["place"], row["level_name"]) == ("云岚省/青汀市/松陂区", "县级")
        assert "讨薪" in row["matched"] or "欠薪" in row["matched"]
        assert row["matched"].split(" … ") == [each["text"].strip() for each in shown[row["id"]] if each["marks"]]
    assert {row["matched"] for row in read_csv(client, f"/search.csv?what={what}&region=990101")} == {""}
    named = read_csv(client, "/search.csv?what=figures&region=410000&year=2023")
    assert {row["place"] for row in named} == {"河南省/平顶山市"}
