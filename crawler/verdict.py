"""What an answer is: something to keep, a list, nothing, or a door that is shut. Shut doors are noted, never forced."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from corpus.media import medium_of
from corpus.text import compact, fold
from corpus.titles import is_report_title
from crawler.address import shape
from crawler.anchors import Link
from crawler.induction import with_siblings
from crawler.links import Judgement, extension, in_column, is_other, judge, judge_links
from crawler.page import Page
from crawler.vocabulary import vocabulary

Outcome = Literal["kept", "picture", "listed", "gone", "blocked", "shell", "gate", "moved"]

BLOCKING = frozenset({202, 401, 403, 406, 412, 418, 421, 451, 493, 499, 521, 567})
"""Statuses with which sites keep robots out; 202, 412 and 521 come with a script to be run first."""

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 522, 523, 524})
"""Statuses that may be other the next time."""

ENOUGH = 150
"""Characters outside links that make a page more than a list or a cover of an attachment."""


FEWEST_OF_A_COLUMN = 3
"""Reports that make a column of a page which shows hardly anything else."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is, and the links of it that are worth following. ``strong``: it is in the column of the reports."""

    outcome: Outcome
    judgements: tuple[Judgement, ...] = ()
    strong: bool = False
    detail: str = ""


def file_type(payload: bytes, declared: str, url: str) -> str | None:
    """The media type of a payload that is a file to keep rather than a page; None for a page."""
    head = payload[:2048].lstrip()
    medium = medium_of(payload)
    if medium is not None and medium.suffixes:
        known = declared and not declared.startswith(("text/", "application/octet-stream"))
        return declared if known else medium.media_type
    if declared == "text/plain" and not head.startswith((b"<", b"{", b"[")):
        return declared
    if declared.startswith(("application/msword", "application/vnd.", "application/pdf", "application/rtf")):
        return declared
    words = vocabulary()
    return "application/octet-stream" if extension(url) in words.attachments and b"<" not in head[:64] else None


def consider(page: Page, *, hint: str, strong: bool, weak: int) -> Verdict:
    """Judge a page that was led to by a link with the text ``hint``, from a page that was ``strong`` or ``weak``."""
    shut = _shut(page)
    if shut is not None:
        return shut
    titled, announced = _is_titled(page), is_report_title(fold(hint))
    inside = judge(page, strong=True, weak=0)
    files = [judgement for judgement in inside if judgement.kind == "file"]
    items = _records(inside)
    if _is_report(page, named=titled or announced) and not _is_list(page, items):
        # A column may be rendered as its newest report, with the other years beside it.
        beside = [*files, *_years(inside), *_choices(page)]
        return Verdict("kept", _merged(judge(page, strong=False, weak=weak), beside), strong=True)
    belongs = strong or in_column(page) or _is_of_reports(page, items)
    judged = list(_merged(inside if belongs else _outside(page, inside, weak), files if titled else []))
    if titled and announced and not judged and _is_picture(page):
        return Verdict("picture", detail=_heading(page))
    return Verdict("listed", with_siblings(judged, page.links, page.url, strong=belongs, weak=weak), strong=belongs)


def _outside(page: Page, inside: list[Judgement], weak: int) -> list[Judgement]:
    """The links of a page outside the column; where reports stand among notices, their list is read on."""
    judged = judge(page, strong=False, weak=weak)
    if any(one.kind == "report" for one in judged):
        judged += [replace(one, strong=False, weak=weak) for one in inside if one.kind == "next"]
    return judged


def _shut(page: Page) -> Verdict | None:
    """The verdict on a page that says only why it shows nothing, or not even that; None for any other."""
    words = vocabulary()
    text = fold(compact(page.text))
    said = "\n".join((fold(page.title), fold(page.heading), text[:300]))
    name = page.heading or page.title
    bare = len(text) < 300 and len(page.links) < 8
    if len(text) < 400 and len(page.links) < 60 and words.gone.search(said):
        return Verdict("gone", detail=name)
    if bare and words.blocked.search(said):
        return Verdict("blocked", detail=name or text[:80])
    if bare and page.gate:
        return Verdict("gate", detail="its script sets a cookie before it shows anything")
    if len(text) < 80 and not _offers_something(page):
        return Verdict("shell", detail=page.title or text[:80])
    return None


