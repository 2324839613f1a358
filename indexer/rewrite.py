"""A query fitted to an index: tokens that no report has are looked for as characters in a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from indexer.clauses import And, Clause, Expanded, Ignored, Literal, Near, Not, Or, Part, Query, Scope, Term, Word


def fit(query: Query, known: Callable[[str], bool]) -> Query:
    """Replace every unknown token of two characters or more by its characters, and say so.

    The segmenter may have read a word differently in every report in which it stands; nothing typed may come to a
    silent zero.
    """
    read: list[Ignored] = []

    def part(leaf: Part) -> Part:
        if not isinstance(leaf, Term) or len(leaf.text) < 2 or known(leaf.text):
            return leaf
        read.append(Ignored(leaf.text, "unknown_words"))
        return Literal(leaf.text)

    def walk(clause: Clause) -> Clause:
        match clause:
            case Term():
                return part(clause)
            case Word() | Near():
                return replace(clause, parts=tuple(part(leaf) for leaf in clause.parts))
            case Scope() | Not():
                return replace(clause, clause=walk(clause.clause))
            case And() | Or():
                return replace(clause, clauses=tuple(map(walk, clause.clauses)))
            case Expanded():
                return replace(clause, clause=walk(clause.clause))
        return clause

    fitted = walk(query.clause)
    return replace(query, clause=fitted, ignored=(*query.ignored, *dict.fromkeys(read)))
