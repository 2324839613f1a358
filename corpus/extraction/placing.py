"""Rows whose label alone does not say which they are: placed by their neighbours, or told apart by their order.

Whatever is decided here is in doubt, and says why.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from msgspec import structs

from corpus.extraction.alignment import NEVER, Evidence, align
from corpus.extraction.header import Header, PlacedCell
from corpus.extraction.lexicon import Lexicon, RowRef
from corpus.extraction.row_cells import is_unit
from corpus.extraction.weights import weights
from corpus.form import Column, Table

_PLACED = "label_missing"
LOST = "label_lost"
_SAME_NAME = "label_repeated"


@dataclass(slots=True)
class Draft:
    """A logical row while it is collected; ``ref`` is None for a row whose label, ``key``, is missing or unknown.

    ``part``: the columns that its line holds, where the row is printed in several lines. ``margin``: how far the next
    row that it may be falls behind, in nats. ``doubt``: why its cells may be others, whatever its neighbours say.
    """

    ref: RowRef | None
    header: Header
    key: str = ""
    cells: list[PlacedCell] = field(default_factory=list)
    part: tuple[Column, ...] = ()
    margin: float = math.inf
    doubt: str = ""

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


Found = dict[int, tuple[Draft, str]]
"""Printed rows, by identity → with their rows, and why these are in doubt."""


def placed(drafts: Sequence[Draft], words: Lexicon) -> Iterator[tuple[Draft, str]]:
    """Each draft with its row, and why that is in doubt; then the rows of which nothing is left but a doubt.

    The printed rows that may be of a table are set against its rows in their order. What cannot be placed is left out.
    """
    named = list(_told_apart(drafts, words))
    drafts = [draft for draft, _ in named]
    found = {id(draft): (draft, why) for draft, why in named if draft.ref is not None}
    lost: dict[RowRef, None] = {}
    for index, table in enumerate(words.form.tables):
        printed = list(_of_table(drafts, index))
        if any(_is_of(draft, index) for draft in printed):
            ours, missing = _set_against(printed, index, words)
            found.update(ours)
            lost.update(dict.fromkeys(missing))
            left = [at for at, draft in enumerate(drafts) if id(draft) not in found and _is_left(draft, table, printed)]
            # It may be any of the rows that were not found, or the numbers of the label beside it.
            lost.update(dict.fromkeys(_not_found(index, table, found) if left else ()))
            found.update(_beside(left, drafts, found))
    yield from (found[id(draft)] for draft in drafts if id(draft) in found)
    yield from ((Draft(ref, Header()), LOST) for ref in lost)


def _not_found(index: int, table: Table, found: Found) -> list[RowRef]:
    """The rows of a table that no printed row was taken for."""
    taken = {draft.ref for draft, _ in found.values()}
    return [(index, row) for row in range(len(table.rows)) if (index, row) not in taken]


def _beside(left: Sequence[int], drafts: Sequence[Draft], found: Found) -> Iterator[tuple[int, tuple[Draft, str]]]:
    """The labels without numbers right beside numbers without a label: they may be one row in two."""
    for at in left:
        for near in drafts[max(at - 1, 0) : at + 2]:
            if near.ref is not None and not near.filled and not found[id(near)][1]:
                yield id(near), (found[id(near)][0], LOST)


def _of_table(drafts: Sequence[Draft], index: int) -> Iterator[Draft]:
    """The rows of a table, and those without a label between them, or beside them in their grid under their header."""
    waiting: list[Draft] = []
    last: Draft | None = None
    for draft in (*drafts, None):
        if draft is not None and draft.ref is None:
            waiting.append(draft)
            continue
        ours = [near for near in (last, draft) if near is not None and _is_of(near, index)]
        beside = [one for one in waiting if any(_is_beside(one, near) for near in ours)]
        if len(ours) > 1:
            yield from waiting
        elif any(map(_is_said, beside)):
            yield from beside
        if draft is not None and _is_of(draft, index):
            yield draft
        waiting, last = [], draft


def _is_of(draft: Draft, index: int) -> bool:
    return draft.ref is not None and draft.ref[0] == index


def _set_against(printed: Sequence[Draft], index: int, words: Lexicon) -> tuple[Found, list[RowRef]]:
    """What the order of a table says about its rows: the printed ones without a label that are told, and the rows lost.

    A row is lost if one without a label may be it, and that is not told well enough.
    """
    table, weight = words.form.tables[index], weights()["rows"]
    if all(draft.ref is not None or not _may_stand(draft, table) for draft in printed):
        return {}, []  # whatever may be a row has its label: the order adds nothing
    match = [[_fits(draft, (index, row), table) for row in range(len(table.rows))] for draft in printed]
    skip = [[-weight["moved" if draft.ref else "stray"]] * (len(table.rows) + 1) for draft in printed]
    gap = [[-weight["missing"]] * len(table.rows)] * (len(printed) + 1)
    alignment = align(Evidence(match, skip, gap), range(len(printed)))
    found: Found = {}
    lost: list[RowRef] = []
    if alignment is None:
        return found, lost
    labelled = {draft.ref for draft in printed}
    for row, (at, margin) in enumerate(zip(alignment.values, alignment.margins, strict=True)):
        draft = None if at is None else printed[at]
        if (index, row) in labelled:
            continue
        if margin < weight["least"] or (draft is not None and not _is_row(draft, table)):
            lost.append((index, row))
        elif draft is not None:
            found[id(draft)] = _without_label(draft, (index, row), margin), _PLACED
    return found, lost


def _without_label(draft: Draft, ref: RowRef, margin: float) -> Draft:
    """A printed row as a row of the form, without the label that nobody prints."""
    start = next(at for at, cell in enumerate(draft.cells) if cell.state != "text" or is_unit(cell))
    return replace(draft, ref=ref, cells=draft.cells[start:], margin=margin)


def _fits(draft: Draft, ref: RowRef, table: Table) -> float:
    """What speaks for a printed row as a row of the form: its label, or, without one, that it looks like a row."""
    if draft.ref is not None or _is_row(draft, table):
        return 0.0 if draft.ref in (None, ref) else NEVER
    return -weights()["rows"]["no_numbers"] if _may_be_row(draft, table) else NEVER


def _may_stand(draft: Draft, table: Table) -> bool:
    """Whether a row without a label may be any of a table's."""
    return _is_row(draft, table) or _may_be_row(draft, table)


