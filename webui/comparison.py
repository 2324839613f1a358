"""What a comparison is made of, as its address says: agencies × metrics, within some years; for page and files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request

from indexer.request import SearchRequest, where
from webui.cases import with_cases
from webui.catalog import Catalog
from webui.language import explicit_language
from webui.lives import joined, past_of
from webui.params import N_, BadParameterError, parse, spelled
from webui.series import Series, series

MOST = 20
DEFAULT = ("applications_received", "disclosure_rate")
_ID = re.compile(r"[a-z0-9_.]+")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Agencies by id with their names, metrics, and the years asked for (all where there are none)."""

    agencies: Mapping[str, str]
    metrics: tuple[str, ...]
    query: SearchRequest

    def lines(self, shelf: Catalog, metric: str) -> list[Series]:
        """A line for each agency."""
        return [self._line(shelf, agency, metric, name) for agency, name in self.agencies.items()]

    def _line(self, shelf: Catalog, agency: str, metric: str, name: str) -> Series:
        each = _own(shelf, agency, metric, name)
        earlier = (point for id_ in past_of(shelf, agency).ids for point in _own(shelf, id_, metric, name).points)
        each = joined(each, tuple(earlier))
        years = self.query.years
        kept = tuple(p for p in each.points if not years or any(first <= p.year <= last for first, last in years))
        return replace(each, points=kept)


def _own(shelf: Catalog, agency: str, metric: str, name: str) -> Series:
    """The values of one name."""
    return with_cases(shelf, series(shelf.engine, agency, metric, name), where(agency=agency))


def comparison(shelf: Catalog) -> Comparison:
    """What the present address compares. Raises BadParameterError for what it cannot mean, and for too many lines."""
    query = parse(_Shared(), shelf.holdings.vocabulary)
    metrics = _metrics(shelf)
    if len(query.chosen("agency")) * len(metrics) > MOST:
        raise BadParameterError(
            "agency", N_("A comparison has %(most)s lines at most: take fewer agencies or metrics."), most=MOST
        )
    return Comparison({agency: _name(shelf, agency) for agency in query.chosen("agency")}, metrics, query)


def comparison_address(
    agencies: Iterable[str], metrics: Iterable[str], years: Iterable[str] = (), path: str = "/compare"
) -> str:
    """The address of a comparison, or of a file of one."""
    pairs = held(agencies, metrics, years)
    language = explicit_language()
    if language:
        pairs.append(("lang", language))
    return f"{request.script_root}{path}" + (f"?{urlencode(pairs, safe='.')}" if pairs else "")


def held(agencies: Iterable[str], metrics: Iterable[str], years: Iterable[str]) -> list[tuple[str, str]]:
    """The parameters of a comparison."""
    pairs = [("agency", each) for each in agencies] + [("metric", each) for each in metrics]
    return pairs + [("year", each) for each in years]


def years_of(query: SearchRequest) -> tuple[str, ...]:
    """The years of a comparison, as an address spells them."""
    return spelled(query, "year")


class _Shared:
    """The arguments that a comparison shares with a search; ``metric`` means something else here."""

    def getlist(self, key: str) -> list[str]:
        """As werkzeug's MultiDict gives it."""
        return request.args.getlist(key) if key in ("agency", "year") else []


def _metrics(shelf: Catalog) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(each for each in request.args.getlist("metric") if each))
    for each in named:
        if not _ID.fullmatch(each) or each not in shelf.metrics:
            raise BadParameterError(
                "metric", N_("There is no metric “%(value)s”; /metrics lists them all."), value=each
            )
    return named or DEFAULT


def _name(shelf: Catalog, agency: str) -> str:
    found = shelf.engine.search(replace(where(agency=agency), sort="-year", size=1)).hits
    return found[0].agency if found else agency
