"""A .docx file → blocks: WordprocessingML (ECMA-376 part 1, 17.3 and 17.4) as a reader of the page sees it.

Deleted, hidden and struck-out text is left out, inserted text is read, the numbers that Word counts are printed as it
does; text boxes follow the paragraph they hang on; a table that lays out the page (tables or long text inside its
cells) gives the blocks of its cells. A table of contents says nothing that does not follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from corpus.blocks import Block, Cell, Content, Grid, Heading, Paragraph
from corpus.errors import UnreadableError
from corpus.readers.article_pictures import Item, content_of, pictures_at
from corpus.readers.limits import Limits
from corpus.readers.marks import PICTURE
from corpus.readers.markup import parsed
from corpus.readers.numbering import Numbering, numbering
from corpus.readers.package import Package, Reader, main_part, part_of, relations, title_apart
from corpus.readers.page_sheet import as_sheets
from corpus.readers.runs import LEFT_OUT, Runs, W, is_on, value
from corpus.text import clean

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# By the prefixes that Office gives them; what stands in place of all of them requires nothing.
_KNOWN = re.compile(r"w(?:1\d\w*|p[sgci]|p1\d|ne)?|a1\d|am3d|aink|cx\d?|[vomr]")
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OLE_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
_HEADING_STYLE = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_CONTENTS_STYLE = re.compile(r"(?:toc|目录) ?[1-9]", re.IGNORECASE)
_LONGEST_CELL = 400
_LARGEST_SPAN = 100
# In twentieths of a point.
_POINT = 20
_PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
_IMAGES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_SHEETS = (".xlsx", ".xlsm", ".xls", ".bin")


def read_word(package: Package, limits: Limits, read: Reader) -> Content:
    """Blocks of a .docx; ``read`` reads the files inside it.

    Raises UnreadableError for a damaged one, TooLargeError beyond the limits.
    """
    document = main_part(package, "word")
    root = parsed(package.read(document))
    body = root.find(f"{W}body")
    if body is None:
        raise UnreadableError("word_empty")
    parts = relations(package, document)
    styles, lists, notes = (
        parsed(package.read(part)) if (part := part_of(package, document, kind)) else None
        for kind in ("styles", "numbering", "footnotes")
    )
    for written in (root,) if notes is None else (root, notes):
        _choose(written)
    # A document of Word 2003 holds them in itself.
    styles = root.find(f"{W}styles") if styles is None else styles
    walk = _Walk(
        _headings(styles),
        _contents(styles),
        numbering(lists, styles),
        Runs.of(styles),
        _Inside(package, {id_: part for id_, (_, part) in parts.items()}, limits, read),
        {} if notes is None else {note.get(f"{W}id", ""): note for note in notes.iter(f"{W}footnote")},
    )
    return replace(as_sheets(content_of(walk.blocks(body), limits)), metadata=title_apart(package, document))


def _choose(root: etree._Element) -> None:
    """Of what is written in several manners leave the first that programs of today know (ECMA-376 part 3, 10.2)."""
    for written in list(root.iter(f"{_MC}AlternateContent")):
        manners = list(written)
        known = (manner for manner in manners if all(map(_KNOWN.fullmatch, manner.get("Requires", "").split())))
        chosen = next(known, None)
        for manner in manners:
            if manner is not chosen:
                written.remove(manner)


def _contents(styles: etree._Element | None) -> frozenset[str]:
    """The ids of the paragraph styles of a table of contents."""
    every = () if styles is None else styles.iter(f"{W}style")
    return frozenset(
        style.get(f"{W}styleId", "") for style in every if _CONTENTS_STYLE.fullmatch(value(style.find(f"{W}name")))
    )


def _headings(styles: etree._Element | None) -> dict[str, int]:
    """The heading level of each paragraph style that has one, by its id."""
    levels: dict[str, int] = {}
    for style in () if styles is None else styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        printed = value(name)
        if match := _HEADING_STYLE.fullmatch(printed):
            levels[style.get(f"{W}styleId", "")] = int(match[1])
        elif printed.lower() in ("title", "标题"):
            levels[style.get(f"{W}styleId", "")] = 1
    return levels


@dataclass(frozen=True, slots=True)
class _Inside:
    """The files that a document holds or takes in whole, by the id of the relation to them."""

    package: Package
    parts: Mapping[str, str]
    limits: Limits
    read: Reader

    def blocks(self, id_: str) -> Iterator[Block]:
        """The blocks of such a file; none where nothing can be read in it, as in a picture or a formula's object."""
        part = self.parts.get(id_, "")
        if part not in self.package.names:
            return
        try:
            yield from self.read(self.package.read(part), part, self.limits.inside()).blocks
        except UnreadableError:
            # Not a text that a reader of the page would see as one: an object of another program.
            return

    def picture(self, id_: str) -> bytes | None:
        """The bytes of such a file; None where the document does not hold it."""
        part = self.parts.get(id_, "")
        return self.package.read(part) if part in self.package.names else None

    def is_sheet(self, id_: str) -> bool:
        """Whether it is a workbook."""
        return self.parts.get(id_, "").lower().endswith(_SHEETS)


