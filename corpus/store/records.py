"""The records of a WARC file, read one after the other: what an archive file holds, whatever rows say of it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from corpus.store.warc import RecordLocation, digest_of

PAYLOADS = frozenset({"resource", "response"})
"""The types of records that hold a payload."""
_TYPES = PAYLOADS | {"warcinfo", "request", "revisit"}
TORN = ("torn", "", "")
"""What ``records`` gives for a record that is not whole."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record with a payload as it stands in its file: what a capture consists of, read from the record itself."""

    place: RecordLocation
    digest: str
    size: int
    url: str
    source: str
    media_type: str
    captured: datetime


def payload_records(path: Path) -> Iterator[Found]:
    """Every whole record of a file that holds a payload; a torn one ends it silently."""
    with path.open("rb") as archive:
        try:
            every = ArchiveIterator(archive)
            for record in every:
                payload = record.raw_stream.read()
                head, kind = record.rec_headers.get_header, record.rec_type
                digest = (head("WARC-Payload-Digest") or "").removeprefix("sha256:")
                if kind not in PAYLOADS:
                    continue
                if digest_of(payload) != digest:
                    return
                target = head("WARC-Target-URI") or ""
                local = target.startswith("file:")
                http = record.http_headers
                media_type = (http.get_header("Content-Type") if http else head("Content-Type")) or ""
                captured = datetime.fromisoformat(head("WARC-Date"))
                # The iterator knows where a member ends only once it has been read.
                every.read_to_end(record)
                place = RecordLocation(path.name, every.get_record_offset(), every.get_record_length())
                source = unquote(target.removeprefix("file:")) if local else target
                yield Found(place, digest, len(payload), "" if local else target, source, media_type, captured)
        except (EOFError, zlib.error, ArchiveLoadFailed):
            return


def records(path: Path) -> Iterator[tuple[str, str, str]]:
    """Every whole record of a file as (type, address, payload digest); one that is not ends it, as ("torn", "", "").

    A torn last record is what a crash may leave; nobody points to it.
    """
    with path.open("rb") as archive:
        try:
            for record in ArchiveIterator(archive):
                head = record.rec_headers
                digest = (head.get_header("WARC-Payload-Digest") or "").removeprefix("sha256:")
                payload = record.raw_stream.read()
                kind = record.rec_type
                if kind not in _TYPES or (kind in PAYLOADS and digest_of(payload) != digest):
                    yield TORN
                    return
                yield kind, head.get_header("WARC-Target-URI") or "", digest
        except (EOFError, zlib.error, ArchiveLoadFailed):
            yield TORN
