"""What Scrapy's responses say, in the words of the archive and of HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import responses

from scrapy.http import Response

from corpus.store.warc import Exchange
from crawler.records import Records, read_json, read_xml

_LISTS = ("<?xml", "<urlset", "<sitemapindex", "<rss", "<feed", "<datastore", "<recordset")


def header(response: Response, name: str) -> str:
    """A header as text, ``""`` where it is absent."""
    return (response.headers.get(name) or b"").decode("latin-1").strip()


def media_type(response: Response) -> str:
    """The declared type without its parameters."""
    return header(response, "Content-Type").partition(";")[0].strip().lower()


def retry_after(response: Response) -> float | None:
    """Retry-After in seconds, given as such or as a date (RFC 9110, 10.2.3)."""
    said = header(response, "Retry-After")
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()) if said else None
    except (ValueError, TypeError):
        return None


def exchange(response: Response) -> Exchange:
    """The request and the head of the answer, as they were on the wire."""
    request = response.request
    sent = [("Host", response.url.split("/")[2])]
    if request is not None:
        sent += [
            (name.decode("latin-1"), b", ".join(values).decode("latin-1")) for name, values in request.headers.items()
        ]
    got = [
        (name.decode("latin-1"), one.decode("latin-1")) for name, values in response.headers.items() for one in values
    ]
    encoding = response.meta.get("wire_encoding")
    if encoding and not any(name.lower() == "content-encoding" for name, _ in got):
        got.append(("Content-Encoding", encoding))
    return Exchange(
        method=request.method if request is not None else "GET",
        request_headers=sent,
        status=response.status,
        reason=responses.get(response.status, ""),
        response_headers=got,
        protocol=response.protocol or "HTTP/1.1",
    )


def records(text: str, declared: str, url: str) -> Records | None:
    """The records of an answer that is a list and no page; None for a page."""
    head = text[:300].lstrip("\ufeff \r\n\t").lower()
    if head.startswith(("{", "[")) or "json" in declared or (declared.endswith("javascript") and "(" in head):
        return read_json(text, url)
    is_page = "<html" in head or "<!doctype html" in head
    return read_xml(text, url) if head.startswith(_LISTS) and not is_page else None
