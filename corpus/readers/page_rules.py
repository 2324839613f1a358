"""The rules on a page of a PDF: what is drawn and seen as a line, and, apart, the edges of what is merely filled.

A white line shows nothing on paper. A filled box behind a line of text or a cell is no rule; a table may yet be made of
boxes alone, so their edges are kept, for where no lines are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
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
    slanted: Sequence[Box]
    """What lines cross that run neither level nor upright."""
    dark: Sequence[Box]
    """Boxes so dark that white letters show on them; small pictures, since nobody sets white letters on pale ones."""
    shapes: Sequence[Box] = ()
    """Pictures and filled shapes that are no boxes: in a cell without letters they may be its number."""

    def turned(self, turns: int, width: float, height: float) -> Rules:
        """The rules of the page turned clockwise by so many quarters."""
        return self._each(lambda box: turned(box, turns, width, height)) if turns else self

    def and_lines(self, boxes: Iterable[Box]) -> Rules:
        """These, and the flat ones among what is drawn in such boxes."""
        flat = [straight_edge(*box) for box in boxes if min(box[2] - box[0], box[3] - box[1]) <= THIN]
        return replace(self, drawn=[*self.drawn, *flat])

    def between(self, left: float, right: float) -> Rules:
        """What stands between two places on the page, as told from the first."""

        def moved(box: Box) -> Box | None:
            is_between = left <= (box[0] + box[2]) / 2 < right
            return (box[0] - left, box[1], box[2] - left, box[3]) if is_between else None

        return self._each(moved)

    def _each(self, change: Callable[[Box], Box | None]) -> Rules:
        drawn, filled = (
            [straight_edge(*box) for edge in edges if (box := change(edge_box(edge))) is not None]
            for edges in (self.drawn, self.filled)
        )
        slanted, dark, shapes = (
            [box for each in boxes if (box := change(each)) is not None]
            for boxes in (self.slanted, self.dark, self.shapes)
        )
        return Rules(drawn, filled, slanted, dark, shapes)


def rules_of(page: Any, least: float = 0.0) -> Rules:
    """The rules on a page of pdfplumber's, without filled shapes of less than this length."""
    found = _Found()
    for line in page.lines:
        if lightness(line["stroking_color"]) < WHITE:
            found.take_line(line)
    for shape in (*page.rects, *page.curves):
        if shape["stroke"] or max(shape["width"], shape["height"]) >= least:
            found.take_shape(shape)
    paper = _WHOLE_PAGE * float(page.width * page.height)
    pictures = [edge_box(picture) for picture in page.images if picture["width"] * picture["height"] < paper]
    found.dark += pictures
    return Rules(
        list(_straight(found.drawn)),
        list(_straight(found.filled)),
        found.slanted,
        found.dark,
        [*pictures, *found.shapes[:_MOST_BOXES]],
    )


@dataclass(slots=True)
class _Found:
    """What of a page's lines and shapes are rules; edges as pdfplumber describes them."""

    drawn: list[dict[str, Any]] = field(default_factory=list)
    filled: list[dict[str, Any]] = field(default_factory=list)
    slanted: list[Box] = field(default_factory=list)
    dark: list[Box] = field(default_factory=list)
    shapes: list[Box] = field(default_factory=list)

    def take_line(self, line: dict[str, Any]) -> None:
        """A line that is seen."""
        if min(line["width"], line["height"]) > THIN:
            self.slanted.append(edge_box(line))
        else:
            self.drawn += obj_to_edges(line)

    def take_shape(self, shape: dict[str, Any]) -> None:
        """A box or a curve: its edges where they are drawn, itself where it is a bar, else what it fills."""
        fill = lightness(shape["non_stroking_color"]) if shape["fill"] else 1.0
        is_thin = min(shape["width"], shape["height"]) < THIN
        if shape["stroke"] and shape["linewidth"] != 0 and lightness(shape["stroking_color"]) < WHITE:
            # What a hand draws along a line of text is none of its many short edges.
            is_stroke = is_thin and shape["object_type"] == "curve"
            self.drawn += [straight_edge(*edge_box(shape))] if is_stroke else obj_to_edges(shape)
        elif is_thin and fill < WHITE and len(shape["pts"]) <= _CORNERS:
            self.drawn.append(straight_edge(*edge_box(shape)))
        elif fill < WHITE and shape["object_type"] == "rect" and len(self.filled) < 4 * _MOST_BOXES:
            self.filled += obj_to_edges(shape)
        if fill < DARK and not is_thin:
            self.dark.append(edge_box(shape))
        if fill < WHITE and shape["object_type"] == "curve":
            self.shapes.append(edge_box(shape))


def edge_box(shape: dict[str, Any]) -> Box:
    """Where a shape or an edge of pdfplumber's stands."""
    return shape["x0"], shape["top"], shape["x1"], shape["bottom"]


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
