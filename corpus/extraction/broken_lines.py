"""Labels that a narrow column broke over several printed rows, as text taken out of a page shows them.

    1.本机关不掌
    握相关政府     1   0
    信息

Pieces above, beside and below values are a label if together they are exactly one of the form and none of them is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, product, takewhile

from corpus.blocks import Cell
from corpus.extraction.header import PlacedCell
from corpus.extraction.lexicon import Lexicon, RowRef
from corpus.extraction.row_cells import UNITS
from corpus.form import label_key
from corpus.readers.text_table import ITEM
from corpus.text import fold

Line = list[PlacedCell]

_MOST = 3
"""Pieces above values, and below them."""


def with_labels_whole(printed: Sequence[Line], words: Lexicon) -> list[Line]:
    """The printed rows with the labels joined that were broken around their values."""
    lines: list[Line] = []
    at = 0
    while at < len(printed):
        line = printed[at]
        above, below = _pieces(lines, line, printed[at + 1 :][:_MOST], words) or (0, 0)
        around = [*lines[len(lines) - above :], *printed[at + 1 : at + 1 + below]]
        whole = _labelled(line, around, above) if around else line
        lines[len(lines) - above :] = [*_without_labels(around), whole]
        at += 1 + below
    return lines


def _pieces(above: Sequence[Line], line: Line, below: Sequence[Line], words: Lexicon) -> tuple[int, int] | None:
    """How many lines above values and below them are pieces of their label; None where it is not so broken."""
    own = _label(line)
    if not any(map(_is_value, line)) or _named(own, words):
        return None
    before = _words_of(reversed(above), words)[::-1]
    behind = _words_of(below, words)
    nearest: Sequence[RowRef] = ()
    counts = product(range(len(before) + 1), range(len(behind) + 1))
    for first, last in sorted(counts, key=sum):
        upper, lower = before[len(before) - first :], behind[:last]
        pieces = [*upper, *filter(None, (own,)), *lower]
        refs = () if not (upper or own) or any(map(ITEM.match, pieces[1:])) else _named("".join(pieces), words)
        nearest = nearest or refs
        # One piece may be all of the label but its number or its end: then it names the same row.
        alone = [_named("".join(part), words) or refs for part in (upper, lower)]
        if refs and first + last > 1 and alone == [refs, refs] and refs == nearest:
            return first, last
    return None


def _named(label: str, words: Lexicon) -> Sequence[RowRef]:
    """The rows that words name exactly, with the end of their note."""
    text = fold(label)
    return words.rows.get(label_key(label), ()) if text.count("(") <= text.count(")") else ()


def _words_of(lines: Iterable[Line], words: Lexicon) -> list[str]:
    """The last words of lines next to values, up to the first that holds a value, or the name of a group."""
    alone = takewhile(lambda line: not any(map(_is_value, line)), lines)
    labels = takewhile(lambda label: label and label_key(label) not in words.groups, map(_label, alone))
    return list(islice(labels, _MOST))


def _label(line: Line) -> str:
    """The last words of a line that are no unit."""
    return line[at].cell.raw if (at := _place(line)) >= 0 else ""


def _place(line: Line) -> int:
    """Where the last words stand that are no unit; -1 where none do."""
    return max((at for at, cell in enumerate(line) if cell.state == "text" and cell.key not in UNITS), default=-1)


def _is_value(cell: PlacedCell) -> bool:
    return cell.state in ("number", "dash")


def _without_labels(lines: Iterable[Line]) -> Iterator[Line]:
    """What else stands in lines of pieces: the names of groups."""
    for line in lines:
        last = _place(line)
        if rest := line[:last] + line[last + 1 :]:
            yield rest


def _labelled(line: Line, around: Sequence[Line], above: int) -> Line:
    """A row of values with its label, of which so many pieces of those around it stand above."""
    own = _place(line)
    pieces = [*map(_label, around[:above]), *([_label(line)] if own >= 0 else []), *map(_label, around[above:])]
    raw = "\n".join(pieces)
    if own >= 0:
        return [*line[:own], replace(line[own], cell=replace(line[own].cell, raw=raw)), *line[own + 1 :]]
    first = line[0]
    return [replace(first, cell=Cell(raw, first.cell.row, -1), across=first.across - 1), *line]
