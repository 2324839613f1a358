"""The head of a report: who reports, about which year, under which title.

Four questions, one manner of answering: every source that says something (lines, the page's names, opening words,
publisher, statistical period, signature, address …) makes a candidate, sources have weights (``weights.toml``), what
agrees adds up, the heaviest wins. Where nothing tells, the reason says so: a wrong place is worse than none.

    title    title.py            of the lines and the page's names the one that most speaks for
    body     reporting_body.py   asked only where the title names none
    place    place.py            asked only where the body's name leaves it open
    year     year.py             the title's, else the sources weighed
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.blocks import Content
from corpus.doubts import Doubt
from corpus.extraction.agency import Body, ministry, read_body
from corpus.extraction.place import Evidence
from corpus.extraction.place_in_name import zone_within
from corpus.extraction.reporting_body import OURS, reporting_body
from corpus.extraction.self_description import SelfDescription, describe
from corpus.extraction.title import best_title, paper_of_another_kind
from corpus.extraction.vocabulary import vocabulary
from corpus.extraction.year import published, weighed_year
from corpus.model import NATION, Agency, Region
from corpus.regions import Registry
from corpus.text import compact
from corpus.titles import Title, is_university, near_miss, printed

_NUMBER_LINE = re.compile(r"[\u4e00-\u9fff]{2,10}[〔\[（(【](?:19|20)\d\d[〕\]）)】]第?\d{1,4}号")
_NUMBER_LABEL = re.compile(r"^(?:发文字号|发文文号|文号|文件编号|发文号|文件字号)\s*[:：]?\s*(.*)$")
_PROVINCIAL = re.compile(r"(?<!办公)厅$")
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Metadata:
    """The head of a report. ``reason`` says why there is no agency or no year, else None.

    ``unless_table`` says why it is none if it has no statutory table: a university's, or a paper that bears another
    title. ``titled`` tells whether a title says whose or which year's report it is.
    """

    agency: Agency | None
    year: int | None
    title: str
    published: date | None = None
    document_number: str = ""
    warnings: tuple[Doubt, ...] = ()
    reason: Doubt | None = None
    unless_table: Doubt | None = None
    titled: bool = True


def parse_metadata(content: Content, registry: Registry, *, url: str = "", hint: str = "", name: str = "") -> Metadata:
    """Find title, agency, year, dates of a document.

    ``url`` and the file's ``name`` are weak evidence of body, place and year; ``hint`` is the code of the region where
    the site stands, for names without a place, never an override.
    """
    document = describe(content, url, hint, name)
    title = best_title(document, registry)
    day = published(document.metadata, document.head, document.tail)
    number = _document_number(document.head)
    titled = title is not None and bool(title.body or title.year)
    # What tells neither whose nor which year's report it is may be a column's name above another paper.
    other = "" if titled else paper_of_another_kind(document)
    miss = title.near_miss if title is not None else ""
    if word := miss or (near_miss(other) if "公开" in other else ""):
        named = title.text if title is not None and miss else printed(other)
        refused = Doubt("other_document", {"what": word, "title": named})
        return Metadata(None, None, named, day, number, reason=refused)
    year, warnings = weighed_year(document, title, day)
    agency, reason = _agency(document, title, registry, year)
    if agency is not None and year is None:
        reason = Doubt("no_year")
    unless_table = _unless_table(other, title, agency)
    if title is None and unless_table is not None:
        reason = reason and unless_table
    shown = _shown(title, document)
    if title is None and agency is not None and year is not None:
        shown, warnings = f"{agency.name}{year}年政府信息公开工作年度报告", (*warnings, Doubt("untitled"))
    return Metadata(agency, year, shown, day, number, warnings, reason, unless_table, titled)


def _shown(title: Title | None, document: SelfDescription) -> str:
    if title is not None:
        return title.text
    first = document.lines[0][0][:_SHOWN] if document.lines else ""
    return printed(document.page_names[-1] or first)


def _unless_table(other: str, title: Title | None, agency: Agency | None) -> Doubt | None:
    """Why a document without a statutory table is no report, whatever else speaks for it."""
    if other:
        return Doubt("other_paper", {"title": other})
    if agency is not None and is_university(agency.name):
        return Doubt("university_without_table", {"title": agency.name if title is None else title.text})
    return None


def _document_number(head: Sequence[str]) -> str:
    """The report's own number: a line of its own above the text, or a labelled one; never a number cited."""
    for index, line in enumerate(head):
        if (match := _NUMBER_LABEL.match(line)) is not None:
            words = compact(match[1] or (head[index + 1] if index + 1 < len(head) else ""))
            if _NUMBER_LINE.fullmatch(words):
                return words
        elif _NUMBER_LINE.fullmatch(compact(line)):
            return compact(line)
    return ""


