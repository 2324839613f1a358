"""What a search must find, by reading every document from beginning to end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from corpus.model import SECTION_KINDS
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
    Part,
    Phrase,
    Prefix,
    ReportId,
    Scope,
    Some,
    Term,
    Word,
)
from indexer.document import Document
from indexer.facets import CHOICES, TAGS, year_span
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
            id_: {field: _standing(segmenter, text) for field, text in texts.items()}
            for id_, texts in self._texts.items()
        }

    def found(self, clause: Clause) -> bool:
        """Whether any document meets the clause."""
        return any(ANY in self._fields(document, clause) for document in self.documents)

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

    def _fields(self, document: Document, clause: Clause, held: Collection[str] = ()) -> set[str]:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of clause
        """Fields in which the clause is met, and ANY; only fields that the document has, and of ``held`` if any."""
        texts = self._texts[document.id]
        everywhere = {*texts, ANY}
        match clause:
            case Everything():
                return everywhere
            case Term() | Literal() | Phrase() | Prefix() | Near():
                found = {
                    field for field in texts if (field in held or not held) and self._stands(document, clause, field)
                }
                return {*found, ANY} if found else set()
            case Word():
                return set.intersection(*(self._fields(document, part, held) for part in clause.parts))
            case And():
                return set.intersection(*(self._fields(document, part, held) for part in clause.clauses))
            case Or():
                return set.union(*(self._fields(document, part, held) for part in clause.clauses))
            case Expanded():
                return self._expanded(document, clause, held)
            case Misread():
                return self._fields(document, clause.clause, held)
            case Some():
                met = Counter(field for part in clause.clauses for field in self._fields(document, part, held))
                return {field for field, count in met.items() if count >= clause.least}
            case Not():
                return set() if ANY in self._fields(document, clause.clause, held) else everywhere
            case Scope():
                met_there = ANY in self._fields(document, clause.clause, clause.fields)
                return everywhere if met_there and set(clause.fields) & set(texts) else set()
            case ReportId():
                return everywhere if document.id == clause.id else set()
            case Address():
                return everywhere if document.url == clause.url else set()
            case Filter():
                return everywhere if _has(document, clause) else set()
            case Condition():
                return everywhere if _in_range(document, clause.range) else set()

    def _expanded(self, document: Document, clause: Expanded, held: Collection[str]) -> set[str]:
        """A report of a place meets the place's name, but in none of its fields."""
        found = self._fields(document, clause.clause, held)
        for other in clause.alternatives:
            if not isinstance(other, Filter):
                found |= self._fields(document, other, held)
            elif not held and _has(document, other):
                found |= {ANY}
        return found

    def _stands(self, document: Document, leaf: Leaf, field: str) -> bool:
        text, tokens = self._texts[document.id][field], self._tokens[document.id][field]
        match leaf:
            case Prefix():
                return any(token.startswith(leaf.text) for token in tokens)
            case Near():
                return bool(self._near(document, leaf, field))
            case Literal():
                return any(leaf.text in line for line in text.split("\n"))
        return bool(self._places(document, leaf, field))

    def _places(self, document: Document, part: Part, field: str) -> list[int]:
        """Where a part begins."""
        text, tokens = self._texts[document.id][field], self._tokens[document.id][field]
        match part:
            case Term():
                return tokens.get(part.text, [])
            case Phrase():
                starts = tokens.get(part.words[0][0], [])
                return [at for at in starts if all(at + offset in tokens.get(w, []) for w, offset in part.words)]
        return [at for at in range(len(text)) if text.startswith(part.text, at)]

    def _near(self, document: Document, leaf: Near, field: str) -> list[int]:
        """Where the first part stands from which the others can be reached one after the other."""
        reached = self._places(document, leaf.parts[-1], field)
        for part, after in reversed(list(pairwise(leaf.parts))):
            width, other = len(part.text), len(after.text)
            reached = [
                at
                for at in self._places(document, part, field)
                if any(0 <= to - at <= width + leaf.slop or 0 < at - to <= other + leaf.slop for to in reached)
            ]
        return reached


def flat(values: Sequence[FacetValue]) -> dict[str, int]:
    """A facet's counts, children too."""
    found: dict[str, int] = {}
    for value in values:
        found[value.value] = value.count
        found |= flat(value.children)
    return found


def _standing(segmenter: Segmenter, text: str) -> dict[str, list[int]]:
    """Every token with the characters at which it begins."""
    found: dict[str, list[int]] = {}
    for token, start in zip(*segmenter.tokens(text), strict=True):
        found.setdefault(token, []).append(start)
    return found


def _texts(document: Document) -> dict[str, str]:
    texts: dict[str, str] = {"title": document.title, "agency": document.agency}
    texts.update(document.sections.items())
    return {field: normalise(text) for field, text in texts.items() if text}


def _has(document: Document, clause: Filter) -> bool:
    match clause.kind:
        case "region":
            return any(code in document.regions for code in clause.values)
        case "year":
            return any(first <= document.year <= last for first, last in map(year_span, clause.values))
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
