"""Two readings of the same tables held against each other: by their layout, and by their labels alone.

That by the labels is taken only if it has more and nothing else; what one of the two alone has is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.doubts import Doubt
from corpus.extraction.figures import Tables, absent, doubt_of
from corpus.extraction.table_account import UNREAD_NUMBER
from corpus.extraction.unread import UNREAD
from corpus.form import figure_id, load_form

_SAID = ("number", "dash")
_QUOTES = "\"'“”‘’ \t"
_NUMBERS = re.compile(r"\d[\d.,]*")


def is_whole(read: Tables) -> bool:
    """Whether every figure of the form has been found, and none is in doubt that has no value."""
    if read.form is None:
        return False
    doubted = {id_ for doubt in read.doubts for id_ in doubt.figures if read.figures[id_].state not in _SAID}
    return not doubted and all(
        figure_id(row, column) in read.figures for _, row, column in load_form(read.form).cells()
    )


def is_richer(again: Tables, read: Tables) -> bool:
    """Whether a reading has more values than another, and all that this one has and does not doubt."""
    doubted = {id_ for doubt in read.doubts for id_ in doubt.figures}
    first, second = (
        {id_: figure.value for id_, figure in each.figures.items() if figure.state in _SAID} for each in (read, again)
    )
    agree = all(id_ in doubted or (id_ in second and second[id_] == value) for id_, value in first.items())
    return agree and len(second) > len(first)


def with_words_of(again: Tables, read: Tables) -> Tables:
    """A reading without the numbers that another sees to stand alone among words in their cells (#DIV/0!)."""
    words = {
        id_: figure
        for id_, figure in read.figures.items()
        if figure.state == "text" and id_ in again.figures and _is_all_of_number(again.figures[id_].raw, figure.raw)
    }
    doubts = [doubt for doubt in read.doubts if not words.keys().isdisjoint(doubt.figures)]
    return replace(again, figures={**again.figures, **words}, doubts=(*again.doubts, *doubts))


def _is_all_of_number(number: str, words: str) -> bool:
    return bool(number.strip()) and _NUMBERS.findall(words) == [number.strip()] != [words.strip(_QUOTES)]


def with_all_of(read: Tables, other: Tables) -> Tables:
    """A reading with the figures that another has and it has not: what is printed of them is in doubt.

    So is a whole table of which only the other has anything, whichever form it took the table for. Where this one
    has no doubt at all, a figure that the other has no cell of either is concluded, not printed.
    """
    if read.form is None or other.form is None:
        return read
    alone = _tables(other) - _tables(read)
    is_sure = not read.doubts and not read.warnings
    printed = {id_ for id_, figure in other.figures.items() if figure.place is not None or not is_sure}
    cells = ((table.id, figure_id(row, column)) for table, row, column in load_form(read.form).cells())
    lost = [id_ for table, id_ in cells if id_ not in read.figures and (id_ in printed or table in alone)]
    if not lost:
        return read
    figures = {**read.figures, **{id_: absent(id_) for id_ in lost}}
    return replace(read, figures=figures, doubts=(*read.doubts, doubt_of(lost, UNREAD)))


def _tables(read: Tables) -> set[str]:
    """The tables that a reading has figures of."""
    cells = load_form(read.form).cells() if read.form else ()
    return {table.id for table, row, column in cells if figure_id(row, column) in read.figures}


def told_of_numbers(read: Tables, other: Tables) -> Iterator[Doubt]:
    """What another reading had of numbers, or told that it could not read, as far as this one says nothing of them."""
    known = {figure.raw.strip() for figure in read.figures.values()}.union(*map(_numbers, _all_doubts(read)))
    had = [figure.raw.strip() for figure in other.figures.values() if figure.state == "number"]
    for numbers in (had, *map(_numbers, _all_doubts(other))):
        if left := [number for number in numbers if number not in known]:
            yield Doubt(UNREAD_NUMBER, {"numbers": "、".join(left)})


def _all_doubts(read: Tables) -> list[Doubt]:
    return [*read.warnings, *(finding.doubt for finding in read.doubts)]


def _numbers(doubt: Doubt) -> list[str]:
    return str(doubt.values["numbers"]).split("、") if doubt.code == UNREAD_NUMBER else []
