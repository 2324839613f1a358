"""Pictures of lines of text → the probabilities of their characters, and these → letters.

The model is PP-OCRv4's recogniser as RapidOCR ships it (Apache-2.0), run by ONNX Runtime: for each eighth of a line's
height it gives the probability of every character, or of none. What they say is told by corpus.readers.letters, and by
corpus.readers.number_reading where a number is expected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

import cv2
import numpy as np

from corpus.readers.letters import Alphabet, Chances, Letter
from corpus.readers.number_reading import Numbers, Shape
from corpus.readers.picture import Picture

# What the model was trained on: lines of this height; how many pixels a step is wide; no narrower than this.
_HEIGHT = 48
_STEP = 8
_LEAST_WIDTH = 64
_MOST_WIDTH = 3_200
# Paper behind a line's own margin: the model was taught on lines with room, and misreads some that have none.
_PAPER = 16


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
        self._alphabet = Alphabet(self._session.get_modelmeta().custom_metadata_map["character"].splitlines())
        self._numbers = Numbers(self._alphabet)

    def read(self, lines: Sequence[Picture], *, shapes: Sequence[Shape | None]) -> list[list[Letter]]:
        """The letters of each line; ``shapes`` has that of the ink where a number is expected, else None."""
        return [
            self._numbers.read(chances, width, shape) if shape else self._alphabet.letters(chances, width)
            for (chances, width), shape in zip(self._chances(lines), shapes, strict=True)
        ]

    def _chances(self, lines: Sequence[Picture]) -> Iterator[tuple[Chances, float]]:
        """The probabilities of each line, and which share of the steps it fills."""
        for sized in map(_sized, lines):
            own = sized.shape[1]
            # One at a time: lines side by side would be as wide as the widest of them, and leave the processor's cache.
            filled = max(_LEAST_WIDTH, -(-(own + _PAPER) // _STEP) * _STEP)
            line = np.pad(sized, ((0, 0), (0, filled - own)), constant_values=255)
            given = np.repeat((line.astype(np.float32) / 127.5 - 1)[None, None], 3, axis=1)
            (told,) = self._session.run(None, {"x": given})
            yield told[0], own / filled


def _sized(line: Picture) -> Picture:
    """The line at the height that the model knows."""
    height, width = line.shape
    wide = min(max(round(width * _HEIGHT / height), _STEP), _MOST_WIDTH)
    how = cv2.INTER_CUBIC if height < _HEIGHT else cv2.INTER_AREA
    return np.asarray(cv2.resize(line, (wide, _HEIGHT), interpolation=how), np.uint8)


@cache
def recogniser() -> Recogniser:
    """The one of this process."""
    return Recogniser()
