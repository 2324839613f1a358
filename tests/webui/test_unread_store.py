"""A store that is locked, damaged or without room: one sentence from the site and from every command, nothing lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.errors import StoreError
from tests.webui.shelf import Shelf
from webui.app import create_app
from webui.cli import nianbao
from webui.serving.server import serve
from webui.settings import Binding, Settings

COMMAND = str(Path(sys.executable).with_name("nianbao"))
ALONE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA locking_mode = EXCLUSIVE")
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""
"""A process that lets nobody else read, as a tool for databases may."""
READING = (("status",), ("search", "公开"), ("export", "reports"), ("doctor",))


@pytest.fixture(name="data")
def copied(shelf: Shelf, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shelf.data, tmp_path / "data"))


@pytest.fixture(name="locked")
def locked_by_another(data: Path) -> Iterator[Path]:
    command = [sys.executable, "-c", ALONE, str(data / "nianbao.sqlite")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield data


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("asked", [True, False])
def test_the_site_says_in_one_sentence_that_it_cannot_read(data: Path, language: str, *, asked: bool) -> None:
    app = create_app(Settings(data=data))
    client = app.test_client()
    if asked:
        assert client.get("/search").status_code == 200
    app.extensions["nianbao"].store.database.close()
    with closing(sqlite3.connect(data / "nianbao.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    (data / "nianbao.sqlite").write_bytes(b"no database" * 1000)
    for address in ("/search", "/", "/reports/990221-2023-00000000"):
        answer = client.get(address, headers={"Accept-Language": language})
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
        assert ("读不到所存资料" if language == "zh-CN" else "cannot be read at the moment") in answer.text
        assert "nianbao.sqlite" not in answer.text
    assert client.get("/search.json").get_json()["error"]["code"] == "unavailable"
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    app.extensions["nianbao"].close()


@pytest.mark.parametrize("words", READING)
def test_a_locked_store_is_told_by_commands(locked: Path, words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(nianbao, ["--data", str(locked), *words])
    assert "is locked by another process: run this again" in str(done.exception)


def test_a_site_does_not_start_over_a_store_that_cannot_be_read(data: Path) -> None:
    (data / "nianbao.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="restore it from a backup"):
        serve(Settings(data=data), Binding(port=0), print)


def test_a_full_disk_is_told_by_commands_that_only_read(data: Path) -> None:
    # A reader of SQLite's log needs a few kilobytes of shared memory beside the file.
    command = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", COMMAND, "--data", str(data), "status"]
    variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=variables)
    assert (done.returncode, done.stdout) == (1, "")
    assert "make room on its disk" in done.stderr
    assert len(done.stderr.splitlines()) == 1
