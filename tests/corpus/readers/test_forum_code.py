"""The code of forums: tables in it are tables, and what is no code stays as it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Grid, Paragraph
from corpus.readers.formats import read
from corpus.readers.forum_code import page_of_forum_code

_CELLS = st.text(st.characters(codec="utf-8", categories=["L", "Nd"]), min_size=1, max_size=8)


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(_CELLS, min_size=width, max_size=width), min_size=2, max_size=6)
    ),
    st.sampled_from(["\n", ""]),
    st.booleans(),
)
def test_a_table_in_the_code_of_forums_has_its_cells(rows: list[list[str]], between: str, is_upper: bool) -> None:  # noqa: FBT001 - hypothesis gives arguments by place
    lines = ["".join(f"[td]{cell}[/td]" for cell in row) for row in rows]
    code = f"[table=98%]{between}" + "".join(f"[tr]{line}[/tr]{between}" for line in lines) + "[/table]"
    for tag in ("table", "tr", "td") if is_upper else ():
        code = code.replace(f"[{tag}", f"[{tag.upper()}").replace(f"[/{tag}", f"[/{tag.upper()}")
    (grid,) = (block for block in read(code.encode(), name="page.txt").blocks if isinstance(block, Grid))
    assert [[cell.raw for cell in row] for row in grid.rows] == rows


def test_lines_signs_and_struck_words_of_the_code_are_read_as_of_a_page() -> None:
    table = "[table][tr][td=2,1]规章[/td][td][color=red]5[/color][/td][/tr][/table]"
    code = f"[b]一、总体情况[/b]\n[size=4]本机关 a<b [s]12[/s]13 件[/size]\n{table}"
    blocks = read(code.encode(), name="page.txt").blocks
    said = [block.text for block in blocks if isinstance(block, Paragraph)]
    (row,) = next(block.rows for block in blocks if isinstance(block, Grid))
    assert any("本机关 a<b 13 件" in text for text in said)
    assert [(cell.raw, cell.colspan) for cell in row] == [("规章", 2), ("5", 1)]


@given(st.text(max_size=80))
def test_a_text_without_such_a_table_is_none(text: str) -> None:
    assert page_of_forum_code(f"[b]{text}[/b] [1] [tr] [td]") is None
