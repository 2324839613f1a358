"""Report ⇄ the compressed JSON body of a row. Decimals are strings: exact, whatever reads them."""

from __future__ import annotations

import hashlib
import json
import zlib
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from corpus.doubts import Doubt, recalled
from corpus.model import CellRef, Correction, Cutout, Figure, Finding, Quantity, Report, Section, SectionKind
from corpus.text import compact


def pack(report: Report) -> bytes:
    """What of a report has no column of its own, compressed. Equal reports give equal bytes."""
    body = {
        "sections": [[section.kind, section.heading, list(section.paragraphs)] for section in report.sections],
        "figures": [
            [figure.id, _text(figure.value), figure.raw, figure.state, _spot(figure.place), *_seen(figure)]
            for figure in report.figures.values()
        ],
        "findings": [finding_row(finding) for finding in report.findings],
        "warnings": [[doubt.code, doubt.values] for doubt in report.warnings],
        "quantities": [
            [q.subject, str(q.low), str(q.high), q.unit, q.section, q.sentence, q.offset, q.start, q.end]
            for q in report.quantities
        ],
    }
    return zlib.compress(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack(body: bytes) -> dict[str, Any]:
    """The keyword arguments of Report that ``pack`` put away."""
    kept = msgspec.json.decode(zlib.decompress(body))
    return {
        "sections": tuple(Section(kind, heading, tuple(lines)) for kind, heading, lines in kept["sections"]),
        "figures": {
            id_: Figure(id_, _decimal(value), raw, state, CellRef(*spot) if spot else None, *_of_picture(*seen))
            for id_, value, raw, state, spot, *seen in kept["figures"]
        },
        "findings": tuple(finding_from(row) for row in kept["findings"]),
        "warnings": tuple(_doubt(row) for row in kept["warnings"]),
        "quantities": tuple(
            Quantity(subject, Decimal(low), Decimal(high), *rest) for subject, low, high, *rest in kept["quantities"]
        ),
    }


class _Narrative(msgspec.Struct):
    sections: list[tuple[SectionKind, str, list[str]]]


class _Checked(msgspec.Struct):
    findings: list[list[Any]]


def sections_in(body: bytes) -> tuple[Section, ...]:
    """Its narrative alone: the rest is passed over."""
    kept = msgspec.json.decode(zlib.decompress(body), type=_Narrative)
    return tuple(Section(kind, heading, tuple(lines)) for kind, heading, lines in kept.sections)


def findings_in(body: bytes) -> tuple[Finding, ...]:
    """Its findings alone."""
    return tuple(map(finding_from, msgspec.json.decode(zlib.decompress(body), type=_Checked).findings))


def finding_row(finding: Finding) -> list[Any]:
    """A finding as JSON keeps it."""
    f = finding
    return [
        f.rule,
        f.verdict,
        list(f.figures),
        _text(f.left),
        _text(f.right),
        [f.doubt.code, f.doubt.values],
        f.note,
        f.quote,
    ]


def finding_from(row: list[Any]) -> Finding:
    """The finding that ``finding_row`` put away."""
    rule, verdict, figures, left, right, doubt, *words = row
    return Finding(rule, verdict, tuple(figures), _decimal(left), _decimal(right), _doubt(doubt), *words)


def _doubt(row: str | list[Any]) -> Doubt:
    """A doubt as ``[code, values]``; bodies of before codes were kept have a sentence."""
    return recalled(row) if isinstance(row, str) else Doubt(*row)


def text_digest(report: Report) -> str:
    """One name for what a report says: its narrative without white space, and its figures.

    Two payloads with an equal one are the same text in another dress (another page style, another host).
    """
    narrative = "\n".join(compact(section.text) for section in report.sections)
    figures = "\n".join(f"{f.id}={_text(f.value)}{f.state}" for _, f in sorted(report.figures.items()))
    return hashlib.sha256(f"{report.form}\n{narrative}\n{figures}".encode()).hexdigest()


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _seen(figure: Figure) -> list[Any]:
    """What figures of a picture alone have stands at the end, where it is left out."""
    if figure.confidence is None:
        return []
    cut, said = figure.cutout, figure.corrected
    return [
        round(figure.confidence, 4),
        cut and [cut.x0, cut.top, cut.x1, cut.bottom, cut.turns],
        said and [_text(said.value), said.who, said.why, said.when.isoformat()],
    ]


def _of_picture(
    confidence: float | None = None, cutout: list[Any] | None = None, corrected: list[Any] | None = None
) -> tuple[float | None, Cutout | None, Correction | None]:
    """What ``_seen`` put away."""
    where = None if cutout is None else Cutout(*cutout)
    if corrected is None:
        return confidence, where, None
    value, who, why, when = corrected
    return confidence, where, Correction(_decimal(value), who, why, datetime.fromisoformat(when))


def _spot(place: CellRef | None) -> list[int | None] | None:
    return None if place is None else [place.table, place.row, place.column, place.page]
