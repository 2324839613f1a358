"""Every link of a piece of HTML, wherever it hides: anchors, frames, options, click handlers, records, scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from corpus.text import compact
from crawler.address import absolute

AROUND = 120
"""Characters; a row that is longer says nothing about its links."""

_NAVIGATION = re.compile(
    r"(?i)(^|[-_ ])(nav|navigation|menu|header|head|footer|foot|toolbar|friendlink|yqlj)([-_ 0-9]|$)"
)
_ROWS = frozenset({"tr", "li", "dd", "dt", "p"})
_CLICKED = "|".join(f".//{tag}[@onclick]" for tag in ("li", "tr", "td", "div", "span", "button", "input"))
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_OPENED = re.compile(
    r"""(?:window\.open|location(?:\.href)?\s*=|location\.replace|location\.assign)\s*\(?\s*['"]([^'"]+)['"]"""
)
_PAIR = re.compile(
    r"""["']?(?:title|name|text|linkTitle|docTitle|subject)["']?\s*:\s*["']((?:[^"'\\]|\\.)+)["'][^{}]*?"""
    r"""["']?(?:url|href|link|linkUrl|docPubUrl|path|staticUrl)["']?\s*:\s*["']((?:[^"'\\]|\\.)+)["']"""
    r"""|["']?(?:url|href|link|linkUrl|docPubUrl|path|staticUrl)["']?\s*:\s*["']((?:[^"'\\]|\\.)+)["'][^{}]*?"""
    r"""["']?(?:title|name|text|linkTitle|docTitle|subject)["']?\s*:\s*["']((?:[^"'\\]|\\.)+)["']"""
)


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a page: its text, what stands around it, and whether it belongs to the site's navigation."""

    url: str
    text: str
    around: str = ""
    navigation: bool = False
    frame: bool = False


def parse(html: str) -> HtmlElement:
    """The tree of a page or a piece of one, however broken; an empty page for nothing at all."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(html.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return document_fromstring("<html><body></body></html>")


def text_of(element: HtmlElement) -> str:
    """All text inside an element."""
    return "".join(element.itertext())


def links_in(html: str, base: str) -> tuple[Link, ...]:
    """The links of a piece of HTML, as in the records of a data store."""
    return tuple(_unique(_marked(parse(html), base)))


def links_of(tree: HtmlElement, html: str, scripts: str, base: str) -> tuple[Link, ...]:
    """The links of a page: of its tree, and of the pieces of HTML and the records that its scripts carry."""
    return tuple(_unique(_all(tree, html, scripts, base)))


def _all(tree: HtmlElement, html: str, scripts: str, base: str) -> Iterator[Link]:
    yield from _marked(tree, base)
    # Records of jpage and other data stores: pieces of HTML inside CDATA, inside a script or a comment.
    for piece in _CDATA.findall(html):
        yield from _marked(parse(piece), base)
    for hidden in tree.iter("script"):
        kind, text = str(hidden.get("type", "")).lower(), text_of(hidden)
        if any(word in kind for word in ("xml", "template", "html")) and "<a " in text and "CDATA" not in text:
            yield from _marked(parse(text), base)
    for match in _PAIR.finditer(scripts):
        title, address = (match.group(1), match.group(2)) if match.group(1) else (match.group(4), match.group(3))
        if (url := absolute(_unescaped(address), base)) is not None:
            yield Link(url, compact(_unescaped(title)))


def _marked(tree: HtmlElement, base: str) -> Iterator[Link]:
    for tag in tree.iter("a", "area"):
        address = tag.get("href", "")
        opened = _OPENED.search(f"{address} {tag.get('onclick', '')}")
        url = absolute(opened.group(1) if opened else address, base)
        if url is not None:
            text, title = compact(text_of(tag)), compact(tag.get("title") or tag.get("alt") or "")
            yield Link(url, title if len(title) > len(text) else text, _around(tag), _navigation(tag))
    for tag in tree.iter("iframe", "frame", "embed", "object"):
        if (url := absolute(tag.get("src") or tag.get("data") or "", base)) is not None:
            yield Link(url, "", _around(tag), frame=tag.tag in {"frame", "iframe"})
    for tag in tree.iter("option"):
        address = tag.get("value", "")
        if ("/" in address or "." in address) and (url := absolute(address, base)) is not None:
            yield Link(url, compact(text_of(tag)))
    for tag in tree.xpath(_CLICKED):
        opened = _OPENED.search(tag.get("onclick"))
        if opened and (url := absolute(opened.group(1), base)) is not None:
            yield Link(url, compact(text_of(tag) or tag.get("value", "")))


def _around(tag: HtmlElement) -> str:
    row = next((parent for parent in tag.iterancestors() if parent.tag in _ROWS), None)
    text = "" if row is None else compact(text_of(row))
    return text if len(text) <= AROUND else ""


def _navigation(tag: HtmlElement) -> bool:
    return any(
        parent.tag in {"nav", "header", "footer"}
        or any(_NAVIGATION.search(mark) for mark in (parent.get("id", ""), *parent.get("class", "").split()))
        for parent in tag.iterancestors()
    )


def _unescaped(text: str) -> str:
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match.group(1), 16)), text)
    return unescape(text.replace("\\/", "/").replace('\\"', '"'))


def _unique(links: Iterator[Link]) -> Iterator[Link]:
    """Each address once: with the longest text, and as navigation only where it never stands elsewhere."""
    best: dict[str, Link] = {}
    for link in links:
        known = best.get(link.url)
        if known is None:
            best[link.url] = link
        else:
            longer = link if len(link.text) > len(known.text) else known
            around = longer.around or known.around or link.around
            best[link.url] = Link(link.url, longer.text, around, known.navigation and link.navigation, known.frame)
    yield from best.values()
