"""Quarter turns: pages, and tables on them, whose text runs up, down or upside down, turned so that it runs right."""

from __future__ import annotations

import math
from collections.abc import Sequence

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom: from the top left corner of a page, in points."""

# How far from a quarter turn text may stand: scanners and printers turn a page by less, watermarks by more.
SLANT = math.radians(8)


def quarter(matrix: Sequence[float]) -> int | None:
    """How many quarter turns against the clock text is turned by its matrix; None for slanted text."""
    angle = math.atan2(matrix[1], matrix[0])
    turns = round(angle / (math.pi / 2))
    return turns % 4 if abs(angle - turns * math.pi / 2) <= SLANT else None


def turned(box: Box, turns: int, width: float, height: float) -> Box:
    """Where a box of a page of this size stands when the page is turned clockwise by so many quarters."""
    x0, top, x1, bottom = box
    if turns == 1:
        return height - bottom, x0, height - top, x1
    if turns == 2:
        return width - x1, height - bottom, width - x0, height - top
    if turns == 3:
        return top, width - x1, bottom, width - x0
    return box


def turned_size(turns: int, width: float, height: float) -> tuple[float, float]:
    """Width and height of a page turned so."""
    return (height, width) if turns % 2 else (width, height)
