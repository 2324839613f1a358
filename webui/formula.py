"""A metric's formula in words: each operand under its name, with the page that explains it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from corpus.form import indicators
from corpus.metrics import Metric

_SIGNS: Mapping[str, str] = {"-": "−", "*": "×", "/": "÷"}
_WITHIN = " | "
"""Between the labels of a cell, from the top."""
_TOKEN = re.compile(r"[a-z_][a-z_0-9.]*|[^\sa-z_]")


@dataclass(frozen=True, slots=True)
class Term:
    """A name or a sign of a formula; ``metric`` is the id of the metric that it names, empty for all else."""

    words: str
    metric: str = ""


def in_words(
    formula: str, metrics: Mapping[str, Metric], name: Callable[[str], str], translated: Callable[[str], str] = str
) -> Iterator[Term]:
    """The terms of a formula in order; a cell that is no metric has the labels of its newest form, each ``translated``.

    >>> [term.words for term in in_words("review.corrected / (c.d - 1)", {}, str)]
    ['行政复议 | 结果纠正', '÷', '(', 'c.d', '−', '1', ')']
    """
    for token in _TOKEN.findall(formula):
        known = token in metrics
        yield Term(
            name(token) if known else _cell(token, translated) or _SIGNS.get(token, token), token if known else ""
        )


def _cell(id_: str, translated: Callable[[str], str]) -> str:
    """The labels of a cell in the newest form that has it; empty for what is no cell."""
    indicator = indicators().get(id_)
    if indicator is None:
        return ""
    *_, newest = indicator.labels.values()
    labels = [label for part in newest for label in part.split(_WITHIN) if label]
    return _WITHIN.join(translated(label) or label for label in labels)
