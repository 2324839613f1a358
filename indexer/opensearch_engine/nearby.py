"""Words near each other: what has them all is asked of OpenSearch, how near they stand is read in the text.

Its proximity queries count from one match's end to the next one's beginning, over all parts together; ours chain from
part to part, and a word may lie within its neighbour (indexer/postings.py). So the candidates are read, which costs a
document each: the rarest word bounds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np

from indexer import postings
from indexer.clauses import Literal, Near, Part, Phrase, Term
from indexer.postings import Keys
from indexer.segment import Segmenter


def stands(leaf: Near, text: str, segmenter: Segmenter) -> bool:
    """Whether the parts stand near each other in a normalised text."""
    standing: dict[str, list[int]] = {}
    for token, start in zip(*segmenter.tokens(text), strict=True):
        standing.setdefault(token, []).append(start)
    found = _places(leaf.parts[-1], text, standing)
    for before, after in reversed(list(pairwise(leaf.parts))):
        reached = _places(before, text, standing)
        found = postings.near(reached, len(before.text), found, len(after.text), leaf.slop)
    return bool(found.size)


def _places(part: Part, text: str, standing: Mapping[str, list[int]]) -> Keys:
    """Where a part begins."""
    match part:
        case Term():
            return _keys(standing, part.text)
        case Phrase():
            return postings.chain([(_keys(standing, word), offset) for word, offset in part.words])
        case Literal():
            return np.fromiter(_occurrences(part.text, text), np.int64)


def _keys(standing: Mapping[str, list[int]], token: str) -> Keys:
    return np.unique(np.array(standing.get(token, []), np.int64))


def _occurrences(piece: str, text: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)