def _agency(
    document: SelfDescription, title: Title | None, registry: Registry, year: int | None
) -> tuple[Agency | None, Doubt | None]:
    """The body that reports, or the reason why there is none."""
    evidence = Evidence(registry, document)
    named = title.body if title is not None else ""
    words = vocabulary()
    generic = named if named in words.generic else ""
    placeless = not named or generic or named in words.government
    body = None if placeless or OURS.match(named) else read_body(named, registry, year)
    if generic and (region := evidence.best(generic)) is not None:
        return Agency(region.name + "人民政府", region.code, region.level, "government"), None
    if body is None:
        body = reporting_body(document, registry, year)
    if body is None and not placeless:
        return None, Doubt("no_body", {"title": named})
    if body is None:
        return _government_of_the_place(evidence, generic, titled=title is not None and bool(generic or title.year))
    if body.scope == "national":
        return Agency(body.name(None), NATION, "national", "ministry"), None
    body, region, reason = _placed(body, evidence, registry)
    if region is None:
        return None, reason
    level = "township" if body.kind == "township" else region.level
    return Agency(body.name(region), region.code, level, body.kind), None


def _government_of_the_place(evidence: Evidence, generic: str, *, titled: bool) -> tuple[Agency | None, Doubt | None]:
    """Whoever names no body is the place's government; without a title that is too little."""
    region = evidence.best(generic) if titled else None
    if region is None and titled:
        return None, Doubt("no_place")
    if region is None:
        return None, Doubt("no_title")
    return Agency(region.name + "人民政府", region.code, region.level, "government"), None


def _placed(body: Body, evidence: Evidence, registry: Registry) -> tuple[Body, Region | None, Doubt | None]:
    """The body with the region of its government, or the reason why nothing tells it."""
    if body.uncertain:
        # 东方财政局: the county's, if anything else names it; else a body called 东方 wherever the site stands.
        region = evidence.choose(body.regions)
        elsewhere = evidence.best()
        if elsewhere is not None and (region is None or evidence.score(elsewhere) > 2 * evidence.score(region)):
            return body.placeless, elsewhere, None
    if body.scope == "missing":
        if body.rest:
            evidence.hear_of(body.rest)
        region = evidence.best(body.generic, town=body.kind == "township")
        if region is None and (zone := zone_within(body.printed, registry)):
            # 西咸新区底张街道 lies in a zone, which is its place.
            return replace(body, scope="region"), zone[0], None
        if region is None:
            return body, None, Doubt("no_place_of_body", {"body": body.printed})
        # A 厅 is a province's, whichever site below shows it (docs/sites.md: any host can serve any article).
        province = registry.get(registry.ancestors(region.code)[0])
        return body, province if _PROVINCIAL.search(body.rest) else region, None
    region = body.regions[0] if len(body.regions) == 1 else evidence.choose(body.regions)
    if region is None and (body.kind == "zone" or ministry(body.printed)):
        # 昌吉高新区, 国家统计局昌吉调查队 may be the prefecture's or that of its city of the same name: in the former
        # it lies at any rate.
        region = evidence.around(body.regions)
    if region is None:
        where = ", ".join("".join(registry.path(candidate.code)) for candidate in body.regions)
        return body, None, Doubt("several_places", {"name": body.place or body.printed, "places": where})
    return body, region, None
