"""What a cell of a form is called, in one line, as printed: the labels of its row and of its column."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from corpus.form import figure_id, load_form


def cell_words(form: str | None, figure: str) -> str:
    """The labels of a cell; its id where the form has no such cell."""
    return _words(form).get(figure, figure) if form else figure


@cache
def _words(form: str) -> Mapping[str, str]:
    return {
        figure_id(row, column): " ".join(filter(None, (*row.path, row.label, *column.path, column.label)))
        for _, row, column in load_form(form).cells()
    }
