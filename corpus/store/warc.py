"""Original bytes in WARC files (ISO 28500), written once, never altered.

A file that came without HTTP becomes a ``resource`` record. A fetched page becomes a ``request`` and a
``response`` record; a page that did not change becomes a ``revisit`` record. Payloads are stored after transfer-
and content-decoding, so that the SHA-256 of what a record holds is the digest used everywhere else; a header that
no longer describes the stored bytes is kept under the name ``X-Original-…``.

Each record is a gzip member of its own, found by file name, offset and length. Each process writes files of its
own, so that no two writers meet; a record torn by a crash can only be the last of its file, and nobody points to
it, because the store commits a place only after ``sync``.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus.errors import ArchiveError

Headers = Sequence[tuple[str, str]]

ROTATE_AT = 1_000_000_000
"""A file that has reached this many bytes is closed: the size that the WARC guidelines recommend."""

IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

# They describe the bytes on the wire; the stored payload is decoded.
_WIRE_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})


def digest_of(payload: bytes) -> str:
    """SHA-256 of a payload, as 64 hex digits."""
    return hashlib.sha256(payload).hexdigest()


@dataclass(frozen=True, slots=True)
class RecordLocation:
    """Where a record stands: the file's name, the offset and the length of its gzip member in bytes."""

    name: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """An HTTP request and the head of its answer; the body is given beside it, decoded."""

    method: str
    request_headers: Headers
    status: int
    reason: str
    response_headers: Headers
    protocol: str = "HTTP/1.1"


