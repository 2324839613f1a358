"""A web page → blocks: the article without the site's furniture, its tables cell by cell.

The article is the deepest element that holds nearly all the text that is no link. What stands before it (the
breadcrumbs, the title, the line with date and source) is kept for the metadata; what stands after it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from corpus.blocks import Block, Cell, Content, Grid, Heading, Paragraph
from corpus.readers.limits import Limits
from corpus.text import clean

_TAG = re.compile(r"<[a-zA-Z]")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE = ("script", "style", "noscript", "template", "iframe", "object", "svg", "head")
_CONTROLS = ("select", "option", "button", "textarea")
_DROPPED = frozenset((*_INVISIBLE, *_CONTROLS, "nav", "footer", "aside"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = ("dd", "dl", "dt", "li", "ol", "ul")
_TABLES = ("table", "tbody", "td", "tfoot", "th", "thead", "tr")
_CONTAINERS = ("address", "article", "blockquote", "body", "center", "div", "figure", "form", "header", "html", "main")
_BREAKING = frozenset((*_HEADINGS, *_LISTS, *_TABLES, *_CONTAINERS, "fieldset", "hr", "p", "pre", "section"))
_LEAVES = frozenset((*_HEADINGS, "p", "pre"))
_SHARE_OF_TEXT = 0.8
# A cell with so much running text is not a statistic: its table lays out the page.
_LONGEST_CELL = 400
_LARGEST_SPAN = 100


def read_html(text: str, limits: Limits) -> Content:
    """Blocks of a page. Raises TooLargeError beyond the limits."""
    limits.check_tags(len(_TAG.findall(text)))
    soup = BeautifulSoup(text, "lxml")
    title = clean(soup.title.get_text()).strip() if soup.title else ""
    metadata = {
        name.lower(): clean(content).strip()
        for tag in soup.find_all("meta")
        if isinstance(name := tag.get("name") or tag.get("property"), str)
        and isinstance(content := tag.get("content"), str)
    }
    body = soup.body or soup
    article = _article(body)
    return Content(tuple(_Walk(article).blocks(body)), title, metadata)


def _article(body: Tag) -> Tag:
    """The deepest element that holds most of the text outside links."""
    sizes: dict[int, int] = {}
    _measure(body, sizes)
    whole = sizes[id(body)]
    article = body
    while True:
        best = max(_elements(article), key=lambda child: sizes.get(id(child), 0), default=None)
        if best is None or sizes.get(id(best), 0) < whole * _SHARE_OF_TEXT or best.name in _LEAVES:
            return article
        if best.name == "table" and _is_data(best):
            return article
        article = best


def _measure(tag: Tag, sizes: dict[int, int]) -> int:
    """Characters outside links, for a tag and all below it."""
    size = 0
    for child in tag.contents:
        if isinstance(child, Tag):
            if child.name not in _DROPPED and child.name != "a":
                size += _measure(child, sizes)
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            size += len(child.strip())
    sizes[id(tag)] = size
    return size


def _elements(tag: Tag) -> Iterator[Tag]:
    return (child for child in tag.contents if isinstance(child, Tag))


def _is_data(table: Tag) -> bool:
    """Whether a table states data rather than laying out a page: no table inside it, no long text in a cell."""
    if table.find("table") is not None:
        return False
    return all(len(cell.get_text(strip=True)) <= _LONGEST_CELL for cell in table.find_all(("td", "th")))


class _Walk:
    """One pass over a page, collecting text until a breaking element ends the paragraph."""

    def __init__(self, article: Tag) -> None:
        self._article = article
        self._text: list[str] = []
        self._tables = 0
        self._done = False

    def blocks(self, body: Tag) -> Iterator[Block]:
        yield from self._visit(body)
        yield from self._flush(0)

    def _visit(self, tag: Tag) -> Iterator[Block]:
        for child in tag.contents:
            if self._done:
                return
            if isinstance(child, Tag):
                yield from self._enter(child)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self._text.append(child)
        if tag is self._article:
            yield from self._flush(0)
            self._done = True

    def _enter(self, tag: Tag) -> Iterator[Block]:
        name = tag.name
        if name in _DROPPED:
            return
        if name == "br":
            yield from self._flush(0)
        elif name == "table" and _is_data(tag):
            yield from self._flush(0)
            grid = _grid(tag, self._tables)
            if grid.rows:
                self._tables += 1
                yield grid
        elif name in _BREAKING:
            yield from self._flush(0)
            yield from self._visit(tag)
            yield from self._flush(_HEADINGS.get(name, 0))
        else:
            yield from self._visit(tag)

    def _flush(self, level: int) -> Iterator[Block]:
        text = clean(_WHITE.sub(" ", "".join(self._text))).strip()
        self._text.clear()
        if text:
            yield Heading(text, level) if level else Paragraph(text)


def _grid(table: Tag, index: int) -> Grid:
    rows = []
    for tr in table.find_all("tr"):
        cells = [cell for cell in _elements(tr) if cell.name in ("td", "th")]
        if cells:
            rows.append(cells)
    return Grid(
        tuple(
            tuple(
                Cell(_raw(cell), row, column, _span(cell, "rowspan"), _span(cell, "colspan"))
                for column, cell in enumerate(cells)
            )
            for row, cells in enumerate(rows)
        ),
        index,
    )


def _span(cell: Tag, name: str) -> int:
    value = cell.get(name)
    digits = value.strip() if isinstance(value, str) else ""
    return min(max(int(digits), 1), _LARGEST_SPAN) if digits.isascii() and digits.isdigit() else 1


def _raw(cell: Tag) -> str:
    """The text of a cell as a browser prints it: white space of the source folded, breaks kept, &nbsp; kept."""
    lines = [""]
    for node in cell.descendants:
        if isinstance(node, Tag):
            if (node.name == "br" or node.name in _BREAKING) and lines[-1]:
                lines.append("")
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            lines[-1] += _WHITE.sub(" ", node)
    return "\n".join(filter(None, (line.strip(" ") for line in lines)))
