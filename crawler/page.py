"""What a fetched page offers: its links with what stands around them, its titles, how much it says itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from lxml.html import HtmlElement

from corpus.text import clean, compact, fold
from corpus.traditional import simplified
from crawler.address import absolute
from crawler.anchors import AROUND, Link, Whole, parse, text_of, unique, viewed
from crawler.article_images import images_in
from crawler.choices import buttons, choices
from crawler.offers import idle, unled
from crawler.page_links import Interface, interfaces_of, links_of, named_in_attributes
from crawler.scene import Scene, scene_of, templates_in
from crawler.scripts import run_scene

_REFRESH = re.compile(r"(?i)^\s*([\d.]+)\s*[;,]?\s*(?:url\s*=)?\s*['\"]?([^'\"]*)")
_HERE = re.compile("(当前|您的|你的|所在)(所在)?(位置|的位置|栏目)|您现在的位置|^\\s*位置\\s*[:：]")
_WHOLE = re.compile(r"(?i)<(html|head|body|!doctype)\b")

MOST_PASSED = 200
"""Characters of a page that only sends its reader on."""

_TRADITIONAL = re.compile("[開務報縣頁]")
"""Characters that a list of the reports, or a way to it, cannot do without."""

LEAST_NAMED = 2
"""One name may be the page's own, or the year that is shown."""

MOST_ASKING = 20
"""Elements whose clicks ask an interface, and that nothing else names, which its answer's scene has."""

_SOON = 10
"""Seconds; a page that refreshes later is there to be read."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the crawler sees it.

    ``text`` is what stands outside links, ``trail`` the breadcrumb; ``pictures`` counts the images, ``images`` are the
    addresses of those in its text that may be pages. ``asked`` are the
    interfaces that its scripts ask, ``later`` those that a pager or a click asks, ``calls`` what they call that nobody
    defined, ``jump`` where they send the reader, ``sent`` the form that they send on the way. ``idle`` are the
    words of what looks clickable and leads nowhere, ``unled`` the years and reports that it names and no link of it
    says. ``gate`` tells that the scripts set a cookie and want to be asked again, ``reloads`` that they want to be with
    what its answer has set; ``piece`` that it is no page but a part of one, ``broken`` that its scripts came to no end.
    """

    url: str
    title: str
    heading: str
    trail: str
    links: tuple[Link, ...]
    text: str
    tables: int
    pictures: int
    images: tuple[str, ...]
    scripts: str
    scene: Scene
    asked: tuple[Interface, ...] = ()
    later: tuple[Interface, ...] = ()
    sent: Interface | None = None
    calls: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)
    refresh: str | None = None
    jump: str | None = None
    idle: tuple[str, ...] = ()
    unled: tuple[str, ...] = ()
    gate: bool = False
    reloads: bool = False
    piece: bool = False
    broken: bool = False

    @property
    def words(self) -> int:
        """How much the page says itself: characters outside links, without white space."""
        return len(compact(self.text))

    @property
    def is_scripted(self) -> bool:
        """Whether a script may fill it: an empty frame has none, and owes nothing."""
        return bool(self.scripts.strip()) or any(self.scene.files)

    @property
    def names_more(self) -> bool:
        """Whether it names years or reports to which it shows no way, and asks nobody who may know one."""
        itself = fold(self.title + self.heading)
        return not self.asked and not self.later and sum(name not in itself for name in self.unled) >= LEAST_NAMED


