"""Numbers weighed against their ink: what may hide another digit is never sure."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.readers.letters import Alphabet
from corpus.readers.number_reading import Numbers, Shape

SIGNS = "0123456789-.,/%"


@pytest.mark.parametrize(("width", "marks", "is_sure"), [(0.45, 1, True), (0.8, 2, False), (0.9, 2, False)])
def test_a_digit_with_the_ink_of_two_is_unsure(width: float, marks: int, *, is_sure: bool) -> None:
    chances = np.full((12, len(SIGNS) + 2), 0.0005, np.float32)
    chances[:, 0] = 0.99
    chances[5] = 0.0005
    chances[5, 1 + SIGNS.index("1")] = 0.99
    (letter,) = Numbers(Alphabet(SIGNS)).read(chances, 1.0, Shape(width, is_dashed=False, marks=marks))
    assert letter.text == "1"
    assert (letter.confidence > 0.5) is is_sure
