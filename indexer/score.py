"""How well reports meet a query: BM25 over weighted fields (BM25F), and words that stand together.

Robertson, Zaragoza: The Probabilistic Relevance Framework: BM25 and Beyond (2009), sections 3.5 and 3.6.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer import postings
from indexer.clauses import And, Clause, Expanded, Leaf, Query, Scope, Word
from indexer.evaluate import Evaluation
from indexer.fields import FIELDS, ORDINAL
from indexer.masks import mask
from indexer.postings import Keys
from indexer.view import Columns, Numbers, View
from indexer.wanted import preferred, wanted

K1 = 1.2
B = 0.6
TOGETHER = 1.0
"""What a pair of words of the query counts where they stand together, against a word of that rarity."""
WITHIN = 3
"""Characters that may lie between words that stand together."""
PLACE = 12.0
"""What a report of a place that the query names counts for it, against one that only mentions the place."""
NAMED = 6.0
"""What it counts that a word of the query is the whole name of the agency."""
KNOWN = 1000.0
"""What it counts that the words are the name of the agency, or of the government's place, and nothing else."""
GOVERNMENT = 3.0
"""What the report of a named place's government counts before those of its other bodies."""
NAME = 4
"""Characters from which a word can be one."""
RECENCY = 0.002
"""Per year: decides only between reports that are as good as equal."""

Scores = NDArray[np.floating]

_NOBODY: Numbers = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Known:
    """Names of agencies (normalised) and codes of places that a query names; True where it says nothing else."""

    agencies: Mapping[str, bool]
    places: Mapping[str, bool]


NOTHING_KNOWN = Known({}, {})


@dataclass(frozen=True, slots=True)
class Collection:
    """What a view that shows a part of the reports cannot tell of all of them.

    ``count`` is how many they are, ``average`` how long each field is where there is one; ``having`` tells how many of
    them have a leaf, or two together, in some fields.
    """

    count: int
    average: NDArray[np.float32]
    having: Callable[[tuple[Leaf, ...], tuple[str, ...]], int]


def norms(columns: Columns, average: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
    """What one occurrence counts in each field of each document: the field's weight over its relative length."""
    found = columns.lengths.astype(np.float32)
    if average is None:
        average = found.sum(axis=0) / np.maximum(np.count_nonzero(found, axis=0), 1)
    weights = np.array([field.weight for field in FIELDS], np.float32)
    # In place: an array of this size is new memory each time.
    found *= (B / np.maximum(average, 1)).astype(np.float32)
    found += np.float32(1 - B)
    return np.divide(weights, found, out=found)


class Scorer:
    """Scores of one query over a view; of one that shows a part of the reports, by the whole ``collection``."""

    def __init__(
        self, evaluation: Evaluation, view: View, weights: NDArray[np.float32], collection: Collection | None = None
    ) -> None:
        self._evaluation = evaluation
        self._view = view
        self._columns = view.columns
        self._norms = weights
        self._collection = collection

    def scores(self, query: Query, sections: tuple[str, ...] = (), known: Known = NOTHING_KNOWN) -> Scores:
        """A score for each document of the view. ``sections`` hold all leaves to them."""
        clause = query.clause
        total = np.zeros(self._columns.size, np.float64)
        leaves = dict.fromkeys(wanted(clause, sections))
        for leaf, fields in leaves:
            total += self._leaf(leaf, fields)
        for first, second in neighbours(clause):
            total += TOGETHER * self._together(first, second)
        for name, whole in known.agencies.items():
            total[self._named(name)] += KNOWN if whole else NAMED
        for code, whole in known.places.items():
            total[self._governments(code)] += KNOWN if whole else GOVERNMENT
        for place in preferred(clause):
            total[mask(self._view, place.kind, place.values)] += PLACE
        total += RECENCY * self._columns.recency
        # A known item is looked for, not a text: what its reports say does not matter, the newest comes first.
        items = total >= KNOWN
        total[items] = KNOWN + self._columns.recency[items]
        return total.astype(np.float32)

    def _governments(self, code: str) -> NDArray[np.bool_]:
        """The reports of a place's own government."""
        return np.asarray((self._columns.region == int(code)) & mask(self._view, "kind", ("government",)))

    def _leaf(self, leaf: Leaf, fields: tuple[str, ...]) -> Scores:
        """What a leaf counts for each document that has it."""
        return self._view.kept(
            ("weights", leaf, fields), lambda: self._weigh((leaf,), self._evaluation.keys(leaf), fields)
        )

    def _together(self, first: Leaf, second: Leaf) -> Scores:
        """What it counts that two leaves stand together."""
        both = (first, second)
        return self._view.kept(("together", *both), lambda: self._weigh(both, self._near(first, second), ()))

    def _near(self, first: Leaf, second: Leaf) -> Keys:
        both = (self._evaluation.bits(first) & self._evaluation.bits(second)) != 0
        return postings.near(
            self._inside(self._evaluation.keys(first), both),
            len(first.text),
            self._inside(self._evaluation.keys(second), both),
            len(second.text),
            WITHIN,
        )

    def _named(self, text: str) -> Numbers:
        """The documents whose agency has just this name."""
        return self._view.kept(("named", text), lambda: self._view.named(text)) if len(text) >= NAME else _NOBODY

    def _inside(self, keys: Keys, documents: NDArray[np.bool_]) -> Keys:
        return keys[documents[postings.documents(keys)]]

    def _weigh(self, leaves: tuple[Leaf, ...], keys: Keys, fields: tuple[str, ...]) -> Scores:
        if fields:
            keys = keys[np.isin(postings.fields(keys), [ORDINAL[field] for field in fields])]
        numbers = postings.documents(keys)
        if (whole := self._collection) is None:
            rare = rarity(self._columns.count, int(np.count_nonzero(np.diff(numbers, prepend=-1))))
        else:
            rare = rarity(whole.count, whole.having(leaves, fields))
        weight = np.bincount(numbers, self._norms[numbers, postings.fields(keys)], self._columns.size)
        return np.asarray(rare * weight * (K1 + 1) / (weight + K1), np.float32)


def rarity(count: int, having: int) -> float:
    """What a word counts that so many of so many reports have."""
    return math.log1p((count - having + 0.5) / (having + 0.5))


def neighbours(clause: Clause) -> list[tuple[Leaf, Leaf]]:
    """Leaves that follow each other in the query and are all wanted."""
    leaves = _row(clause)
    return list(pairwise(leaves))


def _row(clause: Clause) -> list[Leaf]:
    match clause:
        case Word():
            return list(clause.parts)
        case Scope() | Expanded():
            return _row(clause.clause)
        case And():
            return [leaf for part in clause.clauses for leaf in _row(part)]
    return []
