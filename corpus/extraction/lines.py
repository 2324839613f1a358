"""The printed rows of all grids as one stream, rows that a page break cut in two joined again.

Cut in two, a row has half of its label beside its numbers and the other half alone, above or below them. Two rows are
one when the halves together are exactly a label of the form and neither half is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise, product

from corpus.blocks import Block, Cell, Grid
from corpus.extraction.broken_lines import with_labels_whole
from corpus.extraction.header import PlacedCell, column_keys
from corpus.extraction.lexicon import Lexicon, lexicon
from corpus.extraction.remedies import groups_named
from corpus.extraction.streams import run_together
from corpus.form import label_key, load_form
from corpus.model import FORMS
from corpus.text import fold

PrintedLine = list[PlacedCell]

_SHORTEST_LABEL = 2
_LEAST_COLUMNS = 2
"""A list has labels and a number beside each."""
_LONGEST_LABEL = 80
_LEAST_NAMED = 3


def whole_lines(printed: Sequence[PrintedLine], words: Lexicon) -> list[PrintedLine]:
    """The printed rows with those joined that were one."""
    lines: list[PrintedLine] = []
    for line in with_labels_whole(printed, words):
        joined = (_joined_header(lines[-1], line, words) or _joined(lines[-1], line, words)) if lines else None
        if joined is None:
            lines.append(line)
        else:
            lines[-1] = joined
    return lines


def printed_lines(blocks: Sequence[Block]) -> Iterator[PrintedLine]:
    """Every printed row of all grids, in order, with the labels of rows that stand alone right above or below them.

    In a sheet, a row without one number is such a label: it looks like a heading.
    """
    alone: list[str] = []
    above: Grid | None = None
    beyond = 0
    for at, block in enumerate(blocks):
        if not isinstance(block, Grid):
            is_label = _is_row_label(block.text)
            if not is_label and above is not None:
                yield from _rows_of(alone, above)
            above = above if is_label else None
            alone = [*alone, block.text] if is_label else []
            continue
        if at < beyond:
            continue
        yield from _rows_of(alone, block)
        parts = list(_with_next_pages(block, (blocks[later] for later in range(at + 1, len(blocks)))))
        beyond = at + len(parts)
        # Without rules a blank leaves no trace: a label alone on the next page says nothing.
        alone, above = [], None if block.aligned else block
        yield from map(_apart, _in_turn([line for part in parts for line in _placed(part)]))
    if above is not None:
        yield from _rows_of(alone, above)


def _placed(block: Grid) -> list[PrintedLine]:
    across = _positions(block)
    return [
        [PlacedCell(cell, block.index, block.page, across.get(id(cell), cell.column)) for cell in printed]
        for printed in block.rows
    ]


def _with_next_pages(grid: Grid, below: Iterable[Block]) -> Iterator[Grid]:
    """A grid; one of a list in halves side by side with those on the next pages, in which the list goes on."""
    yield grid
    for other in below:
        if not isinstance(other, Grid) or other.page in (None, grid.page) or _width(other) != _width(grid):
            return
        if not any(map(_repeats, _placed(grid))):
            return
        yield other


def _width(grid: Grid) -> int:
    return max(map(len, grid.lattice), default=0)


def _in_turn(printed: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    """The rows of a grid; where its header stands twice in one row, those of the left half before those of the right.

    A long list is printed so in two or three columns, to fit on a page.
    """
    for number, line in enumerate(printed):
        if edges := _repeats(line):
            yield from printed[:number]
            for left, right in pairwise((0, *edges, math.inf)):
                for row in printed[number:]:
                    if half := [cell for cell in row if left <= cell.across < right]:
                        yield half
            return
    yield from printed


def _repeats(line: PrintedLine) -> list[int]:
    """Where the second and any further of some equal groups of header labels begin, one of the groups a list's."""
    cells = [cell for cell in line if cell.key]
    if any(cell.state != "text" for cell in cells):
        return []
    keys = [cell.key for cell in cells]
    for times in range(len(cells) // _LEAST_COLUMNS, 1, -1):
        size, rest = divmod(len(cells), times)
        if not rest and keys == keys[:size] * times and _heads_list(keys[:size]):
            return [cells[at].across for at in range(size, len(cells), size)]
    return []


def _heads_list(keys: Sequence[str]) -> bool:
    """Whether labels head a list: its header begins with the name of its labels, 结果维持 … 总计 is one of columns."""
    words = [lexicon(form) for form in FORMS]
    if any(keys[0] in form.columns for form in words) or 2 * sum(key in _kinds() for key in keys) > len(keys):
        return False
    return any(key in form.columns or key in form.stubs for form in words for key in keys)


@cache
def _kinds() -> frozenset[str]:
    """The names of the columns that each group of a table has."""
    grouped = (table for form in map(load_form, FORMS) for table in form.tables if table.groups)
    return frozenset(key for table in grouped for column in table.columns for key in column_keys(column))


def _rows_of(labels: Sequence[str], grid: Grid) -> Iterator[PrintedLine]:
    """Labels alone as rows of a table."""
    for text in labels:
        yield _apart([PlacedCell(Cell(text, 0, 0), grid.index, grid.page, 0)])


def _apart(line: PrintedLine) -> PrintedLine:
    """A header whose cells ran together as the form has its columns; any other line as it is."""
    columns = () if _has_values(line) else run_together(*(cell.cell.raw for cell in line))
    if len(columns) <= len(_texts(line)):
        return line
    return [replace(line[0], cell=Cell(label, line[0].cell.row, at), across=at) for at, label in enumerate(columns)]


def _is_row_label(text: str) -> bool:
    """Whether a paragraph is the label of a row, or of a group of columns that may stand alone, and nothing else.

    So is a whole header that ran together.
    """
    if run_together(text):
        return True
    key = label_key(text) if len(text) <= _LONGEST_LABEL else ""
    return len(key) >= _SHORTEST_LABEL and any(key in lexicon(form).rows or groups_named(form, text) for form in FORMS)


def _positions(grid: Grid) -> dict[int, int]:
    """For each printed cell, by identity, the first column it covers once spans are carried out."""
    positions: dict[int, int] = {}
    for line in grid.lattice:
        for column, cell in enumerate(line):
            if cell is not None:
                positions.setdefault(id(cell), column)
    return positions


def _joined(upper: PrintedLine, lower: PrintedLine, words: Lexicon) -> PrintedLine | None:
    """The two as one row, None where they are two."""
    if _has_values(upper) and _has_values(lower):
        return None
    whole = lower if _has_values(lower) else upper
    for first, second in product(_texts(upper), _texts(lower)):
        if _are_one_label(first, second, words, is_below=_has_values(upper)):
            mine, raw = first if whole is upper else second, first.cell.raw + second.cell.raw
            return [replace(cell, cell=replace(cell.cell, raw=raw)) if cell is mine else cell for cell in whole]
    return None


def _are_one_label(first: PlacedCell, second: PlacedCell, words: Lexicon, *, is_below: bool) -> bool:
    """Whether two texts are a label of the form together and neither is one. ``is_below``: the numbers stand above."""
    key = label_key(first.cell.raw + second.cell.raw)
    is_known = key in words.rows or (key in words.groups and second.key not in words.groups)
    # Where the cut left little of the label above, with the numbers, what stands below may tell the row too.
    same = is_below and words.rows.get(key) == words.rows.get(second.key)
    complete = second.key in words.rows and not same
    return is_known and not complete and first.key not in words.groups and _is_open(first, words)


def _joined_header(upper: PrintedLine, lower: PrintedLine, words: Lexicon) -> PrintedLine | None:
    """The two as one row of a header that a page cut through its cells, None where they are two."""
    if len(upper) != len(lower) or {cell.page for cell in upper} & {cell.page for cell in lower}:
        return None
    if _has_values(upper) or _has_values(lower):
        return None
    whole = [
        replace(above, cell=replace(above.cell, raw=above.cell.raw + below.cell.raw))
        for above, below in zip(upper, lower, strict=True)
    ]
    named = [sum(cell.key in words.columns for cell in line) for line in (upper, lower, whole)]
    return whole if named[2] >= _LEAST_NAMED and named[2] > named[0] + named[1] else None


def _is_open(half: PlacedCell, words: Lexicon) -> bool:
    """Whether a label may go on: it names no row yet, or its note is not closed."""
    text = fold(half.cell.raw)
    return half.key not in words.rows or text.count("(") > text.count(")")


def _has_values(line: PrintedLine) -> bool:
    return any(cell.state in ("number", "dash") for cell in line)


def _texts(line: PrintedLine) -> list[PlacedCell]:
    return [cell for cell in line if cell.state == "text"]
