"""Lines of a page → paragraphs, by what sets one apart: an indent, white space above, another size, a short last line.

Lengths are points; a page's lines come from the top, tables and margins taken out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.blocks import Paragraph
from corpus.readers.typeset import Line, confidence_of
from corpus.text import clean

# In sizes of the letters: an indent, how short a line is at the end of a sentence, and before a long number moved
# below.
_INDENT = 1.2
_FULL_LINE = 2.5
_LONGEST_WORD = 8.0
_SENTENCE_ENDS = "。；：！？…”）)"
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]")
# How much larger or smaller the letters of another paragraph are, and how much wider than usual the step to it is.
_OTHER_SIZE = 1.15
_WIDE_STEP = 1.35
# A signature begins in the last two thirds of the line. A step is usual if one in so many is like it.
_ASIDE = 1 / 3
_SHARE = 12


def usual_steps(pages: Iterable[Sequence[Line]]) -> Mapping[int, float]:
    """From one line of a paragraph to the next, by the size of the letters: the least step that lines often take."""
    steps: dict[int, Counter[float]] = defaultdict(Counter)
    for lines in pages:
        for above, below in pairwise(lines):
            if round(above.size) == round(below.size) and below.top > above.bottom - above.size / 2:
                steps[round(below.size)][round(below.top - above.top, 0)] += 1
    return {size: _usual(counted) for size, counted in steps.items()}


def _usual(steps: Counter[float]) -> float:
    """The least step that is often taken; where none is, the one taken most often."""
    often = [step for step, times in steps.items() if times * _SHARE >= steps.total()]
    return min(often, default=steps.most_common(1)[0][0])


@dataclass(slots=True)
class Flow:
    """Collects lines page by page and gives a paragraph whenever one is whole; ``steps`` as ``usual_steps`` finds."""

    steps: Mapping[int, float]
    _open: list[Line] = field(default_factory=list)
    _left: float = 0.0
    _right: float = 0.0
    _turned: bool = True

    def turn(self, lines: Sequence[Line]) -> None:
        """Begin a page: its lines tell where text begins and ends."""
        self._left = min((line.x0 for line in lines), default=0.0)
        self._right = _right_edge(lines)
        self._turned = True

    def take(self, line: Line) -> Iterator[Paragraph]:
        """The next line. Gives the paragraph before it, and the line's own, where they end."""
        if self._open and self._begins(line, self._open[-1]):
            yield from self.close()
        self._open.append(line)
        self._turned = False
        if self._ends(line) or line.centred(self._left, self._right):
            yield from self.close()

    def close(self) -> Iterator[Paragraph]:
        """What is collected. Chinese needs no space where a line ends; Latin words do."""
        text = ""
        for line in self._open:
            is_word = text[-1:].isascii() and line.text[:1].isascii() and text[-1:].isalpha()
            text += " " * is_word + line.text
        sure = confidence_of([segment for line in self._open for segment in line.segments])
        self._open.clear()
        if shown := clean(text).strip():
            yield Paragraph(shown, sure)

    def _begins(self, line: Line, above: Line) -> bool:
        """Whether a line begins a paragraph."""
        if line.x0 - self._left > _INDENT * line.size or _NUMBERED.match(line.text):
            return True
        sizes = sorted((line.size, above.size))
        if sizes[1] > _OTHER_SIZE * sizes[0] or self._is_aside(above):
            return True
        usual = self.steps.get(round(line.size))
        return not self._turned and usual is not None and line.top - above.top > _WIDE_STEP * usual

    def _ends(self, line: Line) -> bool:
        """Whether a line ends a paragraph: it is short, by more than a word moved below leaves if no sentence ends."""
        least = _FULL_LINE if line.text.endswith(tuple(_SENTENCE_ENDS)) else _LONGEST_WORD
        return self._right - line.x1 > least * line.size

    def _is_aside(self, line: Line) -> bool:
        """Whether a line is set at the right, as signature and date are."""
        return line.x0 - self._left > _ASIDE * (self._right - self._left)


def _right_edge(lines: Sequence[Line]) -> float:
    """Where full lines end: the farthest end that several lines share, else the farthest."""
    ends = Counter(round(line.x1 / 6) for line in lines)
    shared = [end for end, times in ends.items() if times > 1]
    return max(shared or ends, default=0) * 6.0
