"""Lines read for the numbers that are expected in them: the likeliest number, weighed against the likeliest words.

The probabilities that gave a line's letters are asked for the best number, too, and the number is taken where it is
nearly as likely as anything else (a lone 0 is else a 。, an o or a 口). What the ink looks like is evidence, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from corpus.readers.letters import Alphabet, Chances, Letter

# What numbers are made of in statutory cells; a dash stands for none.
_NUMERIC = "0123456789-.,/%—－．，／％"
_DIGITS = "0123456789"
# How much likelier a numeral is than any other letter, where a number is expected.
_NUMBER_WEIGHT = 300.0
# In heights: how narrow ink is that is no dash, and how wide a digit may be.
_NARROW = 0.7
_WIDEST = 0.85
# Words that are read so surely are no number.
_WORD = 0.3
# Digits in groups of three; how likely a comma must be beside a point to be read for it.
_GROUPED = re.compile(r"-?\d{1,3}(?:[.,]\d{3})+")
_COMMA = 0.02
_DASHES = ("-", "－", "—")
UNSEEN = 0.001
"""How sure a number is that has more ink than the model reads (nothing is lost without a word)."""
# Letters that a numeral may be taken for: they are in no label by themselves.
_MISTAKABLE = re.compile(r"[\W_A-Za-z〇口曰日目丨Ⅰ-Ⅻ]*")


@dataclass(frozen=True, slots=True)
class Shape:
    """What the ink of a text looks like.

    ``width`` is in heights; ``is_dashed``: it begins with a level stroke; ``marks``: so many high spots of ink stand in
    it side by side, each at least a digit.
    """

    width: float
    is_dashed: bool
    marks: int

    def times(self, number: int) -> Shape:
        """That of so many of them side by side."""
        return Shape(self.width * number, self.is_dashed, self.marks * number)


class Numbers:
    """What an alphabet has for numbers."""

    def __init__(self, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._numeric = alphabet.places(_NUMERIC)
        self._digits = alphabet.places(_DIGITS)
        self._point, self._comma = (alphabet.signs.index(sign) for sign in ".,")

    def read(self, chances: Chances, width: float, shape: Shape) -> list[Letter]:
        """The likeliest number of a line, or its likeliest letters where they are no number."""
        letters = self._alphabet.letters(chances, width)
        # What is narrow is no dash.
        signs = self._digits if shape.width <= _NARROW else self._numeric
        among = chances[:, signs]
        digits = self._alphabet.letters(among, width, signs)
        if _is_too_wide(digits, shape):
            # A number with so much ink beside it that another digit may be there is unsure.
            return [replace(one, confidence=UNSEEN) for one in letters] if _is_number(letters) else letters
        if not (_is_mistakable(letters) or _outweighs(digits, letters, among, chances)):
            return letters
        digits = digits or [self._likeliest(among, signs)]
        digits = list(self._grouped(_dashed(digits, shape), chances, width))
        if sum(letter.text.isdigit() for letter in digits) < shape.marks:
            digits = [replace(letter, confidence=UNSEEN) for letter in digits]
        return _weighed(digits)

    def _likeliest(self, among: Chances, signs: npt.NDArray[np.int64]) -> Letter:
        """The one numeral of a line in which none is seen before nothing."""
        step, sign = np.unravel_index(int(among[:, 1:].argmax()), among[:, 1:].shape)
        return Letter(self._alphabet.signs[int(signs[sign + 1])], 0.0, 1.0, float(among[step, sign + 1]))

    def _grouped(self, digits: Sequence[Letter], chances: Chances, width: float) -> Iterator[Letter]:
        """A point before the last three digits of a number parts thousands, if it may be a comma; else it is unsure."""
        is_grouped = _GROUPED.fullmatch("".join(letter.text for letter in digits))
        for letter in digits:
            if not is_grouped or letter.text != ".":
                yield letter
                continue
            filled = len(chances) * width
            first = round(letter.start * filled)
            steps = chances[first : max(first + 1, round(letter.end * filled))]
            if float(steps[:, self._comma].max()) >= _COMMA * float(steps[:, self._point].max()):
                yield replace(letter, text=",")
            else:
                yield replace(letter, confidence=UNSEEN)


def _is_too_wide(digits: Sequence[Letter], shape: Shape) -> bool:
    """Whether there is more ink than these digits can be, dashes being twice as wide; none count for one."""
    return shape.width > _WIDEST * (sum(2 if one.text in _DASHES else 1 for one in digits) or 1)


def _is_number(letters: Sequence[Letter]) -> bool:
    return any(one.text in _DIGITS for one in letters) and all(one.text in _NUMERIC for one in letters)


def _is_mistakable(letters: Sequence[Letter]) -> bool:
    return _MISTAKABLE.fullmatch("".join(letter.text for letter in letters)) is not None


def _outweighs(digits: Sequence[Letter], letters: Sequence[Letter], among: Chances, chances: Chances) -> bool:
    """Whether a number is nearly as likely as words that are not read for sure."""
    words = {letter.text for letter in letters} - set(_NUMERIC)
    cost = float(np.log(chances.max(axis=1) + 1e-9).sum() - np.log(among.max(axis=1) + 1e-9).sum())
    is_likely = cost <= np.log(_NUMBER_WEIGHT) * max(1, len(digits))
    return is_likely and not (words and min(letter.confidence for letter in letters) >= _WORD)


def _dashed(digits: Sequence[Letter], shape: Shape) -> list[Letter]:
    """The number behind a dash that the ink shows, though the model sees none."""
    if not shape.is_dashed or digits[0].text.startswith(_DASHES):
        return list(digits)
    return [Letter("-", 0.0, digits[0].start, UNSEEN), *digits]


def _weighed(digits: Sequence[Letter]) -> list[Letter]:
    """The letters of a number, each as sure as it is where hardly anything but a number is to be expected."""
    return [
        replace(one, confidence=_NUMBER_WEIGHT * one.confidence / ((_NUMBER_WEIGHT - 1) * one.confidence + 1))
        for one in digits
    ]
