"""What a search must find, by reading every document from beginning to end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from corpus.model import SECTION_KINDS
from indexer.clauses import (
    And,
    Clause,
    Condition,
    Everything,
    Expanded,
    Filter,
    Literal,
    Near,
    Not,
    Or,
    Prefix,
    Scope,
    Some,
    Term,
    Word,
)
from indexer.document import Document
from indexer.facets import CHOICES, TAGS
from indexer.normal import normalise
from indexer.request import MetricRange, SearchRequest
from indexer.result import FacetValue
from indexer.segment import Segmenter

ANY = "anywhere"


class Oracle:
    """Answers queries slowly and plainly."""

    def __init__(self, documents: Iterable[Document], segmenter: Segmenter) -> None:
        self.documents = sorted(documents, key=lambda document: document.id)
        self._texts = {document.id: _texts(document) for document in self.documents}
        self._tokens = {
            id_: {field: set(segmenter.tokens(text)[0]) for field, text in texts.items()}
            for id_, texts in self._texts.items()
        }

    def knows(self, term: str) -> bool:
        return any(term in tokens for fields in self._tokens.values() for tokens in fields.values())

    def met(self, clause: Clause, query: SearchRequest, without: str = "") -> list[Document]:
        return [document for document in self.documents if self._meets(document, clause, query, without)]

    def facet(self, name: str, clause: Clause, query: SearchRequest) -> dict[str, int]:
        found = self.met(clause, query, f"metric:{query.facet_metrics[0]}" if name == "metric" else name)
        match name:
            case "region":
                return Counter(code for document in found for code in document.regions)
            case "year":
                return Counter(str(document.year) for document in found)
            case "section":
                counts = {
                    kind: sum(kind in self._fields(document, clause) for document in found) for kind in SECTION_KINDS
                }
                return {kind: count for kind, count in counts.items() if count}
            case "finding":
                return Counter(tag for document in found for tag in document.facets["finding"] if ":" in tag)
        return Counter(value for document in found for value in document.facets[name])

    def _meets(self, document: Document, clause: Clause, query: SearchRequest, without: str) -> bool:
        fields = self._fields(document, clause)
        if query.chosen("section") and without != "section":
            words = any(section in fields for section in query.chosen("section"))
        else:
            words = ANY in fields
        checks: dict[str, bool] = {
            "region": not query.chosen("region") or any(code in document.regions for code in query.chosen("region")),
            "year": not query.years or any(first <= document.year <= last for first, last in query.years),
            **{
                facet.name: not query.chosen(facet.name)
                or bool({*document.facets[facet.name]} & {*query.chosen(facet.name)})
                for facet in (*CHOICES, *TAGS)
            },
        }
        for metric in {entry.metric for entry in query.metrics}:
            ranges = [entry for entry in query.metrics if entry.metric == metric]
            checks[f"metric:{metric}"] = any(_in_range(document, entry) for entry in ranges)
        return words and all(holds for name, holds in checks.items() if name != without)

    def _fields(self, document: Document, clause: Clause) -> set[str]:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of clause
        """Fields in which the clause is met, and ANY; only fields that the document has."""
        texts = self._texts[document.id]
        everywhere = {*texts, ANY}
        match clause:
            case Everything():
                return everywhere
            case Term():
                return _anywhere({field for field in texts if clause.text in self._tokens[document.id][field]})
            case Literal():
                found = {
                    field for field, text in texts.items() if any(clause.text in line for line in text.split("\n"))
                }
                return _anywhere(found)
            case Prefix():
                tokens = self._tokens[document.id]
                return _anywhere({f for f in texts if any(token.startswith(clause.text) for token in tokens[f])})
            case Word():
                return set.intersection(*(self._fields(document, part) for part in clause.parts))
            case And():
                return set.intersection(*(self._fields(document, part) for part in clause.clauses))
            case Or():
                return set.union(*(self._fields(document, part) for part in clause.clauses))
            case Expanded():
                return set.union(*(self._fields(document, part) for part in (clause.clause, *clause.alternatives)))
            case Some():
                met = Counter(field for part in clause.clauses for field in self._fields(document, part))
                return {field for field, count in met.items() if count >= clause.least}
            case Not():
                return everywhere - self._fields(document, clause.clause)
            case Scope():
                return everywhere if self._fields(document, clause.clause) & set(clause.fields) else set()
            case Filter():
                return everywhere if _has(document, clause) else set()
            case Condition():
                return everywhere if _in_range(document, clause.range) else set()
            case Near():
                raise NotImplementedError


def flat(values: Sequence[FacetValue]) -> dict[str, int]:
    """A facet's counts, children too."""
    found: dict[str, int] = {}
    for value in values:
        found[value.value] = value.count
        found |= flat(value.children)
    return found


def _texts(document: Document) -> dict[str, str]:
    texts: dict[str, str] = {"title": document.title, "agency": document.agency}
    texts.update(document.sections.items())
    return {field: normalise(text) for field, text in texts.items() if text}


def _anywhere(fields: set[str]) -> set[str]:
    return {*fields, ANY} if fields else set()


def _has(document: Document, clause: Filter) -> bool:
    match clause.kind:
        case "region":
            return any(code in document.regions for code in clause.values)
        case "year":
            spans = [value.split("..") for value in clause.values]
            return any(int(first) <= document.year <= int(last) for first, last in spans)
        case "section":
            return any(value in document.sections for value in clause.values)
    return bool({*document.facets[clause.kind]} & {*clause.values})


def _in_range(document: Document, entry: MetricRange) -> bool:
    value = document.metrics.get(entry.metric)
    if value is None:
        return False
    low = Decimal("-Infinity") if entry.minimum is None else entry.minimum
    high = Decimal("Infinity") if entry.maximum is None else entry.maximum
    return low <= value <= high
