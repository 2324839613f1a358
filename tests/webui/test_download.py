"""The page for taking a search away: every file that it offers is there, and has the rows that were counted."""

from __future__ import annotations

import json

from flask.testing import FlaskClient

from tests.webui.pages import soup, twin
from webui.tables import TABLES

SEARCH = "/download?year=2021&kind=government"


def test_every_file_offered_is_there_under_the_columns_told(client: FlaskClient) -> None:
    body = twin(client, SEARCH.replace("?", ".json?"))
    assert [table["what"] for table in body["tables"]] == list(TABLES)
    for table in body["tables"]:
        assert {"csv", "ndjson", "xlsx"} <= table["files"].keys()
        for address in table["files"].values():
            assert client.get(address).status_code == 200
        rows = [json.loads(line) for line in client.get(table["files"]["ndjson"]).text.splitlines()]
        assert [column["name"] for column in table["columns"]] == list(rows[0])
        assert len({row["id"] for row in rows}) == body["total"] > 1


def test_the_page_links_what_its_twin_names_and_a_search_leads_to_it(client: FlaskClient) -> None:
    links = {str(link["href"]) for link in soup(client, SEARCH).select(".files a")}
    body = twin(client, SEARCH.replace("?", ".json?"))
    assert {address for table in body["tables"] for address in table["files"].values()} <= links
    assert sum("datapackage" in link for link in links) == len(TABLES)
    search = soup(client, SEARCH.replace("/download", "/search"))
    assert search.select_one('.take a[href^="/download?"]')
