"""From a page that was turned level and upright back to the picture that it was: where in it a cell stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.model import Cutout
from corpus.readers.turning import Box, turned, turned_size

POINTS = 72.0
"""In an inch."""


@dataclass(frozen=True, slots=True)
class Origin:
    """How a page came of a picture, both sizes in dots: made a level sheet by ``level``, then turned by quarters.

    ``level`` is a projective map, three rows of three numbers; ``turns`` quarters against the clock made the sheet
    upright; ``scale``: points a dot; ``left``: where on it the page begins, in points, of two side by side.
    """

    picture: tuple[int, int]
    sheet: tuple[int, int]
    level: npt.NDArray[np.float64]
    turns: int
    scale: float
    left: float = 0.0

    def cutout(self, box: Box) -> Cutout:
        """The upright part of the picture that holds a box of the page, which is in points."""
        x0, top, x1, bottom = (side / self.scale for side in (box[0] + self.left, box[1], box[2] + self.left, box[3]))
        # Clockwise by as many quarters as it was turned against the clock.
        x0, top, x1, bottom = turned((x0, top, x1, bottom), self.turns, *turned_size(self.turns, *self.sheet))
        corners = np.array([[x, y, 1.0] for x in (x0, x1) for y in (top, bottom)])
        placed = corners @ np.linalg.inv(self.level).T
        found = placed[:, :2] / placed[:, 2:] / np.array(self.picture)
        left, upper = map(float, found.min(axis=0).clip(0, 1))
        right, lower = map(float, found.max(axis=0).clip(0, 1))
        return Cutout(round(left, 4), round(upper, 4), round(right, 4), round(lower, 4), self.turns)
