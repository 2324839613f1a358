"""What a comparison is made of, as its address says: agencies × metrics, within some years; for page and files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request

from indexer.request import SearchRequest, where
from indexer.result import Hit
from webui.cases import base_of, weighed, with_cases
from webui.catalog import Catalog
from webui.language import explicit_language
from webui.lives import former_ids, joined
from webui.params import N_, BadParameterError, parse, spelled
from webui.series import Series, hits, points_in

MOST = 20
DEFAULT = ("applications_received", "disclosure_rate")
_ID = re.compile(r"[a-z0-9_.]+")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Agencies by id with their names, metrics, and the years asked for (all where there are none).

    ``reports`` are an agency's by the ids under which it reports and reported, its own first, with all of the metrics:
    they are asked for once, however many lines are drawn of them.
    """

    agencies: Mapping[str, str]
    metrics: tuple[str, ...]
    query: SearchRequest
    reports: Mapping[str, Mapping[str, Sequence[Hit]]]

    def lines(self, shelf: Catalog, metric: str) -> list[Series]:
        """A line for each agency."""
        return [self._line(shelf, self.reports[agency], metric, name) for agency, name in self.agencies.items()]

    def _line(self, shelf: Catalog, reports: Mapping[str, Sequence[Hit]], metric: str, name: str) -> Series:
        own, *former = (_own(shelf, id_, found, Series(name, metric, ())) for id_, found in reports.items())
        each = joined(own, [point for line in former for point in line.points])
        years = self.query.years
        kept = tuple(p for p in each.points if not years or any(first <= p.year <= last for first, last in years))
        return replace(each, points=kept)


def _own(shelf: Catalog, agency: str, found: Sequence[Hit], line: Series) -> Series:
    """The values of one name."""
    line = replace(line, points=tuple(points_in(found, line.metric)))
    if base := base_of(shelf, shelf.metrics[line.metric]):
        return weighed(shelf, line, lambda: {point.report: point.value for point in points_in(found, base)})
    return with_cases(shelf, line, where(agency=agency))


def comparison(shelf: Catalog) -> Comparison:
    """What the present address compares. Raises BadParameterError for what it cannot mean, and for too many lines."""
    query = parse(_Shared(), shelf.holdings.vocabulary)
    metrics = _metrics(shelf)
    agencies = query.chosen("agency")
    if len(agencies) * len(metrics) > MOST:
        raise BadParameterError(
            "agency", N_("A comparison has %(most)s lines at most: take fewer agencies or metrics."), most=MOST
        )
    bases = (base_of(shelf, shelf.metrics[each]) for each in metrics)
    read = tuple(dict.fromkeys((*metrics, *filter(None, bases))))
    reports = {
        agency: {id_: _reports(shelf, id_, read) for id_ in (agency, *former_ids(shelf, agency))} for agency in agencies
    }
    names = {agency: found[agency][-1].agency if found[agency] else agency for agency, found in reports.items()}
    shelf.look_up_flaws({hit.id for each in reports.values() for found in each.values() for hit in found})
    return Comparison(names, metrics, query, reports)


def _reports(shelf: Catalog, agency: str, metrics: tuple[str, ...]) -> Sequence[Hit]:
    """The reports under one id with their values, by year."""
    found = hits(shelf.engine, replace(where(agency=agency), sort="year", facet_metrics=metrics))
    return sorted(found, key=lambda hit: hit.year)


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
