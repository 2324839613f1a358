"""Probabilities along a line → its characters (connectionist temporal classification: Graves et al. 2006).

Each step along the line has a probability for every character and for none; of each run of steps that say the same
character its surest counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Chances = npt.NDArray[np.float32]
"""For each step along a line: the probability of no character, then of each of the alphabet's."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of a line: ``start`` and ``end`` are shares of the line's width; ``confidence`` is from 0 to 1."""

    text: str
    start: float
    end: float
    confidence: float


class Alphabet:
    """The characters that a model knows, in its order; none stands first, a space last."""

    def __init__(self, signs: Sequence[str]) -> None:
        self.signs = ["", *signs, " "]

    def places(self, signs: str) -> npt.NDArray[np.int64]:
        """Where some of them stand, no character first."""
        return np.array([0, *(self.signs.index(sign) for sign in signs if sign in self.signs)])

    def letters(self, chances: Chances, width: float, among: Any = None) -> list[Letter]:
        """The likeliest letters of a line that fills that share of the steps; ``among``: whose chances they are."""
        best, sure = chances.argmax(axis=1), chances.max(axis=1)
        filled = len(chances) * width
        letters: list[Letter] = []
        step = 0
        while step < len(best):
            after = step
            while after < len(best) and best[after] == best[step]:
                after += 1
            if best[step] and self.signs[sign := int(best[step] if among is None else among[best[step]])].strip():
                peak = step + int(sure[step:after].argmax())
                start, end = step / filled, after / filled
                letters.append(Letter(self.signs[sign], min(start, 1.0), min(end, 1.0), float(sure[peak])))
            step = after
        return letters
