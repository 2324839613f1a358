"""Terms of an index in a row, and who reads where they stand."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import NamedTuple

import numpy as np

from indexer.postings import DOCUMENT_SHIFT, NONE, Keys, pair_code
from indexer.view import Numbers


class Stretch(NamedTuple):
    """Terms of a field in a row: one, or all from ``first`` up to before ``last``."""

    field: str
    first: str | int
    last: str | int | None = None


class Stretches(ABC):
    """Postings (view.py) by the stretches in which an index holds them."""

    @abstractmethod
    def read(self, stretch: Stretch) -> Keys:
        """Where terms stand."""

    def word(self, text: str) -> Keys:
        """Where a token stands."""
        return self.read(Stretch("words", text))

    def pair(self, text: str) -> Keys:
        """Where two characters stand in a row."""
        return self.read(Stretch("pairs", pair_code(*text)))

    def prefix(self, text: str) -> Keys:
        """Where tokens stand that begin so."""
        return self.read(Stretch("words", text, text[:-1] + chr(ord(text[-1]) + 1)))

    def character(self, text: str) -> Keys:
        """Where a character stands."""
        return self.read(Stretch("pairs", pair_code(text, chr(0)), pair_code(chr(ord(text) + 1), chr(0))))


def inside(keys: Keys, documents: Numbers) -> Keys:
    """The occurrences in some documents, which stand in order."""
    begins, ends = (keys.searchsorted(documents + further << DOCUMENT_SHIFT) for further in (0, 1))
    parts = [keys[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
    return np.concatenate([NONE, *parts])
