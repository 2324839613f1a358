"""The rows of a statutory table as they are printed, found by their labels.

All grids are one stream of printed rows. A printed row is cut into logical rows wherever a new row label stands, so
rows run together read like others; header rows tell which columns follow; a row without a label is placed by its
neighbours, and then in doubt.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from corpus.extraction.columns import Rows
from corpus.extraction.header import Header, PlacedCell, counts_columns
from corpus.extraction.lexicon import Lexicon, RowRef, lexicon
from corpus.extraction.lines import PrintedLine, whole_lines
from corpus.extraction.placing import LOST, Draft, placed
from corpus.extraction.remedies import Remedies
from corpus.extraction.row_cells import UNITS, row_cells, values_of, with_own_values
from corpus.form import Column, Form, Row, Table, label_key

_SPECIFIC = 5
_REPEATED = 4
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of the form as found: a cell for each of ``columns``, None where a damaged row swallowed it.

    ``doubts``: code → the columns in doubt, ``margin``: by how much the reading was better than the next, in nats.
    ``labelled``: its own label was found, rather than concluded from its neighbours'.
    """

    table: Table
    row: Row
    columns: tuple[Column, ...]
    cells: tuple[PlacedCell | None, ...]
    printed_units: Mapping[str, str]
    doubts: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    labelled: bool = True
    margin: float = math.inf


def read_rows(printed: Sequence[PrintedLine], form: Form) -> list[ReadRow]:
    """Every row of ``form`` that the printed rows hold, in their order."""
    stream = _Stream(lexicon(form.id))
    lines = whole_lines(printed, stream.words)
    for line, below in zip_longest(lines, lines[1:], fillvalue=()):
        if not counts_columns((cell.cell.raw for cell in line), (cell.cell.raw for cell in below)):
            stream.take(line)
    return list(stream.rows())


def _lost(table: Table, row: Row) -> ReadRow:
    return ReadRow(table, row, table.columns, (None,) * len(table.columns), {}, {LOST: table.columns}, labelled=False)


class _Order:
    """Which rows of each table have passed; a table printed again begins anew."""

    def __init__(self) -> None:
        self._highest: dict[int, int] = {}
        self._seen: set[RowRef] = set()
        self._last: RowRef | None = None

    def doubt(self, ref: RowRef) -> str:
        """Whether a row stands below one that the form has below it, and not right behind its own neighbour."""
        goes_on = self._last == (ref[0], ref[1] - 1)
        moved = ref not in self._seen and ref[1] < self._highest.get(ref[0], -1) and not goes_on
        return "row_out_of_place" if moved else ""

    def note(self, ref: RowRef) -> None:
        """Take note of a row."""
        again = ref in self._seen
        self._highest[ref[0]] = ref[1] if again else max(self._highest.get(ref[0], -1), ref[1])
        self._seen.add(ref)
        self._last = ref


