"""The JSON that docs/contract.md promises, made in one place for the site and the command line alike.

Figures are JSON numbers, whole where the value is whole; nothing stands for a missing value but null. What knows the
store or the index is apart (stored_shapes.py, search_shapes.py): ``inspect`` waits for neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from corpus.doubts import Doubt, Language, recalled, said
from corpus.model import Agency, Figure, Finding, Quantity, Report
from corpus.regions import Registry
from webui.answers import (
    AgencyShape,
    DoubtShape,
    ErrorShape,
    FigureShape,
    FindingShape,
    PictureShape,
    QuantityShape,
    RegionShape,
    ReportShape,
)

Json = Mapping[str, object]


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
        "findings": [finding_shape(finding, language) for finding in report.findings],
        "warnings": [doubt_shape(doubt, language) for doubt in report.warnings],
        "quantities": [_quantity(quantity) for quantity in report.quantities],
    }


def error_shape(code: str, message: str, parameter: str | None = None) -> ErrorShape:
    """An error."""
    return {"ok": False, "error": {"code": code, "message": message, "parameter": parameter}}


def _figure(figure: Figure) -> FigureShape:
    shape: FigureShape = {"value": number(figure.value), "raw": figure.raw, "state": figure.state}
    return {**shape, **picture_shape(figure)}


def picture_shape(figure: Figure) -> PictureShape:
    """What is told of a figure that was read from a picture; nothing of another."""
    shape: PictureShape = {}
    if figure.confidence is not None:
        shape["from"], shape["confidence"] = "picture", figure.confidence
    if figure.corrected is not None:
        said = figure.corrected
        shape["corrected"] = {
            "value": number(said.value), "who": said.who, "why": said.why, "when": said.when.isoformat()
        }  # fmt: skip
    return shape


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


def finding_shape(finding: Finding, language: Language) -> FindingShape:
    """What a check says, or a doubt of ours."""
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
