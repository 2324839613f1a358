"""The first page: the search box, what is in here, examples to click."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint
from flask_babel import gettext

from indexer.request import SearchRequest, where
from webui.addresses import report_address, search_address
from webui.catalog import catalog
from webui.respond import View, page
from webui.shapes import region_shape

blueprint = Blueprint("home", __name__)

TOPICS = ("政务新媒体", "讨薪", "行政复议", "营商环境", "学区", "政策解读")
"""Words offered as examples, the first ones that find something."""
_LATEST = 6
"""Reports shown as captured last."""


@dataclass(frozen=True, slots=True)
class Example:
    """Something to click: ``note`` says what it shows."""

    label: str
    note: str
    address: str


@page(blueprint, "/", twin="/index.json")
def home() -> View:
    """What the index holds, by year and by province."""
    shelf = catalog()
    engine = shelf.engine
    everything = engine.search(SearchRequest(sort="-captured", size=_LATEST, apart=True, bare=True))
    years = sorted(
        ((value.value, value.count) for value in everything.facets.get("year", ()) if value.count), reverse=True
    )
    provinces = [value for value in everything.facets.get("region", ()) if value.count]
    examples = _examples()
    body = {
        "ok": True,
        "total": everything.total,
        "generation": everything.generation,
        "years": [{"year": int(year), "count": count} for year, count in years],
        "regions": [{**region_shape(value.value, shelf.registry), "count": value.count} for value in provinces],
        "latest": [{"id": hit.id, "title": hit.title, "year": hit.year, "url": hit.url} for hit in everything.hits],
        "examples": [{"label": each.label, "note": each.note, "address": each.address} for each in examples],
    }
    context = {
        "total": everything.total,
        "years": [(year, count, search_address(where(year=year))) for year, count in years],
        "most": max((count for _, count in years), default=1),
        "provinces": [(value.label, value.count, search_address(where(region=value.value))) for value in provinces],
        "examples": examples,
        "latest": everything.hits,
    }
    return View("home.html", body, context, version=everything.generation)


def _examples() -> list[Example]:
    """A topic, a report, a slip of arithmetic: real ones, taken from what is in the index."""
    engine = catalog().engine
    found: list[Example] = []
    for topic in TOPICS:
        query = SearchRequest(text=topic, size=1)
        total = engine.search(query).total
        if total:
            note = gettext("%(count)s reports speak of it", count=total)
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
                gettext("%(count)s reports whose own figures disagree", count=total),
                search_address(broken),
            )
        )
    return found
