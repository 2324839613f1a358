"""Where files come from, as a person says it on the command line: checked before anything is read."""

from __future__ import annotations

from urllib.parse import urlsplit

from corpus.errors import UsageError
from corpus.regions import Registry


def check_origin(url: str, region: str, registry: Registry) -> None:
    """Raise UsageError for an address that is none and for a code that no region has; both may be empty."""
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise UsageError("Give --url as a whole address that begins with http:// or https://.", "url")
    if region and registry.get(region) is None:
        raise UsageError(f"No region has the code {region}: give six digits of GB/T 2260.", "region")