class _Stream:
    """The state while rows pass by: the header in force, the last row found, the groups named."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self._header = Header()
        self._group = ""
        self._last: RowRef | None = None
        self._drafts: list[Draft] = []
        self._in_header = False
        self._remedies = Remedies(words.form)

    def take(self, cells: Sequence[PlacedCell]) -> None:
        """Read one printed row; a header stays in force, over the end of its grid too, until another comes."""
        self._remedies.note(cells)
        if self._is_header(cells):
            self._header = (self._header if self._in_header else Header()).extended(cells)
            self._in_header = True
        elif self._is_foreign(cells):
            self._header = Header(foreign=True)
            self._in_header = False
        elif drafts := list(self._logical_rows(cells)):
            self._drafts.extend(drafts)
            self._in_header &= not any(draft.ref is not None or draft.filled for draft in drafts)

    def rows(self) -> Iterator[ReadRow]:
        """The drafts as rows of the form, those without a label placed between their neighbours."""
        found = {draft.ref for draft in self._drafts}
        read = [
            (ref, draft, why, cells)
            for draft, why in placed(self._drafts, self.words)
            if (ref := draft.ref) is not None
            and (
                cells := row_cells(draft.cells, draft.part_of(self.words.table(ref)), self.words.row(ref), draft.header)
            )
        ]
        whole = with_own_values([cells for _, _, _, cells in read])
        read = [(ref, draft, why, cells) for (ref, draft, why, _), cells in zip(read, whole, strict=True)]
        rows = Rows([cells for _, draft, _, cells in read if draft.key])
        order = _Order()
        for ref, draft, why, cells in read:
            table = draft.part_of(self.words.table(ref))
            reading = rows.assign(cells)
            codes = (
                why,
                draft.doubt,
                "header_missing" if cells.is_headless else "",
                order.doubt(ref) if not why else "",
            )
            doubts = {**reading.doubts, **dict.fromkeys(filter(None, codes), reading.columns)}
            row = self.words.row(ref)
            margin = min(reading.margin, draft.margin)
            yield ReadRow(table, row, reading.columns, reading.cells, cells.units, doubts, bool(draft.key), margin)
            order.note(ref)
            below = (ref[0], ref[1] + 1)
            if not any(reading.cells) and draft.is_longer(table) and below not in found and below[1] < len(table.rows):
                # What is too much for one row may be the row below it, run together with it and without its label.
                yield _lost(table, table.rows[below[1]])

    def _is_header(self, cells: Sequence[PlacedCell]) -> bool:
        if any(cell.state == "number" for cell in cells):
            return False
        keys = [cell.key for cell in cells if cell.key]
        columns = [key for key in keys if key in self.words.columns]
        # One column alone is a header only beside its stub or a group of columns: 总计 beside a group of rows is a row.
        # 备注 may stand there too.
        beside = [key for key in keys if key in self.words.stubs or key in self.words.spanning]
        rows = [key for key in keys if key in self.words.rows and key not in self.words.columns]
        return len(columns) > 1 or bool(columns and beside and not rows)

    def _is_foreign(self, cells: Sequence[PlacedCell]) -> bool:
        """Whether a row is the header of some other table: words only, some of them unknown, none a row or column."""
        words = [cell.key for cell in cells if cell.state == "text"]
        if len(words) < _LEAST_WORDS or any(cell.state not in ("text", "blank") for cell in cells):
            return False
        if any(map(self._is_ours, words)) or self.words.is_piece(label_key("".join(cell.cell.raw for cell in cells))):
            return False
        stubs = sum(key in self.words.stubs for key in words)
        strange = len({key for key in words if key not in self.words.groups and key not in self.words.stubs})
        # 无 or 未统计 in every cell is a row without numbers: no header repeats its words so often.
        repeated = len(set(words)) * _REPEATED < len(words)
        # One strange word beside a group is a row with a label of its own, or half of one.
        return not repeated and (strange > 1 or strange == len(words) - stubs > 0)

    def _is_ours(self, key: str) -> bool:
        return key in UNITS or key in self.words.columns or bool(self.words.candidates(key))

    def _logical_rows(self, cells: Sequence[PlacedCell]) -> Iterator[Draft]:
        if (remedies := self._unlabelled(cells) or self._remedies.read(cells, self._header)) is not None:
            yield remedies
            return
        draft: Draft | None = None
        for cell in cells:
            if cell.state == "text" and (key := cell.key):
                ref = self._resolve(key)
                if ref is not None:
                    if draft is not None and self._is_whole(draft):
                        yield draft
                    self._last = ref
                    draft = Draft(ref, self._header, key)
                    continue
                if key in self.words.groups:
                    self._group = key
                    if draft is not None and self._is_whole(draft):
                        yield draft
                        draft = None
                    continue
            if draft is None:
                draft = Draft(None, self._header)
            draft.cells.append(cell)
        if draft is not None:
            yield draft

    def _is_whole(self, draft: Draft) -> bool:
        """Whether a row ends where the next label stands: a group's name has no cells of its own."""
        return draft.filled or (draft.ref is not None and len(draft.cells) >= len(self.words.table(draft.ref).columns))

    def _unlabelled(self, cells: Sequence[PlacedCell]) -> Draft | None:
        """The single row of a table whose rows have no label (行政复议、行政诉讼): values right below its header."""
        for index, table in enumerate(self.words.form.tables):
            if len(table.rows) == 1 and not table.rows[0].label and self._header.names(table):
                values = values_of(cells, table, self._header)
                known = any(self.words.candidates(cell.key) for cell in cells if cell.state == "text")
                said = sum(cell.state != "text" for cell in values) or len(values) == len(table.columns)
                if not known and said and len(values) > len(table.columns) // 3:
                    return Draft((index, 0), self._header, cells=values)
        return None

    def _resolve(self, key: str) -> RowRef | None:
        """The row that a label names here: in the table at hand, after the last row, under the group last named."""
        candidates = self.words.candidates(key)
        if len(key) < _SPECIFIC or key in self.words.columns:
            # 总计, 其他, 规章, 收费 name a row only in a table that is known to be theirs.
            candidates = [ref for ref in candidates if self._in_force(ref)]
        if not candidates:
            return None
        return min(candidates, key=self._distance)

    def _in_force(self, ref: RowRef) -> bool:
        table = self.words.table(ref)
        at_hand = self._last is not None and self.words.table(self._last).id == table.id
        return at_hand or self._header.names(table)

    def _distance(self, ref: RowRef) -> tuple[bool, bool, int]:
        """How far a candidate is from what is expected next; the smallest wins."""
        path = {label_key(label) for label in self.words.row(ref).path}
        under = self._group in path or not path
        following = self._last is not None and ref > self._last
        return (not following, not under, abs(ref[1] - (self._last[1] if self._last else 0)))
