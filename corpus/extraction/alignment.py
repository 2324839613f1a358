"""Two sequences set against each other in order, every way weighed: values against columns.

The best alignment by dynamic programming (Needleman and Wunsch), with the max-marginal of every step: how good the
best alignment is that takes it. So the margin of what stands in a column is how far the best alignment that says
something else there falls behind, in nats.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

NEVER = -math.inf

Scores = Sequence[Sequence[float]]
"""By value, then by column."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against each step, in nats; NEVER forbids it.

    ``match``: the value stands in the column. ``skip``: it stands in none, right before this column, or behind all.
    ``gap``: no value stands in the column, and this value, or none, is the next.
    """

    match: Scores
    skip: Scores
    gap: Scores


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each column its value, by index, or None; the score of the whole; and each column's margin."""

    values: tuple[int | None, ...]
    score: float
    margins: tuple[float, ...]


def align(evidence: Evidence, content: Sequence[Hashable]) -> Alignment | None:
    """The best alignment of values, as many as ``content``, with columns; None where every one is forbidden.

    Values of equal ``content`` say the same wherever they stand: between them is no doubt.
    """
    count = len(content)
    before, after = _forward(evidence), _backward(evidence)
    best = before[-1][-1]
    if best == NEVER:
        return None
    placed = _traced(evidence, before)
    margins = []
    for column, at in enumerate(placed):
        own = None if at is None else content[at]
        others = [
            before[value][column] + evidence.match[value][column] + after[value + 1][column + 1]
            for value in range(count)
            if at is None or content[value] != own
        ]
        if at is not None:
            others += [
                before[value][column] + evidence.gap[value][column] + after[value][column + 1]
                for value in range(count + 1)
            ]
        margins.append(best - max(others, default=NEVER))
    return Alignment(placed, best, tuple(margins))


def _forward(evidence: Evidence) -> list[list[float]]:
    """The best score with so many values and columns behind."""
    first = [0.0]
    for gap in evidence.gap[0]:
        first.append(first[-1] + gap)
    best = [first]
    for match, skip, gaps in zip(evidence.match, evidence.skip, evidence.gap[1:], strict=True):
        above = best[-1]
        line = [above[0] + skip[0]]
        for column, gap in enumerate(gaps):
            # Written out, since nothing else runs so often: max() would take twice as long.
            score = line[column] + gap
            if (skipped := above[column + 1] + skip[column + 1]) > score:
                score = skipped
            if (matched := above[column] + match[column]) > score:
                score = matched
            line.append(score)
        best.append(line)
    return best


def _backward(evidence: Evidence) -> list[list[float]]:
    """The best score of what is still to come: the way forward, walked from the end."""
    turned = ([line[::-1] for line in reversed(scores)] for scores in (evidence.match, evidence.skip, evidence.gap))
    return [line[::-1] for line in reversed(_forward(Evidence(*turned)))]


def _traced(evidence: Evidence, before: list[list[float]]) -> tuple[int | None, ...]:
    """The way back along the best alignment: for each column its value."""
    value, column = len(before) - 1, len(before[0]) - 1
    placed: list[int | None] = [None] * column
    while value or column:
        score = before[value][column]
        if value and column and score == before[value - 1][column - 1] + evidence.match[value - 1][column - 1]:
            value, column = value - 1, column - 1
            placed[column] = value
        elif value and score == before[value - 1][column] + evidence.skip[value - 1][column]:
            value -= 1
        else:
            column -= 1
    return tuple(placed)
