"""Maps with boundaries of the operator's: shapes in their places, neighbours without a gap, wrong files told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UsageError
from tests.webui.pages import soup
from tests.webui.shelf import Shelf
from webui.app import create_app
from webui.boundaries import MOST_HEIGHT, WIDTH, Boundaries, read_boundaries
from webui.settings import Settings

Square = tuple[float, float, float]


def square(west: float, south: float, side: float) -> list[list[float]]:
    return [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]


def geojson(**squares: Square) -> dict[str, object]:
    features = [
        {
            "type": "Feature",
            "properties": {"adcode": int(code[1:])},
            "geometry": {"type": "Polygon", "coordinates": [square(*each)]},
        }
        for code, each in squares.items()
    ]
    return {"type": "FeatureCollection", "features": features}


@pytest.fixture
def mapped(shelf: Shelf, tmp_path: Path) -> Iterator[FlaskClient]:
    """The site of an operator who has boundaries for the province and one of its cities."""
    file = tmp_path / "places.geojson"
    file.write_text(json.dumps(geojson(c990000=(100, 25, 5), c990100=(101, 26, 1))), "utf-8")
    app = create_app(Settings(data=shelf.data, boundaries=file))
    yield app.test_client()
    app.extensions["nianbao"].close()


@pytest.mark.parametrize("address", ["/metrics/applications_received", "/regions/990000"])
def test_places_are_drawn_in_their_shapes_and_lead_to_their_cells(mapped: FlaskClient, address: str) -> None:
    page = soup(mapped, address)
    (area,) = page.select(".areas a")
    assert str(area.select("path")[0]["d"]).startswith("M")
    path, _, cell = str(area["href"]).partition("#")
    assert soup(mapped, path).find(id=cell) is not None
    said = page.select_one(".areas figcaption")
    assert said
    assert ("石梁市" in said.get_text()) == (address == "/regions/990000")  # it has a value and no shape
    assert not page.select(".tiles")


def test_without_a_file_maps_are_of_tiles(client: FlaskClient) -> None:
    page = soup(client, "/metrics/applications_received")
    assert page.select(".tiles")
    assert not page.select(".areas")


def corners_of(path: str) -> list[tuple[int, int]]:
    return [(int(x), int(y)) for x, y in re.findall(r"(\d+),(\d+)", path)]


places = st.tuples(st.floats(75, 130), st.floats(18, 50), st.floats(0.5, 10))


@given(places)
def test_neighbours_share_their_border_and_all_lies_in_the_picture(place: Square) -> None:
    west, south, side = place
    left, right = square(west, south, side), square(west + side, south, side)
    rings = {code: (tuple((x, y) for x, y in ring),) for code, ring in (("990100", left), ("990200", right))}
    height, shapes = Boundaries(rings).shapes(rings)
    corners = {
        code: {tuple(map(int, pair)) for pair in re.findall(r"(\d+),(\d+)", path)} for code, path in shapes.items()
    }
    assert len(corners["990100"] & corners["990200"]) == 2
    assert all(0 <= x <= WIDTH and 0 <= y <= height <= MOST_HEIGHT + 1 for each in corners.values() for x, y in each)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "is no GeoJSON"),
        ("[]", "is no GeoJSON"),
        ('{"features": [{"id": "990000", "geometry": {"type": "Point", "coordinates": [1, 2]}}]}', "is no GeoJSON"),
        (json.dumps({"features": []}), "names no place by its code"),
        (None, "cannot be read"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_with_what_to_do(tmp_path: Path, text: str | None, said: str) -> None:
    file = tmp_path / "places.geojson"
    if text is not None:
        file.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=said) as refused:
        read_boundaries(file)
    assert str(file) in str(refused.value)
