"""Archive files in a bucket: moved whole, read there, and nothing is lost on the way. The bucket is moto's server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from click.testing import CliRunner, Result
from moto.server import ThreadedMotoServer

from corpus.errors import ArchiveError
from corpus.store import Store
from corpus.store.bucket import Bucket, client
from corpus.store.health import faults
from corpus.store.moving import move
from tests.corpus.reports import MONDAY
from webui.cli import nianbao

ADDRESS = "s3://originals/years"
PAYLOADS = tuple(f"第{number}份原件".encode() * 50 for number in range(5))


@pytest.fixture(name="server")
def bucket_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadedMotoServer]:
    """A server on loopback with an empty bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "reader")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of reports")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    client.cache_clear()
    boto3.client("s3").create_bucket(Bucket="originals")
    yield server
    server.stop()
    client.cache_clear()


def kept(data: Path, payloads: tuple[bytes, ...] = PAYLOADS) -> list[str]:
    """The digests of payloads that a store took in and closed."""
    with Store.open(data) as store:
        return [
            store.keep(each, url=f"http://a.example/{at}", source="", media_type="text/plain", captured=MONDAY).digest
            for at, each in enumerate(payloads)
        ]


def moved(data: Path) -> list[str]:
    with Store.open(data) as store:
        return [name for name, _ in move(store, Bucket(ADDRESS))]


def read(data: Path, digests: list[str]) -> tuple[bytes, ...]:
    with Store.look(data) as store:
        return tuple(map(store.payload, digests))


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(nianbao, ["--data", str(data), *words])


@pytest.mark.usefixtures("server")
def test_what_moved_is_read_there_by_everybody(tmp_path: Path) -> None:
    digests = kept(tmp_path)
    done = run(tmp_path, "move", ADDRESS)
    assert (done.exit_code, "moved: 1 archive files" in done.stderr) == (0, True)
    assert not list((tmp_path / "archive").glob("*"))
    assert read(tmp_path, digests) == PAYLOADS
    with Store.look(tmp_path) as store:
        assert not list(faults(store))
        ((name, (address, size)),) = store.moved.every().items()
    assert run(tmp_path, "move").stdout == f"{name}\t{size}\t{address}\n"
    assert address == f"{ADDRESS}/{name}"


@pytest.mark.sqlite
@pytest.mark.usefixtures("server")
def test_a_backup_tells_of_what_has_moved(tmp_path: Path) -> None:
    kept(tmp_path)
    assert run(tmp_path, "move", ADDRESS).exit_code == 0
    assert "1 archive files moved to a bucket" in run(tmp_path, "backup", str(tmp_path / "copy")).stderr


@pytest.mark.usefixtures("server")
def test_a_file_that_is_written_stays_until_it_is_whole(tmp_path: Path) -> None:
    with Store.open(tmp_path) as writer:
        writer.keep(PAYLOADS[0], url="http://a.example/", source="", media_type="", captured=MONDAY)
        assert moved(tmp_path) == []
    assert len(moved(tmp_path)) == 1


@pytest.mark.usefixtures("server")
def test_a_move_that_breaks_off_is_done_again(tmp_path: Path) -> None:
    digests = kept(tmp_path)
    (file,) = (tmp_path / "archive").iterdir()
    Bucket(ADDRESS).put(file)  # and then the power failed
    assert moved(tmp_path) == [file.name]
    copy = kept(tmp_path, (b"more",))
    (file,) = (tmp_path / "archive").iterdir()
    content = file.read_bytes()
    moved(tmp_path)
    file.write_bytes(content)  # the power failed before it was removed
    moved(tmp_path)
    assert not file.exists()
    assert read(tmp_path, digests + copy) == (*PAYLOADS, b"more")


@pytest.mark.usefixtures("server")
def test_an_original_without_a_row_is_taken_in_before_it_moves(tmp_path: Path) -> None:
    digests = kept(tmp_path / "whole")
    (file,) = (tmp_path / "whole" / "archive").iterdir()
    (tmp_path / "bare" / "archive").mkdir(parents=True)
    (tmp_path / "bare" / "archive" / file.name).write_bytes(file.read_bytes())
    moved(tmp_path / "bare")
    assert read(tmp_path / "bare", digests) == PAYLOADS


def test_a_server_that_is_gone_is_told_and_nothing_is_lost(tmp_path: Path, server: ThreadedMotoServer) -> None:
    digests = kept(tmp_path)
    server.stop()
    done = run(tmp_path, "move", ADDRESS)
    assert done.exit_code == 1
    assert "cannot be reached" in str(done.exception)
    assert read(tmp_path, digests) == PAYLOADS


@pytest.mark.usefixtures("server")
def test_bytes_that_are_others_are_never_given(tmp_path: Path) -> None:
    digests = kept(tmp_path)
    (name,) = moved(tmp_path)
    there = boto3.client("s3")
    body = there.get_object(Bucket="originals", Key=f"years/{name}")["Body"].read()
    with Store.look(tmp_path) as store:
        at = dict(store.payloads())[digests[0]]
        middle = at.offset + at.length // 2
        harmed = body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]
        there.put_object(Bucket="originals", Key=f"years/{name}", Body=harmed)
        with pytest.raises(ArchiveError):
            store.payload(digests[0])
        assert store.payload(digests[1]) == PAYLOADS[1]


@pytest.mark.parametrize("address", ["/tmp/originals", "s3://", "http://a.example/b"])  # noqa: S108 - a wrong word
def test_an_address_that_is_no_bucket_is_told(tmp_path: Path, address: str) -> None:
    done = run(tmp_path, "move", address)
    assert "write s3://BUCKET" in str(done.exception)
