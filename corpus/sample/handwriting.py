"""How an author writes a number into a cell; and what such a cell says."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus.sample.figures import Value

_FULL_WIDTH = str.maketrans("0123456789.,+-", "０１２３４５６７８９．，＋－")
_TEN_THOUSAND = 10_000


@dataclass(frozen=True, slots=True)
class Hand:
    """An author's manner: thousands commas, a plus before an increase, full-width digits, amounts in 元."""

    commas: bool = False
    plus: bool = False
    full_width: bool = False
    yuan: bool = False

    @classmethod
    def draw(cls, chance: random.Random) -> Hand:
        """Most authors write plainly."""
        draws = [chance.random() for _ in range(4)]
        return cls(draws[0] < 0.09, draws[1] < 0.25, draws[2] < 0.015, draws[3] < 0.03)

    def write(self, figure: str, value: Value) -> str:
        """The cell of this figure as printed."""
        if self == _PLAIN:
            return str(value)
        if self.yuan and figure == "disclosure.fees.amount" and value:
            return f"{int(value * _TEN_THOUSAND)}元"
        raw = f"{value:,}" if self.commas else str(value)
        if self.plus and value > 0 and figure.endswith(".change"):
            raw = "+" + raw
        return raw.translate(_FULL_WIDTH) if self.full_width else raw

    def write_all(self, cells: Mapping[str, Value]) -> tuple[dict[str, str], dict[str, Decimal | None]]:
        """All cells as printed, and what they say."""
        if self == _PLAIN:
            figures = {figure: _ZERO if value == 0 else str(value) for figure, value in cells.items()}
        else:
            figures = {figure: self.write(figure, value) for figure, value in cells.items()}
        return figures, {figure: decimal(value) for figure, value in cells.items()}


_PLAIN = Hand()
_ZERO = "0"


@lru_cache(maxsize=1 << 15)
def decimal(value: Value) -> Decimal:
    """The exact value; the same small numbers come again and again."""
    return Decimal(value)
