"""A document as far as it speaks of itself: its lines, what stands above section one, its last lines, its page.

Everything that tells about title, body, place and year is looked for here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import SplitResult, unquote, urlsplit

from corpus.blocks import Content, Grid, Heading
from corpus.extraction.sections import ends_report
from corpus.titles import read_title

_FIRST_SECTION = re.compile(
    r"[#*\s]*[一1]\s*[、.．]\s*(?:总体|.{0,8}(?:概述|概况)|基本|主动公开|重点|政府信息|.{0,12}情况$)|[#*\s]*(?:概述|总体情况|基本情况)[#*\s]*$",
)
_SIGNED = re.compile(r"(.*(?:报告|年报|報告|年報)[^-–—_]{0,12}?)[-–—_]+([\u4e00-\u9fff–—_-]{4,60})")
"""A title and behind a dash who reports: 2022年政府信息公开工作年度报告-云溪县财政局."""
_NEIGHBOUR = re.compile("[上下]一[篇条]")
_SITES = ("政府", "网", "网站", "平台", "门户")
"""How names end that may be a site's alone."""
_MANY_LINES = 400
_LARGEST_TABLE_OF_A_HEAD = 12
_HEAD_WITHOUT_SECTIONS = 8
_MOST_OF_THE_HEAD = 60
_LEAD = 30
_TAIL = 6


@dataclass(frozen=True)
class SelfDescription:
    """``lines`` are (text, is a heading); ``url`` may be empty; ``hint`` is the code of where the site stands.

    ``name`` is what the file is called.
    """

    lines: tuple[tuple[str, bool], ...]
    metadata: Mapping[str, str]
    page_names: tuple[str, ...]
    url: str = ""
    hint: str = ""
    name: str = ""

    @property
    def stored_name(self) -> str:
        """The title among the file's properties, which may be that of the paper whose file was written over."""
        return self.metadata.get("documenttitle", "")

    @cached_property
    def first_section(self) -> int:
        """The number of the line with which section one begins; that of the end if there is none."""
        return next((i for i, (line, _) in enumerate(self.lines) if _FIRST_SECTION.match(line)), len(self.lines))

    @cached_property
    def last_first_section(self) -> int:
        """The last line with which a section one begins: a title stands above it. That of the end if there is none."""
        found = (i for i in range(len(self.lines) - 1, -1, -1) if _FIRST_SECTION.match(self.lines[i][0]))
        return next(found, len(self.lines))

    @cached_property
    def end(self) -> int:
        """Where the report ends and its neighbours, titles too, and the site's imprint begin."""
        after = range(self.last_first_section + 1, len(self.lines))
        below = (i for i in after if ends_report(self.lines[i][0]) or read_title(self.lines[i][0]) is not None)
        if not after:
            below = (i for i, (line, _) in enumerate(self.lines) if _NEIGHBOUR.match(line))
        return next(below, len(self.lines))

    @cached_property
    def head(self) -> tuple[str, ...]:
        """The lines above section one."""
        first = self.first_section if self.first_section < len(self.lines) else _HEAD_WITHOUT_SECTIONS
        return tuple(line for line, _ in self.lines[max(0, first - _MOST_OF_THE_HEAD) : first])

    @cached_property
    def tail(self) -> tuple[str, ...]:
        """The report's last lines, where signature and date stand."""
        return tuple(line for line, _ in self.lines[max(0, self.end - _TAIL) : self.end])

    @cached_property
    def imprint(self) -> str:
        """What stands below the report and says whose site it is."""
        return "\n".join((self.metadata.get("imprint", ""), *(line for line, _ in self.lines[self.end :])))

    @cached_property
    def text(self) -> str:
        """All lines outside tables, as far as the report goes."""
        return "\n".join(line for line, _ in self.lines[: self.end])

    @cached_property
    def lead(self) -> str:
        """The head and the first paragraphs below it."""
        first = max(self.first_section, 0) if self.first_section < len(self.lines) else 0
        start = max(0, first - _LEAD)
        return "\n".join(line for line, _ in self.lines[start : min(first + _LEAD, self.end)])


def split_address(url: str) -> SplitResult:
    """The parts of an address; empty ones for text that is none (http://[)."""
    try:
        parts = urlsplit(url)
        parts.hostname  # noqa: B018 - its brackets are checked only here
    except ValueError:
        return urlsplit("")
    return parts


def describe(content: Content, url: str = "", hint: str = "", name: str = "") -> SelfDescription:
    """What a document's blocks, its page and its address say about it."""
    names = (*(content.metadata.get(name, "") for name in ("articletitle", "og:title")), content.title)
    return SelfDescription(tuple(_lines(content)), content.metadata, names, url, hint, unquote(name).rpartition("/")[2])


def _lines(content: Content) -> list[tuple[str, bool]]:
    """The text outside tables line by line; tables above the text, which lay a page out, cell by cell."""
    lines: list[tuple[str, bool]] = []
    for block in content.blocks:
        if isinstance(block, Grid):
            if len(lines) < _MANY_LINES and len(block.rows) <= _LARGEST_TABLE_OF_A_HEAD:
                lines.extend((raw, False) for row in block.rows for cell in row if (raw := cell.raw.strip()))
            continue
        heading = isinstance(block, Heading)
        lines.extend((part, heading) for line in block.text.split("\n") for part in _apart(line.strip()) if part)
    return lines


def _apart(line: str) -> tuple[str, ...]:
    """A line, or, where a title's body stands behind it, two lines as on a cover."""
    signed = _SIGNED.fullmatch(line)
    title = read_title(signed[1]) if signed else None
    if signed is None or title is None or title.body:
        return (line,)
    names = [name for name in re.split("[-–—_]+", signed[2]) if not name.endswith(_SITES)]
    return (signed[1], *names) if names else (line,)
