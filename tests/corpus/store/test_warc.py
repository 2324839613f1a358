"""What the archive promises: bytes come back as they were, or an error says that they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from corpus.errors import ArchiveError
from corpus.store.records import records
from corpus.store.warc import Archive, Exchange, digest_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
URL = "http://www.yunxi.gov.cn/nb/1.html?a=b"
EXCHANGE = Exchange(
    "GET",
    [("User-Agent", "nianbao"), ("Accept", "*/*")],
    200,
    "OK",
    [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", "7"), ("ETag", '"a"')],
)


@settings(max_examples=25)
@given(payloads=st.lists(st.binary(max_size=300), min_size=1, max_size=5))
def test_every_payload_comes_back(tmp_path_factory: pytest.TempPathFactory, payloads: list[bytes]) -> None:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    places = []
    for payload in payloads:
        places.append(archive.resource(payload, url="", source="年报 1.txt", media_type="text/plain", captured=NOON))
        places.append(archive.response(payload, EXCHANGE, url=URL, captured=NOON))
    archive.sync()
    for place, payload in zip(places, [payload for payload in payloads for _ in range(2)], strict=True):
        assert archive.read(place, digest_of(payload)) == payload
    archive.close()


def test_a_fetched_page_has_request_response_and_revisit(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.response(b"<p>", EXCHANGE, url=URL, captured=NOON)
    archive.revisit(digest_of(b"<p>"), replace(EXCHANGE, status=304, reason="Not Modified"), url=URL, captured=NOON)
    archive.close()
    (path,) = tmp_path.iterdir()
    with path.open("rb") as file:
        kinds = []
        for record in ArchiveIterator(file):
            kinds.append(record.rec_type)
            if record.rec_type == "response":
                head = record.http_headers
                assert head.get_header("X-Original-Content-Encoding") == "gzip"
                assert head.get_header("Content-Encoding") is None
                assert head.get_header("Content-Length") == "3"
                assert record.content_stream().read() == b"<p>"
            if record.rec_type == "request":
                assert record.http_headers.protocol == "GET"
                assert record.http_headers.statusline == "/nb/1.html?a=b HTTP/1.1"
    assert kinds == ["warcinfo", "response", "request", "revisit", "request"]
    assert [kind for kind, _, digest in records(path) if digest == digest_of(b"<p>")] == ["response", "revisit"]


@given(st.integers(20, 600))
def test_a_record_cut_anywhere_is_told_as_torn(size: int) -> None:
    with TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        place = archive.resource(bytes(range(256)) * 9, url="", source="b", media_type="", captured=NOON)
        archive.close()
        path = Path(folder) / place.name
        path.write_bytes(path.read_bytes()[: place.offset + size])
        assert [kind for kind, _, _ in records(path)] == ["warcinfo", "torn"]


def test_a_torn_last_record_costs_nothing_that_was_synced(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    whole = archive.resource(b"whole" * 50, url="", source="a", media_type="", captured=NOON)
    torn = archive.resource(bytes(range(256)) * 9, url="", source="b", media_type="", captured=NOON)
    archive.close()
    path = tmp_path / whole.name
    path.write_bytes(path.read_bytes()[: torn.offset + torn.length // 2])
    assert archive.read(whole, digest_of(b"whole" * 50)) == b"whole" * 50
    assert [kind for kind, _, _ in records(path)] == ["warcinfo", "resource", "torn"]
    with pytest.raises(ArchiveError, match="restore"):
        archive.read(torn, digest_of(bytes(range(256)) * 9))


def test_damage_is_found(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    place = archive.resource(b"one", url="", source="a", media_type="", captured=NOON)
    archive.close()
    with pytest.raises(ArchiveError, match="does not hold"):
        archive.read(place, digest_of(b"two"))
    with pytest.raises(ArchiveError, match="cannot be read"):
        archive.read(replace(place, name="none.warc.gz"), digest_of(b"one"))
    path = tmp_path / place.name
    content = bytearray(path.read_bytes())
    content[place.offset + 40] ^= 0xFF
    path.write_bytes(bytes(content))
    with pytest.raises(ArchiveError):
        archive.read(place, digest_of(b"one"))


def test_files_rotate_and_writers_never_share_one(tmp_path: Path) -> None:
    first, second = Archive(tmp_path, rotate_at=1), Archive(tmp_path)
    names = {
        archive.resource(b"x", url="", source="a", media_type="", captured=NOON).name
        for archive in (first, first, second)
    }
    first.close()
    second.close()
    assert len(names) == 3
