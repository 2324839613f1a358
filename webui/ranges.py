"""Two boxes → a range of a metric: what a form sends without any script becomes the address that means the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal

from indexer.request import SearchRequest
from webui.params import N_, Arguments, BadParameterError, Vocabulary, address_arguments, metric_range

PARAMETERS = ("range", "min", "max")
"""The metric, and its two ends; an empty one is open. The ends of a rate are in per cent."""
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,30})?")


@dataclass(frozen=True, slots=True)
class Boxes:
    """The form: its metric, what stands in its boxes, and the parameters that it hands on."""

    metric: str
    low: str
    high: str
    rate: bool
    held: tuple[tuple[str, str], ...]


def boxes(query: SearchRequest, metric: str, *, rate: bool) -> Boxes:
    """The form for a metric under a query; the boxes are empty where the query has none or several ranges of it."""
    own = [each for each in query.metrics if each.metric == metric]
    low, high = (own[0].minimum, own[0].maximum) if len(own) == 1 else (None, None)
    others = replace(query, page=1, metrics=tuple(each for each in query.metrics if each.metric != metric))
    return Boxes(metric, _written(low), _written(high), rate, tuple(address_arguments(others)))


def ranged(arguments: Arguments, query: SearchRequest, vocabulary: Vocabulary) -> SearchRequest | None:
    """The query with the range that the boxes ask for instead of its own of that metric; None where none is asked.

    Raises BadParameterError.
    """
    metric = _last(arguments, "range")
    if not metric:
        return None
    low, high = (_end(_last(arguments, name), name) for name in ("min", "max"))
    asked = metric_range(f"{metric}:{low}..{high}", vocabulary.metrics)
    kept = tuple(each for each in query.metrics if each.metric != metric)
    return replace(query, page=1, metrics=(*kept, asked) if low or high else kept)


def _last(arguments: Arguments, name: str) -> str:
    return next(reversed(arguments.getlist(name)), "").strip()


def _end(text: str, name: str) -> str:
    number = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").removesuffix("%")
    if not number:
        return ""
    if not _NUMBER.fullmatch(number):
        raise BadParameterError(name, N_("“%(value)s” is no number: write one as 10 or 12.5."), value=text)
    return number


def _written(value: Decimal | None) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}"
