"""Tantivy: our tokens through its whitespace tokenizer, counts by its aggregations."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from corpus.model import LEVELS
from indexer.clauses import And, Clause, Literal, Not, Or, Prefix, Term, Word
from tests.bench.contender import FACETS, TOP, Answer, Row
from tests.bench.questions import Filters, Question
from tests.bench.reports import segmenter

_BUCKETS = 10_000
"""More than any facet has values."""
_HEAP = 256 << 20


class Tantivy:
    """Searches run on the calling thread, the writer on two."""

    name = "tantivy"

    def __init__(self, reports: int) -> None:
        self._reports = reports
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("tokens", tokenizer_name="tokens", index_option="position")
        builder.add_text_field("within", tokenizer_name="raw", index_option="basic")
        for name in ("region", "year", "level"):
            builder.add_unsigned_field(name, indexed=True, fast=True)
        builder.add_text_field("metric", tokenizer_name="raw", index_option="basic", fast=True)
        self._schema = builder.build()

    def build(self, rows: Iterable[Row], directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        writer = self._index(directory).writer(_HEAP, 2)
        for row in rows:
            document = tantivy.Document()
            document.add_text("tokens", row.tokens)
            for code in row.within:
                document.add_text("within", code)
            document.add_unsigned("region", int(row.region))
            document.add_unsigned("year", row.year)
            document.add_unsigned("level", LEVELS.index(row.level))
            if row.metric:
                document.add_text("metric", row.metric)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, directory: Path) -> None:
        index = self._index(directory)
        index.reload()
        self._searcher = index.searcher()

    def answers(self, question: Question) -> bool:
        return question.kind != "substring"

    def ask(self, question: Question) -> Answer:
        wanted = self._query(question.clause)
        whole = self._narrowed(wanted, question.filters)
        found: Any = self._searcher.search(whole, TOP)  # the stub leaves out its count
        # Facets that heed the same filters are counted in one go.
        groups: dict[Filters, list[str]] = {}
        for facet in FACETS:
            groups.setdefault(question.filters.without(facet), []).append(facet)
        facets: dict[str, dict[str, int]] = {}
        for filters, names in groups.items():
            asked = {name: {"terms": {"field": name, "size": _BUCKETS}} for name in names}
            counted = self._searcher.aggregate(self._narrowed(wanted, filters), asked)
            facets.update((name, _counts(name, counted[name]["buckets"])) for name in names)
        return Answer(found.count, len(found.hits), facets)

    def _index(self, directory: Path) -> tantivy.Index:
        index = tantivy.Index(self._schema, str(directory))
        index.register_tokenizer("tokens", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        return index

    def _narrowed(self, query: tantivy.Query, filters: Filters) -> tantivy.Query:
        parts = [(tantivy.Occur.Must, query)]
        if filters.years:
            kind = tantivy.FieldType.Unsigned
            years = tantivy.Query.range_query(self._schema, "year", kind, *filters.years)
            parts.append((tantivy.Occur.Must, tantivy.Query.const_score_query(years, 0.0)))
        if filters.region:
            parts.append((tantivy.Occur.Must, self._flag("within", filters.region)))
        if filters.level:
            parts.append((tantivy.Occur.Must, self._flag("level", LEVELS.index(filters.level))))
        return tantivy.Query.boolean_query(parts) if len(parts) > 1 else query

    def _flag(self, field: str, value: str | int) -> tantivy.Query:
        return tantivy.Query.const_score_query(tantivy.Query.term_query(self._schema, field, value, "basic"), 0.0)

    def _query(self, clause: Clause) -> tantivy.Query:  # noqa: PLR0911 - one case for each kind of clause
        match clause:
            case Term():
                return tantivy.Query.term_query(self._schema, "tokens", clause.text, "freq")
            case Literal():
                tokens: list[Any] = [*segmenter(self._reports).tokens(clause.text)[0]]
                if len(tokens) == 1:
                    return tantivy.Query.term_query(self._schema, "tokens", tokens[0], "freq")
                return tantivy.Query.phrase_query(self._schema, "tokens", tokens)
            case Prefix():
                return tantivy.Query.regex_query(self._schema, "tokens", f"{clause.text}.*")
            case Word():
                return self._joined(tantivy.Occur.Must, clause.parts)
            case Or():
                return self._joined(tantivy.Occur.Should, clause.clauses)
            case And():
                return tantivy.Query.boolean_query(
                    [
                        (tantivy.Occur.MustNot, self._query(part.clause))
                        if isinstance(part, Not)
                        else (tantivy.Occur.Must, self._query(part))
                        for part in clause.clauses
                    ]
                )
        raise NotImplementedError(clause)

    def _joined(self, occur: tantivy.Occur, clauses: Iterable[Clause]) -> tantivy.Query:
        parts = [self._query(part) for part in clauses]
        return parts[0] if len(parts) == 1 else tantivy.Query.boolean_query([(occur, part) for part in parts])


def _counts(facet: str, buckets: list[dict[str, Any]]) -> dict[str, int]:
    if facet == "metric":
        return {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    numbers = ((int(bucket["key"]), bucket["doc_count"]) for bucket in buckets)
    return {LEVELS[number] if facet == "level" else str(number): count for number, count in numbers}
