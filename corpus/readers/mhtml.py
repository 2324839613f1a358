"""Web archives (MHTML, RFC 2557): the page in them, however it was encoded. Word saves them as .mht and as .doc."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator

from corpus.errors import UnreadableError
from corpus.text import decode

_HEADER = re.compile(rb"[A-Za-z][A-Za-z-]*:")
_HEAD = 4096
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_BOUNDARY = re.compile(rb'boundary="?([^";\r\n]{1,200})', re.IGNORECASE)
_CHARSET = re.compile(rb'charset="?([\w-]{1,40})', re.IGNORECASE)
_TRANSFER = re.compile(rb"^content-transfer-encoding:[ \t]*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_PAGES = re.compile(rb"^content-type:[ \t]*(?:text/html|application/xhtml)", re.IGNORECASE | re.MULTILINE)
_LEVELS = 3


def is_web_archive(payload: bytes) -> bool:
    """Whether a payload begins with the header of a MIME message."""
    return _HEADER.match(payload.lstrip()) is not None and b"mime-version:" in payload[:_HEAD].lower()


def page_of_archive(payload: bytes) -> str:
    """The longest page of a web archive. Raises UnreadableError where it holds none."""
    pages = sorted(_pages(payload.lstrip(), _LEVELS), key=len)
    if not pages:
        raise UnreadableError("web_archive_empty")
    return pages[-1]


def _pages(message: bytes, levels: int) -> Iterator[str]:
    end = _END_OF_HEAD.search(message)
    if end is None:
        return
    head, body = message[: end.start()], message[end.end() :]
    boundary = _BOUNDARY.search(head)
    if boundary is not None and levels:
        for part in body.split(b"--" + boundary[1])[1:]:
            yield from _pages(part.lstrip(b"\r\n"), levels - 1)
    elif _PAGES.search(head):
        transfer, charset = _TRANSFER.search(head), _CHARSET.search(head)
        declared = charset[1].decode("ascii") if charset else ""
        yield decode(_decoded(body, transfer[1].lower() if transfer else b""), declared)


def _decoded(body: bytes, transfer: bytes) -> bytes:
    if transfer == b"quoted-printable":
        return quopri.decodestring(body)
    if transfer != b"base64":
        return body
    try:
        return base64.b64decode(body)
    except binascii.Error as error:
        raise UnreadableError("web_archive_damaged") from error