@dataclass(slots=True)
class _Walk:
    """One pass over the body, counting tables and numbered paragraphs."""

    headings: Mapping[str, int]
    contents: frozenset[str]
    numbers: Numbering
    runs: Runs
    inside: _Inside
    notes: Mapping[str, etree._Element]
    tables: int = 0
    _noted: list[etree._Element] = field(default_factory=list)

    def blocks(self, parent: etree._Element, depth: int = 0) -> Iterator[Item]:
        self.inside.limits.check_depth(depth)
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                yield from self._table(child, depth)
            elif child.tag == f"{W}altChunk":
                yield from self._counted(self.inside.blocks(child.get(f"{_R}id", "")))
            elif child.tag not in LEFT_OUT:
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, paragraph: etree._Element, depth: int) -> Iterator[Item]:
        style = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        level = self.headings.get(style, 0)
        for line in (
            () if style in self.contents or _CONTENTS_STYLE.fullmatch(style) else self._printed(paragraph).split("\n")
        ):
            if text := clean(line).strip():
                yield Heading(text, level) if level else Paragraph(text)
        for art in paragraph.iter(_WORD_ART):
            if text := clean(art.get("string", "")).strip():
                yield Paragraph(text)
        for image in paragraph.iter(*_IMAGES):
            yield from pictures_at((image.get(f"{_R}embed", ""), image.get(f"{_R}id", "")), self.inside.picture)
        for box in paragraph.iter(f"{W}txbxContent"):
            yield from self.blocks(box, depth + 1)
        for held in paragraph.iter(_OLE_OBJECT):
            if self.inside.is_sheet(id_ := held.get(f"{_R}id", "")):
                yield from self._counted(self.inside.blocks(id_))
        yield from self._notes(paragraph, depth)

    def _notes(self, parent: etree._Element, depth: int) -> Iterator[Item]:
        """The footnotes to which a paragraph or a table refers, behind it."""
        for mark in parent.iter(f"{W}footnoteReference"):
            note = self.notes.get(mark.get(f"{W}id", ""))
            if note is not None and not any(note is other for other in self._noted):
                self._noted.append(note)
                yield from self.blocks(note, depth + 1)

    def _counted(self, blocks: Iterator[Block]) -> Iterator[Block]:
        """The blocks of a file inside, its tables counted among those of the document."""
        for block in blocks:
            if isinstance(block, Grid):
                yield replace(block, index=self.tables)
                self.tables += 1
            else:
                yield block

    def _table(self, table: etree._Element, depth: int) -> Iterator[Item]:
        if self._lays_out(table):
            for cell in _cells_of(table):
                yield from self.blocks(cell, depth + 1)
            return
        rows = tuple(self._rows(table))
        if rows:
            yield Grid(rows, self.tables)
            self.tables += 1
        yield from self._notes(table, depth)

    def _lays_out(self, table: etree._Element) -> bool:
        """Whether a table holds tables of several cells, is a box, or has more text in a cell than a statistic has."""
        nested = any(sum(1 for _ in _cells_of(inner)) > 1 for inner in table.iterdescendants(f"{W}tbl"))
        cells = list(_cells_of(table))
        lengths = (sum(len(self.runs.text(paragraph)) for paragraph in cell.iter(f"{W}p")) for cell in cells)
        return nested or len(cells) == 1 or any(length > _LONGEST_CELL for length in lengths)

    def _printed(self, paragraph: etree._Element) -> str:
        """A paragraph's text behind the number that Word gives it; an empty one shows none that is worth reading."""
        number, text = self.numbers.printed(paragraph), self.runs.text(paragraph)
        return number + text if text.strip() else text

    def _raw(self, cell: etree._Element) -> str:
        """The text of a cell: a line for each break and each paragraph, but one whose end is marked as deleted."""
        lines = "".join(
            self._printed(paragraph) + ("\n" if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is None else "")
            for paragraph in cell.iter(f"{W}p")
        ).split("\n")
        text = "\n".join(filter(None, (line.strip(" ") for line in lines)))
        return text or (PICTURE if next(cell.iter(*_PICTURES), None) is not None else "")

    def _rows(self, table: etree._Element) -> Iterator[tuple[Cell, ...]]:
        """The printed cells of each row; what is merged below or to the right counts as the span of the first."""
        rows: list[list[Cell]] = []
        # Where a cell that may still grow downwards stands, by the column of the table's grid it begins in.
        open_: dict[int, tuple[int, int]] = {}
        for number, row in enumerate(_own(table, f"{W}tr")):
            printed: list[Cell] = []
            across = _number(value(row.find(f"{W}trPr/{W}gridBefore")), 0)
            for cell in _in_order(table, row):
                span = _number(value(cell.find(f"{W}tcPr/{W}gridSpan")), 1)
                down, right = (cell.find(f"{W}tcPr/{W}{name}") for name in ("vMerge", "hMerge"))
                if down is not None and value(down) != "restart" and across in open_:
                    above, index = open_[across]
                    grown = rows[above][index]
                    rows[above][index] = replace(grown, rowspan=number - grown.row + 1)
                elif right is not None and value(right) != "restart" and printed:
                    printed[-1] = replace(printed[-1], colspan=min(printed[-1].colspan + span, _LARGEST_SPAN))
                else:
                    open_[across] = (number, len(printed))
                    printed.append(Cell(self._raw(cell), number, len(printed), 1, span))
                across += span
            rows.append(printed)
        return (tuple(row) for row in rows)


