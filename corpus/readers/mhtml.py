"""Web archives (MHTML, RFC 2557): the page in them, however it was encoded. Word saves them as .mht and as .doc.

A message that was mailed has the same form, and what was sent is attached to it.
"""

from __future__ import annotations

import email
import email.errors
import email.policy
import re
from collections.abc import Iterator
from email.message import Message

from corpus.errors import UnreadableError
from corpus.readers.embedded import picture_of_address
from corpus.text import decode

_HEADER = re.compile(rb"[A-Za-z][A-Za-z-]*:")
_HEAD = 4096
_PAGES = ("text/html", "application/xhtml+xml")


def is_web_archive(payload: bytes) -> bool:
    """Whether a payload begins with the header of a MIME message."""
    return _HEADER.match(payload.lstrip()) is not None and b"mime-version:" in payload[:_HEAD].lower()


def page_of_archive(payload: bytes) -> str:
    """The longest page of a web archive. Raises UnreadableError where it holds none."""
    try:
        pages = list(_pages(payload))
    except RecursionError as error:
        raise UnreadableError("web_archive_damaged") from error
    if not pages:
        raise UnreadableError("web_archive_empty")
    return max(pages, key=len)


def picture_of_archive(payload: bytes, address: str) -> bytes | None:
    """The picture that a page of a web archive names, by its place or id (RFC 2557, 8); None where it holds none."""
    for part in _parts(payload):
        names = part.get("Content-Location", ""), f"cid:{part.get('Content-ID', '').strip('<> ')}"
        body = part.get_payload(decode=True)
        if part.get_content_maintype() == "image" and address in names and isinstance(body, bytes):
            return body
    return picture_of_address(address)


def attached(payload: bytes) -> Iterator[tuple[str, bytes]]:
    """The files attached to a message, by name. Raises UnreadableError for a message nested too deep."""
    try:
        for part in _parts(payload):
            body = part.get_payload(decode=True)
            if part.get_content_disposition() == "attachment" and isinstance(body, bytes):
                yield part.get_filename(""), body
    except RecursionError as error:
        raise UnreadableError("web_archive_damaged") from error


def _parts(payload: bytes) -> Iterator[Message]:
    # The policy that reads headers as they come: what a broken one means is of no interest here.
    return email.message_from_bytes(payload.lstrip(), policy=email.policy.compat32).walk()


def _pages(payload: bytes) -> Iterator[str]:
    for part in _parts(payload):
        body = part.get_payload(decode=True)
        if part.get_content_type() in _PAGES and isinstance(body, bytes):
            if any(isinstance(defect, email.errors.InvalidBase64LengthDefect) for defect in part.defects):
                raise UnreadableError("web_archive_damaged")
            yield decode(body, str(part.get_param("charset", "")))
