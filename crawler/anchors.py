"""Every link of a piece of HTML, wherever it hides: anchors, frames, options, data attributes, handlers, records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from corpus.text import compact, fold
from corpus.titles import is_report_title, near_miss
from crawler.address import route
from crawler.scripts import Click, is_address

AROUND = 120
"""Characters; a row that is longer says nothing about its links."""

LONGEST_TITLE = 48
"""Characters; a link that says more tells something of its page, and is called by a part of what it says."""

Whole = Callable[[str], str | None]
"""Makes an address of a page whole, or says that it is none."""

Clicks = Mapping[HtmlElement, tuple[Click, ...]]
"""What a click on an element opens."""

_NAVIGATION = re.compile(
    r"(?i)(^|[-_ ])(nav|navigation|menu|header|head|footer|foot|toolbar|friendlink|yqlj)([-_ 0-9]|$)"
)
_UNSEEN = frozenset({"option", "script", "link", "meta", "style", "base", "form", "body", "html"})
_ROWS = frozenset({"tr", "li", "dd", "dt", "p"})
_END = re.compile(r"(?i)</(?:body|html)\s*>")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_OPENED = re.compile(
    r"""(?:window\.open|location(?:\.href)?\s*=|location\.replace|location\.assign)\s*\(?\s*['"]([^'"]+)['"]"""
)
_DATA = ("data-url", "data-href", "data-link", "data-src", "data-path", "data-file", "data-id-url", "link", "url", "to")
_LIKE_DATA = re.compile(r"^data-(?!.*(src|img|image|pic|bg|icon|api|ajax))|(?<!^)href$")
"""Attributes by which a page's own script may know where an element leads, whatever they are called."""
_LATER = ("src", "data", "data-src", "_src", "data-url")
"""Where a frame's address stands, or waits for a click."""
_VIEWED = re.compile(r"(?i)\.(pdf|docx?|wps|xlsx?|ofd|rtf)$")


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a page: its text, what stands around it, and whether it belongs to the site's navigation.

    ``form`` is the body of a POST (``""``: a GET), ``place`` names the container that it stands in, ``onward`` tells
    that a pager's own code led there, ``pictured`` that all its text is the name of a picture's file.
    """

    url: str
    text: str
    around: str = ""
    navigation: bool = False
    frame: bool = False
    form: str = ""
    place: str = ""
    onward: bool = False
    pictured: bool = False


def parse(html: str) -> HtmlElement:
    """The tree of a page or a piece of one, however broken; an empty page for nothing at all.

    What stands behind the end of the body belongs to it (HTML, "the after body insertion mode"); lxml drops it.
    """
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    whole = _END.sub("", html.replace("\0", ""))
    try:
        return document_fromstring(whole.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return document_fromstring("<html><body></body></html>")


def text_of(element: HtmlElement) -> str:
    """All text inside an element."""
    return "".join(element.itertext())


def links_in(html: str, whole: Whole) -> tuple[Link, ...]:
    """The links of a piece of HTML, as in the records of a data store."""
    return unique(marked(parse(html), whole, {}))


def hidden_links(tree: HtmlElement, html: str, whole: Whole) -> Iterator[Link]:
    """The links of pieces of HTML that a page carries in CDATA, in templates or in comments of scripts."""
    for piece in _CDATA.findall(html):
        yield from marked(parse(piece), whole, {})
    for script in tree.iter("script", "textarea", "xmp", "template"):
        kind, text = str(script.get("type", "")).lower(), text_of(script)
        carries = script.tag != "script" or any(word in kind for word in ("xml", "template", "html"))
        if carries and "<a " in text and "CDATA" not in text:
            yield from marked(parse(text), whole, {})


def marked(tree: HtmlElement, whole: Whole, clicks: Clicks) -> Iterator[Link]:
    """The links that a tree marks as such, and what clicks on its other elements open."""
    above = Above()
    for tag in tree.iter("*"):
        if tag.tag in {"iframe", "frame", "embed", "object"}:
            address = next((found for name in _LATER if (found := whole(tag.get(name) or "")) is not None), None)
            if address is not None:
                yield Link(viewed(address, whole), "", _around(tag), frame=tag.tag in {"frame", "iframe"})
        elif tag.tag == "select":
            yield from _options(tag, whole, clicks.get(tag, ()))
        elif tag.tag not in _UNSEEN:
            yield from _clickable(tag, whole, clicks.get(tag, ()), above)


def viewed(url: str, whole: Whole) -> str:
    """The file that a viewer's address names (viewer.html?file=…), else the address itself.

    A server knows where a name alone lies (downfile.jsp?filename=1.docx); a page without a server's code does not.
    """
    parts = urlsplit(url)
    for _, value in parse_qsl(parts.query):
        named = "/" in value or parts.path.endswith((".html", ".htm", "/"))
        if named and _VIEWED.search(urlsplit(value).path) and (found := whole(value)) is not None:
            return found
    return url


def unique(links: Iterable[Link]) -> tuple[Link, ...]:
    """Each address once: with the longest text, and as navigation only where it never stands elsewhere."""
    best: dict[tuple[str, str], Link] = {}
    for link in links:
        known = best.get((link.url, link.form))
        if known is None:
            best[link.url, link.form] = link
            continue
        longer = link if len(link.text) > len(known.text) else known
        best[link.url, link.form] = replace(
            longer,
            around=longer.around or known.around or link.around,
            navigation=known.navigation and link.navigation,
            frame=known.frame,
            place=longer.place or known.place or link.place,
            onward=known.onward or link.onward,
        )
    return tuple(best.values())


def _clickable(tag: HtmlElement, whole: Whole, clicked: tuple[Click, ...], above: Above) -> Iterator[Link]:
    targets = [(url, form, chosen) for one, form, chosen in _targets(tag, clicked) if (url := whole(one)) is not None]
    if not targets:
        return
    text, pictured = _text(tag)
    around, (navigation, path) = _around(tag), above[tag.getparent()]
    place = _named(f"{tag.tag!s}{path}")
    for url, form, chosen in targets:
        called = chosen if isinstance(chosen, str) else text
        yield Link(viewed(url, whole), called, around, navigation, form=form, place=place, pictured=pictured)


def _targets(tag: HtmlElement, clicked: tuple[Click, ...]) -> Sequence[Click]:
    """Where an element leads: by its address, by its code as it ran or reads, or by an attribute of another name."""
    given = {str(name): str(value).strip() for name, value in tag.attrib.items()}
    if not given and not clicked:
        return []
    href = given.get("href", "")
    nowhere = href.lower().startswith("javascript:") or (href.startswith("#") and not route(href))
    if tag.tag in {"a", "area"} and href and not nowhere:
        return [(href, "", None)]
    if clicked:
        return clicked
    if opened := _OPENED.search(f"{href} {given.get('onclick', '')}"):
        return [(opened.group(1), "", None)]
    if tag.tag == "table":
        # Its data-url is where a grid's rows come from (scripts.py), and asks for more than the bare address.
        return []
    named = [given[name] for name in _DATA if name in given]
    others = [value for name, value in given.items() if _LIKE_DATA.search(name)]
    files = [value for value in others if value.startswith("/") or _VIEWED.search(value)]
    return [(value, "", None) for value in (*named, *files) if is_address(value)][:1]


def _options(tag: HtmlElement, whole: Whole, clicked: tuple[Click, ...]) -> Iterator[Link]:
    options = list(tag.iter("option"))
    for option in options:
        value = str(option.get("value", "")).strip()
        if (is_address(value) or value.startswith("?")) and (url := whole(value)) is not None:
            yield Link(url, compact(text_of(option)), place=place_of(option))
    for address, form, chosen in clicked:
        url = whole(address)
        if url is None or chosen is None:
            continue
        # A number is that of an option of the page's own, a text the label of one that a script added.
        option = options[chosen] if isinstance(chosen, int) else tag
        text = compact(text_of(option)) if isinstance(chosen, int) else chosen
        yield Link(url, text, form=form, place=place_of(option))


def _text(tag: HtmlElement) -> tuple[str, bool]:
    """What a link is called: its text or its title, whichever says more; of an icon, its name, and that it is one."""
    text = compact(_said(tag) or tag.get("value") or "")
    icons = list(tag.iter("img", "input"))
    titles = [
        tag.get("title") or tag.get("alt") or tag.get("aria-label") or "",
        *(i.get("alt") or i.get("title") or "" for i in icons if i.tag == "img"),
    ]
    title = max(map(compact, titles), key=len)
    text = title if len(title) > len(text) else text
    # An icon without a name has that of its file: next.gif.
    icon = next((i.get("src", "").rpartition("/")[2].partition(".")[0] for i in icons), "")
    return text or icon, bool(icon) and not text


def _said(tag: HtmlElement) -> str:
    """The text of a link; of one that tells of its page too (body, title, excerpt, 详细) the title among its pieces."""
    text = text_of(tag)
    if len(text) <= LONGEST_TITLE:
        return text
    before = ""
    for piece in map(compact, tag.itertext()):
        before += piece
        if is_report_title(fold(piece)) and not near_miss(fold(before)):
            return piece
    return text


def _around(tag: HtmlElement) -> str:
    """The text of the row that a link stands in; of rows within rows (a paragraph of an item) that which is a title."""
    rows = [_row(parent) for parent in islice(tag.iterancestors(*_ROWS), 3)]
    short = [text if len(text) <= AROUND else "" for text in rows]
    return next((text for text in short[1:] if text and is_report_title(fold(text))), short[0] if short else "")


def _row(tag: HtmlElement) -> str:
    """The text of a row; of a description the term that it describes goes with it (<dt>title</dt><dd>date</dd>)."""
    terms = tag.itersiblings("dt", preceding=True) if tag.tag == "dd" else ()
    return compact(" ".join(map(text_of, (*islice(terms, 1), tag))))


def place_of(tag: HtmlElement) -> str:
    """One name for the links that stand alike in a page: the path of tags and classes above them, without numbers."""
    return _named(f"{tag.tag!s}{Above()[tag.getparent()][1]}")


@lru_cache(1024)
def _named(path: str) -> str:
    return sha256(path.encode()).hexdigest()[:12]


class Above(dict[HtmlElement | None, tuple[bool, str]]):
    """Element → whether it is, or stands in, the site's navigation, and its path; worked out when first asked for."""

    def __missing__(self, tag: HtmlElement | None) -> tuple[bool, str]:
        if tag is None:
            return False, ""
        navigation, path = self[tag.getparent()]
        own = f"/{tag.tag!s}.{tag.get('id') or ''}.{tag.get('class') or ''}"
        self[tag] = navigation or _navigates(tag), own + path
        return self[tag]


def _navigates(tag: HtmlElement) -> bool:
    marks = (tag.get("id", ""), *tag.get("class", "").split())
    return tag.tag in {"nav", "header", "footer"} or any(map(_NAVIGATION.search, marks))
