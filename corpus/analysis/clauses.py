"""Which clauses of one body speak of one thing: most of the shorter stands in the other, a good part in one piece.

No two clauses are compared that have no piece in common: whoever looks for the clauses near one looks its pieces up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

SHARED = 0.4
"""The share of the pairs of characters of the shorter that must stand in the longer: tuned on seeds 1 to 5."""
TOGETHER = 3
"""Characters that must stand in both in one piece."""


class Clauses:
    """Clauses, each at least ``TOGETHER`` characters, and which of them are near which."""

    def __init__(self, clauses: Iterable[str]) -> None:
        self._having: dict[str, list[str]] = {}
        for clause in dict.fromkeys(clauses):
            for piece in _pieces(clause, TOGETHER):
                self._having.setdefault(piece, []).append(clause)
        self._pairs: dict[str, frozenset[str]] = {}
        self._near: dict[str, Mapping[str, float]] = {}

    def near(self, clause: str) -> Mapping[str, float]:
        """The clauses near one of these, itself among them, each with the share of the shorter that stands in both."""
        if clause not in self._near:
            candidates = {each for piece in _pieces(clause, TOGETHER) for each in self._having[piece]}
            shares = ((each, self._shared(clause, each)) for each in candidates)
            self._near[clause] = {each: share for each, share in shares if share >= SHARED}
        return self._near[clause]

    def _shared(self, one: str, other: str) -> float:
        mine, theirs = self._pairs_of(one), self._pairs_of(other)
        return len(mine & theirs) / min(len(mine), len(theirs))

    def _pairs_of(self, clause: str) -> frozenset[str]:
        if clause not in self._pairs:
            self._pairs[clause] = _pieces(clause, 2)
        return self._pairs[clause]


def _pieces(clause: str, length: int) -> frozenset[str]:
    return frozenset(clause[at : at + length] for at in range(len(clause) - length + 1))
