"""Characters on a page → lines → segments, by where they stand. Lengths are points, from the top left corner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# A gap between two segments of a line, and the overprint by which some writers make bold, in sizes of the letters.
_GAP = 1.3
_OVERPRINT = 0.2
_SAME_LINE = 0.5


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character and its box; ``size`` is that of its font."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters of a line without a wide gap between them."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Line:
    """Segments side by side."""

    segments: tuple[Segment, ...]
    top: float
    bottom: float
    size: float

    @property
    def text(self) -> str:
        """The line as read, a space at each gap."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.segments[-1].x1

    def centred(self, left: float, right: float) -> bool:
        """Whether it stands in the middle between two edges, well away from both."""
        before, after = self.x0 - left, right - self.x1
        return min(before, after) > 2.5 * self.size and abs(before - after) < self.size


def lines_of(glyphs: Iterable[Glyph]) -> Iterator[Line]:
    """The lines of some characters from the top; spaces part segments only where they leave a wide gap."""
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    for row in _rows(inked):
        segments = tuple(_segments(sorted(row, key=lambda glyph: glyph.x0)))
        yield Line(
            segments,
            min(glyph.top for glyph in row),
            max(glyph.bottom for glyph in row),
            max(glyph.size for glyph in row),
        )


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.middle):
        if row and glyph.middle - row[-1].middle > _SAME_LINE * min(glyph.size, row[-1].size):
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _segments(row: Sequence[Glyph]) -> Iterator[Segment]:
    text, x0, x1 = "", 0.0, 0.0
    last: Glyph | None = None
    for glyph in row:
        if last is not None and glyph.text == last.text and glyph.x0 - last.x0 < _OVERPRINT * glyph.size:
            continue
        if last is not None and glyph.x0 - x1 > _GAP * max(glyph.size, last.size):
            yield Segment(text, x0, x1)
            text = ""
        if not text:
            x0, x1 = glyph.x0, glyph.x1
        elif glyph.x0 - x1 > 0.25 * glyph.size and text[-1].isascii() and glyph.text.isascii():
            text += " "
        text += glyph.text
        x1 = max(x1, glyph.x1)
        last = glyph
    if text:
        yield Segment(text, x0, x1)
