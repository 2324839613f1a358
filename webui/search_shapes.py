"""The JSON of a search: its hits, facets and what was understood."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from corpus.regions import Registry
from indexer.result import FacetValue, Hit, SearchResult, Statistics, Summary
from webui.search_answers import CardShape, FacetShape, HitShape, SearchShape, StatsShape, SummaryShape
from webui.shapes import number, region_shape

Label = Callable[[str, str], str]
"""(vocabulary, value) → words for a person."""


def search_shape(
    result: SearchResult,
    registry: Registry,
    next_address: str | None,
    label: Label | None = None,
    card: CardShape | None = None,
) -> SearchShape:
    """The body of ``/search.json`` and of ``nianbao search --json``. ``label`` renames facet values."""
    shape: SearchShape = {
        "ok": True,
        "total": result.total,
        "query": dict(result.understood),
        "hits": [hit_shape(hit, registry) for hit in result.hits],
        "facets": {
            name: [_facet_value(name, value, label) for value in values] for name, values in result.facets.items()
        },
        "next": next_address,
        "card": card,
        "relaxed_hits": [hit_shape(hit, registry) for hit in result.relaxed_hits],
    }
    if result.groups is not None:
        shape["groups"] = result.groups
    if result.statistics:
        shape["stats"] = {each.metric: _stats(each, registry) for each in result.statistics}
    return shape


def hit_shape(hit: Hit, registry: Registry) -> HitShape:
    """One hit."""
    shape: HitShape = {
        "id": hit.id,
        "title": hit.title,
        "agency": hit.agency,
        "region": region_shape(hit.region, registry),
        "level": hit.level,
        "kind": hit.kind,
        "year": hit.year,
        "form": hit.form,
        "url": hit.url,
        "score": hit.score,
        "captured": hit.captured.isoformat() if hit.captured else None,
        "snippets": [
            {"section": snippet.section, "text": snippet.text, "marks": list(snippet.marks)} for snippet in hit.snippets
        ],
    }
    if hit.scanned:
        shape["from"] = "picture"
    if hit.metrics:
        shape["metrics"] = {name: number(Decimal(value)) for name, value in hit.metrics.items()}
    region = registry.get(hit.region)
    if region is not None and region.fictional:
        shape["fictional"] = True
    return shape


def _stats(each: Statistics, registry: Registry) -> StatsShape:
    return {
        "unit": each.unit,
        **_summary(each.whole),
        "years": [{"year": year, **_summary(summary)} for year, summary in each.years.items()],
        "regions": [
            {"region": region_shape(code, registry), **_summary(summary)} for code, summary in each.regions.items()
        ],
    }


def _summary(each: Summary) -> SummaryShape:
    return {
        "reports": each.reports,
        "count": each.valued,
        "missing": each.missing,
        "sum": each.sum,
        "minimum": each.minimum,
        "quartiles": list(each.quartiles) if each.quartiles else None,
        "median": each.quartiles[1] if each.quartiles else None,
        "maximum": each.maximum,
        "cases": each.cases,
    }


def _facet_value(name: str, value: FacetValue, label: Label | None) -> FacetShape:
    shape: FacetShape = {
        "value": value.value,
        "label": (label(name, value.value) if label else "") or value.label,
        "count": value.count,
        "selected": value.selected,
    }
    if name == "region":
        shape["children"] = [_facet_value(name, child, label) for child in value.children]
    return shape
