"""What a fetched page offers: its links with what stands around them, its titles, how much it says itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from corpus.text import clean, compact
from crawler.address import absolute
from crawler.anchors import AROUND, Link, links_of, parse, text_of

_REFRESH = re.compile(r"(?i)^\s*(\d+)\s*;\s*url\s*=\s*['\"]?([^'\"]+)")
_HERE = re.compile("(当前|您的|你的|所在)(所在)?(位置|的位置|栏目)|您现在的位置|^\\s*位置\\s*[:：]")
_JUMP = re.compile(r"""(?:location(?:\.href)?\s*=|location\.(?:replace|assign)\s*\()\s*['"]([^'"]+)['"]""")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the crawler sees it.

    ``text`` is what stands outside links, ``trail`` the breadcrumb; ``pictures`` counts the images.
    """

    url: str
    title: str
    heading: str
    trail: str
    links: tuple[Link, ...]
    text: str
    tables: int
    pictures: int
    scripts: str
    script_files: tuple[str, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    refresh: str | None = None
    jump: str | None = None

    @property
    def words(self) -> int:
        """How much the page says itself: characters outside links, without white space."""
        return len(compact(self.text))


def read_page(html: str, url: str) -> Page:
    """Read a page of HTML, however broken. ``url`` is where it came from."""
    tree = parse(html)
    base = next((found for tag in tree.iter("base") if (found := absolute(tag.get("href", ""), url))), url)
    tags = list(tree.iter("script"))
    scripts = "\n".join(map(text_of, tags))
    links = links_of(tree, html, scripts, base)
    for tag in list(tree.iter("script", "style", "noscript")):
        tag.drop_tree()
    body = next(tree.iter("body"), tree)
    trail = _trail(body)
    pictures, tables = len(list(body.iter("img"))), len(list(body.iter("table")))
    heading = _first(tree, "h1") or _first(tree, "h2")
    for tag in list(body.iter("a")):
        tag.drop_tree()
    text = clean("\n".join(body.itertext()))
    jump = _JUMP.search(scripts) if len(compact(text)) < 200 else None
    return Page(
        url=url,
        title=_first(tree, "title"),
        heading=heading,
        trail=trail,
        links=links,
        text=text,
        tables=tables,
        pictures=pictures,
        scripts=scripts,
        script_files=tuple(found for tag in tags if (found := absolute(tag.get("src", ""), base))),
        metadata={tag.get("name", "").lower(): tag.get("content", "") for tag in tree.iter("meta") if tag.get("name")},
        refresh=_refresh(tree, base),
        jump=absolute(jump.group(1), base) if jump else None,
    )


def _first(tree: HtmlElement, name: str) -> str:
    return next((text for tag in tree.iter(name) if (text := compact(text_of(tag)))), "")


def _trail(body: HtmlElement) -> str:
    """The breadcrumb: the short text around 当前位置."""
    for element in body.iter():
        if _HERE.search(element.text or ""):
            for around in (element, *list(element.iterancestors())[:2]):
                text = compact(text_of(around))
                if 6 < len(text) <= AROUND:
                    return text
    return ""


def _refresh(tree: HtmlElement, base: str) -> str | None:
    for tag in tree.iter("meta"):
        match = _REFRESH.search(tag.get("content", "")) if tag.get("http-equiv", "").lower() == "refresh" else None
        if match and int(match.group(1)) <= 10:
            return absolute(match.group(2), base)
    return None
