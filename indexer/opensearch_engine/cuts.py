"""Where the words of a text begin and end, as a short string: kept with a report, which is then never cut again.

Two characters a word: the distance from the beginning of the one before, and its own length. A length of 0 is no word
but a step on the way to one that is far.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

_BASE = ord("@")
_FAR = 0xD000
"""The greatest number: with _BASE still below what UTF-16 keeps for its pairs."""
_END_BITS = 32


def written(text: str, tokens: Sequence[str], starts: Sequence[int]) -> str:
    """The tokens of a normalised text, each with where it begins, as a string."""
    said: list[str] = []
    at = 0
    for start, token in sorted(zip(starts, tokens, strict=True), key=lambda pair: pair[0]):
        while start - at > _FAR:
            said += chr(_BASE + _FAR), chr(_BASE)
            at += _FAR
        said += chr(_BASE + start - at), chr(_BASE + min(_extent(text, start, token), _FAR))
        at = start
    return "".join(said)


class Cut:
    """A normalised text with its words."""

    def __init__(self, text: str, said: str) -> None:
        self.text = text
        self._said = said

    @cached_property
    def _spans(self) -> NDArray[np.int64]:
        """Beginning and end of each word, as one number, in order."""
        numbers = np.frombuffer(self._said.encode("utf-32-le"), "<u4").astype(np.int64).reshape(-1, 2) - _BASE
        starts = np.cumsum(numbers[:, 0])
        return np.sort((starts << _END_BITS | (starts + numbers[:, 1]))[numbers[:, 1] > 0])

    def tokens(self) -> Iterator[str]:
        """All words, as the index has them."""
        for span in self._spans.tolist():
            yield _token(self.text[span >> _END_BITS : span & (1 << _END_BITS) - 1])

    def word(self, token: str) -> list[int]:
        """Where a word stands."""
        # The text may have 1,234 where the index has 1234.
        spelt = ",?".join(map(re.escape, token)) if any(map(str.isdigit, token)) else re.escape(token)
        found = [match.start() << _END_BITS | match.end(1) for match in re.finditer(f"(?=({spelt}))", self.text)]
        return [span >> _END_BITS for span in found if self._has(span)] if found else []

    def prefix(self, begun: str) -> list[int]:
        """Where words stand that begin so; a place where two do (政务 and 政务公开) counts once."""
        spans = zip(self._spans.tolist(), self.tokens(), strict=True)
        return list(dict.fromkeys(span >> _END_BITS for span, token in spans if token.startswith(begun)))

    def characters(self, text: str) -> list[int]:
        """Where characters stand in a row."""
        return [match.start() for match in re.finditer(f"(?={re.escape(text)})", self.text)]

    def _has(self, span: int) -> bool:
        place = int(np.searchsorted(self._spans, span))
        return place < self._spans.size and int(self._spans[place]) == span


def _extent(text: str, start: int, token: str) -> int:
    """How many characters of the text a token takes: commas inside numbers are left out of it."""
    end = start
    for sign in token:
        while text[end] != sign:
            end += 1
        end += 1
    return end - start


def _token(piece: str) -> str:
    return piece.replace(",", "")
