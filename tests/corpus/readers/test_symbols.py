"""Characters that a font's own table of Unicode names in its private area (PDF, Word): what they show is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Paragraph
from corpus.readers.formats import read
from corpus.readers.symbols import meant

_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin begincmap
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <21> <7E> <F021> endbfrange
endcmap end"""


_LINES = 6


def _page(font: bytes, shown: bytes) -> bytes:
    """A PDF of equal lines in a font whose characters are named U+F021 and so on, without the table of its objects."""
    written = b"BT /F1 12 Tf 60 700 Td 30 TL " + b"(%s) Tj T* " % shown * _LINES + b"ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(written), written),
        b"<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+%s /FirstChar 32 /Widths [%s] /FontDescriptor "
        b"<< /FontName /ABCDEF+%s /FontBBox [0 0 600 800] >> /ToUnicode 6 0 R >>" % (font, b"600 " * 95, font),
        b"<< /Length %d >> stream\n%s\nendstream" % (len(_TO_UNICODE), _TO_UNICODE),
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R /Size 7 >>\n%%EOF\n"


def _said(font: bytes, shown: bytes) -> str:
    return "".join(block.text for block in read(_page(font, shown)).blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize("font", [b"DejaVuSans", "宋体".encode("gb18030"), "標楷體".encode("big5"), b"#CB#CE#CC#E5"])
def test_digits_named_in_the_private_area_are_read_whatever_the_fonts_name(font: bytes) -> None:
    assert "2023, 3 and 1,204 of 88 pages" in _said(font, b"2023, 3 and 1,204 of 88 pages")


def test_pictures_of_a_font_are_no_digits() -> None:
    said = _said(b"Wingdings-Regular", b"2023 and 1204 of 88 pages")
    assert said
    assert not any(map(str.isascii, said.replace(" ", "")))


@given(st.characters(), st.sampled_from(["SimSun", "ABCDEF+SimSun", "ABCDEF+Wingdings2", "ZapfDingbats"]))
def test_nothing_but_the_private_area_of_symbols_is_moved(letter: str, font: str) -> None:
    if "\uf021" <= letter <= "\uf07e" and "SimSun" in font:
        assert meant(letter, font) == chr(ord(letter) - 0xF000)
    else:
        assert meant(letter, font) == letter


@pytest.mark.parametrize("several", ["", "fi", "\uf030\uf031"])
def test_what_is_not_one_character_stays(several: str) -> None:
    assert meant(several, "SimSun") == several
