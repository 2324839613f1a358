"""A map with real boundaries: each place in its own shape, shaded by a value; for whoever has a file of boundaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.model import Region
from webui.boundaries import WIDTH, Boundaries
from webui.pictures import shade
from webui.series import Point


@dataclass(frozen=True, slots=True)
class Area:
    """A place: its shape as an SVG path, its name, its value in words (— for none), and whose report has it."""

    path: str
    name: str
    words: str
    shade: int
    address: str
    report: str


@dataclass(frozen=True, slots=True)
class AreaMap:
    """Shapes and the size of the picture; ``highest`` is the value of the darkest shade, ``without`` have no shape."""

    width: int
    height: int
    areas: tuple[Area, ...]
    highest: str
    without: tuple[str, ...]


def area_map(
    boundaries: Boundaries | None,
    places: Sequence[Region],
    points: Mapping[str, Point],
    written: Callable[[Decimal], str],
    address: Callable[[str, Point | None], str],
) -> AreaMap | None:
    """Lay places out; None where no boundaries are given, or none of these places'."""
    height, shapes = boundaries.shapes(region.code for region in places) if boundaries else (0, {})
    if not shapes:
        return None
    top = max((point.value for point in points.values()), default=Decimal(0))
    areas = []
    for region in places:
        point = points.get(region.code)
        if region.code in shapes:
            areas.append(
                Area(
                    shapes[region.code],
                    region.name,
                    written(point.value) if point else "—",
                    shade(point.value, top) if point else 0,
                    address(region.code, point),
                    point.report if point else "",
                )
            )
    without = tuple(region.name for region in places if region.code in points and region.code not in shapes)
    return AreaMap(WIDTH, height, tuple(areas), written(top), without)
