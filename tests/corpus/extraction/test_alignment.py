"""One alignment: the best of all, its margins, and what is not told well enough has no column."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Cell, Grid
from corpus.extraction.alignment import NEVER, Alignment, Evidence, align
from corpus.extraction.columns import DROPPED, SHIFTED, UNTOLD
from corpus.extraction.dropped import closed_up
from corpus.extraction.tables import parse_tables
from corpus.extraction.weights import weights
from corpus.form import load_form
from tests.accuracy.fit.filled import calibration, fitted, halves

_TABLE = next(table for table in load_form("2021").tables if table.id == "applications")
_KEYS = [column.key for column in _TABLE.columns]


def _closed_up(*values: Decimal | int | None) -> Alignment:
    found = closed_up([None if value is None else Decimal(value) for value in values], _TABLE.columns)
    assert found is not None
    return found


def _columns(*values: int) -> list[str]:
    return [key for key, at in zip(_KEYS, _closed_up(*values).values, strict=True) if at is not None]


def test_two_equal_values_are_a_person_and_the_total() -> None:
    assert _columns(36, 36) == ["natural_person", "total"]


def test_a_value_alone_is_a_total() -> None:
    assert _columns(36) == ["total"]


def test_a_last_value_that_is_no_sum_is_no_total() -> None:
    assert "total" not in _columns(5, 3, 4)


def test_as_many_values_as_columns_leave_no_question() -> None:
    found = _closed_up(*[1] * len(_KEYS))
    assert found.values == tuple(range(len(_KEYS)))
    assert min(found.margins) == float("inf")


def test_more_values_than_columns_have_no_alignment() -> None:
    assert closed_up([Decimal(1)] * 8, _TABLE.columns) is None


@st.composite
def _evidence(draw: st.DrawFn) -> tuple[Evidence, list[str]]:
    count, width = draw(st.integers(0, 4)), draw(st.integers(1, 4))
    scores = st.sampled_from([NEVER, -3.0, -1.0, -0.25, 0.0, 0.5, 2.0])

    def table(rows: int, columns: int) -> list[list[float]]:
        return [[draw(scores) for _ in range(columns)] for _ in range(rows)]

    content = draw(st.lists(st.sampled_from("ab"), min_size=count, max_size=count))
    return Evidence(table(count, width), table(count, width + 1), table(count + 1, width)), content


def _every(evidence: Evidence, count: int, width: int) -> list[tuple[tuple[int | None, ...], float]]:
    """Every placement with its score: the steps of all the ways through the table."""
    found = []
    for size in range(min(count, width) + 1):
        for values in combinations(range(count), size):
            for columns in combinations(range(width), size):
                placed = dict(zip(columns, values, strict=True))
                found.append(
                    (tuple(placed.get(column) for column in range(width)), _score(evidence, placed, count, width))
                )
    return found


def _score(evidence: Evidence, placed: dict[int, int], count: int, width: int) -> float:
    """The best score of a placement: values left out and columns without one may come in either order."""
    taken = set(placed.values())
    best = [[NEVER] * (width + 1) for _ in range(count + 1)]
    best[0][0] = 0.0
    for value in range(count + 1):
        for column in range(width + 1):
            here = best[value][column]
            if value < count and value not in taken:
                best[value + 1][column] = max(best[value + 1][column], here + evidence.skip[value][column])
            if column < width and column not in placed:
                best[value][column + 1] = max(best[value][column + 1], here + evidence.gap[value][column])
            if value < count and placed.get(column) == value:
                best[value + 1][column + 1] = max(best[value + 1][column + 1], here + evidence.match[value][column])
    return best[count][width]


@given(_evidence())
def test_the_best_is_the_best_of_all_and_its_margins_are_to_the_best_that_say_otherwise(
    drawn: tuple[Evidence, list[str]],
) -> None:
    evidence, content = drawn
    width = len(evidence.gap[0])
    every = _every(evidence, len(content), width)
    found = align(evidence, content)
    if found is None:
        assert all(score == NEVER for _, score in every)
        return
    assert found.score == max(score for _, score in every) == dict(every)[found.values]
    says = {values: tuple(None if at is None else content[at] for at in values) for values, _ in every}
    for column in range(width):
        own = says[found.values][column]
        rival = max((score for values, score in every if says[values][column] != own), default=NEVER)
        assert found.margins[column] == found.score - rival


def _grid(rows: list[list[str]]) -> Grid:
    return Grid(tuple(tuple(Cell(raw, at, i) for i, raw in enumerate(row)) for at, row in enumerate(rows)), 0)


def _read(rows: list[list[str]]) -> dict[str, str]:
    tables = parse_tables([_grid(rows)], 2022)
    codes = {doubt.doubt.code for doubt in tables.doubts}
    return {id_: figure.raw for id_, figure in tables.figures.items() if figure.raw} | {"doubts": " ".join(codes)}


_HEADER = ["项目", *(column.label for column in _TABLE.columns)]
_LABELS = [row.label for row in _TABLE.rows[:6]]


def test_rows_that_were_filled_up_at_their_end_are_read_by_their_sums() -> None:
    read = _read([_HEADER, *([label, str(at + 3), str(at + 3), *[""] * 7] for at, label in enumerate(_LABELS))])
    assert read["applications.received.natural_person"] == read["applications.received.total"] == "3"
    assert "applications.received.business" not in read
    assert DROPPED in read["doubts"]


def test_where_a_blank_stands_among_values_blanks_are_kept() -> None:
    rows = [[label, str(at + 3), str(at + 3), *[""] * 7] for at, label in enumerate(_LABELS)]
    rows[2] = [_LABELS[2], "1", "", "", "", "", "", "1", "", ""]
    assert DROPPED not in _read([_HEADER, *rows])["doubts"]


def test_the_weights_are_those_that_the_sample_gives_and_margins_tell_right_from_wrong() -> None:
    fitting, rest = halves()
    found = fitted(fitting)
    assert {key: round(share, 2) for key, share in found.filled.items()} == dict(weights()["filled"])
    row = weights()["row"]
    assert (round(found.sum, 1), round(found.not_sum, 1)) == (row["sum"], row["not_sum"])
    told = [item for item in calibration(rest, found.filled) if item[0] >= row["least_told"]]
    untold = [item for item in calibration(rest, found.filled) if item[0] < row["least_told"]]
    shares = [sum(wrong for *_, wrong in some) / sum(values for _, values, _ in some) for some in (told, untold)]
    assert shares[0] < 0.05
    assert shares[1] > 0.2


def test_a_cell_on_which_a_near_reading_differs_is_in_doubt_with_the_margin() -> None:
    rows = [[label, "2", *["0"] * 5, "2"] for label in _LABELS]
    rows[3][-1] = ""
    tables = parse_tables(
        [Grid(tuple(tuple(Cell(raw, y, x) for x, raw in enumerate(r)) for y, r in enumerate([_HEADER, *rows])), 0)]
    )
    [doubt] = tables.doubts
    assert doubt.doubt.code == SHIFTED
    assert float(doubt.doubt.values["margin"]) < weights()["row"]["sure"]
    assert f"{_TABLE.rows[3].key}.total" in doubt.figures


def test_rows_of_noughts_may_all_leave_their_total_blank() -> None:
    rows = [[label, *["0"] * 6, "", "", ""] for label in _LABELS[:3]]
    rows += [[row.label, "2", *["0"] * 5, "2", "", ""] for row in _TABLE.rows[3:]]
    assert SHIFTED not in _read([_HEADER, *rows])["doubts"]


def test_a_blank_row_with_a_cell_less_than_all_others_lost_one() -> None:
    rows = [[label, *["0"] * 7, ""] for label in _LABELS]
    assert UNTOLD not in _read([_HEADER, *rows, [_TABLE.rows[6].label, *[""] * 8]])["doubts"]
    assert UNTOLD in _read([_HEADER, *rows, [_TABLE.rows[6].label, *[""] * 7]])["doubts"]


def test_a_row_that_tells_nothing_may_have_a_column_that_its_header_lacks() -> None:
    grid = [[label for label in _HEADER if label != "其他"], *([row.label, "", "", ""] for row in _TABLE.rows)]
    tables = parse_tables(
        [Grid(tuple(tuple(Cell(raw, y, x) for x, raw in enumerate(r)) for y, r in enumerate(grid)), 0)]
    )
    doubted = {id_ for doubt in tables.doubts if doubt.doubt.code == UNTOLD for id_ in doubt.figures}
    assert f"{_TABLE.rows[0].key}.other_org" in doubted
