"""What a fetched page offers: its links with what stands around them, its titles, how much it says itself.

Links hide: in script strings, in CDATA of data stores, in frames, options and click handlers. All are brought to
one list here; judging them is links.py's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from bs4 import BeautifulSoup, CData, Comment, Tag
from bs4.element import NavigableString

from corpus.text import clean, compact
from crawler.address import absolute

_AROUND = 120
_NAVIGATION = re.compile(
    r"(?i)(^|[-_ ])(nav|navigation|menu|header|head|footer|foot|toolbar|friendlink|yqlj)([-_ 0-9]|$)"
)
_ROWS = ("tr", "li", "dd", "dt", "p")
_HERE = re.compile("(当前|您的|你的|所在)(所在)?(位置|的位置|栏目)|您现在的位置|^\\s*位置\\s*[:：]")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_OPENED = re.compile(
    r"""(?:window\.open|location(?:\.href)?\s*=|location\.replace|location\.assign)\s*\(?\s*['"]([^'"]+)['"]"""
)
_JUMP = re.compile(r"""(?:location(?:\.href)?\s*=|location\.(?:replace|assign)\s*\()\s*['"]([^'"]+)['"]""")
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
    soup = BeautifulSoup(html, "lxml")
    base = _base(soup, url)
    tags = soup.find_all("script")
    scripts = "\n".join(tag.get_text() for tag in tags)
    metadata = {
        str(meta["name"]).lower(): str(meta.get("content", "")) for meta in soup.find_all("meta", attrs={"name": True})
    }
    links = tuple(_unique(_links(soup, base, html, scripts)))
    refresh = _refresh(soup, base)
    script_files = tuple(found for tag in tags if (found := absolute(str(tag.get("src") or ""), base)))
    for tag in soup(["script", "style", "noscript"]):
        tag.decompose()
    body = soup.body or soup
    heading = next((compact(tag.get_text()) for tag in soup.find_all(["h1", "h2"]) if compact(tag.get_text())), "")
    trail = _trail(body)
    pictures = len(body.find_all("img"))
    tables = len(body.find_all("table"))
    for tag in body.find_all("a"):
        tag.decompose()
    text = _text(body)
    jump = _JUMP.search(scripts) if len(compact(text)) < 200 else None
    return Page(
        url=url,
        title=compact(soup.title.get_text()) if soup.title else "",
        heading=heading,
        trail=trail,
        links=links,
        text=text,
        tables=tables,
        pictures=pictures,
        scripts=scripts,
        script_files=script_files,
        metadata=metadata,
        refresh=refresh,
        jump=absolute(jump.group(1), base) if jump else None,
    )


def links_in(html: str, base: str) -> tuple[Link, ...]:
    """The links of a piece of HTML, as in the records of a data store."""
    return tuple(_unique(_tags(BeautifulSoup(html, "lxml"), base)))


def _links(soup: BeautifulSoup, base: str, html: str, scripts: str) -> Iterator[Link]:
    yield from _tags(soup, base)
    # Records of jpage and other data stores: pieces of HTML inside CDATA, inside a script or a comment.
    for piece in _CDATA.findall(html):
        yield from _tags(BeautifulSoup(piece, "lxml"), base)
    for hidden in soup.find_all("script", type=re.compile("(?i)(xml|template|html)")):
        if "<a " in hidden.get_text() and "CDATA" not in hidden.get_text():
            yield from _tags(BeautifulSoup(hidden.get_text(), "lxml"), base)
    for match in _PAIR.finditer(scripts):
        title, address = (match.group(1), match.group(2)) if match.group(1) else (match.group(4), match.group(3))
        if (url := absolute(_unescaped(address), base)) is not None:
            yield Link(url, compact(_unescaped(title)))


def _tags(soup: BeautifulSoup, base: str) -> Iterator[Link]:
    for tag in soup.find_all(["a", "area"]):
        address = str(tag.get("href") or "")
        opened = _OPENED.search(f"{address} {tag.get('onclick', '')}")
        url = absolute(opened.group(1) if opened else unescape(address), base)
        if url is not None:
            text = compact(tag.get_text())
            title = compact(str(tag.get("title") or tag.get("alt") or ""))
            yield Link(url, title if len(title) > len(text) else text, _around(tag), _navigation(tag))
    for tag in soup.find_all(["iframe", "frame", "embed", "object"]):
        if (url := absolute(str(tag.get("src") or tag.get("data") or ""), base)) is not None:
            yield Link(url, "", _around(tag), frame=tag.name in {"frame", "iframe"})
    for tag in soup.find_all("option"):
        address = str(tag.get("value") or "")
        if ("/" in address or "." in address) and (url := absolute(address, base)) is not None:
            yield Link(url, compact(tag.get_text()))
    for tag in soup.find_all(["li", "tr", "td", "div", "span", "button", "input"], onclick=True):
        opened = _OPENED.search(str(tag["onclick"]))
        if opened and (url := absolute(opened.group(1), base)) is not None:
            yield Link(url, compact(tag.get_text() or str(tag.get("value") or "")))


def _around(tag: Tag) -> str:
    row = tag.find_parent(_ROWS)
    if row is None:
        return ""
    text = compact(row.get_text())
    return text if len(text) <= _AROUND else ""


def _navigation(tag: Tag) -> bool:
    for parent in tag.parents:
        if parent.name in {"nav", "header", "footer"}:
            return True
        marks = [str(parent.get("id") or ""), *map(str, parent.get("class") or [])]
        if any(_NAVIGATION.search(mark) for mark in marks):
            return True
    return False


def _trail(body: Tag) -> str:
    """The breadcrumb: the short text around 当前位置."""
    for string in body.find_all(string=_HERE):
        for parent in list(string.parents)[:3]:
            text = compact(parent.get_text())
            if 6 < len(text) <= _AROUND:
                return text
    return ""


def _text(body: Tag) -> str:
    pieces = (
        str(string)
        for string in body.descendants
        if isinstance(string, NavigableString) and not isinstance(string, Comment | CData)
    )
    return clean("\n".join(pieces))


def _base(soup: BeautifulSoup, url: str) -> str:
    tag = soup.find("base", href=True)
    return (absolute(str(tag["href"]), url) if isinstance(tag, Tag) else None) or url


def _refresh(soup: BeautifulSoup, base: str) -> str | None:
    for tag in soup.find_all("meta", attrs={"http-equiv": re.compile("(?i)^refresh$")}):
        match = re.search(r"(?i)^\s*(\d+)\s*;\s*url\s*=\s*['\"]?([^'\"]+)", str(tag.get("content", "")))
        if match and int(match.group(1)) <= 10:
            return absolute(match.group(2), base)
    return None


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