def _offers_something(page: Page) -> bool:
    return bool(page.links or page.pictures or page.refresh or page.jump)


def _is_titled(page: Page) -> bool:
    """Whether a page calls itself a report, in any of the places where it gives its name."""
    names = (page.metadata.get("articletitle", ""), _heading(page), page.title)
    return any(is_report_title(fold(compact(name))) for name in names)


def _is_report(page: Page, *, named: bool) -> bool:
    """Whether a page reads as a report: by its name and what it says, or by the signs of one."""
    heading = _heading(page)
    if is_other(fold(heading)) and not _only_site_name(page, heading):
        return False
    return (named and page.words >= ENOUGH) or _signs(page) >= vocabulary().signs_needed


def _is_list(page: Page, items: list[Judgement]) -> bool:
    """Whether a page shows many records. What is each called a report makes a list, whatever that is called."""
    rows = {link.around for link in page.links if _is_row(link)}
    named = {one.link.url for one in items if is_report_title(fold(one.link.text))}
    return max(len(items), 3 * len(rows), 3 * len(named), 3 * len(page.unled)) >= 8 and _signs(page) < 2


def _is_of_reports(page: Page, items: list[Judgement]) -> bool:
    """Whether reports are most of what a page leads to: it is their column, whatever it is called (学校信息公开)."""
    reports = {one.link.url for one in items if is_report_title(fold(one.link.text))}
    shown = {link.url for link in page.links if not link.navigation}
    return len(reports) >= FEWEST_OF_A_COLUMN and 2 * len(reports) > len(shown)


def _is_row(link: Link) -> bool:
    """Whether a link stands in a row of a list: one that is called a report, or a year's with 查看."""
    row, words = fold(link.around), vocabulary()
    looks = words.look.match(fold(link.text)) and re.search(r"(19|20)\d\d", row)
    return bool(row) and (is_report_title(row) or bool(looks))


def _records(judgements: list[Judgement]) -> list[Judgement]:
    return [one for one in judgements if one.kind in {"report", "list"} and not one.link.navigation]


def _years(judgements: list[Judgement]) -> list[Judgement]:
    """The other years of a report; in a box that is called a menu, those whose addresses are made alike."""
    years = [one for one in judgements if one.kind in {"report", "list"} and _is_year(one)]
    alike = Counter(shape(one.link.url) for one in years)
    return [one for one in years if not one.link.navigation or alike[shape(one.link.url)] > 1]


def _is_year(judgement: Judgement) -> bool:
    return vocabulary().year.match(fold(judgement.link.text)) is not None


def _choices(page: Page) -> list[Judgement]:
    """The years and bodies that a page shows when it is asked for them: a menu, in whatever box it stands."""
    own = urlsplit(page.url)
    asked = dict(parse_qsl(own.query)).keys()
    same = [
        replace(link, navigation=False)
        for link in page.links
        if (other := urlsplit(link.url))[:3] == own[:3] and asked <= dict(parse_qsl(other.query)).keys()
    ]
    return [one for one in judge_links(same, page.url, strong=True, weak=0) if one.kind == "list"]


def _is_picture(page: Page) -> bool:
    return bool(page.images) and page.words < ENOUGH


def _signs(page: Page) -> int:
    return sum(sign in page.text for sign in vocabulary().signs)


def _heading(page: Page) -> str:
    """What a page calls itself: its article title, else its heading, else the first part of its title."""
    article = compact(page.metadata.get("articletitle", ""))
    return article or page.heading or re.split(r"[-_|—–]", page.title)[0]


def _only_site_name(page: Page, heading: str) -> bool:
    site = compact(page.metadata.get("sitename", ""))
    return bool(site) and heading == site


def _merged(one: list[Judgement], more: list[Judgement]) -> tuple[Judgement, ...]:
    urls = {judgement.link.url for judgement in one}
    return (*one, *(judgement for judgement in more if judgement.link.url not in urls))
