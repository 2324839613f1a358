"""The first page: the search box, the way to a place, what came and changed last, how it goes in the country."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint
from flask_babel import gettext, ngettext

from indexer.request import SearchRequest, where
from webui.addresses import report_address, search_address
from webui.catalog import Catalog, catalog
from webui.pages.listing import edit_of
from webui.respond import View, page
from webui.shapes import number, region_shape
from webui.sparkline import Sparkline, sparkline

blueprint = Blueprint("home", __name__)

TOPICS = ("政务新媒体", "讨薪", "行政复议", "营商环境", "学区", "政策解读")
"""Words offered as examples, the first ones that find something."""
TRENDS = ("applications_received", "refused", "reviews")
"""Metrics whose course is shown: counts, because a rate would have to say how few cases are behind it."""
COUNTIES = where(level="county", kind="government")
"""Whose median stands for the country: the bodies of which there are most. A sum would count a county twice, in its
own report and in its city's, and would rise with what was captured."""
_LATEST = 6
"""Reports shown as captured last."""
_CHANGED = 4
"""Reports shown as changed last: each is set against its version before."""


@dataclass(frozen=True, slots=True)
class Example:
    """Something to click: ``note`` says what it shows."""

    label: str
    note: str
    address: str


@page(blueprint, "/", twin="/index.json")
def home() -> View:
    """What the index holds: places, the latest reports, the last changes, the course of three metrics."""
    shelf = catalog()
    engine = shelf.engine
    everything = engine.search(SearchRequest(sort="-captured", size=_LATEST, apart=True, bare=True))
    years = sorted(
        ((value.value, value.count) for value in everything.facets.get("year", ()) if value.count), reverse=True
    )
    provinces = [value for value in everything.facets.get("region", ()) if value.count]
    trends = _trends(shelf)
    _, changed = shelf.store.listed("changed", most=_CHANGED)
    edits = [(each, done) for each in changed if (done := edit_of(shelf, each))]
    examples = _examples()
    body = {
        "ok": True,
        "total": everything.total,
        "generation": everything.generation,
        "years": [{"year": int(year), "count": count} for year, count in years],
        "regions": [{**region_shape(value.value, shelf.registry), "count": value.count} for value in provinces],
        "latest": [{"id": hit.id, "title": hit.title, "year": hit.year, "url": hit.url} for hit in everything.hits],
        "changed": [
            {"id": each.id, "title": each.title, "version": version, "cells": done.cells, "passages": done.passages}
            for each, (version, done) in edits
        ],
        "trends": [
            {
                "metric": each.metric,
                "medians": [
                    {"year": one.year, "median": number(one.value), "reports": one.reports} for one in each.medians
                ],
            }
            for each in trends
        ],
        "examples": [{"label": each.label, "note": each.note, "address": each.address} for each in examples],
    }
    context = {
        "total": everything.total,
        "provinces": [
            (value.value, value.label, value.count, search_address(where(region=value.value))) for value in provinces
        ],
        "trends": trends,
        "edits": edits,
        "examples": examples,
        "latest": everything.hits,
    }
    return View("home.html", body, context, version=f"{everything.generation}-{shelf.holdings.revision}")


def _trends(shelf: Catalog) -> list[Sparkline]:
    """The median of each metric over the counties' governments, year by year, where at least two years have one."""
    query = replace(COUNTIES, stats=TRENDS)
    drawn = (
        sparkline(replace(COUNTIES, stats=(each.metric,)), each, shelf.metrics[each.metric].breaks)
        for each in shelf.engine.search(replace(query, size=0)).statistics
    )
    return [each for each in drawn if each is not None]


def _examples() -> list[Example]:
    """A topic, a report, a slip of arithmetic: real ones, taken from what is in the index."""
    engine = catalog().engine
    found: list[Example] = []
    for topic in TOPICS:
        query = SearchRequest(text=topic, size=1)
        total = engine.search(query).total
        if total:
            note = ngettext("%(num)s report speaks of it", "%(num)s reports speak of it", total)
            found.append(Example(f"“{topic}”", note, search_address(SearchRequest(text=topic))))
            break
    latest = engine.search(replace(where(level="county", kind="government"), sort="-year", size=1)).hits
    found.extend(
        Example(hit.title, gettext("A county's report, year %(year)s", year=hit.year), report_address(hit.id))
        for hit in latest
    )
    broken = replace(where(finding=("I1:broken", "I2:broken", "I3:broken")), sort="-year")
    total = engine.search(broken).total
    if total:
        found.append(
            Example(
                gettext("Tables that do not add up"),
                ngettext(
                    "%(num)s report whose own figures disagree", "%(num)s reports whose own figures disagree", total
                ),
                search_address(broken),
            )
        )
    return found
