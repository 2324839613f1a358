"""A workbook written as it is read: sheets of rows → the bytes of an XLSX file, piece by piece (ECMA-376).

Nothing is kept but the row at hand and the cells that come again and again, so a reader has the first rows while the
last ones are not yet looked up. A library builds an object a cell, and a file on the disk before it is sent: for a
million cells twelve times the work. Texts are inline and of the type text: none is ever run as a formula, and one that
begins like one is marked as quoted, so that it stays a text when somebody edits it.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from webui.taken import Taken

Cell = str | int | float | bool | None

_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a text begins that a spreadsheet may take for a formula (OWASP, "CSV Injection")."""

_PIECE = 64 << 10
_LONGEST = 32_767
"""Characters of a cell (Excel's specifications and limits); what is beyond would make the file unreadable."""
_COMPRESSION = 3
"""Twice as fast as the usual 6, and the file a tenth larger."""
_DATE = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What XML cannot hold, and what would be read as the escape of it (ECMA-376 part 1, § 22.9.2.19).
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")

_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""Style 1 is a text marked as quoted."""


def workbook(sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> Iterator[bytes]:
    """The file: a sheet a name, the first of them read to its end before the second is begun."""
    out = Taken()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as file:
        for name, text in _parts(list(sheets)).items():
            file.writestr(_entry(name), text)
        for number, rows in enumerate(sheets.values(), 1):
            with file.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as sheet:
                for text in _sheet(rows):
                    sheet.write(text.encode())
                    yield from out.pieces(_PIECE)
    yield from out.pieces()


def _entry(name: str) -> zipfile.ZipInfo:
    """A part of the file, dated alike each time: the same rows are the same bytes."""
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = _COMPRESSION  # type: ignore[attr-defined] # noqa: SLF001 - public only from 3.13 on
    return entry


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet might run a text; full-width and small signs are read as their ASCII ones.

    >>> is_like_a_formula("=1+1"), is_like_a_formula("＠x"), is_like_a_formula("1-1")
    (True, True, False)
    """
    return unicodedata.normalize("NFKC", text[:1]).startswith(_SIGNS)


def _sheet(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'
    block: list[str] = []
    for row in rows:
        block.append(f"<row>{''.join(map(_cell, row))}</row>")
        if len(block) == 200:
            yield "".join(block)
            block.clear()
    yield "".join(block)
    yield "</sheetData></worksheet>"


def _cell(value: Cell) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return f'<c t="b"><v>{value:d}</v></c>'
    return f"<c><v>{value}</v></c>"


@lru_cache(1 << 14)
def _text(value: str) -> str:
    said = escape(_UNSPEAKABLE.sub(lambda sign: f"_x{ord(sign[0]):04X}_", value[:_LONGEST]))
    quoted = ' s="1"' if is_like_a_formula(value) else ""
    spaced = ' xml:space="preserve"' if value != value.strip() else ""
    return f'<c t="inlineStr"{quoted}><is><t{spaced}>{said}</t></is></c>'


def _parts(names: Sequence[str]) -> Mapping[str, str]:
    """All parts but the sheets: what there is, what leads to what."""
    numbers = range(1, len(names) + 1)
    kinds = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_KIND}.{kind}+xml"/>'
        for part, kind in (
            ("workbook", "sheet.main"),
            ("styles", "styles"),
            *((f"worksheets/sheet{number}", "worksheet") for number in numbers),
        )
    )
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{number}"/>' for number, name in enumerate(names, 1)
    )
    leads = [(f"r{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    return {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{kinds}</Types>'
        ),
        "_rels/.rels": _relationships([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relationships([*leads, ("styles", "styles", "styles.xml")]),
        "xl/styles.xml": _STYLES,
    }


def _relationships(leads: Iterable[tuple[str, str, str]]) -> str:
    said = "".join(f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for id_, kind, to in leads)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{said}</Relationships>'
