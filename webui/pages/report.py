"""The report page: narrative, statutory tables, what the checks say, and the evidence behind every cell."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, request, url_for
from markupsafe import Markup

from corpus.form import load_form
from corpus.metrics import denominator, metric_values
from corpus.model import Report, SectionKind
from corpus.store import Dated, Stored
from indexer.request import SearchRequest
from webui.addresses import absolute, cell_addresses, search_address
from webui.catalog import Catalog, catalog
from webui.citation import bibtex, gbt7714, schema_org
from webui.contact import error_address
from webui.former import stored_report
from webui.language import chosen_language
from webui.marks import flaws
from webui.pages.versions import edit
from webui.passage import pieces, read_passage
from webui.respond import View, page
from webui.shapes import Json, number, report_shape
from webui.stored_shapes import parts_shape
from webui.table_view import TableView, lay_out

blueprint = Blueprint("report", __name__)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page: narrative, and the statutory tables that belong to it."""

    anchor: str
    kind: SectionKind
    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[TableView, ...]


@page(blueprint, "/reports/<id_>")
def report(id_: str) -> View:
    """One report; a former id redirects for good."""
    shelf = catalog()
    stored = stored_report(id_)
    current = stored.report
    address = absolute(url_for("report.report", id_=id_, lang=None), shelf.settings)
    siblings = shelf.store.dated(current.agency.id)
    shown = parts(current)
    versions = shelf.store.versions(id_) if stored.version > 1 else (stored,)
    passage = read_passage(request.args.get("mark", ""))
    context = {
        "stored": stored,
        "report": current,
        "parts": shown,
        "marked": pieces(passage, ((part.anchor, part.kind, part.paragraphs) for part in shown)),
        "like_address": _like_address,
        "verdicts": Counter(finding.verdict for finding in current.findings),
        "flagged": flaws(current.findings),
        "corrected": sum(figure.corrected is not None for figure in current.figures.values()),
        "from_picture": any(figure.confidence is not None for figure in current.figures.values()),
        "places": [(code, shelf.registry.get(code)) for code in shelf.registry.ancestors(current.agency.region)],
        "siblings": [(each.year, each.id) for each in siblings],
        "versions": versions,
        "edited": edit(versions[-2].report, current) if len(versions) > 1 else None,
        "variants": shelf.store.variants(id_),
        "addresses": [each for each in shelf.store.addresses(id_) if each.startswith(("http://", "https://"))],
        "headline": _headline(shelf, current),
        "over": {
            id_: over
            for id_ in HEADLINE
            if (over := denominator(shelf.metrics[id_], current)) is not None and over < shelf.metrics[id_].least
        },
        "before": _year_before(shelf, siblings, current),
        "gbt7714": gbt7714(stored, address),
        "bibtex": bibtex(stored, address),
        "described": Markup(json.dumps(schema_org(stored, address), ensure_ascii=False).replace("<", "\\u003c")),  # noqa: S704 - JSON whose < is escaped
        "page_address": address,
        "cell_page": cell_addresses(id_),
        "error_in": partial(error_address, shelf.settings.contact, stored),
    }
    version = f"{shelf.holdings.revision}"
    return View("report.html", partial(report_body, shelf, stored), context, index=passage is None, version=version)


def report_body(shelf: Catalog, stored: Stored) -> Json:
    """The JSON twin: what ``inspect`` prints, and where it is kept and comes from."""
    id_, snapshot, registry = stored.id, stored.snapshot, shelf.registry
    region = registry.get(stored.report.agency.region)
    return {
        "ok": True,
        "id": id_,
        **report_shape(stored.report, registry, chosen_language()),
        "agency_id": stored.report.agency.id,
        "fictional": bool(region and region.fictional),
        "metrics": {name: number(value) for name, value in metric_values(stored.report).items()},
        "published": stored.report.published.isoformat() if stored.report.published else None,
        "document_number": stored.report.document_number,
        "url": snapshot.url,
        "sha256": snapshot.digest,
        "captured": snapshot.captured.isoformat(),
        "vanished": stored.vanished.isoformat() if stored.vanished else None,
        "media_type": snapshot.media_type,
        **parts_shape(shelf.store, stored),
        "addresses": list(shelf.store.addresses(id_)),
        "version": stored.version,
        "extractor": stored.extractor,
        "versions": [_evidence(each) for each in shelf.store.versions(id_)],
        "variants": [_evidence(each) for each in shelf.store.variants(id_)],
    }


def parts(current: Report) -> list[Part]:
    """The sections in the order of print, each with its tables; a table whose section is missing comes last."""
    tables: dict[SectionKind, list[TableView]] = {}
    if current.form is not None:
        for table in load_form(current.form).tables:
            tables.setdefault(table.section, []).append(lay_out(table, current.figures, current.findings))
    order: list[tuple[SectionKind, str, tuple[str, ...]]] = [
        (section.kind, section.heading, section.paragraphs) for section in current.sections
    ]
    if current.form is not None:
        present = {kind for kind, _, _ in order}
        order += [
            (c.kind, c.heading, ()) for c in load_form(current.form).chapters if c.kind in tables.keys() - present
        ]
    seen: Counter[str] = Counter()
    found: list[Part] = []
    for kind, heading, paragraphs in order:
        seen[kind] += 1
        anchor = kind if seen[kind] == 1 else f"{kind}-part-{seen[kind]}"
        # The tables stand once, with the first section of their kind.
        found.append(Part(anchor, kind, heading, paragraphs, tuple(tables.pop(kind, ()))))
    return found


HEADLINE = (
    "applications_received",
    "disclosure_rate",
    "refusal_rate",
    "carried_out",
    "reviews",
    "lawsuits",
    "normative_documents_in_force",
    "licensing_decisions",
)
"""The metrics at the head of a report, as many as it has."""


_SHORTEST, _LONGEST = 12, 120
"""Characters of a paragraph: fewer say nothing to compare; the first so many stand for the others in a link."""


def _like_address(paragraph: str) -> str:
    """The search for passages like a paragraph; empty for one that is too short."""
    passage = paragraph.strip()
    return search_address(SearchRequest(like=passage[:_LONGEST].strip())) if len(passage) >= _SHORTEST else ""


def _year_before(shelf: Catalog, siblings: Sequence[Dated], current: Report) -> Report | None:
    """The agency's report of the year before, in the same form: only then do cells compare one by one."""
    before = (each.id for each in siblings if (each.year, each.form) == (current.year - 1, current.form))
    found = shelf.store.get(next(before, ""))
    return found.report if found else None


def _headline(shelf: Catalog, current: Report) -> list[tuple[str, str, object, str]]:
    """(id, name, value, anchor of the first cell behind it) of the chief metrics."""
    values = metric_values(current)
    language = chosen_language()
    return [
        (id_, shelf.metric_name(id_, language), values[id_], shelf.first_cell(id_, current.form))
        for id_ in HEADLINE
        if id_ in values
    ]


def _evidence(stored: Stored) -> Json:
    snapshot = stored.snapshot
    return {
        "version": stored.version,
        "sha256": snapshot.digest,
        "url": snapshot.url,
        "captured": snapshot.captured.isoformat(),
        "media_type": snapshot.media_type,
        "extractor": stored.extractor,
    }
