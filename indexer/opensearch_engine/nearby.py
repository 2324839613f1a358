"""Words near each other: what has them all is asked of OpenSearch, how near they stand is read in the text.

Its proximity queries count from one match's end to the next one's beginning, over all parts together; ours chain from
part to part, and a word may lie within its neighbour (indexer/postings.py). So the candidates are read, which costs a
document each: the rarest word bounds them.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from indexer import postings
from indexer.clauses import Literal, Near, Part, Phrase, Term
from indexer.opensearch_engine.cuts import Cut
from indexer.postings import Keys


def occurrences(leaf: Near, text: Cut) -> int:
    """How often the parts stand near each other in a text."""
    found = _places(leaf.parts[-1], text)
    for before, after in reversed(list(pairwise(leaf.parts))):
        found = postings.near(_places(before, text), len(before.text), found, len(after.text), leaf.slop)
    return found.size


def _places(part: Part, text: Cut) -> Keys:
    """Where a part begins."""
    match part:
        case Term():
            return _keys(text, part.text)
        case Phrase():
            return postings.chain([(_keys(text, word), offset) for word, offset in part.words])
        case Literal():
            return np.array(text.characters(part.text), np.int64)


def _keys(text: Cut, token: str) -> Keys:
    return np.array(text.word(token), np.int64)
