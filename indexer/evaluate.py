"""Clauses → which reports meet them, by array operations over the postings.

Every clause becomes a row of bits for each report: one for each field in which it is met, one for "anywhere". And, Or
and Not are then the operations on bits, and the same result tells the totals, the counts of the section facet and
what a search held to some sections finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache, reduce

import numpy as np
from numpy.typing import NDArray

from corpus.budget import check
from indexer import postings
from indexer.addresses import REPORT_ID, address_tag
from indexer.clauses import (
    Address,
    And,
    Clause,
    Condition,
    Everything,
    Expanded,
    Filter,
    Leaf,
    Literal,
    Misread,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    ReportId,
    Scope,
    Some,
    Term,
    Word,
)
from indexer.fields import FIELDS, ORDINAL
from indexer.masks import mask, within
from indexer.postings import Keys
from indexer.standing import Standing
from indexer.view import View

_REPORT = re.compile(REPORT_ID)

Bits = NDArray[np.uint16]

ANYWHERE = np.uint16(1 << 15)
_ALL = np.uint16(0xFFFF)
_FIELDS = np.uint16((1 << len(FIELDS)) - 1)


@lru_cache(1 << 8)
def field_bits(fields: tuple[str, ...]) -> np.uint16:
    """The bits of some fields."""
    return np.uint16(sum(1 << ORDINAL[field] for field in set(fields)))


class Evaluation:
    """The evaluation of one query over one view; every leaf is read once."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._standing = Standing(view)

    def bits(self, clause: Clause, fields: np.uint16 = _FIELDS) -> Bits:  # noqa: C901, PLR0911, PLR0912 - a case for each
        """For each document the fields in which the clause is met, and ANYWHERE. ``fields`` are those that count."""
        check()
        size = self.view.columns.size
        match clause:
            case Everything():
                return np.full(size, _ALL)
            case Term() | Literal() | Phrase() | Near() | Prefix():
                return self._leaf(clause) if fields == _FIELDS else _held(self._leaf(clause), fields)
            case Word():
                return self._all(clause.parts, fields)
            case And():
                return self._all(clause.clauses, fields)
            case Or():
                return self._any(clause.clauses, fields)
            case Some():
                return self._some(clause, fields)
            case Expanded():
                return self._expanded(clause, fields)
            case Misread():
                return self.bits(clause.clause, fields)
            case Not():
                # A negated word must occur nowhere, whatever sections the others are asked to occur in.
                return _everywhere(self.bits(clause.clause, fields) & ANYWHERE == 0)
            case Scope():
                held = field_bits(clause.fields)
                return _everywhere(
                    (self.bits(clause.clause, held) & ANYWHERE != 0) & (self.view.columns.present & held != 0)
                )
            case Filter():
                return _everywhere(mask(self.view, clause.kind, clause.values))
            case ReportId() | Address():
                return self._identified(clause)
            case Condition():
                return _everywhere(within(self.view, (clause.range,)))

    def _identified(self, clause: ReportId | Address) -> Bits:
        """The report of an id, or those captured at an address."""
        id_ = clause.id if isinstance(clause, ReportId) else next(iter(_REPORT.findall(clause.url)), "")
        found = self.view.columns.ids == id_.encode()
        if isinstance(clause, Address) and not id_:
            found[self.view.tagged(address_tag(clause.url))] = True
        return _everywhere(found)

    def keys(self, leaf: Leaf) -> Keys:
        """Where a leaf stands."""
        return self._standing.keys(leaf)

    def _leaf(self, leaf: Leaf) -> Bits:
        return self.view.kept(("bits", leaf), lambda: self._read(leaf))

    def _read(self, leaf: Leaf) -> Bits:
        bits = np.zeros(self.view.columns.size, np.uint16)
        keys = self.keys(leaf)
        if keys.size:
            documents = postings.documents(keys)
            starts = np.flatnonzero(np.diff(documents, prepend=-1))
            fields = np.uint16(1) << postings.fields(keys).astype(np.uint16)
            bits[documents[starts]] = np.bitwise_or.reduceat(fields, starts) | ANYWHERE
        return bits

    def _expanded(self, clause: Expanded, fields: np.uint16) -> Bits:
        """The word or one of its equals. A report of the place meets it in no section: there it must be named."""
        places = [other for other in clause.alternatives if isinstance(other, Filter)]
        words = [clause.clause, *(other for other in clause.alternatives if other not in places)]
        bits = self._any(words, fields)
        if fields != _FIELDS or not places:
            return bits
        return bits | (self._any(places, fields) & ANYWHERE)

    def _some(self, clause: Some, fields: np.uint16) -> Bits:
        rows = [self.bits(part, fields) for part in clause.clauses]
        bits = np.zeros(self.view.columns.size, np.uint16)
        for bit in (*range(len(FIELDS)), 15):
            met = np.sum([(row >> np.uint16(bit)) & np.uint16(1) for row in rows], axis=0)
            bits |= (met >= clause.least).astype(np.uint16) << np.uint16(bit)
        return bits

    def _all(self, clauses: Iterable[Clause], fields: np.uint16) -> Bits:
        return reduce(np.bitwise_and, [self.bits(clause, fields) for clause in clauses])

    def _any(self, clauses: Iterable[Clause], fields: np.uint16) -> Bits:
        return reduce(np.bitwise_or, [self.bits(clause, fields) for clause in clauses])


def held_to(keys: Keys, fields: tuple[str, ...]) -> Keys:
    """The occurrences in some fields; all of them where none are named."""
    return keys[np.isin(postings.fields(keys), [ORDINAL[field] for field in fields])] if fields else keys


def _held(bits: Bits, fields: np.uint16) -> Bits:
    """Bits in some fields, and ANYWHERE for anywhere in them."""
    bits = bits & fields
    return np.where(bits != 0, bits | ANYWHERE, np.uint16(0))


def _everywhere(met: NDArray[np.bool_]) -> Bits:
    """A property of the whole report is met in each of its fields."""
    return np.where(met, _ALL, np.uint16(0))
