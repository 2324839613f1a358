"""A tile map: one tile of equal size for each province, shaded by a value."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from corpus.regions import Registry
from webui.pictures import shade
from webui.series import Point

_STEP = 50


@dataclass(frozen=True, slots=True)
class Tile:
    """A province: where its tile stands, its short name, its value, what that is in words, and whose report has it."""

    x: int
    y: int
    name: str
    short: str
    value: Decimal | None
    words: str
    shade: int
    address: str
    report: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """All tiles and the size of the picture."""

    width: int
    height: int
    tiles: tuple[Tile, ...]


@cache
def places() -> Mapping[str, tuple[int, int]]:
    """Where each province's tile stands (tiles.toml)."""
    data = tomllib.loads(files("webui").joinpath("tiles.toml").read_text("utf-8"))
    return {code: (column, row) for code, (column, row) in data.items()}


def tile_map(
    points: Mapping[str, Point],
    registry: Registry,
    written: Callable[[Decimal], str],
    address: Callable[[str, Point | None], str],
) -> TileMap:
    """Lay the provinces out; those of a fictional sample stand in a row of their own below."""
    where = dict(places())
    below = max(row for _, row in where.values()) + 1
    invented = [region.code for region in registry.provinces() if region.fictional]
    where |= {code: (column + 1, below) for column, code in enumerate(invented)}
    top = max((point.value for point in points.values()), default=Decimal(0))
    tiles = []
    for code, (column, row) in where.items():
        region, point = registry.get(code), points.get(code)
        name = region.name if region else code
        tiles.append(
            Tile(
                x=column * _STEP,
                y=row * _STEP,
                name=name,
                short=name[:3] if name[:3] in ("黑龙江", "内蒙古") else name[:2],
                value=point.value if point else None,
                words=written(point.value) if point else "—",
                shade=shade(point.value, top) if point else 0,
                address=address(code, point),
                report=point.report if point else "",
            )
        )
    rows = max(row for _, row in where.values()) + 1
    return TileMap(10 * _STEP, rows * _STEP, tuple(tiles))
