"""What of a query reports are wanted for: its leaves, words and places, none of them under a Not."""

from __future__ import annotations

from collections.abc import Iterator

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


def wanted(clause: Clause, fields: tuple[str, ...] = ()) -> Iterator[tuple[Leaf, tuple[str, ...]]]:
    """The leaves that reports are wanted for (none under a Not), each with the fields it is held to, () for any."""
    match clause:
        case Term() | Literal() | Phrase() | Near() | Prefix():
            yield clause, fields
        case Word():
            for part in clause.parts:
                yield part, fields
        case Scope():
            inner = tuple(field for field in clause.fields if field in fields) if fields else clause.fields
            yield from wanted(clause.clause, inner)
        case And() | Or() | Some():
            for branch in clause.clauses:
                yield from wanted(branch, fields)
        case Expanded():
            for branch in (clause.clause, *clause.alternatives):
                yield from wanted(branch, fields)
        case Everything() | Filter() | ReportId() | Address() | Condition() | Not() | Misread():
            return


def mistaken(clause: Clause) -> Iterator[Leaf]:
    """What reports are found by without being wanted for it: words mistaken by a machine, none under a Not."""
    match clause:
        case Misread():
            yield from (leaf for leaf, _ in wanted(clause.clause))
        case Expanded():
            for branch in clause.alternatives:
                yield from mistaken(branch)
        case Scope():
            yield from mistaken(clause.clause)
        case And() | Or():
            for branch in clause.clauses:
                yield from mistaken(branch)
        case _:
            return


def wanted_words(clause: Clause) -> Iterator[Word]:
    """The words as typed, none under a Not."""
    match clause:
        case Word():
            yield clause
        case Scope() | Expanded():
            yield from wanted_words(clause.clause)
        case And() | Or():
            for branch in clause.clauses:
                yield from wanted_words(branch)
        case _:
            return


def preferred(clause: Clause) -> Iterator[Filter]:
    """The properties that words were widened to: reports of a place that was named, none under a Not."""
    match clause:
        case Expanded():
            yield from (other for other in clause.alternatives if isinstance(other, Filter))
        case Scope():
            yield from preferred(clause.clause)
        case And() | Or():
            for branch in clause.clauses:
                yield from preferred(branch)
        case _:
            return
