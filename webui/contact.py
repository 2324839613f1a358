"""How a reader tells the operator of an error: an address that carries report, cell and version, nothing else."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from corpus.store import Stored


def error_address(contact: str, stored: Stored, cell: str = "") -> str:
    """A mail or web address with what the operator must know; empty where the operator named none.

    ``contact`` is the operator's (Settings.contact): a mail address, or one of the web.
    """
    if not contact:
        return ""
    if "//" in contact:
        told = [("report", stored.id), *([("cell", cell)] if cell else []), ("version", str(stored.version))]
        return f"{contact}{'&' if '?' in contact else '?'}{urlencode(told)}"
    subject = f"{stored.id}{'#' if cell else ''}{cell} v{stored.version}"
    return f"mailto:{contact}?subject={quote(subject)}"
