"""Tables whose blank cells were dropped: the values of a row close up behind its label, and only what they say is left.

Two values of seven may then stand anywhere: what is left is their order, how often authors fill a column, and whether
the last is the sum of those before it (I3). That blanks were dropped is itself concluded: from all rows that close up,
if they are read better so than as they stand. A blank before or between values tells that blanks are kept.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

from corpus.extraction.alignment import NEVER, Alignment, Evidence, align
from corpus.extraction.row_cells import RowCells
from corpus.extraction.weights import weights
from corpus.form import Column

_LEAST_ROWS = 3


def are_blanks_dropped(rows: Sequence[RowCells]) -> bool:
    """Whether the rows of a table that close up are read better as rows whose blanks were dropped than as they stand.

    A blank before a value tells that blanks are kept, and so does a cell for each column with some of them blank.
    """
    some = [row for row in rows if 0 < row.filled < len(row.sides[0].columns)]
    told = [row for row in some if is_closed_up(row)]
    # Rows filled up to one width have more cells the shorter their labels are: then no count says anything.
    is_even = len({len(row.values) for row in told}) == 1
    kept = any(
        (not is_closed_up(row) or (is_even and len(row.values) == len(row.sides[0].columns)))
        and all(cell.state != "text" for cell in row.values)
        for row in some
    )
    return not kept and len(told) >= _LEAST_ROWS and sum(map(_gain, told)) > weights()["row"]["kept"]


def is_closed_up(row: RowCells) -> bool:
    """Whether fewer values than columns stand right behind the label, and nothing but blanks behind them."""
    return 0 < row.filled < len(row.sides[0].columns) and all(
        cell.state != "blank" for cell in row.values[: row.filled]
    )


def closed_up(
    numbers: Sequence[Decimal | None], columns: Sequence[Column], filled: Mapping[str, float] | None = None
) -> Alignment | None:
    """Values, None for what is no number, set against columns of which some were blank; None for too many values.

    ``filled``: the share of rows in which a column is filled, by its key.
    """
    shares = [(filled or weights()["filled"])[column.key] for column in columns]
    says = [as_total(numbers, at) for at in range(len(numbers))]
    match = [
        [math.log(share) + total[column.key != "total"] for share, column in zip(shares, columns, strict=True)]
        for total in says
    ]
    gap = [[math.log1p(-share) for share in shares] for _ in range(len(numbers) + 1)]
    never = [[NEVER] * (len(columns) + 1) for _ in numbers]
    return align(Evidence(match, never, gap), range(len(numbers)))


def _gain(row: RowCells) -> float:
    """By how much a row is likelier as one that closed up than as it stands, its blanks in its last columns.

    Who leaves zeros blank prints none, but for a total.
    """
    columns = row.sides[0].columns
    shares = [weights()["filled"][column.key] for column in columns]
    as_it_stands = sum(math.log(share if at < row.filled else 1 - share) for at, share in enumerate(shares))
    found = closed_up(row.numbers[: row.filled], columns)
    zeros = sum(not number for number in row.numbers[: row.filled - 1])
    return found.score - as_it_stands - zeros * weights()["row"]["zero"] if found else NEVER


def as_total(numbers: Sequence[Decimal | None], at: int) -> tuple[float, float]:
    """What a row's other numbers say about one as their total, and as anything else, in nats.

    Zeros and words say nothing; that a number in the midst is larger than the others together says nothing either.
    """
    others = [number for other, number in enumerate(numbers) if other != at and number is not None]
    value, whole, weight = numbers[at], sum(others, Decimal(0)), weights()["row"]
    if value is None or not others or not (value or whole):
        return 0.0, 0.0
    is_last = all(number is None for number in numbers[at + 1 :])
    if value == whole:
        return weight["sum"], -weight["sum"] if is_last else 0.0
    if value > whole:
        return -weight["more"], -weight["more_elsewhere"] if is_last else 0.0
    return -weight["not_sum"], 0.0
