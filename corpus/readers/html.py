"""A web page → blocks: the article without the site's furniture, its tables cell by cell.

The article is the deepest element that holds nearly all the text that is no link. What stands before it (the
breadcrumbs, the title, the line with date and source) is kept for the metadata; what stands after it is not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from lxml import etree

from corpus.blocks import Block, Cell, Content, Grid, Heading, Paragraph
from corpus.errors import UnreadableError
from corpus.readers.article_pictures import Held, Item, Picture, content_of, pictures_at
from corpus.readers.embedded import page_of_address, picture_of_address
from corpus.readers.large_letters import mark_headings
from corpus.readers.limits import Limits
from corpus.readers.marks import PICTURE
from corpus.readers.page_sheet import as_sheets
from corpus.readers.page_tree import MARKUP, parsed, tree_of
from corpus.readers.visible import keep_what_is_seen
from corpus.text import clean

_TAG = re.compile(r"<[a-zA-Z]")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_PLAYED = ("iframe", "object", "audio", "video", "canvas", "svg", "meter", "progress")
_INVISIBLE = ("script", "style", "noscript", "noframes", "template", *_PLAYED, "head", "rt", "rp")
_FRAMES = ("iframe", "frame")
_CONTROLS = ("select", "option", "button", "textarea")
_UNREAD = frozenset((*_INVISIBLE, *_CONTROLS))
_DROPPED = frozenset((*_UNREAD, "nav", "footer", "aside"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = ("dd", "dl", "dt", "li", "ol", "ul")
_TABLES = ("table", "tbody", "td", "tfoot", "th", "thead", "tr")
_CONTAINERS = ("address", "article", "blockquote", "body", "center", "div", "figure", "form", "header", "html", "main")
_BREAKING = frozenset((*_HEADINGS, *_LISTS, *_TABLES, *_CONTAINERS, "fieldset", "hr", "p", "pre", "section"))
_LEAVES = frozenset((*_HEADINGS, "p", "pre"))
_SHARE_OF_TEXT = 0.8
# Whose site it is, told below every page of it.
_IMPRINT = re.compile(r"(?:主办|版权所有)[^\s，。|｜]{2,40}")
_LONGEST_FOOT = 8_000
# In the calendar of a page.
_MOST_NUMBERS = 50
# Where images that are loaded late name their file, and where all others do.
_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-echo", "original", "src")
_LISTING = ("ul", "ol", "dl", "div", "table", "td")
_LINKED_TITLE, _BESIDE_A_LINK = 15, 14
# A cell with so much running text is not a statistic: its table lays out the page.
_LONGEST_CELL = 400
_LARGEST_SPAN = 100
# What follows the digits counts for nothing (HTML Standard, "rules for parsing non-negative integers").
_SPAN = re.compile(r"\s*\+?([0-9]{1,5})")
_HARDLY = re.compile(r"[0-3](?:px)?")
_SPACER = re.compile(r"spac|blank|clear|transparent|dot|line|pixel|^$", re.IGNORECASE)


def read_html(text: str, limits: Limits, held: Held = picture_of_address) -> Content:
    """Blocks of a page, with what those pictures of pages show that are ``held``.

    Raises TooLargeError beyond the limits, UnreadableError for a page without an element.
    """
    limits.check_tags(len(_TAG.findall(text)))
    root = tree_of(text)
    if root is None:
        raise UnreadableError("page_empty")
    _open_frames(root, limits)
    keep_what_is_seen(root)
    mark_headings(root)
    title = clean(root.findtext(".//title") or "").strip()
    metadata = {
        name.lower(): clean(content).strip()
        for tag in root.iter("meta")
        if (name := tag.get("name") or tag.get("property")) and (content := tag.get("content")) is not None
    }
    if imprint := _IMPRINT.findall(clean(MARKUP.sub("", text[-_LONGEST_FOOT:]))):
        metadata["imprint"] = "\n".join(imprint)
    # Not the body alone: what stands behind </html> is shown by every browser.
    pictures = {image: found for image in root.iter("img") if (found := _picture(image, held)) is not None}
    read = content_of(_items(root, _around(_article(root, limits), pictures), pictures), limits)
    return replace(as_sheets(read), title=title, metadata=metadata)


def _open_frames(root: etree._Element, limits: Limits) -> None:
    """Put pages that frames carry in themselves in the place of these, and of a page of frames what stands for them."""
    carried = {frame: frame.get("srcdoc") or page_of_address(frame.get("src", "")) for frame in root.iter(*_FRAMES)}
    if root.find(".//frame") is not None:
        carried.update((instead, "".join(instead.itertext())) for instead in root.iter("noframes"))
    for frame, text in carried.items():
        limits.check_tags(len(_TAG.findall(text)))
        if (page := parsed(text)) is not None:
            frame.tag, frame.text = "div", None
            frame[:] = [page]


def _article(body: etree._Element, limits: Limits) -> etree._Element:
    """The deepest element that holds most of the text outside links."""
    sizes = _sizes(body, limits)
    article = body
    while True:
        best = max(article, key=lambda child: sizes.get(child, 0), default=None)
        if best is None or sizes.get(best, 0) < sizes[body] * _SHARE_OF_TEXT or best.tag in _LEAVES:
            return _with_tables(article, body)
        if best.tag == "table" and _is_data(best):
            return _with_tables(article, body)
        article = best


def _with_tables(article: etree._Element, body: etree._Element) -> etree._Element:
    """The article, or what holds it together with tables that stand outside it: those of one that ended too early."""
    while article is not body and (parent := article.getparent()) is not None:
        inside = set(article.iter("td"))
        outside = (cell for cell in body.iter("td") if cell not in inside)
        if sum("".join(cell.itertext()).strip().isdigit() for cell in outside) <= _MOST_NUMBERS:
            break
        article = parent
    return article


def _around(article: etree._Element, pictures: Collection[etree._Element]) -> etree._Element:
    """The article, or what holds it together with the pictures of pages: where these are the report it says little."""
    inside = sum(image in pictures for image in article.iter("img"))
    while inside < len(pictures) and (parent := article.getparent()) is not None:
        article, inside = parent, sum(image in pictures for image in parent.iter("img"))
    return article


def _sizes(body: etree._Element, limits: Limits) -> dict[etree._Element, int]:
    """Characters outside links in each element and all below it. Raises TooLargeError for elements nested too deep."""
    depths = {body: 0}
    for element in body.iterdescendants():
        parent = element.getparent()
        depths[element] = depth = depths[parent] + 1 if parent is not None else 0
        if depth > limits.depth:
            limits.check_depth(depth)
    sizes = {element: len((element.text or "").strip()) for element in depths}
    for element in reversed(depths):
        parent = element.getparent()
        if element is not body and parent is not None:
            own = 0 if element.tag in _DROPPED or element.tag == "a" else sizes[element]
            sizes[parent] += own + len((element.tail or "").strip())
    return sizes


def _is_data(table: etree._Element) -> bool:
    """Whether a table states data rather than laying out a page: cells, none of them a table or a long text."""
    if not _has_several_cells(table) or any(_has_several_cells(inner) for inner in table.iterdescendants("table")):
        return False
    return all(len("".join(cell.itertext()).strip()) <= _LONGEST_CELL for cell in table.iter("td", "th"))


def _has_several_cells(table: etree._Element) -> bool:
    return len(list(islice(table.iter("td", "th"), 2))) > 1


def _items(body: etree._Element, article: etree._Element, pictures: Mapping[etree._Element, Picture]) -> Iterator[Item]:
    """One pass over a page up to the end of its article: text is collected until an element breaks the paragraph."""
    text: list[str] = []
    tables = 0
    around = {article, *article.iterancestors(), *article.iterdescendants()}
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        name = str(element.tag)
        if event == "end":
            if name in _BREAKING:
                yield from _flushed(text, _HEADINGS.get(name, 0))
            if element is article:
                break
            text.append(element.tail or "")
        elif name in _DROPPED or (element not in around and _lists_links(element)):
            walk.skip_subtree()
        elif element in pictures:
            yield from _flushed(text)
            yield pictures[element]
        elif name == "table" and _is_data(element) and pictures.keys().isdisjoint(element.iter("img")):
            yield from _flushed(text)
            if (grid := _grid(element, tables)).rows:
                tables += 1
                yield grid
            walk.skip_subtree()
        else:
            yield from _opened(element, text)
    yield from _flushed(text)


def _opened(element: etree._Element, text: list[str]) -> Iterator[Block]:
    """The text with which an element begins: of one whose lines count all but the last are paragraphs."""
    if element.tag == "br" or element.tag in _BREAKING:
        yield from _flushed(text)
    *lines, last = (element.text or "").split("\n") if element.tag == "pre" else [element.text or ""]
    for line in lines:
        yield from _flushed([line])
    text.append(last)


def _lists_links(element: etree._Element) -> bool:
    """Whether an element lists other pages by their titles, with dates at most: the site's, not the article's."""
    if element.tag not in _LISTING:
        return False
    titles = [title for link in element.iter("a") if len(title := "".join(link.itertext()).strip()) >= _LINKED_TITLE]
    beside = len("".join("".join(element.itertext()).split())) - sum(map(len, titles))
    return len(titles) > 1 and beside <= _BESIDE_A_LINK * len(titles)


def _flushed(collected: list[str], level: int = 0) -> Iterator[Block]:
    text = clean(_WHITE.sub(" ", "".join(collected))).strip()
    collected.clear()
    if text:
        yield Heading(text, level) if level else Paragraph(text)


def _grid(table: etree._Element, index: int) -> Grid:
    rows = [(cells, left) for tr, left in _rows(table) if (cells := _cells(tr))]
    return Grid(
        tuple(
            tuple(
                Cell(_raw(cell), row, column, _span(cell, "rowspan", left), _span(cell, "colspan", 1))
                for column, cell in enumerate(cells)
            )
            for row, (cells, left) in enumerate(rows)
        ),
        index,
    )


def _cells(row: etree._Element) -> list[etree._Element]:
    """The cells of a row; a browser ignores what stands around them there, as the forms of old programs do."""
    return [cell for cell in row.iter("td", "th") if next(cell.iterancestors("tr", "table")) is row]


def _rows(table: etree._Element) -> list[tuple[etree._Element, int]]:
    """The rows as they are printed, the foot of the table last, each with how many of its group are left from it on."""
    groups: dict[etree._Element | None, list[etree._Element]] = {}
    for row in table.iter("tr"):
        # Word ends a table with a row of no height that only states widths.
        is_seen = row.get("height") != "0" or "".join(row.itertext()).strip()
        if is_seen and next(row.iterancestors("table"), None) is table:
            groups.setdefault(row.getparent(), []).append(row)
    order = sorted(groups, key=lambda group: group is not None and group.tag == "tfoot")
    return [(row, len(groups[group]) - number) for group in order for number, row in enumerate(groups[group])]


def _span(cell: etree._Element, name: str, rest: int) -> int:
    """How many rows or columns a cell states that it covers; 0 of them are the ``rest``."""
    stated = _SPAN.match(cell.get(name) or "")
    return min(int(stated[1] if stated else 1) or rest, _LARGEST_SPAN)


def _raw(cell: etree._Element) -> str:
    """The text of a cell as a browser prints it: white space of the source folded, breaks kept, &nbsp; kept."""
    text = "\n".join(filter(None, (line.strip(" ") for line in _lines(cell))))
    return text or PICTURE * any(element.tag != "img" or _is_picture(element) for element in cell.iter("img", *_PLAYED))


def _lines(cell: etree._Element) -> list[str]:
    """The lines of a cell: another begins with every element that breaks one, unless nothing stands on it yet."""
    lines = [_WHITE.sub(" ", cell.text or "")]
    if not len(cell):
        return lines
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        found = element.text if event == "start" else element.tail
        if element is cell:
            continue
        if event == "start" and lines[-1] and (element.tag == "br" or element.tag in _BREAKING):
            lines.append("")
        if event == "start" and element.tag in _UNREAD:
            walk.skip_subtree()
        else:
            lines[-1] += _WHITE.sub(" ", found or "")
    return lines


def _picture(image: etree._Element, held: Held) -> Picture | None:
    """The picture of a page that an image shows, whether it is loaded at once or as soon as it is scrolled to."""
    return next(pictures_at((image.get(name, "") for name in _SOURCES), held), None)


def _is_picture(image: etree._Element) -> bool:
    """Whether an image shows something: pages also hold cells open by images of no size or colour."""
    sizes = (image.get("width", ""), image.get("height", ""))
    return not any(map(_HARDLY.fullmatch, sizes)) and _SPACER.search(image.get("src", "")) is None
