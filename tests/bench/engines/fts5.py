"""SQLite FTS5: our tokens in a contentless table, counts by GROUP BY; trigrams and LIKE for substrings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal as Choice

from corpus.model import LEVELS
from indexer.clauses import And, Clause, Literal, Not, Or, Prefix, Term, Word
from tests.bench.contender import FACETS, TOP, Answer, Row
from tests.bench.questions import Filters, Question
from tests.bench.reports import segmenter

_SCHEMA = """
    CREATE TABLE reports (id INTEGER PRIMARY KEY, region INT, year INT, level INT, metric TEXT);
    CREATE VIRTUAL TABLE words USING fts5 (tokens, content='', tokenize="ascii tokenchars '().'");
"""
_TRIGRAMS = """
    CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT);
    CREATE VIRTUAL TABLE trigrams USING fts5 (text, content='', tokenize='trigram case_sensitive 1');
"""

Substrings = Choice["", "trigrams", "LIKE"]


class FTS5:
    """``substrings`` says how they are looked for: it is then the only class that is asked."""

    def __init__(self, reports: int, substrings: Substrings = "") -> None:
        self.name = f"FTS5 {substrings}".strip()
        self._reports = reports
        self._substrings = substrings

    def build(self, rows: Iterable[Row], directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        with sqlite3.connect(directory / "index.sqlite") as database:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            database.executescript(_SCHEMA + (_TRIGRAMS if self._substrings else ""))
            for number, row in enumerate(rows):
                kept = (number, int(row.region), row.year, LEVELS.index(row.level), row.metric or None)
                database.execute("INSERT INTO reports VALUES (?, ?, ?, ?, ?)", kept)
                if self._substrings:
                    database.execute("INSERT INTO texts VALUES (?, ?)", (number, row.text))
                    database.execute("INSERT INTO trigrams (rowid, text) VALUES (?, ?)", (number, row.text))
                else:
                    database.execute("INSERT INTO words (rowid, tokens) VALUES (?, ?)", (number, row.tokens))
        database.close()

    def open(self, directory: Path) -> None:
        path = directory / "index.sqlite"
        self._database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self._database.execute(f"PRAGMA mmap_size = {path.stat().st_size}")
        self._database.execute("PRAGMA cache_size = -131072")

    def answers(self, question: Question) -> bool:
        return (question.kind == "substring") == bool(self._substrings)

    def ask(self, question: Question) -> Answer:
        condition, value, order = self._condition(question)
        table = {"": "words", "trigrams": "trigrams", "LIKE": "texts"}[self._substrings]
        key = "id" if table == "texts" else "rowid"
        found = f"{table} JOIN reports ON reports.id = {table}.{key} WHERE {condition}"
        counts = " UNION ALL ".join(
            f"SELECT '{facet}', {facet}, count(*) FROM met "  # noqa: S608 - names of ours
            f"WHERE {facet} IS NOT NULL AND {_where(question.filters.without(facet))} GROUP BY {facet}"
            for facet in FACETS
        )
        facets: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        counted = self._database.execute(
            f"WITH met AS MATERIALIZED (SELECT region, year, level, metric FROM {found}) {counts} "  # noqa: S608
            f"UNION ALL SELECT 'total', 0, count(*) FROM met WHERE {_where(question.filters)}",
            (value,),
        )
        total = 0
        for facet, one, count in counted:
            if facet == "total":
                total = count
            else:
                facets[facet][LEVELS[one] if facet == "level" else str(one)] = count
        best = self._database.execute(
            f"SELECT reports.id FROM {found} AND {_where(question.filters)} ORDER BY {order} LIMIT {TOP}",  # noqa: S608
            (value,),
        )
        return Answer(total, len(best.fetchall()), facets)

    def _condition(self, question: Question) -> tuple[str, str, str]:
        """The condition with its value, and the order of the best."""
        if self._substrings == "LIKE":
            return "text LIKE ?", f"%{_only(question.clause).text}%", "reports.id"
        if self._substrings:
            return "trigrams MATCH ?", f'"{_only(question.clause).text}"', "rank"
        return "words MATCH ?", self._match(question.clause), "rank"

    def _match(self, clause: Clause) -> str:
        match clause:
            case Term():
                return f'"{clause.text}"'
            case Literal():
                return '"' + " ".join(segmenter(self._reports).tokens(clause.text)[0]) + '"'
            case Prefix():
                return f'"{clause.text}" *'
            case Word():
                return self._joined(" AND ", clause.parts)
            case Or():
                return self._joined(" OR ", clause.clauses)
            case And():
                wanted = [part for part in clause.clauses if not isinstance(part, Not)]
                excluded = [part.clause for part in clause.clauses if isinstance(part, Not)]
                found = self._joined(" AND ", wanted)
                return f"({found} NOT {self._joined(' OR ', excluded)})" if excluded else found
        raise NotImplementedError(clause)

    def _joined(self, operator: str, clauses: Iterable[Clause]) -> str:
        return f"({operator.join(map(self._match, clauses))})"


def _only(clause: Clause) -> Literal:
    if not isinstance(clause, Literal):
        raise TypeError(clause)
    return clause


def _where(filters: Filters) -> str:
    return " AND ".join(_conditions(filters)) or "TRUE"


def _conditions(filters: Filters) -> Iterator[str]:
    if filters.years:
        yield f"year BETWEEN {filters.years[0]} AND {filters.years[1]}"
    if filters.region:
        first = int(filters.region)
        yield f"region BETWEEN {first} AND {first + 9999}"
    if filters.level:
        yield f"level = {LEVELS.index(filters.level)}"
