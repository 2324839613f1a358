"""Pages and JSON packed by brotli or gzip, whichever the reader takes; originals and parts of files never.

Tags of pages are weak: the same answer, however it is packed. What was packed once is kept beside the pages.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping

import brotli
from flask import Response, request

from webui.catalog import catalog

_LEAST = 600
"""Bytes below which an answer fits into one packet anyhow."""
_TYPES = frozenset(
    {
        "application/atom+xml",
        "application/json",
        "application/opensearchdescription+xml",
        "application/xml",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)
# As strong as both cost less than half a millisecond a page: docs/operations.md, "What packing costs".
_PACKERS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 5, mtime=0),
}


def compressed(response: Response) -> Response:
    """The response as its reader takes it."""
    if response.mimetype not in _TYPES or request.blueprint == "original" or response.headers.get("Content-Range"):
        return response
    response.vary.add("Accept-Encoding")
    coding = _wanted()
    if not coding or "Range" in request.headers or response.status_code == 304:
        return response
    if response.direct_passthrough:  # a file of ours, which a server may send by itself
        response.direct_passthrough = False
    elif response.is_streamed:
        return response
    body = response.get_data()
    if len(body) < _LEAST:
        return response
    tag, _ = response.get_etag()
    response.set_data(_packed(coding, tag, body))
    response.headers["Content-Encoding"] = coding
    if tag:
        response.set_etag(tag, weak=True)
    return response


def _wanted() -> str:
    """The best coding that the reader takes, empty for none."""
    accepted = request.accept_encodings
    best = max(_PACKERS, key=lambda coding: accepted[coding])  # brotli first among equals
    return best if accepted[best] > 0 else ""


def _packed(coding: str, tag: str | None, body: bytes) -> bytes:
    pages = catalog().pages
    known = pages.get((coding, tag), tag) if tag else None
    if known is not None:
        return known.get_data()
    packed = _PACKERS[coding](body)
    if tag:
        pages.put((coding, tag), tag, Response(packed))
    return packed
