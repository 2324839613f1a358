"""The JSON that CONTRACT.md promises, made in one place for the site and the command line alike.

Figures are JSON numbers, whole where the value is whole; nothing stands for a missing value but null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from corpus.doubts import Doubt, Language, recalled, said
from corpus.model import Agency, Figure, Finding, Quantity, Report
from corpus.regions import Registry
from corpus.store import Store, Stored
from indexer.result import FacetValue, Hit, SearchResult, Statistics, Summary
from webui.answers import (
    AgencyShape,
    CardShape,
    DoubtShape,
    ErrorShape,
    FacetShape,
    FigureShape,
    FindingShape,
    HitShape,
    QuantityShape,
    RegionShape,
    ReportShape,
    SearchShape,
    StatsShape,
    SummaryShape,
)

Json = Mapping[str, object]
Label = Callable[[str, str], str]
"""(vocabulary, value) → words for a person."""


def number(value: Decimal | None) -> int | float | None:
    """A JSON number: whole where the value is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def region_shape(code: str, registry: Registry) -> RegionShape:
    """``{"code", "name", "path"}``; the path holds the names from the province down."""
    region = registry.get(code)
    return {
        "code": code,
        "name": region.name if region else "",
        "path": list(registry.path(code)) if region else [],
    }


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


def agency_shape(agency: Agency, registry: Registry) -> AgencyShape:
    """An agency under its id."""
    return {
        "id": agency.id,
        "name": agency.name,
        "region": region_shape(agency.region, registry),
        "level": agency.level,
        "kind": agency.kind,
    }


def report_shape(report: Report, registry: Registry, language: Language = "zh-CN") -> ReportShape:
    """A report; ``language`` is that of the messages, codes and values are the same in both."""
    return {
        "title": report.title,
        "agency": report.agency.name,
        "region": region_shape(report.agency.region, registry),
        "level": report.agency.level,
        "kind": report.agency.kind,
        "year": report.year,
        "form": report.form,
        "sections": [{"kind": s.kind, "heading": s.heading, "text": s.text} for s in report.sections],
        "figures": {id_: _figure(figure) for id_, figure in report.figures.items()},
        "findings": [_finding(finding, language) for finding in report.findings],
        "warnings": [doubt_shape(doubt, language) for doubt in report.warnings],
        "quantities": [_quantity(quantity) for quantity in report.quantities],
    }


def error_shape(code: str, message: str, parameter: str | None = None) -> ErrorShape:
    """An error."""
    return {"ok": False, "error": {"code": code, "message": message, "parameter": parameter}}


def _figure(figure: Figure) -> FigureShape:
    return {"value": number(figure.value), "raw": figure.raw, "state": figure.state}


def _quantity(quantity: Quantity) -> QuantityShape:
    return {
        "subject": quantity.subject,
        "low": number(quantity.low),
        "high": number(quantity.high),
        "unit": quantity.unit,
        "section": quantity.section,
        "sentence": quantity.sentence,
        "offset": quantity.offset,
        "mark": (quantity.start, quantity.end),
    }


def doubt_shape(doubt: Doubt, language: Language) -> DoubtShape:
    """A warning, or why a document is no report."""
    return {"code": doubt.code, "values": dict(doubt.values), "message": said(doubt, language)}


def _finding(finding: Finding, language: Language) -> FindingShape:
    note = finding.note and said(recalled(finding.note), language)
    return {
        **doubt_shape(finding.doubt, language),
        "rule": finding.rule,
        "verdict": finding.verdict,
        "figures": list(finding.figures),
        "left": number(finding.left),
        "right": number(finding.right),
        "note": finding.note or None,
        "quote": finding.quote or None,
        "message": " ".join(filter(None, (said(finding.doubt, language), note, finding.quote))),
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


def parts_shape(store: Store, stored: Stored) -> Json:
    """``parts`` of a report that its site prints over several pages: each with its evidence, the first one first."""
    behind = store.pages_behind(stored.snapshot.url) if stored.snapshot.url else ()
    if not behind:
        return {}
    pages = ((stored.snapshot.url, stored.snapshot.digest), *behind)
    return {"parts": [{"url": url, "sha256": digest} for url, digest in pages]}
