"""From what was asked to a Query that an index can answer: parsed, expanded, and read by what the index holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from indexer.clauses import Address, And, Clause, Everything, Filter, Ignored, Piece, Query, ReportId
from indexer.misread import with_misreadings
from indexer.more_like_this import more_like_this
from indexer.names import Names
from indexer.normal import normalise
from indexer.parse import MAX_LENGTH, parse
from indexer.phrasing import Phrasing
from indexer.query_expansion import expand
from indexer.request import SearchRequest
from indexer.score import Known
from indexer.segment import Segmenter
from indexer.subject import Subject, clause_of, subject_of
from indexer.touching import read_touching

_GRAMMAR = re.compile(r"[\"“”「」:：<>=()（）|]|(?:^|\s)[-!－–—！]\S|\b(?:AND|OR|NOT)\b|\s[与或非]\s")
"""Signs by which a text says itself how it is to be read: it is no question and names nothing outright."""


_HOW_MANY = re.compile(r"多少|几[件个次条]|\bhow many\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Held:
    """What an index can tell of itself.

    The ids of its agencies by their normalised names and their names by id; whether any report meets a clause; how
    often a token occurs.
    """

    agency_ids: Mapping[str, str]
    agencies: Mapping[str, str]
    met: Callable[[Clause], bool]
    occurrences: Callable[[str], int]


class Reader:
    """Reads requests with one set of names."""

    def __init__(self, names: Names, segmenter: Segmenter) -> None:
        self.names = names
        self._segmenter = segmenter
        self._phrasing = Phrasing(names)

    def understand(self, request: SearchRequest, held: Held) -> tuple[SearchRequest, Query, Subject | None]:
        """The request in the order that its words ask for, its query, and what it names outright."""
        said = self.read(request, held)
        subject = self.subject(request, said, held)
        query = self.query(request, said, held, subject)
        return _ordered(request, query, subject), query, subject

    def read(self, request: SearchRequest, held: Held) -> str:
        """The text in the signs of the query language, where it says in words what they say."""
        return (
            request.text
            if request.plain or len(request.text) > MAX_LENGTH
            else self._phrasing.read(request.text, held.agency_ids)
        )

    def subject(self, request: SearchRequest, said: str, held: Held) -> Subject | None:
        """What the text names outright, read as ``said``; nothing where signs say how it is to be read."""
        if not request.text or request.plain or request.like:
            return None
        text = next((each for each in (said, request.text) if not _GRAMMAR.search(each)), None)
        today = datetime.now(UTC).date()
        found = subject_of(text, self.names, held.agency_ids.get, today) if text is not None else None
        return _reporting(found, held) if found is not None and found.kind == "region" and found.others else found

    def query(self, request: SearchRequest, said: str, held: Held, subject: Subject | None = None) -> Query:
        """The query, read as ``said``; of a question that was understood as a whole, the reports that it is about."""
        if subject is not None and _is_question(subject, said):
            text, pieces = request.text, (Piece("question", request.text, 0, len(request.text)),)
            runs = () if subject.sort else tuple(filter(None, (self._name_of(subject, held),)))
            return Query(text, clause_of(subject), pieces=pieces, runs=runs)
        query = parse(said, self.names, self._segmenter, agencies=held.agency_ids)
        if not request.plain:
            query = with_misreadings(expand(query, self.names, self._segmenter), held.met)
        query = _unheld(read_touching(query, self._segmenter, held.met), held)
        if request.like:
            alike = more_like_this(request.like, self._segmenter, held.occurrences)
            others = () if isinstance(query.clause, Everything) else (query.clause,)
            query = replace(query, clause=And((alike, *others)) if others else alike)
        return query

    def known(self, query: Query) -> Known:
        """The agencies and places that the words name, if they name one."""
        whole = "".join(query.runs)
        names = list(dict.fromkeys((*query.runs, whole)))
        agencies = {full: name == whole for name in names for full in self.names.agencies(name)}
        places = {
            code: place == whole
            for place in names
            if self.names.is_place(place) and (self.names.is_one_place(place) or place.isascii())
            for code in self.names.places(place)
        }
        return Known(agencies, places)

    def metrics_like(self, query: Query) -> list[tuple[str, str]]:
        """Names of metrics that hold one of the words, each with the metric's id."""
        words = [normalise(word) for word in query.words if len(word) > 1]
        return [found for word in words for found in self.names.metrics_with(word)]

    def _name_of(self, subject: Subject, held: Held) -> str:
        """The normalised name of a place or an agency."""
        region = self.names.registry.get(subject.region or subject.id)
        return normalise(region.name if region is not None else held.agencies.get(subject.id, ""))


def _is_question(subject: Subject, said: str) -> bool:
    """Whether reports are asked for that no word need be in. A kind of body is a word: 民政局 is no filter."""
    return subject.whole and subject.kind != "body" and bool(subject.order or _HOW_MANY.search(said))


def _ordered(request: SearchRequest, query: Query, subject: Subject | None) -> SearchRequest:
    """The request in the order that its words ask for, where it asks for none itself."""
    if request.sort != "relevance":
        return request
    if subject is not None and subject.whole and subject.sort:
        return replace(request, sort=subject.sort)
    said = next((piece.value for piece in query.pieces if piece.kind == "order"), "")
    return replace(request, sort="year" if said.startswith("最早") else "-year") if said else request


def _reporting(subject: Subject, held: Held) -> Subject:
    """Of places of one name, or one sound, the one that has reports."""
    codes = (subject.id, *subject.others)
    first = next((code for code in codes if held.met(Filter("region", (code,)))), codes[0])
    return replace(subject, id=first, others=tuple(code for code in codes if code != first))


def _unheld(query: Query, held: Held) -> Query:
    """The query, saying which address or id no report has."""
    missing = tuple(
        Ignored(piece.text, "not_held")
        for piece in query.pieces
        if piece.kind in ("address", "report")
        and not held.met(Address(piece.value) if piece.kind == "address" else ReportId(piece.value))
    )
    return replace(query, ignored=(*query.ignored, *missing)) if missing else query