def _is_left(draft: Draft, table: Table, printed: Sequence[Draft]) -> bool:
    """Whether a row without a known label stands among those of a table, with a cell for each of its columns."""
    grids = {cell.table for one in printed if one.ref for cell in one.cells}
    among = any(cell.table in grids for cell in draft.cells)
    return draft.ref is None and among and len(table.columns) > 1 and _is_row(draft, table) and _is_full(draft, table)


def _is_full(draft: Draft, table: Table) -> bool:
    return sum(cell.state in ("number", "dash") for cell in draft.cells) in (len(table.columns), len(table.columns) - 1)


def _is_beside(orphan: Draft, known: Draft) -> bool:
    """Whether a row stands in the grid of a known one, under the same header."""
    grids = {cell.table for cell in known.cells}
    return orphan.header is known.header and not grids.isdisjoint(cell.table for cell in orphan.cells)


def _is_row(draft: Draft, table: Table) -> bool:
    """Whether a row without a known label is one of the table: with numbers, or a number beside a label."""
    numbers = sum(cell.state == "number" for cell in draft.cells)
    labelled = any(cell.state == "text" and not is_unit(cell) for cell in draft.cells)
    return numbers > 1 if len(table.columns) > 1 else numbers > 0 and labelled


def _may_be_row(draft: Draft, table: Table) -> bool:
    """Whether there are cells enough, and not only the dashes that stand beside a heading inside a list."""
    is_heading = len(table.columns) == 1 and all(cell.state in ("dash", "blank") for cell in draft.cells)
    return len(draft.cells) >= len(table.columns) and not is_heading


def _is_said(draft: Draft) -> bool:
    """Whether more than blanks is printed in a row, and more than one cell."""
    return draft.filled and len(draft.cells) > 1


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
