"""Web archives (MHTML, RFC 2557): the page in them, however it was encoded. Word saves them as .mht and as .doc."""

from __future__ import annotations

import email
import email.errors
import email.policy
import re
from collections.abc import Iterator

from corpus.errors import UnreadableError
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
        pages = list(_pages(payload.lstrip()))
    except RecursionError as error:
        raise UnreadableError("web_archive_damaged") from error
    if not pages:
        raise UnreadableError("web_archive_empty")
    return max(pages, key=len)


def _pages(payload: bytes) -> Iterator[str]:
    # The policy that reads headers as they come: what a broken one means is of no interest here.
    for part in email.message_from_bytes(payload, policy=email.policy.compat32).walk():
        body = part.get_payload(decode=True)
        if part.get_content_type() in _PAGES and isinstance(body, bytes):
            if any(isinstance(defect, email.errors.InvalidBase64LengthDefect) for defect in part.defects):
                raise UnreadableError("web_archive_damaged")
            yield decode(body, str(part.get_param("charset", "")))
