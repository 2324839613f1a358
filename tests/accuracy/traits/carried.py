"""Pages inside something else: in the strings of scripts, the attributes of frames, web archives."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from html import escape


def joined(page: str) -> str:
    """A page that a script writes from pieces of a string."""
    pieces = (page[start : start + 400] for start in range(0, len(page), 400))
    adding = "".join(f"text += {json.dumps(piece)};" for piece in pieces).replace("</", "<\\/")
    return f"<html><meta charset=utf-8><body><script>var text = '';{adding}document.write(text)</script></body></html>"


def packed(page: str) -> str:
    """A page that a script unpacks."""
    data = base64.b64encode(page.encode()).decode()
    return f"<html><meta charset=utf-8><body><script>document.write(utf8(atob('{data}')))</script></body></html>"


def addressed(page: str) -> str:
    """A page that the address of a frame is."""
    data = base64.b64encode(page.encode()).decode()
    return f"<html><meta charset=utf-8><body><iframe src='data:text/html;base64,{data}'></iframe></body></html>"


def framed(page: str) -> str:
    """A page that a frame carries in its attribute."""
    return f"<html><meta charset=utf-8><body><iframe srcdoc='{escape(page)}'></iframe></body></html>"


def scripted(page: str) -> str:
    """A page that a script writes from a string in which no letter stands as it is."""
    codes = "".join(f"%u{ord(letter):04X}" if ord(letter) > 0x7F else f"%{ord(letter):02X}" for letter in page)
    return f"<html><meta charset=utf-8><body><script>document.write(unescape('{codes}'))</script></body></html>"


def mhtml(page: bytes) -> bytes:
    """A page in a web archive."""
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    part = b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + part + base64.encodebytes(page) + b"\r\n--b--\r\n"


CARRIED: Mapping[str, Callable[[str], str]] = {
    "written by a script": scripted,
    "joined by a script": joined,
    "unpacked by a script": packed,
    "page in a frame": framed,
    "page in an address": addressed,
}
"""What puts a page into another that shows it."""
