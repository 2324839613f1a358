"""Whoosh as it comes: one field of text, counts by groupedby. Its building is too slow for the greater sizes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import fields, index, sorting
from whoosh.analysis.tokenizers import SpaceSeparatedTokenizer
from whoosh.query import compound, positional, ranges, terms, wrappers

from indexer.clauses import And, Clause, Literal, Not, Or, Prefix, Term, Word
from tests.bench.contender import FACETS, TOP, Answer, Row
from tests.bench.questions import Filters, Question
from tests.bench.reports import segmenter

_MEMORY_MB = 256


class StockWhoosh:
    """The reference."""

    name = "whoosh"

    def __init__(self, reports: int) -> None:
        self._reports = reports

    def build(self, rows: Iterable[Row], directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        schema = fields.Schema(
            tokens=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True),
            within=fields.KEYWORD(),
            region=fields.ID(sortable=True),
            year=fields.NUMERIC(sortable=True),
            level=fields.ID(sortable=True),
            metric=fields.ID(sortable=True),
        )
        writer = index.create_in(str(directory), schema).writer(limitmb=_MEMORY_MB)
        for row in rows:
            writer.add_document(
                tokens=row.tokens,
                within=" ".join(row.within),
                region=row.region,
                year=row.year,
                level=row.level,
                **({"metric": row.metric} if row.metric else {}),
            )
        writer.commit()

    def open(self, directory: Path) -> None:
        self._searcher = index.open_dir(str(directory)).searcher()

    def answers(self, question: Question) -> bool:
        return question.kind != "substring"

    def ask(self, question: Question) -> Answer:
        wanted = self._query(question.clause)
        groups: dict[Filters, list[str]] = {question.filters: []}
        for facet in FACETS:
            groups.setdefault(question.filters.without(facet), []).append(facet)
        facets: dict[str, dict[str, int]] = {}
        total = best = 0
        for filters, names in groups.items():
            grouped = sorting.Facets()
            for name in names:
                grouped.add_facet(name, sorting.FieldFacet(name, maptype=sorting.Count))
            narrow = _narrowed(filters)
            # Without facets of its own a search need not look at every report.
            found = self._searcher.search(wanted, limit=TOP, filter=narrow, groupedby=grouped if names else None)
            if filters == question.filters:
                total, best = len(found), min(found.scored_length(), TOP)
            for name in names:
                counted = found.groups(name)
                facets[name] = {str(key): count for key, count in counted.items() if key not in ("", None)}
        return Answer(total, best, facets)

    def _query(self, clause: Clause) -> Any:  # noqa: PLR0911 - one case for each kind of clause
        match clause:
            case Term():
                return terms.Term("tokens", clause.text)
            case Literal():
                tokens = segmenter(self._reports).tokens(clause.text)[0]
                return positional.Phrase("tokens", tokens) if len(tokens) > 1 else terms.Term("tokens", tokens[0])
            case Prefix():
                return terms.Prefix("tokens", clause.text)
            case Word():
                return compound.And([self._query(part) for part in clause.parts])
            case Or():
                return compound.Or([self._query(part) for part in clause.clauses])
            case And():
                return compound.And([self._query(part) for part in clause.clauses])
            case Not():
                return wrappers.Not(self._query(clause.clause))
        raise NotImplementedError(clause)


def _narrowed(filters: Filters) -> Any:
    parts: list[Any] = []
    if filters.years:
        parts.append(ranges.NumericRange("year", *filters.years))
    if filters.region:
        parts.append(terms.Term("within", filters.region))
    if filters.level:
        parts.append(terms.Term("level", filters.level))
    return compound.And(parts) if parts else None
