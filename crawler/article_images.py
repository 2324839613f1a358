"""The pictures in a page's text that may be pages of a report: a body scans what it printed and shows the scans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.anchors import Whole

MOST_IMAGES = 40
"""Of a report; more pages are seldom printed."""

_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-echo", "original", "src")
"""Where an image that is loaded late names its file, and where any other does."""

_ORNAMENT = re.compile(r"(?i)(?:^|[/_-])(?:icon|logo|qr\w*|ewm|wx|weixin|share|print|close|arrow)|\.(?:gif|svg|ico)$")
_BESIDE = frozenset({"a", "nav", "header", "footer", "aside", "button"})
_LEAST_SIDE = 150
"""Dots of a side, where a page states them."""


def images_in(body: HtmlElement, whole: Whole) -> Iterator[str]:
    """Their addresses, in order: no ornaments, nothing that leads elsewhere, nothing that the page carries itself."""
    found: dict[str, None] = {}
    for image in body.iter("img"):
        address = next((one for name in _SOURCES if (one := str(image.get(name, "")).strip())), "")
        if not address or address.startswith("data:") or _is_ornament(image, address):
            continue
        if (url := whole(address)) is not None:
            found[url] = None
    yield from list(found)[:MOST_IMAGES]


def _is_ornament(image: HtmlElement, address: str) -> bool:
    sides = (str(image.get(name, "")).strip().removesuffix("px") for name in ("width", "height"))
    is_small = any(side.isdecimal() and int(side) < _LEAST_SIDE for side in sides)
    is_beside = any(holder.tag in _BESIDE for holder in image.iterancestors())
    return is_small or is_beside or _ORNAMENT.search(urlsplit(address).path) is not None
