"""Which links may lead to reports, and how much they promise. The words are data (links.toml).

A link is judged by its text, its address, what stands around it and where it was found. Inside the column of the
yearly reports (a *strong* page) a bare year, the name of a body or 查看 is enough; elsewhere a link must speak for
itself, and from a *way* (信息公开) only so many steps are taken before something must speak for the column again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from corpus.text import compact, fold, remembered
from corpus.titles import is_report_title, near_miss
from crawler.address import REMEMBERED, house, key, list_folder, trap
from crawler.anchors import Link
from crawler.counting import counts, follows, numbered_on
from crawler.page import Page
from crawler.vocabulary import vocabulary

Kind = Literal["report", "file", "list", "next", "api", "script", "article", "part", "probe"]

PRIORITIES: dict[str, int] = {
    "report": 60,
    "file": 70,
    "next": 50,
    "api": 50,
    "script": 50,
    "article": 60,
    "part": 65,
    "list": 40,
}
"""What is fetched first: what is surest to be worth the request. A way comes last, at 10 less each step."""

WEAK_STEPS = 8
"""So many links in a row may promise only a way; what a crawl may spend on them is bounded by the barren families."""

DEEPEST = 14
"""Steps from a start; the deepest trees of the survey have six."""


LONGEST_WAY = 24
"""Characters of a way's name."""

LONGEST_NAME = 40
"""Characters; the longest names of bodies have about 30."""


LONGEST_COLUMN = 14
"""Characters of a column's name, like 政府信息公开工作年度报告; a longer one names a body and so a report."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a link promises: the kind of page, whether it stays in the column, the steps since the last sign of it.

    ``place`` names the list of links that it stands in. Of a ``probe`` nothing but its place is known; what is ``held``
    waits for another of its list to prove itself.
    """

    link: Link
    kind: Kind
    strong: bool
    weak: int
    priority: int
    place: str = ""
    probe: bool = False
    held: bool = False


@remembered
def is_other(text: str) -> bool:
    """Whether a link is about something else than a report: a reading aid, a notice, another yearbook.

    A column may share its name with others: 信息公开指南与年报 is no guide. 各部门信息公开 is a way to many bodies'.
    """
    if is_report_title(text):
        return False
    words = vocabulary()
    if words.column.search(text) and (words.shared.search(text) or words.gathered.search(text)):
        return False
    text = re.sub(r"[（(]含[^）)]*[）)]", "", text)
    bare = words.names.sub("", text)
    missed = near_miss(text)
    way = (
        missed
        and words.way.search(text)
        and (words.directory.search(text) or not near_miss(words.gathered.sub("", text)))
    )
    return (bool(missed) and not way) or words.other.search(bare) is not None


@remembered
def gathers(text: str) -> bool:
    """Whether a title is that of a page with the reports of many bodies: 2023年度各部门政府信息公开年度报告汇总."""
    bare = vocabulary().gathered.sub("", text)
    return bare != text and not is_report_title(text) and is_report_title(bare)


@remembered
def is_onward(text: str) -> bool:
    """Whether a link's text is a pager's: a next page's word or number, in whatever brackets."""
    words = vocabulary()
    bare = words.next_marks.sub("", text)
    return words.next.match(bare) is not None if bare else words.next_alone.match(text) is not None


@lru_cache(REMEMBERED)
def extension(url: str) -> str:
    """The ending of an address's file name, or of a name given in its query."""
    parts = urlsplit(url)
    for name in (parts.path, parts.query):
        match = re.search(r"\.([A-Za-z]{2,5})$", name)
        if match:
            return match.group(1).lower()
    return ""


def in_column(page: Page) -> bool:
    """Whether a page is, or belongs to, the column of the yearly reports."""
    words = vocabulary()
    named = page.metadata.get("columnname", "")
    names = (page.title, page.heading, compact(named), page.trail)
    spoken = any(words.column.search(name) or is_report_title(name) for name in names if name)
    return spoken or words.slug.search(_path(page.url)) is not None


def judge(page: Page, *, strong: bool, weak: int) -> list[Judgement]:
    """The links of a page that may lead to reports, as they stand in it."""
    return judge_links(page.links, page.url, strong=strong, weak=weak)


def judge_links(links: Iterable[Link], origin: str, *, strong: bool, weak: int) -> list[Judgement]:
    """Judge links that were found at an address."""
    own = key(origin)
    judged = (_judge(link, origin, strong=strong, weak=weak) for link in links if link.form or key(link.url) != own)
    return [judgement for judgement in judged if judgement is not None and not trap(judgement.link.url)]


def _judge(link: Link, origin: str, *, strong: bool, weak: int) -> Judgement | None:
    text, ending = fold(link.text), extension(link.url)
    if ending in vocabulary().assets:
        return None
    if strong and _is_pager(link, text, origin) and _goes_on(link, text, origin):
        return _as(link, "next")
    if strong and gathers(text):
        return _as(link, "list")
    if is_other(text):
        return None
    if _is_file(link, text, ending):
        return _file(link, text, strong=strong)
    kind = _spoken(text) or (_inside(link, text, origin) if strong else None) or _slugged(link, text, origin)
    return _as(link, kind) if kind is not None else _way(link, text, strong=strong, weak=weak)


