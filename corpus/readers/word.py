"""A .docx file → blocks: WordprocessingML (ECMA-376 part 1, 17.3 and 17.4) as it is stored.

Deleted and hidden text is left out, inserted text is read, the numbers that Word counts are printed as it does; text
boxes follow the paragraph they hang on; a table that lays out the page (tables or long text inside its cells) gives
the blocks of its cells. A table of contents says nothing that does not follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from corpus.blocks import Block, Cell, Content, Grid, Heading, Paragraph
from corpus.errors import UnreadableError
from corpus.readers.bounded_zip import Archive
from corpus.readers.limits import Limits
from corpus.readers.markup import parsed
from corpus.readers.numbering import Numbering, numbering
from corpus.text import clean

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DOCUMENT = "word/document.xml"
_STYLES = "word/styles.xml"
_NUMBERING = "word/numbering.xml"
_HEADING_STYLE = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_CONTENTS_STYLE = re.compile(r"(?:toc|目录) ?[1-9]", re.IGNORECASE)
_LEFT_OUT = frozenset((f"{_W}moveFrom", f"{_W}del", f"{_W}pPr", f"{_W}rPr", f"{_W}txbxContent", f"{_W}rt", _FALLBACK))
_PRINTED = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_LONGEST_CELL = 400
_LARGEST_SPAN = 100


def read_word(archive: Archive, limits: Limits) -> Content:
    """Blocks of a .docx. Raises UnreadableError for a damaged one, TooLargeError beyond the limits."""
    body = parsed(archive.read(_DOCUMENT)).find(f"{_W}body")
    if body is None:
        raise UnreadableError("word_empty")
    styles, lists = (parsed(archive.read(part)) if part in archive.names else None for part in (_STYLES, _NUMBERING))
    walk = _Walk(_headings(styles), _contents(styles), numbering(lists, styles), limits)
    return Content(tuple(walk.blocks(body)))


def _contents(styles: etree._Element | None) -> frozenset[str]:
    """The ids of the paragraph styles of a table of contents."""
    every = () if styles is None else styles.iter(f"{_W}style")
    return frozenset(
        style.get(f"{_W}styleId", "") for style in every if _CONTENTS_STYLE.fullmatch(_value(style.find(f"{_W}name")))
    )


def _headings(styles: etree._Element | None) -> dict[str, int]:
    """The heading level of each paragraph style that has one, by its id."""
    levels: dict[str, int] = {}
    for style in () if styles is None else styles.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        printed = _value(name)
        if match := _HEADING_STYLE.fullmatch(printed):
            levels[style.get(f"{_W}styleId", "")] = int(match[1])
        elif printed.lower() in ("title", "标题"):
            levels[style.get(f"{_W}styleId", "")] = 1
    return levels


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")


@dataclass(slots=True)
class _Walk:
    """One pass over the body, counting tables and numbered paragraphs."""

    headings: Mapping[str, int]
    contents: frozenset[str]
    numbers: Numbering
    limits: Limits
    tables: int = 0

    def blocks(self, parent: etree._Element, depth: int = 0) -> Iterator[Block]:
        self.limits.check_depth(depth)
        for child in parent:
            if child.tag == f"{_W}p":
                yield from self._paragraph(child, depth)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child, depth)
            elif child.tag not in _LEFT_OUT:
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, paragraph: etree._Element, depth: int) -> Iterator[Block]:
        style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
        level = self.headings.get(style, 0)
        for line in (
            () if style in self.contents or _CONTENTS_STYLE.fullmatch(style) else self._printed(paragraph).split("\n")
        ):
            if text := clean(line).strip():
                yield Heading(text, level) if level else Paragraph(text)
        for box in paragraph.iter(f"{_W}txbxContent"):
            if not any(ancestor.tag == _FALLBACK for ancestor in box.iterancestors()):
                yield from self.blocks(box, depth + 1)

    def _table(self, table: etree._Element, depth: int) -> Iterator[Block]:
        if _lays_out(table):
            for cell in _cells_of(table):
                yield from self.blocks(cell, depth + 1)
            return
        rows = tuple(self._rows(table))
        if rows:
            yield Grid(rows, self.tables)
            self.tables += 1

    def _printed(self, paragraph: etree._Element) -> str:
        """A paragraph's text behind the number that Word gives it; an empty one shows none that is worth reading."""
        number, text = self.numbers.printed(paragraph), _text(paragraph)
        return number + text if text.strip() else text

    def _raw(self, cell: etree._Element) -> str:
        """The text of a cell: a line for each paragraph and break."""
        lines = "\n".join(self._printed(paragraph) for paragraph in cell.iter(f"{_W}p")).split("\n")
        return "\n".join(filter(None, (line.strip(" ") for line in lines)))

    def _rows(self, table: etree._Element) -> Iterator[tuple[Cell, ...]]:
        """The printed cells of each row; what is merged below or to the right counts as the span of the first."""
        rows: list[list[Cell]] = []
        # Where a cell that may still grow downwards stands, by the column of the table's grid it begins in.
        open_: dict[int, tuple[int, int]] = {}
        for number, row in enumerate(_own(table, f"{_W}tr")):
            printed: list[Cell] = []
            across = _number(_value(row.find(f"{_W}trPr/{_W}gridBefore")), 0)
            for cell in _own(row, f"{_W}tc"):
                span = _number(_value(cell.find(f"{_W}tcPr/{_W}gridSpan")), 1)
                down, right = (cell.find(f"{_W}tcPr/{_W}{name}") for name in ("vMerge", "hMerge"))
                if down is not None and _value(down) != "restart" and across in open_:
                    above, index = open_[across]
                    grown = rows[above][index]
                    rows[above][index] = replace(grown, rowspan=number - grown.row + 1)
                elif right is not None and _value(right) != "restart" and printed:
                    printed[-1] = replace(printed[-1], colspan=min(printed[-1].colspan + span, _LARGEST_SPAN))
                else:
                    open_[across] = (number, len(printed))
                    printed.append(Cell(self._raw(cell), number, len(printed), 1, span))
                across += span
            rows.append(printed)
        return (tuple(row) for row in rows)


def _lays_out(table: etree._Element) -> bool:
    nested = next(table.iterdescendants(f"{_W}tbl"), None) is not None
    return nested or any(
        sum(len(_text(paragraph)) for paragraph in cell.iter(f"{_W}p")) > _LONGEST_CELL for cell in _cells_of(table)
    )


def _own(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, those inside content controls too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _own(child, tag)


def _cells_of(table: etree._Element) -> Iterator[etree._Element]:
    for row in _own(table, f"{_W}tr"):
        yield from _own(row, f"{_W}tc")


def _number(value: str, otherwise: int) -> int:
    return min(max(int(value), otherwise), _LARGEST_SPAN) if value.isascii() and value.isdigit() else otherwise


def _text(element: etree._Element) -> str:
    """The text of a paragraph, without that of text boxes in it."""
    pieces: list[str] = []
    for child in element:
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in _PRINTED:
            pieces.append(_PRINTED[child.tag])
        elif child.tag not in _LEFT_OUT and not _is_hidden(child):
            pieces.append(_text(child))
    return "".join(pieces)


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and _value(vanish) not in ("0", "false", "off")
