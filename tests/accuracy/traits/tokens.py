"""Places for decorations: some figures of a paper are written as tokens, to be replaced in the finished file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.accuracy.paper import Box, Paper, copied

_FIRST, _LAST = "\ue100", "\ue200"


def tokened(paper: Paper, every: int = 4, longest: int = 20) -> tuple[Paper, Mapping[str, Box]]:
    """A copy with a token for every so manieth number of ``longest`` digits at most; the box that each stands for."""
    made = copied(paper)
    boxes: dict[str, Box] = {}
    number = 0
    for table in made.tables:
        for row in table:
            for index, box in enumerate(row):
                if box.figure and box.text.isdigit() and len(box.text) <= longest:
                    number += 1
                    if number % every == 0:
                        token = f"{_FIRST}{len(boxes):04}{_LAST}"
                        boxes[token] = box
                        row[index] = replace(box, text=token)
    return made, boxes


def filled(text: str, boxes: Mapping[str, Box], decorate: Callable[[str], str]) -> str:
    """A finished text with what a decoration makes of the numbers in place of their tokens."""
    for token, box in boxes.items():
        text = text.replace(token, decorate(box.text))
    return text


def destroy(paper: Paper, boxes: Mapping[str, Box]) -> None:
    """Note that nobody can say what these figures are: they must be null and flagged."""
    paper.destroyed |= {box.figure for box in boxes.values()}
