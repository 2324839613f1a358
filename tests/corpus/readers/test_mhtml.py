"""Web archives, as Word and browsers save them, often under the name of a .doc."""

from __future__ import annotations

import base64
import quopri

import pytest

from corpus.blocks import Grid, Paragraph
from corpus.errors import UnreadableError
from corpus.readers.formats import read

_PAGE = (
    "<html><head><title>年报</title></head><body><p>全年公开信息。</p><table><tr><td>规章<td>5</table></body></html>"
)
_HEAD = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_Part"\r\n\r\n'


def _archive(page: bytes, transfer: str, charset: str = "") -> bytes:
    told = f'; charset="{charset}"' if charset else ""
    head = (
        f"Content-Location: file:///C:/a.htm\r\nContent-Transfer-Encoding: {transfer}\r\nContent-Type: text/html{told}"
    )
    picture = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo="
    parts = (head.encode() + b"\r\n\r\n" + page, picture)
    return _HEAD + b"".join(b"------=_Part\r\n" + part + b"\r\n" for part in parts) + b"------=_Part--\r\n"


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_the_page_in_it_is_read_however_it_was_encoded(charset: str) -> None:
    page = _PAGE.encode(charset)
    for payload in (
        _archive(quopri.encodestring(page), "quoted-printable", charset),
        _archive(base64.encodebytes(page), "base64", charset),
    ):
        content = read(payload, name="年报.doc")
        assert content.blocks[0] == Paragraph("全年公开信息。")
        assert isinstance(content.blocks[1], Grid)
        assert content.title == "年报"


def test_a_page_in_archives_inside_archives_is_found() -> None:
    assert read(_nested(5)).blocks[0] == Paragraph("全年公开信息。")


def test_archives_inside_archives_end_somewhere() -> None:
    with pytest.raises(UnreadableError):
        read(_nested(3_000))


def _nested(levels: int) -> bytes:
    nested = _archive(_PAGE.encode(), "8bit")
    for level in range(levels):
        boundary = f"b{level}".encode()
        nested = (
            b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="'
            + boundary + b'"\r\n\r\n--' + boundary + b"\r\n" + nested + b"\r\n--" + boundary + b"--"
        )  # fmt: skip
    return nested


def test_a_damaged_one_is_refused() -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        read(_archive(b"abcde", "base64"))


def test_a_page_that_speaks_of_mail_is_a_page() -> None:
    assert read("<p>MIME-Version: 1.0 是邮件头。</p>".encode()).blocks == (Paragraph("MIME-Version: 1.0 是邮件头。"),)
