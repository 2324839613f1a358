"""Pictures of lines of text → their characters, each with where it stands and how sure that is.

The model is PP-OCRv4's recogniser as RapidOCR ships it (Apache-2.0), run by ONNX Runtime: for each eighth of a line's
height it gives the probability of every character, or of none (connectionist temporal classification). What a cell is
expected to hold is read in that light: the same probabilities are asked for the best number, too, and the number is
taken where it is nearly as likely as anything else (a lone 0 is else a 。, an o or a 口).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from corpus.readers.picture import Picture

Chances = npt.NDArray[np.float32]
"""For each step along a line: the probability of no character, then of each of the model's."""

# What the model was trained on: lines of this height; how many pixels a step is wide; no narrower than this.
_HEIGHT = 48
_STEP = 8
_LEAST_WIDTH = 64
_MOST_WIDTH = 3_200
_TOGETHER = 16
# What numbers are made of in statutory cells; a dash stands for none.
_NUMERIC = "0123456789-.,/%—－．，／％"
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
_UNSEEN = 0.001
"""How sure a number is that has more ink than the model reads (nothing is lost without a word)."""
# Letters that a numeral may be taken for: they are in no label by themselves.
_MISTAKABLE = re.compile(r"[\W_A-Za-z〇口曰日目丨Ⅰ-Ⅻ]*")


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of a line: ``start`` and ``end`` are shares of the line's width; ``confidence`` is from 0 to 1."""

    text: str
    start: float
    end: float
    confidence: float


_NONE = Letter("", 0.0, 1.0, 0.0)


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


