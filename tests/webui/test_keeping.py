"""The commands that keep what is there: a fault is told and mended, a copy comes back, and nobody waits to read."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.errors import NianbaoError
from corpus.store import Store
from tests.corpus.store.test_locks import held
from tests.webui.shelf import Shelf
from webui.app import create_app
from webui.cli import nianbao
from webui.settings import Settings


@pytest.fixture(name="data")
def copied(shelf: Shelf, tmp_path: Path) -> Path:
    """A shelf of one's own."""
    return Path(shutil.copytree(shelf.data, tmp_path / "data"))


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(nianbao, ["--data", str(data), *words])


def test_a_whole_folder_has_no_faults(data: Path) -> None:
    done = run(data, "doctor")
    assert (done.exit_code, done.exception) == (0, None)
    assert done.stdout.endswith("originals are what their SHA-256 says, 0 are not.\n")


def test_a_damaged_index_is_told_and_made_again(data: Path) -> None:
    total = json.loads(run(data, "search", "公开", "--json").stdout)["total"]
    column = max(data.glob("index/*/*.words.col"))
    payload = bytearray(column.read_bytes())
    payload[len(payload) // 2] ^= 0xFF
    column.write_bytes(payload)
    told = run(data, "doctor")
    assert column.name in told.stderr
    assert "There are faults (index: 1)" in str(told.exception)
    # What was read stays as it is: the store is not asked to read its originals again.
    mended = run(data, "index", "--rebuild")
    assert mended.exit_code == 0
    assert run(data, "doctor").exit_code == 0
    assert json.loads(run(data, "search", "公开", "--json").stdout)["total"] == total


def test_a_damaged_reading_is_told(data: Path) -> None:
    with sqlite3.connect(data / "nianbao.sqlite") as connection:
        (digest,) = connection.execute("SELECT digest FROM editions LIMIT 1").fetchone()
        connection.execute("UPDATE editions SET body = x'00' WHERE digest = ?", (digest,))
    told = run(data, "doctor")
    assert "nianbao doctor --repair" in told.stderr
    assert "There are faults (report: 1)" in str(told.exception)


def test_a_backup_comes_back_by_commands(data: Path, tmp_path: Path) -> None:
    assert run(data, "backup", str(tmp_path / "copy")).exit_code == 0
    again = tmp_path / "again"
    done = run(again, "restore", str(tmp_path / "copy"))
    assert (done.exit_code, done.exception) == (0, None)
    assert run(again, "export", "reports").stdout == run(data, "export", "reports").stdout
    assert "holds a store already" in str(run(again, "restore", str(tmp_path / "copy")).exception)
    other = CliRunner().invoke(nianbao, ["--data", str(data), "--store", "postgresql://x", "backup", str(again)])
    assert "SQLite" in str(other.exception)


def test_a_database_that_was_lost_is_told_beside_its_index(data: Path) -> None:
    for file in data.glob("nianbao.sqlite*"):
        file.unlink()
    (data / "nianbao.sqlite").touch()
    told = run(data, "doctor")
    assert "restore it from the newest backup" in told.stderr
    assert "There are faults (database: 1)" in str(told.exception)


def test_a_backup_without_all_originals_says_so_unless_it_has_them_already(data: Path, tmp_path: Path) -> None:
    assert run(data, "backup", str(tmp_path / "whole")).exit_code == 0
    lost = min(data.glob("archive/*.warc.gz"))
    lost.unlink()
    assert f"{lost.name} is gone or cut short" in str(run(data, "backup", str(tmp_path / "copy")).exception)
    assert run(data, "backup", str(tmp_path / "whole")).exit_code == 0


def test_what_is_no_folder_or_no_file_is_told_in_a_sentence(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for words in (["status"], ["update"], ["restore", str(data)], ["serve", "--port", "0"]):
        assert isinstance(run(file, *words).exception, NianbaoError), words
    (data / "index" / "current").unlink()
    (data / "index" / "current").mkdir()
    for words in (["doctor"], ["search", "公开"]):
        assert isinstance(run(data, *words).exception, NianbaoError), words


def test_looking_into_an_empty_folder_leaves_it_empty(tmp_path: Path) -> None:
    for words in (["status"], ["search", "公开"], ["export", "reports"], ["doctor"]):
        run(tmp_path, *words)
    assert list(tmp_path.iterdir()) == []
    assert run(tmp_path, "doctor").exit_code == 0


def test_reading_commands_and_the_site_wait_for_no_writer(data: Path) -> None:
    with held(data):
        for words in (("status", "--json"), ("search", "公开", "--json"), ("export", "reports"), ("doctor",)):
            done = run(data, *words)
            assert (words, done.exit_code, done.exception) == (words, 0, None)
        app = create_app(Settings(data=data))
        assert app.test_client().get("/search").status_code == 200
        app.extensions["nianbao"].close()
        late = run(data, "--wait", "0", "extract", "--all")
        assert "--wait" in str(late.exception)
    with Store.look(data) as store:
        assert store.counts().reports > 0
