"""Ink into lines: what stands below one another, what stands beside it half a line lower, what a stroke joins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.xy_cut import Spot, ink_lines, pieces

HIGH = 20


def _word(x0: int, top: int, letters: int = 3) -> list[Spot]:
    """Letters as high as a line, side by side."""
    return [(x0 + 22 * at, top, x0 + 22 * at + HIGH, top + HIGH) for at in range(letters)]


def _found(spots: Sequence[Spot]) -> list[tuple[int, int]]:
    """Where each line begins: its left and its top."""
    lines = [line.spots for line in ink_lines(spots, HIGH)]
    return sorted((min(spot[0] for spot in line), min(spot[1] for spot in line)) for line in lines)


def test_cells_of_two_lines_and_of_one_between_them_are_lines_of_their_own() -> None:
    #   无法               a label of two lines
    #           0     7    values centred beside them: no blank runs from side to side
    #   提供
    spots = [*_word(0, 0), *_word(0, 26), *_word(120, 13, 1), *_word(200, 13, 1)]
    assert _found(spots) == [(0, 0), (0, 26), (120, 13), (200, 13)]
    assert {line.beside for line in ink_lines(spots, HIGH)} == {True}


def test_cells_a_little_lower_than_those_beside_them_are_lines_of_their_own() -> None:
    assert _found([*_word(0, 0), *_word(120, 9)]) == [(0, 0), (120, 9)]


def test_a_title_in_large_letters_is_one_line() -> None:
    title = [(60 * at, 0, 60 * at + 36, 38) for at in range(8)]
    assert _found(title) == [(0, 0)]


def test_strokes_of_one_letter_are_one_line() -> None:
    assert _found([(0, 4, 16, 7), (0, 17, 20, 20), *_word(40, 0)]) == [(0, 0)]


def test_lines_that_a_brace_joins_are_apart_without_it() -> None:
    brace = (70, 0, 76, 72)
    assert _found([*_word(0, 0), *_word(0, 26), *_word(0, 52), brace]) == [(0, 0), (0, 26), (0, 52)]


SPOTS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(1, 30), st.integers(1, 25)).map(
        lambda drawn: (drawn[0], drawn[1], drawn[0] + drawn[2], drawn[1] + drawn[3])
    ),
    min_size=1,
    max_size=60,
)


@given(SPOTS)
def test_no_ink_as_low_as_a_line_is_lost_or_found_twice(spots: list[Spot]) -> None:
    assert Counter(spot for line in ink_lines(spots, HIGH) for spot in line.spots) == Counter(spots)


@given(SPOTS, st.integers(1, 50))
def test_pieces_of_a_line_stand_farther_apart_than_the_blank_that_parts_them(spots: list[Spot], gap: int) -> None:
    ends = [(min(spot[0] for spot in piece), max(spot[2] for spot in piece)) for piece in pieces(spots, gap)]
    assert all(left - right > gap for (_, right), (left, _) in pairwise(ends))
