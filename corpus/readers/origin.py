"""From a page that was turned level and upright back to the picture that it was: where in it a cell stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.model import Cutout
from corpus.readers.turning import Box, turned, turned_size


@dataclass(frozen=True, slots=True)
class Origin:
    """How a page came of a picture of ``width`` × ``height`` dots: made level by ``level``, then turned by quarters.

    ``level`` is the affine map of two rows that made it level; ``turns`` quarters against the clock made it upright;
    ``scale``: points a dot.
    """

    width: int
    height: int
    level: npt.NDArray[np.float64]
    turns: int
    scale: float

    def cutout(self, box: Box) -> Cutout:
        """The upright part of the picture that holds a box of the page, which is in points."""
        x0, top, x1, bottom = (side / self.scale for side in box)
        # Clockwise by as many quarters as it was turned against the clock.
        x0, top, x1, bottom = turned((x0, top, x1, bottom), self.turns, *turned_size(self.turns, *self._size))
        corners = np.array([[x, y] for x in (x0, x1) for y in (top, bottom)])
        back = np.linalg.inv(self.level[:, :2])
        found = (corners - self.level[:, 2]) @ back.T / np.array(self._size)
        left, upper = map(float, found.min(axis=0).clip(0, 1))
        right, lower = map(float, found.max(axis=0).clip(0, 1))
        return Cutout(round(left, 4), round(upper, 4), round(right, 4), round(lower, 4), self.turns)

    @property
    def _size(self) -> tuple[float, float]:
        return float(self.width), float(self.height)
