"""Addresses and ids of reports as people paste them."""

from __future__ import annotations

import hashlib

REPORT_ID = r"(?<![0-9a-f])\d{6}-(?:19|20)\d\d-[0-9a-f]{8}(?![0-9a-f])"
ADDRESS = r"(?:https?://|www\.)\S+|[a-z0-9.-]+\.gov\.cn(?:/\S*)?"


def address_tag(url: str) -> str:
    """The tag of the reports captured at an address, however its scheme, its www and its end are written."""
    plain = url.strip().lower().partition("#")[0].removeprefix("http://").removeprefix("https://").removeprefix("www.")
    return "address:" + hashlib.sha256(plain.rstrip("/").encode()).hexdigest()[:16]
