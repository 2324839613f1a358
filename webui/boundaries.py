"""Real boundaries for the map, where the operator gives them: a GeoJSON file (RFC 7946) → an SVG path for each place.

The repository has none: who may publish which boundaries is a matter of each operator's country. A feature is a place's
if one of its properties, or its id, is the place's code (GB/T 2260). Neighbours are rounded to the same grid, so that
no gap opens between them, and points that fall together are one.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import UsageError

Ring = Sequence[tuple[float, float]]
WIDTH = 720
MOST_HEIGHT = 900
_CODE = re.compile(r"\d{6}", re.ASCII)
_NAMES = ("adcode", "code", "gb", "region", "id")
"""Properties that hold a code, as such files name it."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Code → the rings of its place, longitude and latitude in degrees."""

    rings: Mapping[str, tuple[Ring, ...]]

    def shapes(self, codes: Iterable[str]) -> tuple[int, Mapping[str, str]]:
        """The height of a picture ``WIDTH`` wide that just holds these places, and a path for each that is known."""
        known = {code: self.rings[code] for code in codes if code in self.rings}
        points = [point for rings in known.values() for ring in rings for point in ring]
        if not points:
            return 0, {}
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        # Degrees of longitude are shorter than those of latitude: equirectangular, true at the middle.
        narrow = math.cos(math.radians((south + north) / 2))
        scale = min(WIDTH / max((east - west) * narrow, 1e-9), MOST_HEIGHT / max(north - south, 1e-9))

        def placed(ring: Ring) -> str:
            return _path([(round((x - west) * narrow * scale), round((north - y) * scale)) for x, y in ring])

        paths = {code: "".join(map(placed, rings)) for code, rings in known.items()}
        return math.ceil((north - south) * scale), {code: path for code, path in paths.items() if path}


def read_boundaries(path: Path) -> Boundaries:
    """The places of a file. Raises UsageError where it cannot be read, is no GeoJSON, or no place in it has a code."""
    try:
        given = json.loads(path.read_text("utf-8-sig"))
        features = given["features"]
        rings = {code: tuple(_rings(feature["geometry"])) for feature in features if (code := _code(feature))}
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}): name another file with --boundaries.") from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise UsageError(
            f"{path} is no GeoJSON whose features are polygons (RFC 7946): name another with --boundaries."
        ) from error
    if not rings:
        raise UsageError(f"{path} names no place by its code: give each feature a property adcode of six digits.")
    return Boundaries(rings)


def _code(feature: Mapping[str, Any]) -> str:
    """The code of a feature's place; empty where it has none, as lines at sea."""
    properties = feature.get("properties") or {}
    for value in (*(properties.get(name) for name in _NAMES), feature.get("id")):
        found = _CODE.match(str(value))  # some write nine or twelve digits, the first six of which are the county's
        if found:
            return found[0]
    return ""


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[geometry["type"]]
    for polygon in polygons:
        for ring in polygon:
            yield tuple((float(x), float(y)) for x, y, *_ in ring)


def _path(points: Sequence[tuple[int, int]]) -> str:
    """A ring as an SVG path; empty where it is less than a dot."""
    turns = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
    if len(turns) < 4:
        return ""
    return "M" + "L".join(f"{x},{y}" for x, y in turns[:-1]) + "Z"
