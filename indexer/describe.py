"""A query as understood, ready for JSON: what the page shows above the hits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from indexer.clauses import (
    Address,
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
    Phrase,
    Piece,
    Prefix,
    Query,
    ReportId,
    Scope,
    Some,
    Term,
    Word,
)
from indexer.request import SearchRequest

Json = dict[str, object]
_SETS: Mapping[type, str] = {And: "all", Or: "any", Some: "some"}
_LEAVES: Mapping[type, str] = {Term: "term", Phrase: "words", Prefix: "prefix"}


def meaning(query: Query) -> Mapping[str, object]:
    """Words and phrases wanted, the whole tree, and what was ignored and why: the same whatever is asked beside it."""
    words: list[str] = []
    phrases: list[str] = []
    _collect(query.clause, words, phrases)
    return {
        "words": words,
        "phrases": phrases,
        "clause": tree(query.clause),
        "synonyms": _synonyms(query.clause),
        "pieces": [
            {"kind": p.kind, "text": p.text, "value": p.value, "without": without(query.text, p)} for p in query.pieces
        ],
        "ignored": [{"text": part.text, "reason": part.reason} for part in query.ignored],
    }


def describe(request: SearchRequest, read_as: str, meant: Mapping[str, object]) -> dict[str, object]:
    """What a query means (``meant``), the text that it was read as, and the filters as given beside it."""
    metrics = [f"{each.metric}:{number(each.minimum)}..{number(each.maximum)}" for each in request.metrics]
    filters = {**request.filters, "metric": metrics, "since": [request.since.isoformat()] if request.since else []}
    return {
        "text": request.text,
        "read_as": read_as if read_as != request.text else None,
        "filters": {name: list(values) for name, values in filters.items() if values},
        **meant,
        "relaxed": [],
        "sort": request.sort,
    }


def tree(clause: Clause) -> Json:
    """A clause as nested JSON objects, each with its ``is``."""
    match clause:
        case Word():
            return {"is": "word", "text": clause.text, "parts": [tree(part) for part in clause.parts]}
        case Scope():
            return {"is": "in", "fields": list(clause.fields), "clause": tree(clause.clause)}
        case Not():
            return {"is": "not", "clause": tree(clause.clause)}
        case And() | Or() | Some():
            least = {"least": clause.least} if isinstance(clause, Some) else {}
            return {"is": _SETS[type(clause)], **least, "clauses": [tree(part) for part in clause.clauses]}
        case Expanded():
            inner = tree(clause.clause)
            return {"is": "widened", "clause": inner, "added": list(clause.added)} if clause.added else inner
    return _property(clause) or _leaf(clause)


def _property(clause: Clause) -> Json:
    """A clause that asks for a property of the report; nothing for one that asks for text."""
    match clause:
        case Everything():
            return {"is": "everything"}
        case Filter():
            return {"is": "filter", "field": clause.kind, "values": list(clause.values)}
        case ReportId():
            return {"is": "report", "id": clause.id}
        case Address():
            return {"is": "address", "url": clause.url}
        case Condition():
            low, high = number(clause.range.minimum), number(clause.range.maximum)
            return {"is": "condition", "metric": clause.range.metric, "minimum": low or None, "maximum": high or None}
    return {}


def _leaf(clause: Clause) -> Json:
    match clause:
        case Literal():
            return {"is": "phrase" if clause.quoted else "characters", "text": clause.text}
        case Near():
            return {"is": "near", "text": clause.text, "within": clause.slop}
        case Term() | Phrase() | Prefix():
            return {"is": _LEAVES[type(clause)], "text": clause.text}
    raise AssertionError(clause)


def _synonyms(clause: Clause) -> dict[str, list[str]]:
    """What each word was widened by."""
    match clause:
        case Expanded():
            shown = getattr(clause.clause, "text", "")
            return {shown: list(clause.added)} if shown and clause.added else {}
        case Scope() | Not():
            return _synonyms(clause.clause)
        case And() | Or():
            return {word: added for part in clause.clauses for word, added in _synonyms(part).items()}
    return {}


def number(value: Decimal | None) -> str:
    """A bound without exponent; an open end is empty."""
    return "" if value is None else f"{value.normalize():f}"


def words_of(clause: Clause) -> str:
    """A clause in the words that were typed for it."""
    words: list[str] = []
    _collect(clause, words, words)
    return " ".join(words) or "…"


def without(text: str, piece: Piece) -> str:
    """The query without a piece, its sign and a lone operator beside it."""
    before = re.sub(r"(?:[-!－–—−！]|NOT\s+|非\s+)$", "", text[: piece.start])
    after = text[piece.end :]
    if not after.strip():
        before = re.sub(r"\s(?:AND|OR|与|或|&&?|\|\|?)\s*$", "", before)
    elif not before.strip():
        after = re.sub(r"^\s*(?:AND|OR|与|或|&&?|\|\|?)\s", "", after)
    return " ".join(f"{before} {after}".split()) if before[-1:].isspace() or after[:1].isspace() else before + after


def _collect(clause: Clause, words: list[str], phrases: list[str]) -> None:
    match clause:
        case Word():
            words.append(clause.text)
        case Prefix():
            words.append(f"{clause.text}*")
        case Literal() | Near() | Phrase():
            phrases.append(clause.text)
        case Scope() | Expanded():
            _collect(clause.clause, words, phrases)
        case And() | Or():
            for part in clause.clauses:
                _collect(part, words, phrases)
        case _:
            return