def _is_pager(link: Link, text: str, origin: str) -> bool:
    """Whether a link goes on with its list: by its code, its words, its system's addresses, or its page's number."""
    words = vocabulary()
    # An arrow in a report's own row leads to that report.
    said = is_onward(text) and not (words.next_alone.match(text) and is_report_title(fold(link.around)))
    if link.onward or said or words.next_address.search(link.url) is not None:
        return True
    if (not text or link.pictured) and numbered_on(link.url, origin):
        return True
    return not (words.yearly.search(text) or is_report_title(text)) and follows(link.url, origin)


def _is_file(link: Link, text: str, ending: str) -> bool:
    """Whether a link says that it leads to a file: by its address, or by its words."""
    words = vocabulary()
    return (
        ending in words.attachments
        or (not ending and words.download.search(_path(link.url)) is not None)
        or words.attached.match(words.next_marks.sub("", text)) is not None
    )


def _way(link: Link, text: str, *, strong: bool, weak: int) -> Judgement | None:
    """A frame, or a step towards the column."""
    if link.frame:
        return Judgement(link, "list", strong=strong, weak=weak, priority=PRIORITIES["list"])
    words = vocabulary()
    # Of a picture of words nothing can be read but where it leads.
    told = words.path.search(_path(link.url)) if link.pictured else words.way.search(text)
    if not strong and weak < WEAK_STEPS and len(text) <= LONGEST_WAY and told:
        return Judgement(link, "list", strong=False, weak=weak + 1, priority=20 - 2 * weak)
    return None


def _goes_on(link: Link, text: str, origin: str) -> bool:
    """Whether a pager's link stays with its list: a word leads anywhere on the host, a number nearby or to a page."""
    if link.onward or link.form:
        return True
    if house(link.url) != house(origin):
        return False
    if not re.search(r"\d", text):
        return not link.navigation or list_folder(link.url).startswith(list_folder(origin))
    stem = _path(origin).partition("?")[0].rpartition(".")[0]
    nearby = _folder(link.url) == _folder(origin) or (bool(stem) and urlsplit(link.url).path.startswith(stem))
    return nearby or counts(urlsplit(link.url).query)


def _file(link: Link, text: str, *, strong: bool) -> Judgement | None:
    """An attachment, where it or its row is called a report, or where the page is about nothing else."""
    around = fold(link.around)
    named = is_report_title(text) or is_report_title(around)
    return _as(link, "file") if named or (strong and not link.navigation and not is_other(around)) else None


@remembered
def _spoken(text: str) -> Kind | None:
    """What a link is by its own text, wherever it stands."""
    words = vocabulary()
    column = words.column.search(text) is not None
    if column and len(text) <= LONGEST_COLUMN and re.search(r"\d{4}", text) is None:
        return "list"
    return "report" if is_report_title(text) else "list" if column else None


def _inside(link: Link, text: str, origin: str) -> Kind | None:
    """What a link is that stands in the column of the reports. In navigation only a year says enough."""
    words = vocabulary()
    if words.year.match(text):
        return "list" if _possible(text) else None
    if words.yearly.search(text):
        return "report" if _possible(text) else None
    return None if link.navigation else _row(link, text, origin)


def _row(link: Link, text: str, origin: str) -> Kind | None:
    """What a row of the column is: a report by what stands around it, a list by the name of a body or of a part."""
    words, around = vocabulary(), fold(link.around)
    bare = words.next_marks.sub("", text).strip("+")
    slugged, look = words.slug.search(_path(link.url)), words.look.match(bare)
    if is_report_title(around) and (not bare or look or words.date.match(text)):
        return "report"
    if look:
        return "report" if (slugged or _beside(link.url, origin)) and not is_other(around) else None
    named = words.sub.match(text) or (words.body.search(text) and len(text) <= LONGEST_NAME)
    return "list" if (named and not _is_home(link.url, origin)) or (slugged and not text) else None


def _is_home(url: str, origin: str) -> bool:
    """Whether an address is the home of its page's site: a logo is called as the government, and is no body's list."""
    return key(url) == f"{house(origin)}/"


def _slugged(link: Link, text: str, origin: str) -> Kind | None:
    """A link whose address leads into a folder that is named like the column, from outside of it."""
    slug = vocabulary().slug
    enters = slug.search(_path(link.url)) and not slug.search(_path(origin))
    return "list" if enters and text and not link.navigation else None


def _as(link: Link, kind: Kind) -> Judgement:
    return Judgement(link, kind, strong=True, weak=0, priority=PRIORITIES[kind])


@lru_cache(REMEMBERED)
def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _beside(url: str, origin: str) -> bool:
    """Whether two addresses share their folder, or one's folder holds the other."""
    mine, theirs = _folder(origin), _folder(url)
    return theirs.startswith(mine) or mine.startswith(theirs)


def _folder(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[0]


def _possible(text: str) -> bool:
    """Reports exist since 2008 (条例, 2007); a calendar's other years lead nowhere."""
    found = re.search(r"(19|20)\d\d", text)
    return found is None or 2003 <= int(found.group()) <= 2100
