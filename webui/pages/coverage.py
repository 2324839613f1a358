"""Coverage: which governments' reports are here, by province and year, against those that must exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Blueprint

from corpus.model import Region
from corpus.regions import Registry, valid
from corpus.store import Punctuality
from indexer.request import SearchRequest, where
from webui.addresses import search_address
from webui.catalog import Catalog, catalog
from webui.respond import View, page
from webui.shapes import region_shape

blueprint = Blueprint("coverage", __name__)

LEVELS = ("province", "prefecture", "county")
"""The levels whose governments the registry knows, and which must report (条例, arts. 49 and 50)."""

MOST_GAPS = 200
"""Agencies that skip years, as many as the page lists; the twin has them all."""


Spot = tuple[str, int]
"""A province's code and a year."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Governments of a province in a year: found here, and expected."""

    year: int
    found: int
    expected: int
    address: str

    @property
    def share(self) -> int:
        """0…100."""
        return min(100, round(100 * self.found / self.expected)) if self.expected else 0


@dataclass(frozen=True, slots=True)
class Row:
    """A province over the years; ``timing`` None where no report of it has a date of publication."""

    code: str
    name: str
    cells: tuple[Cell, ...]
    timing: Punctuality | None


@page(blueprint, "/coverage")
def coverage() -> View:
    """What is here of what must exist."""
    shelf = catalog()
    registry = shelf.registry
    everything = shelf.engine.search(SearchRequest(size=0))
    years = sorted(int(value.value) for value in everything.facets.get("year", ()) if value.count)
    found = _found(shelf, years)
    expected = _expected(registry, years)
    timing, gaps = shelf.store.punctuality(), shelf.store.gaps()
    rows = []
    for province in registry.provinces():
        cells = tuple(_cell(province.code, year, found, expected) for year in years)
        if any(cell.found for cell in cells):
            rows.append(Row(province.code, province.name, cells, timing.get(province.code[:2])))
    counts = shelf.store.counts()
    without = [region for region in registry.provinces() if region.code not in {row.code for row in rows}]
    body = {
        "ok": True,
        "total": everything.total,
        "levels": {value.value: value.count for value in everything.facets.get("level", ())},
        "provinces": [{**region_shape(row.code, registry), **_row_shape(row)} for row in rows],
        "without": [region_shape(region.code, registry) for region in without],
        "agencies_with_gaps": len(gaps),
        "gaps": [{"agency_id": gap.agency_id, "agency": gap.agency, "years": list(gap.years)} for gap in gaps],
        "snapshots": counts.snapshots,
        "former_versions": counts.former,
        "variants": counts.variants,
        "gone": counts.gone,
        "withheld": counts.withheld,
        "pending": counts.pending,
        "unreadable": dict(counts.rejected),
    }
    context = {
        "rows": rows,
        "years": years,
        "counts": counts,
        "gaps": gaps[:MOST_GAPS],
        "gapped": len(gaps),
        "without": without,
        "levels": everything.facets.get("level", ()),
        "level_address": lambda level: search_address(where(level=level)),
    }
    return View("coverage.html", body, context, version=f"{everything.generation}.{shelf.holdings.revision}")


def _found(shelf: Catalog, years: list[int]) -> Counter[Spot]:
    """How many governments' reports are here of each province and year."""
    found: Counter[Spot] = Counter()
    for year in years:
        query = replace(where(year=str(year), level=LEVELS, kind="government"), size=0)
        for value in shelf.engine.search(query).facets.get("region", ()):
            found[value.value, year] = value.count
    return found


def _cell(province: str, year: int, found: Counter[Spot], expected: Counter[Spot]) -> Cell:
    return Cell(year, found[province, year], expected[province, year], _address(province, year))


def _row_shape(row: Row) -> dict[str, object]:
    return {
        "years": [{"year": cell.year, "found": cell.found, "expected": cell.expected} for cell in row.cells],
        "dated": row.timing.dated if row.timing else 0,
        "late": row.timing.late if row.timing else 0,
    }


def _expected(registry: Registry, years: list[int]) -> Counter[Spot]:
    """How many governments a province has in each year, its own included."""
    expected: Counter[Spot] = Counter()
    for code, region in _with_province(registry):
        for year in years:
            if valid(region, year):
                expected[code, year] += 1
    return expected


def _with_province(registry: Registry) -> Iterator[tuple[str, Region]]:
    for region in registry:
        lineage = registry.ancestors(region.code)
        if lineage and region.level in LEVELS:
            yield lineage[0], region


def _address(code: str, year: int) -> str:
    return search_address(where(region=code, year=str(year), level=LEVELS, kind="government"))
