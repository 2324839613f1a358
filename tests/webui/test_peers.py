"""Fair peers on the site: who counts as one, where a body stands, and that page, twin and file say the same."""

from __future__ import annotations

import csv
import io

from flask.testing import FlaskClient

from tests.webui.kinds import COUNTY, GOVERNMENTS
from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf


def test_peers_have_the_level_the_kind_and_the_year(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, f"/agencies/{COUNTY}/peers.json?metric=disclosure_rate&year=2020")
    assert (body["year"], body["metric"]["id"]) == (2020, "disclosure_rate")
    found = {each["report"] for each in body["peers"]}
    for id_ in found:
        report = shelf.reports[id_]
        assert (report.agency.level, report.agency.kind, report.year) == ("county", "government", 2020)
    assert body["report"] not in found
    assert body["among_peers"]["others"] == len(found)
    assert body["basis"] == {"province": None, "volume": None}  # too few anywhere: at last all there are
    below = [each for each in body["peers"] if each["value"] < body["value"]]
    equal = [each for each in body["peers"] if each["value"] == body["value"]]
    assert body["among_peers"]["percentile"] == (len(below) + len(equal) / 2) / len(found)


def test_the_file_has_the_body_and_every_peer(client: FlaskClient) -> None:
    address = f"/agencies/{COUNTY}/peers"
    body = twin(client, f"{address}.json?metric=refused&year=2021")
    text = client.get(f"{address}.csv?metric=refused&year=2021").text.lstrip("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["report"] for row in rows] == [body["report"], *(each["report"] for each in body["peers"])]
    assert [row["own"] for row in rows] == ["true", *("false" for _ in body["peers"])]


def test_a_rate_over_known_cases_has_a_funnel(client: FlaskClient) -> None:
    page = soup(client, f"/agencies/{GOVERNMENTS[1]}/peers?metric=not_held_rate&year=2019&lang=en")
    assert len(page.select("figure.funnel polyline.bound")) == 4
    assert "Within what chance allows" in page.text


def test_a_count_has_no_funnel_and_a_wrong_name_is_told(client: FlaskClient) -> None:
    page = soup(client, f"/agencies/{COUNTY}/peers?metric=refused&year=2021&lang=en")
    assert page.select_one("figure.funnel") is None
    assert twin(client, f"/agencies/{COUNTY}/peers.json?metric=none", status=400)["error"]["parameter"] == "metric"
    assert client.get("/agencies/990101-00000000/peers").status_code == 404
    assert twin(client, f"/agencies/{COUNTY}/peers.json?year=1999")["ok"] is True


def test_years_before_a_change_of_meaning_do_not_compare(client: FlaskClient) -> None:
    body = twin(client, f"/agencies/{COUNTY}/peers.json?metric=applications_handled&year=2019")
    assert body["against_its_own_years"]["years"] == {}
