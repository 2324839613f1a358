"""A slice: the archive holds what its address says, its digest follows from the data alone, a changed query is told."""

from __future__ import annotations

import csv
import io
import json
import zipfile

from flask.testing import FlaskClient

from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf

QUERY = "region=990100&year=2021..2022"


def test_a_slice_is_cited_by_what_is_in_it(client: FlaskClient, shelf: Shelf) -> None:
    answer = client.get(f"/slice.zip?{QUERY}")
    assert answer.data == client.get(f"/slice.zip?{QUERY}").data
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        package = json.loads(packed.read("datapackage.json"))
        rows = list(csv.DictReader(io.StringIO(packed.read("reports.csv").decode("utf-8-sig"))))
        assert {each["path"] for each in package["resources"]} <= set(packed.namelist())
    total = twin(client, f"/search.json?{QUERY}")["total"]
    assert len(rows) == total
    assert all(len(row["sha256"]) == 64 for row in rows)
    assert {row["id"] for row in rows} <= shelf.reports.keys()
    cited = package["nianbao"]["cite"]
    digest = cited.rpartition("/slices/")[2].partition("?")[0]
    body = twin(client, f"/slices/{digest}.json?{QUERY}")
    assert (body["same"], body["present"], body["total"]) == (True, digest, total)
    other = twin(client, f"/slices/{digest}.json?region=990200")
    assert (other["same"], other["digest"]) == (False, digest)
    assert "something else today" in soup(client, f"/slices/{digest}?region=990200&lang=en").text
    assert client.get("/slices/abc").status_code == 404