def read_page(html: str, url: str, encoding: str = "utf-8") -> Page:
    """Read a page of HTML, however broken. ``url`` is where it came from, ``encoding`` that of its queries."""
    tree = parse(html)
    # lxml makes an element's object anew at each look unless somebody holds it; a dozen walks follow.
    held = list(tree.iter())
    if _TRADITIONAL.search(html):
        _simplify(held)
    base = next((found for tag in tree.iter("base") if (found := absolute(tag.get("href", ""), url))), url)
    whole: Whole = partial(absolute, base=base, encoding=encoding)
    scene, nodes = scene_of(tree, url, base, _sources(tree, whole), templates_in(html))
    told = run_scene(scene)
    later = {one.url for one in told.later}
    asking = [number for number, found in told.clicked.items() if later & {url for url, _, _ in found}]
    clicks = {nodes[number]: found for number, found in told.clicked.items() if number in nodes}
    forms = (*choices(tree, whole, url, encoding), *buttons(tree, whole, url, encoding))
    links = unique((*links_of(tree, html, told, clicks, whole), *forms))
    fills = tuple(named_in_attributes(tree, whole))
    unused, named = tuple(idle(tree, clicks)), unled(tree, clicks, links)
    for tag in list(tree.iter("script", "style", "noscript")):
        tag.drop_tree()
    del held
    body = next(tree.iter("body"), tree)
    trail = _trail(body)
    pictures, tables = len(list(body.iter("img"))), len(list(body.iter("table")))
    images, metadata = tuple(images_in(body, whole)), _metadata(tree)
    heading = _first(tree, "h1") or _first(tree, "h2")
    written = [parse(piece) for piece in told.written if "http-equiv" in piece.lower()]
    for tag in list(body.iter("a")):
        tag.drop_tree()
    text = clean("\n".join(body.itertext()))
    passed = len(compact(text)) < MOST_PASSED
    return Page(
        url=url,
        title=_first(tree, "title"),
        heading=heading,
        trail=trail,
        links=links,
        text=text,
        tables=tables,
        pictures=pictures,
        images=images,
        scripts="\n".join(scene.scripts),
        scene=scene.carrying(asking[:MOST_ASKING]),
        asked=(*fills, *interfaces_of(told.asked, whole)),
        later=tuple(interfaces_of(told.later, whole)),
        sent=next(interfaces_of(told.sent, whole), None) if passed else None,
        calls=told.calls,
        data=dict(told.data),
        metadata=metadata,
        refresh=_refresh([tree, *written], whole),
        jump=next((viewed(to, whole) for one in reversed(told.opened) if (to := whole(one))), None) if passed else None,
        idle=unused,
        unled=named,
        gate=told.gate,
        reloads=told.reloads and not told.gate,
        broken=told.broken,
        piece=_WHOLE.search(html[:2000]) is None,
    )


def _simplify(elements: Iterable[HtmlElement]) -> None:
    """Read Traditional characters as what they were made from: the words by which links are judged are Simplified."""
    for tag in elements:
        if tag.text and tag.tag != "script":
            tag.text = simplified(tag.text)
        if tag.tail:
            tag.tail = simplified(tag.tail)
        for name in ("title", "alt"):
            if name in tag.attrib:
                tag.set(name, simplified(tag.attrib[name]))


def _metadata(tree: HtmlElement) -> dict[str, str]:
    return {tag.get("name", "").lower(): tag.get("content", "") for tag in tree.iter("meta") if tag.get("name")}


def _sources(tree: HtmlElement, whole: Whole) -> list[tuple[str, str]]:
    """The scripts of a page: the address of one that stands in a file, else its text."""
    return [(whole(tag.get("src", "")) or "", "" if tag.get("src") else _code(tag)) for tag in tree.iter("script")]


def _code(tag: HtmlElement) -> str:
    """The code of a script; nothing for what is data, a template or a module of another kind."""
    kind = str(tag.get("type", "")).lower()
    return text_of(tag) if not kind or "javascript" in kind or kind in {"module", "text/ecmascript"} else ""


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


def refreshed(said: str) -> str | None:
    """Where a page refreshes to, as a header or a meta tag says it; None for one that stays to be read."""
    match = _REFRESH.search(said)
    soon = match is not None and float(match.group(1).strip(".") or 0) <= _SOON
    return match.group(2).strip() or None if match and soon else None


def _refresh(trees: list[HtmlElement], whole: Whole) -> str | None:
    tags = (tag for tree in trees for tag in tree.iter("meta"))
    said = (tag.get("content", "") for tag in tags if tag.get("http-equiv", "").lower() == "refresh")
    return next((found for one in said if (to := refreshed(one)) and (found := whole(to))), None)
