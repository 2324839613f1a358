"""Where a document's title may stand: its lines, alone or up to three together, and the names its page gives itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.extraction.agency import read_body
from corpus.extraction.sections import ends_report
from corpus.extraction.self_description import SelfDescription
from corpus.extraction.vocabulary import vocabulary
from corpus.extraction.weights import weights
from corpus.regions import Registry
from corpus.text import compact
from corpus.titles import YEAR, Title, beginning_title, other_paper, printed, read_title

_SUFFIX = re.compile(
    r"[_|｜·]|\s[-–—]+\s?|[-–—]+(?=[^-–—]*(?:网|政府|平台|门户|中国|公开|报告|年报)[^-–—]*$)|(?<=[网站台])\s+"
)
_SEPARATOR = re.compile(r"[-–—_|｜·]|网站|门户")
_PROMISING = re.compile(r"公[开開]|报[告表]|報告")
_TRAIL = re.compile(r"[>＞»]")
_BARS = re.compile(r"[|｜]+|\s[-–—_]+\s")
_BARS_OR_SPACE = re.compile(r"[|｜\s'\"`,]+")
_IN_BRACKETS = re.compile(r"[(（]([\u4e00-\u9fff]+)[)）]$")
_ONLY_A_YEAR = re.compile(rf"[(（]?{YEAR}年?度?[)）]?")
_DATED = re.compile(r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}")
_COLLECTION = re.compile(r"总结.*(?:汇编|范文|\d+篇)")
"""The title of many bodies' summaries one below the other."""
_LONGEST = 70
_DIVISION = re.compile(r"[\u4e00-\u9fff]{1,8}(?:省|自治区|市|自治州|州|盟|地区|县|区|旗)")
_MANY_LINES = 400
_FIRST_LINES = 3
_LONGEST_COLUMN = 8
_LONGEST_TRIED = 140
_LONGEST_LEAD = 400
"""Of a page that is one line the title is a word among the first."""


@dataclass(frozen=True, slots=True)
class TitleCandidate:
    """A title and where it stands: in which line, -1 in the page's metadata; whether a heading is part of it.

    ``end`` is the line behind it.
    """

    title: Title
    line: int = -1
    heading: bool = False
    end: int = 0


def best_title(document: SelfDescription, registry: Registry) -> Title | None:
    """The title among a document's lines and its page's names: the best supported one, near misses last.

    A page that calls itself a near miss is one, unless a heading of the text is a report's title. The title among a
    file's properties may be that of the paper whose file was written over: it speaks only for a report.
    """
    named = tuple(page_titles(*document.page_names))
    stored = [candidate for candidate in page_titles(document.stored_name) if not candidate.title.near_miss]
    found = tuple(titles(document.lines[:_MANY_LINES]))
    plain = any(candidate.heading and not candidate.title.near_miss for candidate in found)
    if named and named[0].title.near_miss and not plain:
        return named[0].title
    # Below it stand the titles of its pieces.
    collection = next((candidate for candidate in found if _COLLECTION.search(candidate.title.text)), None)
    if collection is not None and (collection.heading or not plain):
        return collection.title
    printed_in_it = {compact(candidate.title.text) for candidate in found}
    names = {_as_printed(compact(candidate.title.text), found) for candidate in (*named, *stored)}
    weight = weights()["title"]

    def worth(candidate: TitleCandidate) -> tuple[float, int]:
        title = candidate.title
        text = compact(title.text)
        score = weight["heading"] * candidate.heading
        if candidate not in stored and text in names:
            score += weight["confirmed" if text in printed_in_it else "named"]
        score += weight["year"] * (title.year is not None) + weight["near_miss"] * bool(title.near_miss)
        score += weight["below_section_one"] * (candidate.line > document.first_section)
        score += weight["below_the_text"] * (candidate.line > document.last_first_section)
        if title.body:
            body = read_body(title.body, registry, title.year)
            word = title.body in vocabulary().generic
            score += weight["body" if body is not None or word else "no_body"]
            score += weight["placed"] * (body is not None and bool(body.place or body.generic))
        return score, candidate.line

    best = max((*found, *named, *stored), key=worth, default=None)
    if best is None or (not best.title.near_miss and worth(best)[0] < weight["least"]):
        return None
    return best.title if best.title.body else _with_body_beneath(best, document, registry)


def _as_printed(name: str, found: Iterable[TitleCandidate]) -> str:
    """How the document prints a page's name, which may begin with its site's and its column's, or lack a superior."""
    whole = [compact(candidate.title.text) for candidate in found if candidate.title.body]
    longer = (text for text in whole if text.endswith(name) and _DIVISION.fullmatch(text.removesuffix(name)))
    return max((text for text in whole if name.endswith(text)), key=len, default=next(longer, name))


