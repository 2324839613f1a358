"""Lines without what a program put around each of them: numbers of an editor or a list, bullets, marks of quotation.

1  二、主动公开…          - 规章            > 二、主动公开…         2025-03-01 08:00 规章	5	0<br>
2  规章	5	0             - 5               > 规章	5	0          2025-03-01 08:01 行政许可	107<br>
3  行政许可	107          - 0               counted or marked line by line, or all alike, however the lines are filled
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from corpus.numerals import are_counted, is_value
from corpus.readers.text_table import BAR, is_caption

_BAR_OR_TAB = re.compile(rf"{BAR.pattern}|\t")
_COUNT = re.compile(r"\s*(\d{1,5})(?:[.:：、)）|]\s?|(\t)| {1,2}|$)(.*)", re.DOTALL)
_BULLET = re.compile(r"\s*(?:[-*+]\s+)?([-*+•·●○■□▪◆◇※>])\s(.*)", re.DOTALL)
# A line that only says which of its like it is: -[ RECORD 3 ]-----.
_ORDINAL = re.compile(r"[^\u3400-\u9fff\d]*[^\w\s][^\u3400-\u9fff\d]*(\d{1,5})[^\u3400-\u9fff\d]*[^\w\s]{2}\s*")
_LEAST_COUNTED = 20
"""Lines: fewer may be items that are numbered."""

_LEAST_ROWS = 4
"""Where a tab stands behind each number: they are the first column of a table."""

_LEAST_MARKED = 8
_LEAST_VALUES = 0.25
"""Of the items of a list that holds a table: in others there are hardly any."""


_LEAST_FRAMED = 8
_DIGIT = re.compile(r"\d")
_EDGE = re.compile(r"(?=[^\t]*[^\w\s])[^\t]*\W")


def unframed(lines: Sequence[str]) -> list[str]:
    """The lines without the signs that all of them begin or end with, whatever digits stand among these."""
    filled = [line for line in lines if line.strip()]
    if len(filled) < _LEAST_FRAMED:
        return list(lines)
    begin, end = _frame(filled), _frame([line[::-1] for line in filled])
    return [line[begin : len(line) - end] for line in lines]


def _frame(lines: Sequence[str]) -> int:
    """How many characters all lines begin with that are no words of theirs; bars may part cells."""
    shapes = (_DIGIT.sub("0", f"{line} ") for line in lines)
    shared = "".join(same[0] for same in takewhile(lambda same: len(set(same)) == 1, zip(*shapes, strict=False)))
    edge = _EDGE.match(BAR.split(shared)[0])
    return len(edge[0]) if edge else 0


def unboxed(lines: Sequence[str]) -> list[str]:
    """The lines of a page that stands in a table, a paragraph to a row, without bars or tabs around its paragraphs."""
    cells = [[cell.strip() for cell in _BAR_OR_TAB.split(line)] for line in lines]
    usual = max(map(len, cells), default=0)
    alone = [text if len(row) in (2, 3, usual) and (text := "".join(row)) in row else "" for row in cells]
    is_page = all(len(row) > 1 or not row[0] for row in cells) and any(text.endswith("。") for text in alone)
    return [
        text if is_page and text and not is_caption(text) else line for line, text in zip(lines, alone, strict=True)
    ]


def unmarked(lines: Sequence[str]) -> list[str]:
    """The lines, those of a long run that are counted one by one, or marked alike, without count and mark."""
    bare = list(lines)
    ordinals = {at: int(match[1]) for at, line in enumerate(lines) if (match := _ORDINAL.fullmatch(line))}
    if len(ordinals) >= _LEAST_ROWS and all(b == a + 1 or b <= 1 for a, b in pairwise(ordinals.values())):
        bare = ["" if at in ordinals else line for at, line in enumerate(bare)]
    for start, end in _runs(lines):
        bare[start:end] = _without_counts(lines[start:end]) or bare[start:end]
    _strip_bullets(bare)
    return bare


def _without_counts(lines: Sequence[str]) -> list[str]:
    """What stands behind the count of each line; nothing where not all have one, or too few to be counted."""
    run = [match for line in lines if (match := _COUNT.match(line))]
    least = _LEAST_ROWS if all(match[2] for match in run) else _LEAST_COUNTED
    return [match[3] for match in run] if len(run) == len(lines) >= least else []


def uncounted(rows: Sequence[Sequence[str]], least: int = _LEAST_ROWS) -> Sequence[Sequence[str]]:
    """The rows of a table without what a program counts them and their columns by, before the first of each."""
    is_headed = len(rows) > least and (not any(rows[0]) or are_counted(rows[0][1:]))
    below = rows[1:] if is_headed else rows
    first = [row[0].strip() if row else "" for row in below]
    return [row[1:] for row in below] if len(below) >= least and are_counted(first) else rows


def _is_item(text: str) -> bool:
    """Whether an item is a value, or the blank of some notation."""
    return is_value(text.strip("\"'")) or text in ("null", "~")


def _strip_bullets(bare: list[str]) -> None:
    filled = [at for at, line in enumerate(bare) if line.strip()]
    for marked in _alike(bare, filled):
        rests = [match[2] for at in marked if (match := _BULLET.match(bare[at]))]
        if len(rests) >= _LEAST_MARKED and sum(map(_is_item, rests)) >= _LEAST_VALUES * len(rests):
            for at, rest in zip(marked, rests, strict=True):
                bare[at] = rest


def _runs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From where to where each line has the number after that of the line before it."""
    start, last = 0, None
    for at, line in enumerate(lines):
        match = _COUNT.match(line)
        number = int(match[1]) if match else None
        if number is None or last is None or number != last + 1:
            if at - start > 1:
                yield start, at
            start = at
        last = number
    yield start, len(lines)


def _alike(lines: Sequence[str], filled: Sequence[int]) -> Iterator[list[int]]:
    """Runs of lines, empty ones left out, with the same bullet."""
    run: list[int] = []
    mark = ""
    for at in filled:
        match = _BULLET.match(lines[at])
        own = match[1] if match else ""
        if own != mark and run:
            yield run
            run = []
        mark = own
        if own:
            run.append(at)
    if run:
        yield run
