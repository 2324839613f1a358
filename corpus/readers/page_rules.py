"""The rules on a page of a PDF: what is drawn and seen as a line, and, apart, the edges of what is merely filled.

A white line shows nothing on paper. A filled box behind a line of text or a cell is no rule; a table may yet be made of
boxes alone, so their edges are kept, for where no lines are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.utils.geometry import obj_to_edges

from corpus.readers.turning import Box, turned

WHITE, DARK = 0.95, 0.5
THIN = 3.0
_LEAST_LENGTH = 3.0
_MOST_BOXES = 3_000
# Points on the path of a bar: its four corners, the first once more.
_CORNERS = 5
_WHOLE_PAGE = 0.5


@dataclass(frozen=True, slots=True)
class Rules:
    """Edges as pdfplumber describes them: of lines ``drawn``, and of boxes ``filled`` without a line around."""

    drawn: Sequence[dict[str, Any]]
    filled: Sequence[dict[str, Any]]
    dark: Sequence[Box]
    """Boxes so dark that white letters show on them; small pictures, since nobody sets white letters on pale ones."""

    def turned(self, turns: int, width: float, height: float) -> Rules:
        """The rules of the page turned clockwise by so many quarters."""

        def each(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
            return [
                straight_edge(*turned((e["x0"], e["top"], e["x1"], e["bottom"]), turns, width, height)) for e in edges
            ]

        dark = [turned(box, turns, width, height) for box in self.dark]
        return Rules(each(self.drawn), each(self.filled), dark) if turns else self


def rules_of(page: Any, least: float = 0.0) -> Rules:
    """The rules on a page of pdfplumber's, without filled shapes of less than this length."""
    drawn: list[dict[str, Any]] = []
    filled: list[dict[str, Any]] = []
    dark: list[Box] = []
    for line in page.lines:
        if lightness(line["stroking_color"]) < WHITE:
            drawn += obj_to_edges(line)
    for shape in (*page.rects, *page.curves):
        box = shape["x0"], shape["top"], shape["x1"], shape["bottom"]
        fill = lightness(shape["non_stroking_color"]) if shape["fill"] else 1.0
        if max(box[2] - box[0], box[3] - box[1]) < least and not shape["stroke"]:
            continue
        is_thin = min(box[2] - box[0], box[3] - box[1]) < THIN
        if shape["stroke"] and shape["linewidth"] != 0 and lightness(shape["stroking_color"]) < WHITE:
            drawn += obj_to_edges(shape)
        elif is_thin and fill < WHITE and len(shape["pts"]) <= _CORNERS:
            drawn.append(straight_edge(*box))
        elif fill < WHITE and shape["object_type"] == "rect" and len(filled) < 4 * _MOST_BOXES:
            filled += obj_to_edges(shape)
        if fill < DARK and not is_thin:
            dark.append(box)
    paper = _WHOLE_PAGE * float(page.width * page.height)
    pictures = ((each["x0"], each["top"], each["x1"], each["bottom"]) for each in page.images)
    dark += (box for box in pictures if (box[2] - box[0]) * (box[3] - box[1]) < paper)
    return Rules(list(_straight(drawn)), list(_straight(filled)), dark)


def lightness(color: Any) -> float:
    """How light a colour is, from 0 for black to 1 for white; a pattern, or none at all, is black."""
    values = color if isinstance(color, (tuple, list)) else (color,)
    if not values or not all(isinstance(value, (int, float)) for value in values):
        return 0.0
    if len(values) == 1:
        return float(values[0])
    red, green, blue = values[:3] if len(values) == 3 else (1 - value for value in values[:3])
    return float((0.3 * red + 0.59 * green + 0.11 * blue) * (1 - values[3] if len(values) == 4 else 1))


def _straight(edges: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for edge in edges:
        if edge["orientation"] in ("h", "v") and max(edge["width"], edge["height"]) >= _LEAST_LENGTH:
            yield straight_edge(edge["x0"], edge["top"], edge["x1"], edge["bottom"])


def straight_edge(x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    """A line as pdfplumber describes edges: level or upright, whichever it is more."""
    is_flat = x1 - x0 > bottom - top
    middle = (top + bottom) / 2 if is_flat else (x0 + x1) / 2
    if is_flat:
        top = bottom = middle
    else:
        x0 = x1 = middle
    return {
        "x0": x0, "top": top, "x1": x1, "bottom": bottom, "width": x1 - x0, "height": bottom - top, "doctop": top,
        "orientation": "h" if is_flat else "v",
    }  # fmt: skip
