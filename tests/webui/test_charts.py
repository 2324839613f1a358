"""Pictures that stand by themselves: names at the lines' ends, panels, files with their values and their source."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.metrics import metric_values
from tests.webui.kinds import COUNTY
from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf
from webui.line_ends import ems, ends, room
from webui.pictures import TOGETHER

SVG = "{http://www.w3.org/2000/svg}"
PAIR = f"agency={COUNTY}&agency=990122-788e6924"
TOP, FLOOR = 34.0, 270.0
heights = st.lists(st.floats(TOP, FLOOR), min_size=1, max_size=TOGETHER)


@given(heights)
def test_names_at_the_ends_never_meet_and_keep_the_order_of_their_lines(given_heights: list[float]) -> None:
    placed = ends([("某县", 580.0, y) for y in given_heights], 580.0, (TOP, FLOOR))
    standing = sorted(end.y for end in placed)
    assert all(below - above >= 14.9 for above, below in pairwise(standing))
    assert TOP - 0.1 <= standing[0] <= standing[-1] <= FLOOR + 0.1
    order = sorted(range(len(placed)), key=lambda at: given_heights[at])
    assert [placed[at].y for at in order] == standing


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=40), min_size=2, max_size=5
    )
)
def test_the_margin_holds_every_name(names: list[str]) -> None:
    width = room(names)
    for end in ends([(name, 0.0, 100.0) for name in names], 720.0 - width, (TOP, FLOOR)):
        assert end.x + 12 * ems(end.text) <= 720.5


def tree(client: FlaskClient, address: str) -> ET.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")
    return ET.fromstring(response.data)  # noqa: S314 - our own


def test_beneath_each_picture_stand_its_files_and_its_citation(client: FlaskClient, shelf: Shelf) -> None:
    page = soup(client, f"/compare?{PAIR}&metric=refused")
    files = {link.get_text(): str(link["href"]) for link in page.select(".chart .take a")}
    drawn = tree(client, files["SVG"])
    assert {each.text for each in drawn.iter(f"{SVG}text")} >= {"松陂区人民政府", "鹿鸣县人民政府"}
    assert any("/compare?agency=" in (each.text or "") for each in drawn.iter(f"{SVG}text"))
    rows = list(csv.DictReader(io.StringIO(client.get(files["CSV"]).data.decode("utf-8-sig"))))
    expected = {
        (each.agency.name, str(each.year), str(values["refused"]))
        for each in shelf.reports.values()
        if each.agency.id in (COUNTY, "990122-788e6924") and "refused" in (values := metric_values(each))
    }
    assert {(row["agency"], row["year"], row["value"]) for row in rows} == expected
    for row in rows[:3]:
        path, _, cell = row["report"].partition("#")
        assert soup(client, path.removeprefix("http://localhost")).find(id=cell)
    cited = page.select_one(".chart .citation")
    assert cited
    assert cited.get_text().startswith("松陂区人民政府, 鹿鸣县人民政府. 不予公开, ")


@pytest.mark.parametrize(
    "address", [f"/agencies/{COUNTY}", "/regions/990101", "/metrics/refusal_rate", f"/compare?{PAIR}"]
)
def test_every_picture_has_files_that_hold_its_values(client: FlaskClient, address: str) -> None:
    for figure in soup(client, address).select(".chart"):
        files = {link.get_text(): str(link["href"]) for link in figure.select(".take a")}
        dots = len(figure.select("circle")) - len(figure.select(".legend circle"))
        assert len(list(tree(client, files["SVG"]).iter(f"{SVG}circle"))) == dots
        assert len(client.get(files["CSV"]).data.decode().splitlines()) == dots + 1


def test_more_lines_than_one_picture_holds_are_small_multiples(client: FlaskClient) -> None:
    body = twin(client, "/search.json?kind=government&region=990000&year=2021")
    agencies = [f"{region}-{print_}" for region, _, print_ in (hit["id"].split("-") for hit in body["hits"])][
        : TOGETHER + 1
    ]
    address = "&".join(f"agency={each}" for each in agencies)
    page = soup(client, f"/compare?{address}&metric=applications_received")
    assert len(page.select(".chart.many .multiples svg")) == len(agencies) == TOGETHER + 1
    scales = [[tick.get_text() for tick in svg.select(".tick:not(.doubted)")] for svg in page.select(".multiples svg")]
    assert all(scale == scales[0] for scale in scales)
    drawn = tree(client, f"/chart.svg?{address}&metric=applications_received")
    assert len([each for each in drawn.iter(f"{SVG}g") if "translate" in each.get("transform", "")]) == len(agencies)


def test_a_picture_has_one_unit_and_something_to_show(client: FlaskClient) -> None:
    assert client.get(f"/chart.svg?{PAIR}&metric=refused&metric=refusal_rate").status_code == 400
    assert client.get("/chart.svg?agency=990101-00000000&metric=refused").status_code == 404
    assert client.get("/chart.svg?metric=nothing").status_code == 400
