"""What a site answered: as the crawl step reads it, and as the archive keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import responses

from scrapy.http import Response

from corpus.store.warc import Exchange


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer without the network around it.

    ``headers`` are named in small letters; ``body`` is what stands after transfer- and content-decoding.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @classmethod
    def of(cls, response: Response) -> Answer:
        """Scrapy's response."""
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1").strip()
            for name, values in response.headers.items()
        }
        return cls(response.url, response.status, headers, response.body)

    @property
    def media_type(self) -> str:
        """The declared type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def retry_after(self, now: datetime) -> float | None:
        """Retry-After in seconds, given as such or as a date (RFC 9110, 10.2.3)."""
        said = self.headers.get("retry-after", "")
        if said.isdigit():
            return float(said)
        try:
            return max(0.0, (parsedate_to_datetime(said) - now).total_seconds()) if said else None
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
