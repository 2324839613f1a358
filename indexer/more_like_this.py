"""More like this passage: its rarest words, most of which must stand in a report."""

from __future__ import annotations

from collections.abc import Callable

from indexer.clauses import Clause, Everything, Some, Term
from indexer.normal import normalise
from indexer.segment import Segmenter

MOST = 10
"""Words that stand for a passage."""
LEAST = 0.4
"""The share of them that must occur."""


def more_like_this(passage: str, segmenter: Segmenter, occurrences: Callable[[str], int]) -> Clause:
    """A clause met by reports that speak of what the passage speaks of; everything for one without known words."""
    words = {token.text for token in segmenter.words(normalise(passage)) if len(token.text) > 1}
    known = {word: count for word in sorted(words) if not word.isdigit() and (count := occurrences(word))}
    rarest = sorted(known, key=lambda word: known[word])[:MOST]
    if not rarest:
        return Everything()
    return Some(tuple(map(Term, rarest)), max(1, round(LEAST * len(rarest))))
