"""Boxes drawn in plain text: a cell over several rows goes on beside the rules that part these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Grid
from corpus.readers.drawn_box import drawn
from corpus.readers.plain import read_plain

_LABEL, _NUMBER = 12, 6
_GROUPS = st.lists(
    st.tuples(
        st.text("三本年度办理结果“”（1）", min_size=1, max_size=9),
        st.lists(st.tuples(st.text("予以公开·“”2.", max_size=5), st.integers(0, 9999)), min_size=2, max_size=4),
    ),
    min_size=1,
    max_size=4,
)
Group = tuple[str, list[tuple[str, int]]]


def _width(text: str, ambiguous: int) -> int:
    return sum({"W": 2, "F": 2, "A": ambiguous}.get(east_asian_width(sign), 1) for sign in text)


def _filled(text: str, columns: int, ambiguous: int) -> str:
    return text + " " * (columns - _width(text, ambiguous))


def _ruled(left: str, right: str, columns: Sequence[int], ambiguous: int, joint: str = "┼") -> str:
    return left + joint.join("─" * (width // ambiguous) for width in columns) + right


def _drawn(groups: Sequence[Group], ambiguous: int) -> Iterator[str]:
    """The lines of a box, a group's label three signs to a line over all the lines of its rows."""
    columns = (_LABEL, _LABEL, _NUMBER)
    yield _ruled("┌", "┐", columns, ambiguous, "┬")
    for at, (label, rows) in enumerate(groups):
        if at:
            yield _ruled("├", "┤", columns, ambiguous)
        label_lines = (label[start : start + 3] for start in range(0, 99, 3))
        for below, (words, number) in enumerate(rows):
            if below:
                rule = _ruled("├", "┤", columns[1:], ambiguous)
                yield f"│{_filled(next(label_lines), _LABEL, ambiguous)}{rule}"
            cells = zip((next(label_lines), words, str(number)), columns, strict=True)
            yield f"│{'│'.join(_filled(text, width, ambiguous) for text, width in cells)}│"
    yield _ruled("└", "┘", columns, ambiguous, "┴")


def _expected(groups: Sequence[Group]) -> list[list[str]]:
    return [
        ["" if below else label, words, str(number)]
        for label, rows in groups
        for below, (words, number) in enumerate(rows)
    ]


def _unbroken(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[cell.replace("\n", "") for cell in row] for row in rows]


@given(_GROUPS, st.sampled_from([1, 2]))
def test_a_cell_goes_on_beside_the_rules_of_other_columns(groups: list[Group], ambiguous: int) -> None:
    assert _unbroken(drawn(list(_drawn(groups, ambiguous)))) == _expected(groups)


def test_such_a_box_in_a_text_is_one_table() -> None:
    groups = [("三、本年度办理", [("予以公开", 7), ("部分公开", 2)]), ("四、结果", [("不予公开", 1), ("其他", 0)])]
    [grid] = [
        block for block in read_plain("\n".join(["数据。", *_drawn(groups, 1)])).blocks if isinstance(block, Grid)
    ]
    assert _unbroken([[cell.raw for cell in row] for row in grid.rows]) == _expected(groups)


def test_a_line_that_ends_elsewhere_is_not_cut_off() -> None:
    lines = list(_drawn([("办理", [("予以公开", 7), ("部分公开", 2)])], 1))
    assert not drawn([*lines[:1], lines[1] + "另见附件", *lines[2:]])
