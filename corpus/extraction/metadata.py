"""Who reports, about which year, under which title: the report's head, from whatever the format gave.

Title first, then the text, the signature line, the site (FIELD.md, "Body and place"). Where nothing tells, the
reason says so: a wrong place is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.blocks import Content, Grid, Heading
from corpus.doubts import Doubt
from corpus.extraction.agency import Body, read_body
from corpus.extraction.place import Evidence, Traces
from corpus.extraction.title import TitleCandidate, page_titles, titles
from corpus.extraction.vocabulary import vocabulary
from corpus.extraction.year import FIRST_YEAR, address_year, mentioned, period, published
from corpus.model import NATION, Agency, Region
from corpus.regions import Registry
from corpus.text import compact
from corpus.titles import Title, printed

_FIRST_SECTION = re.compile(
    r"[一1]\s*[、.．]\s*(?:总体|概述|概况|基本|主动公开|重点|政府信息|.{0,12}情况$)|(?:概述|总体情况)$",
)
_NUMBER_LINE = re.compile(r"[\u4e00-\u9fff]{2,10}[〔\[（(【](?:19|20)\d\d[〕\]）)】]第?\d{1,4}号")
_NUMBER_LABEL = re.compile(r"^(?:发文字号|发文文号|文号|文件编号|发文号|文件字号)\s*[:：]?\s*(.*)$")
_PUBLISHER = re.compile(
    r"^(?:发布机构|发文机关|发布机关|公开主体|发布单位|信息来源|来源|公开机构|制发机构|所属机构|责任单位)\s*[:：]\s*(.+)$",
)
_OPENING = re.compile(r"(?:本报告|本年度报告|年度报告|本年报).{0,12}由(.{3,30}?)(?:编制|编写|汇总|撰写)")
# Words of an office that speaks of itself, and of a government that sums up (FIELD.md: an office that merely
# signs for the government is not the agency).
_OFFICE_SPEAKS = re.compile(r"我办|本办公室|我办公室|本厅|办公室本级|本单位|本部门|我局|我委|我厅|我中心")
_GOVERNMENT_SPEAKS = re.compile(r"我[省市州盟县区旗]|全[省市州盟县区旗]|汇总|各部门|各乡镇|各镇街|各街道|各级行政机关")
_PROVINCIAL = re.compile(r"(?<!办公)厅$")
_MANY_LINES = 400
_LONGEST_SIGNATURE = 30
_TAIL = 6


@dataclass(frozen=True, slots=True)
class Metadata:
    """The head of a report. ``reason`` says why there is no agency or no year, else None."""

    agency: Agency | None
    year: int | None
    title: str
    published: date | None = None
    document_number: str = ""
    warnings: tuple[Doubt, ...] = ()
    reason: Doubt | None = None


def parse_metadata(content: Content, registry: Registry, *, url: str = "", hint: str = "") -> Metadata:
    """Find title, agency, year, dates of a document.

    ``url`` is weak evidence of place and year; ``hint`` is the code of the region where the site stands, for
    names without a place, never an override.
    """
    lines = _lines(content)
    first_section = next((index for index, (line, _) in enumerate(lines) if _FIRST_SECTION.match(line)), len(lines))
    named = tuple(page_titles(content.metadata.get("articletitle", ""), content.title))
    best = _best(tuple(titles(lines[: min(_MANY_LINES, len(lines))])), named, first_section, registry)
    text = [line for line, _ in lines]
    head = text[: first_section if first_section < len(lines) else min(8, len(lines))]
    day = published(content.metadata, head[-60:], text[-_TAIL:])
    number = _document_number(head)
    if best is None:
        return Metadata(
            None,
            None,
            printed(content.title or (text[0][:80] if text else "")),
            day,
            number,
            reason=Doubt("no_title"),
        )
    title, names = best.title, [candidate.title for candidate in named]
    if title.near_miss:
        return Metadata(
            None,
            None,
            title.text,
            day,
            number,
            reason=Doubt("other_document", {"what": title.near_miss, "title": title.text}),
        )
    year, warnings = _year(title, names, "\n".join(text), url, day)
    lead = "\n".join(text[best.line + 1 :][:30])
    traces = Traces(content.metadata, url, hint, head[-20:], lead, text[-_TAIL:])
    agency, reason = _agency(title, names, traces, registry, year)
    if year is None and reason is None:
        reason = Doubt("no_year")
    return Metadata(agency, year, title.text, day, number, warnings, reason)


def _lines(content: Content) -> list[tuple[str, bool]]:
    """The text outside tables line by line, each with whether it is a heading; tables above the text cell by cell."""
    lines: list[tuple[str, bool]] = []
    for block in content.blocks:
        if isinstance(block, Grid):
            if len(lines) < _MANY_LINES and len(block.rows) <= 12:
                lines.extend((raw, False) for row in block.rows for cell in row if (raw := cell.raw.strip()))
            continue
        heading = isinstance(block, Heading)
        lines.extend((line.strip(), heading) for line in block.text.split("\n") if line.strip())
    return lines


def _best(
    found: Sequence[TitleCandidate], named: Sequence[TitleCandidate], first_section: int, registry: Registry
) -> TitleCandidate | None:
    """The title among the lines and the page's own names: the best supported one, near misses last."""
    confirmed = {compact(candidate.title.text) for candidate in named}
    plain = any(candidate.heading and not candidate.title.near_miss for candidate in found)
    if named and named[0].title.near_miss and not plain:
        return named[0]

    def worth(candidate: TitleCandidate) -> tuple[float, int]:
        title, score = candidate.title, 0.0
        score += 3 * (compact(title.text) in confirmed) + 2 * candidate.heading + 2 * (title.year is not None)
        if title.body:
            score += 2 if read_body(title.body, registry, title.year) is not None else -3
        score -= 3 * (candidate.line > first_section) + 6 * bool(title.near_miss)
        return score, candidate.line

    return max((*found, *named), key=worth, default=None)


