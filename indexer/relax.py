"""No silent zero: what was asked, part by part, and the reports that meet most of it.

Nothing of this counts in a total or a facet. The least is left out: one part where that is enough, and of several
that part without which most is found. A word that no report has as a word is first tried as characters in a row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import and_
from typing import Any, Protocol
from typing import Literal as Choice

from indexer.clauses import And, Clause, Expanded, Filter, Literal, Not, Or, Phrase, Scope, Term, Word
from indexer.describe import words_of
from indexer.normal import normalise

MOST_PARTS = 10
How = Choice["left_out", "characters", "parts", "some"]


class Reports(Protocol):
    """Reports that meet something, as an engine has them."""

    @property
    def count(self) -> int:
        """How many they are."""

    def __and__(self, other: Any) -> Reports:
        """Those that are among the others, which are of the same engine, too."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A part that was left out or weakened: ``text`` as typed, a filter as ``name=value``; what it finds alone."""

    text: str
    how: How
    found: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what was asked: as typed, the reports that meet it, and a weaker way to say it with those that do."""

    text: str
    met: Reports
    weaker: Reports | None = None
    how: How = "characters"
    instead: Clause | None = None


def relax(parts: Sequence[Part]) -> tuple[tuple[Relaxed, ...], Reports | None]:
    """What to give up so that something is found, and what is found then; nothing where no part finds anything."""
    parts = parts[:MOST_PARTS]
    weakened = {place for place, part in enumerate(parts) if not part.met.count and _count(part.weaker)}
    if weakened and (best := _found(parts, weakened, ())).count:
        return tuple(_weaker(parts[place]) for place in sorted(weakened)), best
    for many in range(1, len(parts)):
        tried = [(_found(parts, weakened, left), left) for left in combinations(range(len(parts)), many)]
        best, left = max(tried, key=lambda each: each[0].count)
        if best.count:
            named = [_weaker(parts[place]) for place in sorted(weakened - {*left})]
            named += [Relaxed(parts[place].text, "left_out", parts[place].met.count) for place in left]
            return tuple(named), best
    return (), None


def weaker(clause: Clause) -> list[tuple[How, Clause]]:
    """Weaker ways to say a word: its characters in a row, wherever they stand; the words inside it; some of them."""
    match clause:
        case Word():
            text = normalise(clause.text)
            words = [Term(word) for part in clause.parts for word in _words(part) if len(word) > 1]
            found: list[tuple[How, Clause]] = [("characters", Literal(text, quoted=True))] if len(text) > 1 else []
            found += [("parts", And(tuple(words)))] if words else []
            return [*found, ("some", Or(tuple(words)))] if len(words) > 1 else found
        case Expanded():
            return weaker(clause.clause)
        case Scope():
            return [(how, Scope(clause.fields, inner)) for how, inner in weaker(clause.clause)]
    return []


def _words(part: Clause) -> tuple[str, ...]:
    match part:
        case Term():
            return (part.text,)
        case Phrase():
            return tuple(word for word, _ in part.words)
    return ()


def conjuncts(clause: Clause) -> list[tuple[str, Clause]]:
    """The clauses that must all be met, each with the words for it."""
    if isinstance(clause, And):
        return [each for part in clause.clauses for each in conjuncts(part)]
    if isinstance(clause, Filter):
        return [("|".join(clause.values), clause)]
    if isinstance(clause, Not):
        return [("-" + words_of(clause.clause), clause)]
    return [(words_of(clause), clause)]


def part(text: str, clause: Clause, met: Callable[[Clause], Reports]) -> Part:
    """A part by what meets it, and by what meets a weaker form where nothing does."""
    found = met(clause)
    if not found.count:
        for how, other in weaker(clause):
            if (less := met(other)).count:
                return Part(text, found, less, how, other)
    return Part(text, found)


def _found(parts: Sequence[Part], weakened: set[int], left: Sequence[int]) -> Reports:
    """The reports that meet every part but those left out, of which there are fewer than parts."""
    kept = ((place, each) for place, each in enumerate(parts) if place not in left)
    return reduce(and_, [each.weaker if place in weakened and each.weaker else each.met for place, each in kept])


def _weaker(each: Part) -> Relaxed:
    return Relaxed(each.text, each.how, _count(each.weaker))


def _count(met: Reports | None) -> int:
    return 0 if met is None else met.count
