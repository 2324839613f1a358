"""Characters on a page → segments → lines, by where they stand. Lengths are points, from the top left corner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.readers.consecutive import consecutive

# In sizes of the letters: a gap that parts two segments of a line, the overprint by which some writers make bold,
# and how far the middles of one line's characters may lie apart.
_GAP = 1.3
_OVERPRINT = 0.2
_LEVEL = 0.3
_WORD_GAP = 0.25
# A lesser gap, which may part two columns: this wide, or narrower but so much wider than the segment's letters stand.
_PART_GAP = 0.6
_NARROW_GAP = 0.2
_WIDER = 3.0


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character and its box; ``size`` is that of its font.

    ``confidence`` is how sure it was read from a picture, from 0 to 1; None where it was printed as text.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    confidence: float | None = None

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters side by side without a wide gap between them; ``parts``: what lesser gaps part, if any do.

    ``confidence`` is that of the least sure of its characters.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    parts: tuple[Segment, ...] = ()
    confidence: float | None = None

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Segments on one level."""

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
    """The lines of some characters from the top; white space parts segments only where it leaves a wide gap."""
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    runs = sorted(consecutive(inked, _goes_on), key=lambda run: run[0].middle)
    for row in consecutive(runs, _is_level):
        segments = tuple(_segments(sorted((glyph for run in row for glyph in run), key=lambda glyph: glyph.x0)))
        yield Line(
            segments,
            min(segment.top for segment in segments),
            max(segment.bottom for segment in segments),
            max(segment.size for segment in segments),
        )


def _goes_on(run: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether a character was set behind the last on its level, as those of one cell or line of text are."""
    last = run[-1]
    is_level = abs(glyph.middle - last.middle) <= _LEVEL * last.size
    return is_level and -_GAP * glyph.size < glyph.x0 - last.x1 <= _GAP * glyph.size


def _is_level(runs: Sequence[Sequence[Glyph]], run: Sequence[Glyph]) -> bool:
    first, glyph = runs[0][0], run[0]
    return glyph.middle - first.middle <= _LEVEL * min(glyph.size, first.size)


def _segments(row: Sequence[Glyph]) -> Iterator[Segment]:
    group: list[Glyph] = []
    for glyph in row:
        if group and glyph.text == group[-1].text and glyph.x0 - group[-1].x0 < _OVERPRINT * glyph.size:
            continue
        if group and glyph.x0 - max(other.x1 for other in group[-2:]) > _GAP * max(glyph.size, group[-1].size):
            yield _segment(group)
            group = []
        group.append(glyph)
    if group:
        yield _segment(group)


def joined(parts: Sequence[Segment]) -> Segment:
    """Parts side by side as one segment."""
    text = parts[0].text
    for before, part in pairwise(parts):
        words = before.text[-1].isascii() and part.text[0].isascii()
        text += " " * (words and part.x0 - before.x1 > _WORD_GAP * part.size) + part.text
    return Segment(
        text,
        parts[0].x0,
        min(part.top for part in parts),
        max(part.x1 for part in parts),
        max(part.bottom for part in parts),
        max(part.size for part in parts),
        confidence=confidence_of(parts),
    )


def confidence_of(parts: Iterable[Glyph | Segment]) -> float | None:
    """How sure the least sure of some characters was read from a picture; None where none was."""
    return min((part.confidence for part in parts if part.confidence is not None), default=None)


def _segment(group: Sequence[Glyph]) -> Segment:
    letters = [
        Segment(glyph.text, glyph.x0, glyph.top, glyph.x1, glyph.bottom, glyph.size, confidence=glyph.confidence)
        for glyph in group
    ]
    parts: list[list[Segment]] = [letters[:1]]
    gaps = [letter.x0 - before.x1 for before, letter in pairwise(letters)]
    usual = sorted(gaps)[(len(gaps) - 1) // 2] if gaps else 0.0
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > min(_PART_GAP * letter.size, max(_NARROW_GAP * letter.size, _WIDER * usual)):
            parts.append([])
        parts[-1].append(letter)
    whole = joined(letters)
    return whole if len(parts) == 1 else replace(whole, parts=tuple(map(joined, parts)))