class Recogniser:
    """The model and its alphabet. Loading takes a quarter of a second: see ``recogniser``."""

    def __init__(self) -> None:
        import onnxruntime  # noqa: PLC0415 - it leaves a file in the home folder: only who reads pictures gets it

        onnxruntime.disable_telemetry_events()
        model = files("rapidocr_onnxruntime") / "models" / "ch_PP-OCRv4_rec_infer.onnx"
        options = onnxruntime.SessionOptions()
        # One page after the other, on as many processors as there are processes that read.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(model.read_bytes(), options, providers=["CPUExecutionProvider"])
        alphabet = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._alphabet = ["", *alphabet, " "]
        numeric = [0, *(alphabet.index(sign) + 1 for sign in _NUMERIC if sign in alphabet)]
        self._numeric = np.array(numeric)
        self._digits = np.array([sign for sign in numeric if not sign or alphabet[sign - 1].isdigit()])

    def read(self, lines: Sequence[Picture], *, shapes: Sequence[Shape | None]) -> list[list[Letter]]:
        """The letters of each line; ``shapes`` has that of the ink where a number is expected, else None."""
        return [
            self._number(chances, width, shape) if shape else self._letters(chances, width)
            for (chances, width), shape in zip(self._chances(lines), shapes, strict=True)
        ]

    def _number(self, chances: Chances, width: float, shape: Shape) -> list[Letter]:
        """The likeliest number, unless it is no number; what the ink looks like counts for strokes that mean little."""
        letters = self._letters(chances, width)
        alphabet = self._digits if shape.width <= _NARROW else self._numeric
        among = chances[:, alphabet]
        digits = self._letters(among, width, alphabet)
        cost = float(np.log(chances.max(axis=1) + 1e-9).sum() - np.log(among.max(axis=1) + 1e-9).sum())
        likely = cost <= np.log(_NUMBER_WEIGHT) * max(1, len(digits))
        is_word = bool({letter.text for letter in letters} - set(_NUMERIC)) and _least(letters) >= _WORD
        is_wide = shape.width > _WIDEST * sum(2 if one.text in _DASHES else 1 for one in digits or [_NONE])
        if is_wide or (not _is_mistakable(letters) and (is_word or not likely)):
            return letters
        digits = digits or [self._likeliest(among, alphabet)]
        if shape.is_dashed and not digits[0].text.startswith(_DASHES):
            digits = [Letter("-", 0.0, digits[0].start, _UNSEEN), *digits]
        digits = list(self._grouped(digits, chances, width))
        if sum(letter.text.isdigit() for letter in digits) < shape.marks:
            digits = [replace(letter, confidence=_UNSEEN) for letter in digits]
        return _weighed(digits)

    def _grouped(self, digits: Sequence[Letter], chances: Chances, width: float) -> Iterator[Letter]:
        """A point before the last three digits of a number parts thousands, if it may be a comma; else it is unsure."""
        is_grouped = _GROUPED.fullmatch("".join(letter.text for letter in digits))
        for letter in digits:
            if not is_grouped or letter.text != ".":
                yield letter
                continue
            filled = len(chances) * width
            steps = chances[
                round(letter.start * filled) : max(round(letter.start * filled) + 1, round(letter.end * filled))
            ]
            point, comma = (float(steps[:, self._alphabet.index(sign)].max()) for sign in ".,")
            if comma >= _COMMA * point:
                yield replace(letter, text=",")
            else:
                yield replace(letter, confidence=_UNSEEN)

    def _likeliest(self, among: Chances, alphabet: Any) -> Letter:
        """The one numeral of a line in which none is seen before nothing."""
        step, sign = np.unravel_index(int(among[:, 1:].argmax()), among[:, 1:].shape)
        sure = float(among[step, sign + 1])
        return Letter(self._alphabet[int(alphabet[sign + 1])], 0.0, 1.0, sure)

    def _chances(self, lines: Sequence[Picture]) -> Iterator[tuple[Chances, float]]:
        """The probabilities of each line, and which share of the steps it fills."""
        sized = [_sized(line) for line in lines]
        found: dict[int, tuple[Chances, float]] = {}
        order = sorted(range(len(sized)), key=lambda index: sized[index].shape[1])
        for start in range(0, len(order), _TOGETHER):
            some = order[start : start + _TOGETHER]
            width = max(_LEAST_WIDTH, *(sized[index].shape[1] for index in some))
            batch = np.full((len(some), _HEIGHT, width), 255, np.uint8)
            for number, index in enumerate(some):
                batch[number, :, : sized[index].shape[1]] = sized[index]
            given = np.repeat((batch.astype(np.float32) / 127.5 - 1)[:, None], 3, axis=1)
            (told,) = self._session.run(None, {"x": given})
            for number, index in enumerate(some):
                found[index] = told[number], sized[index].shape[1] / width
        return (found[index] for index in range(len(sized)))

    def _letters(self, chances: Chances, width: float, among: Any = None) -> list[Letter]:
        """The likeliest letters: of each run of steps that say the same one, its surest."""
        best, sure = chances.argmax(axis=1), chances.max(axis=1)
        filled = len(chances) * width
        letters: list[Letter] = []
        step = 0
        while step < len(best):
            after = step
            while after < len(best) and best[after] == best[step]:
                after += 1
            if best[step] and self._alphabet[sign := int(best[step] if among is None else among[best[step]])].strip():
                peak = step + int(sure[step:after].argmax())
                start, end = step / filled, after / filled
                letters.append(Letter(self._alphabet[sign], min(start, 1.0), min(end, 1.0), float(sure[peak])))
            step = after
        return letters


def _sized(line: Picture) -> Picture:
    """The line at the height that the model knows."""
    height, width = line.shape
    wide = min(max(round(width * _HEIGHT / height), _STEP), _MOST_WIDTH)
    how = cv2.INTER_CUBIC if height < _HEIGHT else cv2.INTER_AREA
    return np.asarray(cv2.resize(line, (wide, _HEIGHT), interpolation=how), np.uint8)


def _weighed(digits: Sequence[Letter]) -> list[Letter]:
    """The letters of a number, each as sure as it is where hardly anything but a number is to be expected."""
    return [
        replace(one, confidence=_NUMBER_WEIGHT * one.confidence / ((_NUMBER_WEIGHT - 1) * one.confidence + 1))
        for one in digits
    ]


def _least(letters: Sequence[Letter]) -> float:
    return min(letter.confidence for letter in letters)


def _is_mistakable(letters: Sequence[Letter]) -> bool:
    return _MISTAKABLE.fullmatch("".join(letter.text for letter in letters)) is not None


@cache
def recogniser() -> Recogniser:
    """The one of this process."""
    return Recogniser()