class Archive:
    """The WARC files of one folder. Not for use by several threads at once when writing."""

    def __init__(self, folder: Path, rotate_at: int = ROTATE_AT) -> None:
        self.folder = folder
        self.elsewhere: Callable[[RecordLocation], bytes | None] = lambda _: None
        """The bytes of a record in a file that is not in the folder; None where nobody has them."""
        self._rotate_at = rotate_at
        self._out: IO[bytes] | None = None
        self._owner = 0
        self._dirty = False

    def resource(self, payload: bytes, *, url: str, source: str, media_type: str, captured: datetime) -> RecordLocation:
        """Write a payload that came without HTTP."""
        writer, out = self._writer()
        record = writer.create_warc_record(
            url or "file:" + quote(source),
            "resource",
            payload=BytesIO(payload),
            length=len(payload),
            warc_content_type=media_type or "application/octet-stream",
            warc_headers_dict={"WARC-Date": _date(captured), "WARC-Payload-Digest": f"sha256:{digest_of(payload)}"},
        )
        return self._write(writer, out, record)

    def response(self, payload: bytes, exchange: Exchange, *, url: str, captured: datetime) -> RecordLocation:
        """Write an answer with its request. The place is the response's."""
        writer, out = self._writer()
        response = writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(payload),
            length=len(payload),
            http_headers=_answer_head(exchange, len(payload)),
            warc_headers_dict={"WARC-Date": _date(captured), "WARC-Payload-Digest": f"sha256:{digest_of(payload)}"},
        )
        place = self._write(writer, out, response)
        self._request(writer, out, exchange, response)
        return place

    def revisit(self, digest: str, exchange: Exchange, *, url: str, captured: datetime) -> None:
        """Record that an address was asked again and still gave the payload with this digest."""
        writer, out = self._writer()
        revisit = writer.create_warc_record(
            url,
            "revisit",
            http_headers=_answer_head(exchange, 0),
            warc_headers_dict={
                "WARC-Date": _date(captured),
                "WARC-Payload-Digest": f"sha256:{digest}",
                "WARC-Profile": NOT_MODIFIED if exchange.status == 304 else IDENTICAL,
            },
        )
        self._write(writer, out, revisit)
        self._request(writer, out, exchange, revisit)

    def sync(self) -> None:
        """Bring every written record to the disk; only then may anybody point to it."""
        if self._out is not None and self._dirty and self._owner == os.getpid():
            self._out.flush()
            os.fsync(self._out.fileno())
            self._dirty = False

    def close(self) -> None:
        """Sync and close the file being written, if any."""
        if self._out is not None:
            self.sync()
            self._out.close()
            self._out = None

    def read(self, place: RecordLocation, digest: str) -> bytes:
        """The payload at a place. Raises ArchiveError if it is missing or not what its digest says."""
        path = self.folder / place.name
        try:
            payload = _payload(self._member(path, place))
        except (OSError, EOFError, zlib.error, ArchiveLoadFailed) as error:
            raise ArchiveError(
                f"The archive file {path} cannot be read at byte {place.offset}: restore it from a copy."
            ) from error
        if payload is None or digest_of(payload) != digest:
            raise ArchiveError(
                f"The archive file {path} does not hold the payload {digest[:12]}… at byte {place.offset}: "
                "restore it from a copy."
            )
        return payload

    def _member(self, path: Path, place: RecordLocation) -> bytes:
        try:
            with path.open("rb") as archive:
                archive.seek(place.offset)
                return archive.read(place.length)
        except FileNotFoundError:
            # It may be moving just now: a row says so before the file goes.
            member = self.elsewhere(place)
            if member is None:
                raise
            return member

    def _writer(self) -> tuple[WARCWriter, IO[bytes]]:
        if self._out is not None and (self._owner != os.getpid() or self._out.tell() >= self._rotate_at):
            self.close()
        if self._out is None:
            now = datetime.now(UTC)
            self._owner = os.getpid()
            name = f"nianbao-{now:%Y%m%dT%H%M%SZ}-{self._owner}-{secrets.token_hex(4)}.warc.gz"
            self.folder.mkdir(parents=True, exist_ok=True)
            self._out = (self.folder / name).open("xb")
            _hold(self._out)
            _sync_folder(self.folder)
            writer = WARCWriter(self._out, gzip=True, warc_version="1.1")
            info = writer.create_warcinfo_record(
                name, {"software": "nianbao", "format": "WARC/1.1", "description": "payloads are stored decoded"}
            )
            writer.write_record(info)
        return WARCWriter(self._out, gzip=True, warc_version="1.1"), self._out

    def _write(self, writer: WARCWriter, out: IO[bytes], record: Any) -> RecordLocation:
        offset = out.tell()
        self._dirty = True
        writer.write_record(record)
        return RecordLocation(Path(out.name).name, offset, out.tell() - offset)

    def _request(self, writer: WARCWriter, out: IO[bytes], exchange: Exchange, answer: Any) -> None:
        answered = answer.rec_headers.get_header
        parts = urlsplit(answered("WARC-Target-URI"))
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        record = writer.create_warc_record(
            answered("WARC-Target-URI"),
            "request",
            http_headers=StatusAndHeaders(
                f"{exchange.method} {target} HTTP/1.1", list(exchange.request_headers), is_http_request=True
            ),
            warc_headers_dict={
                "WARC-Date": answered("WARC-Date"),
                "WARC-Concurrent-To": answered("WARC-Record-ID"),
            },
        )
        self._write(writer, out, record)


@contextmanager
def nobody_writes(path: Path) -> Iterator[bool]:
    """Whether no process writes to an archive file, nor will as long as this lasts: each holds what it writes to."""
    with path.open("rb") as archive:
        try:
            _hold(archive)
        except BlockingIOError:
            yield False
        else:
            yield True


def _payload(member: bytes) -> bytes | None:
    for record in ArchiveIterator(BytesIO(member)):
        payload: bytes = record.raw_stream.read()
        return payload
    return None


def _answer_head(exchange: Exchange, length: int) -> StatusAndHeaders:
    headers = [
        (f"X-Original-{name}" if name.lower() in _WIRE_HEADERS else name, value)
        for name, value in exchange.response_headers
    ]
    if exchange.status != 304:
        headers.append(("Content-Length", str(length)))
    return StatusAndHeaders(f"{exchange.status} {exchange.reason}".strip(), headers, protocol=exchange.protocol)


def _date(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _hold(archive: IO[bytes]) -> None:
    """Lock a file until it is closed. Raises BlockingIOError where somebody has."""
    fcntl.flock(archive, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sync_folder(folder: Path) -> None:
    """A new file's name must survive a crash as its content does (fsync(2))."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
