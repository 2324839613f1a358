"""Rows whose label alone does not say which they are: placed by their neighbours, or told apart by their order.

Whatever is decided here is in doubt, and says why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from msgspec import structs

from corpus.extraction.header import Header, PlacedCell
from corpus.extraction.lexicon import Lexicon, RowRef
from corpus.extraction.row_cells import UNITS
from corpus.form import Column, Table

_PLACED = "label_missing"
LOST = "label_lost"
_SAME_NAME = "label_repeated"


@dataclass(slots=True)
class Draft:
    """A logical row while it is collected; ``ref`` is None for a row whose label, ``key``, is missing or unknown.

    ``part``: the columns that its line holds, where the row is printed in several lines.
    """

    ref: RowRef | None
    header: Header
    key: str = ""
    cells: list[PlacedCell] = field(default_factory=list)
    part: tuple[Column, ...] = ()

    def table(self, words: Lexicon) -> Table | None:
        """The table of its row, with no columns but those of its line; None where the row is not known."""
        return None if self.ref is None else self.part_of(words.table(self.ref))

    def part_of(self, table: Table) -> Table:
        """A table with no columns but those of its line."""
        return structs.replace(table, columns=self.part, caption=self.key) if self.part else table

    @property
    def filled(self) -> bool:
        """Whether anything is printed in it."""
        return any(cell.state != "blank" for cell in self.cells)

    def is_longer(self, table: Table) -> bool:
        """Whether more numbers are printed in it than ``table`` has columns."""
        return sum(cell.state == "number" for cell in self.cells) > len(table.columns)


def placed(drafts: Sequence[Draft], words: Lexicon) -> Iterator[tuple[Draft, str]]:
    """Each draft with its row, and why that is in doubt.

    What cannot be placed is left out; where rows of its table were not found, it may be any of them, and all are lost.
    """
    found = list(_beside_each_other(drafts, words))
    read = {id(cell) for draft, _ in found for cell in draft.cells}
    known = {draft.ref for draft, _ in found}
    beside: set[RowRef] = set()
    missing: list[RowRef] = []
    for index, table in enumerate(words.form.tables):
        grids = {cell.table for draft, _ in found if draft.ref and draft.ref[0] == index for cell in draft.cells}
        left = [
            at for at, draft in enumerate(drafts) if _is_left(draft, table, grids) and id(draft.cells[-1]) not in read
        ]
        # Numbers without a label right beside a label without numbers may be one row in two.
        beside.update(
            ref for at in left for near in drafts[max(at - 1, 0) : at + 2] if (ref := near.ref) and not near.filled
        )
        numbers = range(len(table.rows)) if left else ()
        missing += [(index, number) for number in numbers if (index, number) not in known]
    yield from ((draft, why or (LOST if draft.ref in beside else "")) for draft, why in found)
    yield from ((Draft(ref, Header()), LOST) for ref in missing)


def _is_left(draft: Draft, table: Table, grids: set[int]) -> bool:
    """Whether a row without a known label stands among those of a table, with a cell for each of its columns."""
    among = any(cell.table in grids for cell in draft.cells)
    return draft.ref is None and among and len(table.columns) > 1 and _is_row(draft, table) and _is_full(draft, table)


def _is_full(draft: Draft, table: Table) -> bool:
    return sum(cell.state in ("number", "dash") for cell in draft.cells) in (len(table.columns), len(table.columns) - 1)


def _beside_each_other(drafts: Sequence[Draft], words: Lexicon) -> Iterator[tuple[Draft, str]]:
    """Each draft that has its row, and those without one placed by the rows above and below."""
    last: Draft | None = None
    orphans: list[Draft] = []
    for draft, doubt in _told_apart(drafts, words):
        if draft.ref is None:
            orphans.append(draft)
            continue
        yield from _filled(last, draft, orphans, words)
        orphans = []
        last = draft
        yield draft, doubt
    yield from _filled(last, None, orphans, words)


def _filled(
    last: Draft | None, following: Draft | None, orphans: Sequence[Draft], words: Lexicon
) -> Iterator[tuple[Draft, str]]:
    """The rows missing between two known ones; at the end and the start of tables, those in the same grid."""
    if not orphans:
        return
    before, after = last.ref if last else None, following.ref if following else None
    if before and after and before[0] == after[0]:
        yield from _missing(before[0], range(before[1] + 1, after[1]), orphans, words)
        return
    tail = range(before[1] + 1, len(words.table(before).rows)) if before else range(0)
    head = range(after[1]) if after else range(0)
    ended = [orphan for orphan in orphans if last and tail and _is_beside(orphan, last)]
    begun = [orphan for orphan in orphans if following and orphan not in ended and _is_beside(orphan, following)]
    if before and any(map(_is_said, ended)):
        yield from _missing(before[0], tail, ended, words)
    if after and any(map(_is_said, begun)):
        yield from _missing(after[0], head, begun, words)


def _is_beside(orphan: Draft, known: Draft) -> bool:
    """Whether a row stands in the grid of a known one, under the same header."""
    grids = {cell.table for cell in known.cells}
    return orphan.header is known.header and not grids.isdisjoint(cell.table for cell in orphan.cells)


def _missing(
    index: int, missing: Sequence[int], orphans: Sequence[Draft], words: Lexicon
) -> Iterator[tuple[Draft, str]]:
    """The missing rows of a table, if there are as many rows to be them: all placed, or all lost."""
    table = words.form.tables[index]
    rows = [orphan for orphan in orphans if _is_row(orphan, table)]
    if len(rows) == len(missing):
        for number, row in zip(missing, rows, strict=True):
            start = next(at for at, cell in enumerate(row.cells) if cell.state != "text" or _is_unit(cell))
            yield replace(row, ref=(index, number), cells=row.cells[start:]), _PLACED
    elif rows or len([orphan for orphan in orphans if _may_be_row(orphan, table)]) == len(missing):
        for number in missing:
            yield Draft((index, number), orphans[0].header), LOST


def _is_row(draft: Draft, table: Table) -> bool:
    """Whether a row without a known label is one of the table: with numbers, or a number beside a label."""
    numbers = sum(cell.state == "number" for cell in draft.cells)
    labelled = any(cell.state == "text" and not _is_unit(cell) for cell in draft.cells)
    return numbers > 1 if len(table.columns) > 1 else numbers > 0 and labelled


def _may_be_row(draft: Draft, table: Table) -> bool:
    """Whether there are cells enough, and not only the dashes that stand beside a heading inside a list."""
    is_heading = len(table.columns) == 1 and all(cell.state in ("dash", "blank") for cell in draft.cells)
    return len(draft.cells) >= len(table.columns) and not is_heading


def _is_said(draft: Draft) -> bool:
    """Whether more than blanks is printed in a row, and more than one cell."""
    return draft.filled and len(draft.cells) > 1


def _is_unit(cell: PlacedCell) -> bool:
    return "".join(cell.cell.raw.split()) in UNITS


def _told_apart(drafts: Sequence[Draft], words: Lexicon) -> Iterator[tuple[Draft, str]]:
    """Rows of one name (被依法纠错数 under 复议 and under 诉讼) that were taken for the same, in order of print."""
    times = Counter(draft.ref for draft in drafts if draft.ref is not None)
    seen: set[RowRef] = set()
    for draft in drafts:
        doubt = ""
        if draft.ref is not None and times[draft.ref] > 1:
            unread = [ref for ref in words.candidates(draft.key) if ref[0] == draft.ref[0] and times[ref] == 0]
            if unread:
                doubt = _SAME_NAME
                if draft.ref in seen and unread[0] not in seen:
                    seen.add(unread[0])
                    yield replace(draft, ref=unread[0]), doubt
                    continue
            seen.add(draft.ref)
        yield draft, doubt
