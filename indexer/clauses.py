"""A query as a tree of frozen values: what every engine evaluates, and what is shown as understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as Choice

from indexer.request import MetricRange

Reason = Choice[
    "too_long",  # the query was cut at MAX_LENGTH characters
    "too_many_words",  # words beyond MAX_WORDS are left out
    "unclosed_quote",  # the quotation mark is left out, the words after it are kept
    "unbalanced_parenthesis",  # left out
    "too_deep",  # parentheses nested beyond MAX_DEPTH are left out
    "dangling_operator",  # AND, OR, NOT or - with nothing to stand before
    "nothing_to_search",  # punctuation without a letter, digit or ideograph
    "unknown_value",  # the field has no such value: searched as a word
    "unknown_metric",  # a comparison with no metric of that name: searched as words
    "not_held",  # an address or an id that no report has
    "unknown_field",  # a word before a colon that is no field: read as it stands
    "yearly_only",  # a month, a quarter, half a year: the reports tell whole years only
    "not_a_number",  # the bound of a comparison cannot be read: searched as words
    "lower_case_operator",  # and, or, not are words; the operators are written in capitals
    "read_as_parts",  # no report has this as it stands: read as the words that touch in it
]


@dataclass(frozen=True, slots=True)
class Everything:
    """Every report."""


@dataclass(frozen=True, slots=True)
class Term:
    """A token as the index has it."""

    text: str


@dataclass(frozen=True, slots=True)
class Literal:
    """Characters in a row within one paragraph, normalised: found whatever the segmenter makes of them."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side, each with its distance in characters from the first; ``text`` is normalised.

    What the segmenter does not know falls into single characters, and is found where it falls into the same ones:
    讨薪 in 讨|薪, never in 讨论|薪酬, nor 上访 in 网上|访谈.
    """

    text: str
    words: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Parts of which each stands within ``slop`` characters of the one before it, in any order.

    The distance is that between the end of one and the beginning of the other.
    """

    text: str
    parts: tuple[Part, ...]
    slop: int


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so."""

    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """What stood between spaces: all parts must occur. ``text`` as typed."""

    text: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A property of the report: a facet (``facets.FACETS``) and values, which are alternatives."""

    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportId:
    """The report of this id."""

    id: str


@dataclass(frozen=True, slots=True)
class Address:
    """The reports captured at an address, or shown at it on this site."""

    url: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A range of a metric; a report without a value never meets it."""

    range: MetricRange


@dataclass(frozen=True, slots=True)
class Scope:
    """A clause that must be met within one of these fields (names of schema.FIELDS)."""

    fields: tuple[str, ...]
    clause: Clause


@dataclass(frozen=True, slots=True)
class Not:
    """Reports that do not meet the clause."""

    clause: Clause


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least ``least`` of them."""

    clauses: tuple[Clause, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Expanded:
    """A word together with what means the same (thesaurus.toml, names of places); ``added`` as shown."""

    clause: Clause
    alternatives: tuple[Clause, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Misread:
    """What a machine may have made of a word in the reports that it read from pictures: found, and never weighed."""

    clause: Clause


Clause = (
    Everything
    | Term
    | Literal
    | Phrase
    | Near
    | Prefix
    | Word
    | Filter
    | ReportId
    | Address
    | Condition
    | Scope
    | Not
    | And
    | Or
    | Some
    | Expanded
    | Misread
)
Part = Term | Literal | Phrase
Leaf = Part | Near | Prefix


@dataclass(frozen=True, slots=True)
class Ignored:
    """A part of the query that was not taken as it stands, and why."""

    text: str
    reason: Reason


PieceKind = Choice[
    "word", "quotation", "place", "year", "level", "kind", "yearly_report", "report", "address", "document", "field",
    "condition", "order", "question",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """What a part of the query was taken for: ``value`` is a year's span, a place's name, a level, an id.

    ``start`` and ``end`` are offsets in the query as typed, by which it can be taken away.
    """

    kind: PieceKind
    text: str
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query.

    ``pieces`` are the parts of the text, each with what it was taken for; ``runs`` the words of each run together.
    ``ignored`` names every part that was left out or read in another way; ``words`` are those wanted, as typed,
    whatever the clause is rewritten to.
    """

    text: str
    clause: Clause
    ignored: tuple[Ignored, ...] = ()
    words: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    runs: tuple[str, ...] = ()