def _own(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row that are shown, those inside content controls too."""
    for child in parent:
        if child.tag == tag:
            if not _is_taken_out(child):
                yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            yield from _own(child, tag)


def _in_order(table: etree._Element, row: etree._Element) -> Sequence[etree._Element]:
    """The cells of a row as they are seen: of a table from right to left the first stands at the right (17.4.1)."""
    cells = list(_own(row, f"{W}tc"))
    return cells[::-1] if is_on(table.find(f"{W}tblPr/{W}bidiVisual")) else cells


def _is_taken_out(element: etree._Element) -> bool:
    """Whether a row is hidden or deleted with changes tracked, or a cell deleted so."""
    row, cell = element.find(f"{W}trPr"), element.find(f"{W}tcPr")
    if row is not None and (is_on(row.find(f"{W}hidden")) or row.find(f"{W}del") is not None or _is_flat(row)):
        return True
    return cell is not None and cell.find(f"{W}cellDel") is not None


def _is_flat(properties: etree._Element) -> bool:
    """Whether a row is so low that nobody reads it: of a point at most, and no higher for what it holds."""
    height = properties.find(f"{W}trHeight")
    if height is None or height.get(f"{W}hRule") != "exact":
        return False
    return _number(value(height), 0) <= _POINT


def _cells_of(table: etree._Element) -> Iterator[etree._Element]:
    for row in _own(table, f"{W}tr"):
        yield from _own(row, f"{W}tc")


def _number(value: str, otherwise: int) -> int:
    return min(max(int(value), otherwise), _LARGEST_SPAN) if value.isascii() and value.isdigit() else otherwise