def _with_body_beneath(found: TitleCandidate, document: SelfDescription, registry: Registry) -> Title:
    """A title that names no body, with the one whose name and place stand behind it in brackets or on a cover.

    政府信息公开 / 工作年度报告 / (2021年) / 云溪县人民政府办公室: on a cover stands a year, too, in the title or a line
    of its own above or below the name. Without one the name may be a publisher's.
    """
    beneath = [compact(line) for line, _ in document.lines[found.end : found.end + 2]] if found.line >= 0 else []
    names = [line for line in beneath if not _ONLY_A_YEAR.fullmatch(line)]
    if found.title.year is None and len(names) == len(beneath):
        names = []
    read = (
        read_body(name, registry, found.title.year) for name in (*_IN_BRACKETS.findall(found.title.text), *names[:1])
    )
    body = next((body for body in read if body is not None and body.place and body.rest), None)
    return replace(found.title, body=body.printed) if body is not None else found.title


def paper_of_another_kind(document: SelfDescription) -> str:
    """The title of a paper of another kind that an untitled document bears, ``""`` if it bears none."""
    headings = [line for line, heading in document.lines[: document.first_section] if heading]
    # A menu names the column of these reports among others: 政府信息公开指南, 政府信息公开年报.
    columns = (title for line in document.head if (title := read_title(line)) is not None and not title.near_miss)
    shortest = _LONGEST_COLUMN if any(columns) else 0
    first = [
        line
        for place, line in enumerate(document.head)
        if len(line) > shortest and (place < _FIRST_LINES or "关于" in line)
    ]
    return next((line for line in (*headings, *document.page_names, *first) if other_paper(line)), "")


def page_titles(*names: str) -> Iterator[TitleCandidate]:
    """Titles among the names that a page gives itself, their site's suffix taken off."""
    for name in names:
        parts = dict.fromkeys(part for part in (name, *_SUFFIX.split(name)) if part)
        read = [title for part in parts if (title := read_title(part)) is not None]
        if read:
            # A near miss is one whole. The column is called 政府信息公开年报, the site has a name: what tells most.
            yield TitleCandidate(
                max(
                    read,
                    key=lambda title: (
                        title.near_miss,
                        not _SEPARATOR.search(title.body),
                        title.year or 0,
                        len(title.body),
                    ),
                )
            )


def titles(lines: Sequence[tuple[str, bool]]) -> Iterator[TitleCandidate]:
    """Every line, run of two or three lines, piece between bars, or beginning of a line that reads as a title.

    ``lines`` are (text, is a heading).
    """
    short = [printed(line) if len(line) <= _LONGEST_TRIED and not ends_report(line) else "" for line, _ in lines]
    for first, line in enumerate(short):
        # Of two that say as much the first is taken.
        said = lines[first][0]
        yield from (
            TitleCandidate(title, first, lines[first][1], first + 1)
            for title in (_among(_pieces(said if line else "", first)) if len(said) <= _LONGEST else _among_words(said))
        )
        yield from _joined(first, short, lines)
        if not _PROMISING.search(lines[first][0][:_LONGEST_TRIED]) or (line and read_title(line)):
            continue
        if (beginning := beginning_title(lines[first][0])) is not None:
            yield TitleCandidate(beginning, first, lines[first][1], first + 1)


def _joined(first: int, short: Sequence[str], lines: Sequence[tuple[str, bool]]) -> Iterator[TitleCandidate]:
    joined, heading = "", False
    for end, (following, (_, marked)) in enumerate(
        zip(short[first : first + 3], lines[first : first + 3], strict=True), first + 1
    ):
        if joined and _is_whole(following, above="" if marked and not heading else joined):
            return  # a site's name above a heading, a publisher's above a line that is a title by itself
        joined, heading = joined + following, heading or marked
        if not short[first] or not following or len(joined) > _LONGEST or _DATED.match(following):
            return
        if joined != following and _TRAIL.search(joined.removesuffix(following)):
            return  # a trail of the site is no beginning of a title
        title = read_title(joined) if _PROMISING.search(joined) else None
        if title is not None:
            yield TitleCandidate(title, first, heading, end)


def _is_whole(line: str, above: str) -> bool:
    """Whether a line is a title that names its body, and so that the line above it ends with the name."""
    title = read_title(line) if _PROMISING.search(line) else None
    return title is not None and bool(title.body) and (not above or above.endswith(title.body))


def _pieces(line: str, at: int) -> Iterator[str]:
    """The pieces of a line between bars; where a page is copied whole its name comes first, with its site's behind."""
    yield from _BARS.split(line)
    if at == 0:
        yield from (*_SUFFIX.split(line), _SEPARATOR.split(line)[0])


def _among(pieces: Iterable[str]) -> Iterator[Title]:
    """The pieces of a line that are titles with a body each: a site's name and its column stand beside them."""
    found = list(pieces)
    read = (read_title(piece) for piece in found if len(found) > 1 and _PROMISING.search(piece))
    yield from (title for title in read if title is not None and title.body)


def _among_words(line: str) -> Iterator[Title]:
    """The titles of reports among the first words of a line that is a whole page."""
    return (title for title in _among(_BARS_OR_SPACE.split(line[:_LONGEST_LEAD])) if not title.near_miss)