def _year(
    title: Title,
    named: Sequence[Title],
    text: str,
    url: str,
    day: date | None,
) -> tuple[int | None, tuple[Doubt, ...]]:
    stated = title.year or next((other.year for other in named if other.year and not other.near_miss), None)
    counted = period(text)
    if stated is not None:
        if counted is not None and counted != stated:
            return stated, (Doubt("year_conflict", {"title": stated, "period": counted}),)
        return stated, ()
    candidates = (counted, address_year(url), day.year - 1 if day else None, mentioned(text[: _MANY_LINES * 4]))
    return next((year for year in candidates if year is not None and year >= FIRST_YEAR), None), ()


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
    title: Title,
    named: Sequence[Title],
    traces: Traces,
    registry: Registry,
    year: int | None,
) -> tuple[Agency | None, Doubt | None]:
    """The body that reports, or the reason why there is none."""
    evidence = Evidence(registry, traces)
    body = read_body(title.body, registry, year) if title.body else None
    if body is None and title.body and not _generic_only(title.body):
        return None, Doubt("no_body", {"title": title.body})
    if body is None:
        body = _body_of_text(named, traces, registry, year)
    if body is None:
        region = evidence.best(title.body if _generic_only(title.body) else "")
        if region is None:
            return None, Doubt("no_place")
        return Agency(region.name + "人民政府", region.code, region.level, "government"), None
    if body.scope == "national":
        return Agency(body.name(None), NATION, "national", "ministry"), None
    region, reason = _region(body, evidence, registry)
    if region is None:
        return None, reason
    level = "township" if body.kind == "township" else region.level
    return Agency(body.name(region), region.code, level, body.kind), None


def _generic_only(words: str) -> bool:
    """Whether what stands before 政府信息公开 is only a word for some place: 市, 县, 本区."""
    return words in vocabulary().generic


def _body_of_text(named: Sequence[Title], traces: Traces, registry: Registry, year: int | None) -> Body | None:
    """The body that a title without one leaves to the page's name, the text or the signature."""
    spoken = [match.group(1) for match in _OPENING.finditer(traces.lead)]
    publishers = [match.group(1) for line in traces.head if (match := _PUBLISHER.match(line))]
    signatures = [line for line in reversed(traces.tail) if len(line) <= _LONGEST_SIGNATURE]
    tags = [traces.metadata.get(tag, "") for tag in ("contentsource", "author")]
    without_place: Body | None = None
    for words in (*(other.body for other in named), *spoken, *publishers, *signatures, *tags):
        body = read_body(compact(words), registry, year)
        if body is None:
            continue
        if body.scope != "missing":
            signs_only = body.kind == "office" and body.place and not _office_reports(traces.lead)
            return read_body(body.place, registry, year) if signs_only else body
        without_place = without_place or body
    return without_place


def _office_reports(lead: str) -> bool:
    return bool(_OFFICE_SPEAKS.search(lead)) and not _GOVERNMENT_SPEAKS.search(lead)


def _region(body: Body, evidence: Evidence, registry: Registry) -> tuple[Region | None, Doubt | None]:
    """The region of the body's government, or the reason why nothing tells it."""
    if body.scope == "missing":
        region = (evidence.of_body(body.rest) if body.rest else None) or evidence.best(body.generic)
        if region is None:
            return None, Doubt("no_place_of_body", {"body": body.printed})
        # A 厅 is a province's, whichever site below shows it (SITES.md § 8: any host can serve any article).
        return (registry.get(registry.ancestors(region.code)[0]) if _PROVINCIAL.search(body.rest) else region), None
    region = body.regions[0] if len(body.regions) == 1 else evidence.choose(body.regions)
    if region is None:
        where = ", ".join("".join(registry.path(candidate.code)) for candidate in body.regions)
        return None, Doubt("several_places", {"name": body.place or body.printed, "places": where})
    return region, None
