"""Who reads never waits for who writes; who writes waits, and says for whom."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.errors import StoreError
from corpus.store import Store
from tests.corpus.reports import MONDAY, address_of, change, made, take

pytestmark = pytest.mark.usefixtures("either_database")
HOLD = """
import sys
from pathlib import Path
from corpus.store import Store
with Store.open(Path(sys.argv[1]), sys.argv[2] or None) as store, store.database.writing():
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(data: Path) -> Iterator[int]:
    """Another process holds the writer's lock; its id."""
    command = [sys.executable, "-c", HOLD, str(data), address_of(data) or ""]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield holder.pid


@pytest.fixture(name="data")
def filled(tmp_path: Path) -> Path:
    with Store.open(tmp_path) as store:
        take(store, made(), b"one", "http://a.example/1")
    return tmp_path


def test_reading_waits_for_nobody(data: Path) -> None:
    with held(data), Store.look(data) as store:
        assert store.counts().reports == 1
        assert store.get(made().id) is not None


def test_opening_to_write_takes_the_lock_only_where_something_is_missing(data: Path) -> None:
    with held(data), Store.open(data, wait=0) as store:
        assert store.counts().reports == 1


def test_a_writer_waits_and_then_says_for_whom(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    with held(data) as holder, Store.open(data, wait=2.5) as store, caplog.at_level(logging.WARNING):
        with pytest.raises(StoreError, match=rf"Process (\S+:)?{holder} .*--wait"):
            store.keep(b"two", url="http://a.example/2", source="", media_type="", captured=MONDAY)
        assert re.search(rf"Waiting for Process (\S+:)?{holder} ", caplog.text)
    with Store.open(data) as store:
        assert store.counts().snapshots == 1, "nothing of what could not be written is left"


def test_who_reads_writes_nothing(data: Path, tmp_path: Path) -> None:
    with Store.look(data) as store, pytest.raises(Exception, match=r"read-?only"):
        store.keep(b"two", url="http://a.example/2", source="", media_type="", captured=MONDAY)
    with Store.look(tmp_path / "nothing") as store:
        assert store.counts().snapshots == 0
    assert not (tmp_path / "nothing").exists()


def test_who_reads_sees_a_store_that_comes_later(tmp_path: Path) -> None:
    with Store.look(tmp_path / "data") as reader:
        assert reader.revision() == 0
        with Store.open(tmp_path / "data") as writer:
            id_ = take(writer, made(), b"one", "http://a.example/1")
        assert reader.get(id_) is not None


def test_a_reader_of_an_older_store_says_how_it_is_renewed(data: Path) -> None:
    change(data, "ALTER TABLE editions DROP COLUMN document_number")
    with Store.look(data) as store, pytest.raises(StoreError, match="nianbao update"):
        store.get(made().id)


@pytest.mark.sqlite
def test_a_damaged_store_is_told_as_such(data: Path) -> None:
    file = data / "nianbao.sqlite"
    payload = bytearray(file.read_bytes())
    payload[4096:] = os.urandom(len(payload) - 4096)
    file.write_bytes(payload)
    with pytest.raises(StoreError, match="restore it from a backup"), Store.look(data) as store:
        store.get(made().id)
