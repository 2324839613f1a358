"""The JSON of a search: its hits, facets and what was understood."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from corpus.regions import Registry
from indexer.result import FacetValue, Hit, SearchResult
from webui.answers import CardShape, FacetShape, HitShape, SearchShape
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
    return {
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
        "snippets": [
            {"section": snippet.section, "text": snippet.text, "marks": list(snippet.marks)} for snippet in hit.snippets
        ],
    }
    if hit.metrics:
        shape["metrics"] = {name: number(Decimal(value)) for name, value in hit.metrics.items()}
    region = registry.get(hit.region)
    if region is not None and region.fictional:
        shape["fictional"] = True
    return shape


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
