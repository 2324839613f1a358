"""A workbook of ours is read by another's program as it was written, whatever its texts hold."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from webui.workbook import Cell, is_like_a_formula, workbook

# A reader of XML gives every line break as \n (XML 1.0, § 2.11), and openpyxl has no word for what XML cannot hold.
_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))
_CELLS = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.sampled_from((0.5, -12.25)) | _TEXTS


def read(file: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(file))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_was_written_is_read(rows: list[list[Cell]]) -> None:
    found = read(b"".join(workbook({"rows": rows, "about": [["name", "words"]]})))
    assert found["about"] == [["name", "words"]]
    # The escape of what XML cannot hold is told apart from the same letters, which openpyxl leaves to its reader.
    assert [[value and str(value).replace("_x005F_", "_") for value in row] for row in found["rows"]] == [
        [value and str(value) for value in row] for row in rows
    ]


def test_no_text_is_a_formula_and_none_breaks_the_file() -> None:
    texts = ["=1+1", "＝HYPERLINK()", "@x", " <b>&", "\x00\x1b", "a" * 40_000, "_x0041_"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(workbook({"rows": [texts]}))))
    cells = list(next(book["rows"].iter_rows()))
    assert {cell.data_type for cell in cells} == {"s"}
    assert [bool(cell.quotePrefix) for cell in cells] == [is_like_a_formula(text) for text in texts]
    assert cells[3].value == " <b>&"
    assert len(str(cells[5].value)) == 32_767


def test_the_first_rows_are_given_before_the_last_are_made() -> None:
    made = 0

    def rows() -> Iterator[list[Cell]]:
        nonlocal made
        for made in range(200_000):
            yield [f"text {made}", made]

    next(workbook({"rows": rows()}))
    assert made < 100_000
