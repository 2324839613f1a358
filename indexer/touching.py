"""Words that touch, read as their parts: 黑臭水体征地补偿 is 黑臭水体 and 征地补偿.

The segmenter cuts a run of characters by frequencies of its dictionary, and may cut it across the words that were
meant. Where no report has what came of it, the run is cut otherwise. Which way depends on the word and the index
alone, never on what stands beside it, so that the laws of sets hold for the reading too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from indexer.clauses import And, Clause, Expanded, Ignored, Literal, Not, Or, Query, Scope, Word
from indexer.normal import normalise
from indexer.parts import parts_of
from indexer.segment import Segmenter

SHORTEST = 2
"""Characters of a part."""
LONGEST = 24
"""Characters of a run that is cut otherwise; what is longer is a sentence."""
MOST = 4
"""Parts of a run."""

Found = Callable[[Clause], bool]
"""Whether any report meets a clause."""


def read_touching(query: Query, segmenter: Segmenter, found: Found) -> Query:
    """The query with every word that no report has read as its parts, where there are reports that have those."""
    read: list[Ignored] = []

    def walk(clause: Clause) -> Clause:
        match clause:
            case Word():
                parts = _parts(clause, segmenter, found)
                if parts is None:
                    return clause
                read.append(Ignored(clause.text, "read_as_parts"))
                return parts
            case Scope() | Not():
                return replace(clause, clause=walk(clause.clause))
            case And() | Or():
                return replace(clause, clauses=tuple(map(walk, clause.clauses)))
            case Expanded():
                return clause if found(clause) else replace(clause, clause=walk(clause.clause))
        return clause

    return replace(query, clause=walk(query.clause), ignored=(*query.ignored, *dict.fromkeys(read)))


def _parts(word: Word, segmenter: Segmenter, found: Found) -> Clause | None:
    text = normalise(word.text)
    if (joined := _joined(text, segmenter)) is not None and not found(word) and found(joined):
        return joined
    if not 2 * SHORTEST <= len(text) <= LONGEST or not min(text) >= "\u3400" or found(word):
        return None
    cuts = _cuts(text, found)
    for count in range(2, MOST + 1):
        for places in _chosen(len(text), count, cuts):
            pieces = [text[first:last] for first, last in pairwise((0, *places, len(text)))]
            words = [Word(piece, parts_of(piece, segmenter)) for piece in pieces]
            if all(map(found, words)) and found(clause := And(tuple(words))):
                return clause
    return None


def _joined(text: str, segmenter: Segmenter) -> Clause | None:
    """讨薪和尾矿库: what 和 joins, without it."""
    pieces = re.split("[和与及跟、]", text)
    if len(pieces) < 2 or min(map(len, pieces)) < SHORTEST:
        return None
    return And(tuple(Word(piece, parts_of(piece, segmenter)) for piece in pieces))


def _cuts(text: str, found: Found) -> set[int]:
    """Where the run must be cut: no report has the two characters side by side."""
    return {at for at in range(1, len(text)) if not found(Literal(text[at - 1 : at + 1]))}


def _chosen(length: int, count: int, needed: set[int], start: int = 0) -> Iterator[tuple[int, ...]]:
    """The ways to cut into so many parts that cut wherever it is needed; the longest first part first."""
    if count == 1:
        if not any(start < at < length for at in needed):
            yield ()
        return
    for at in range(length - SHORTEST * (count - 1), start + SHORTEST - 1, -1):
        if not any(start < cut < at for cut in needed):
            for rest in _chosen(length, count - 1, needed, at):
                yield (at, *rest)
