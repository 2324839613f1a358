"""A backup is consistent while everything runs, grows by what is new, and comes back whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import StoreError
from corpus.store import Store
from corpus.store.backup import backup, restore
from tests.corpus.reports import MONDAY, made, take

pytestmark = pytest.mark.sqlite
WRITE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from corpus.store import Store
with Store.open(Path(sys.argv[1])) as store:
    number = 0
    while True:
        number += 1
        payload = f"{number}".encode() * 997
        store.keep(payload, url=f"http://a.example/{number}", source="", media_type="", captured=datetime.now(UTC))
        print(number, flush=True)
"""


def filled(data: Path, reports: range) -> None:
    with Store.open(data) as store:
        for year in reports:
            take(store, made(year=year), b"%d" % year, f"http://a.example/{year}")


def test_what_was_backed_up_comes_back(tmp_path: Path) -> None:
    data, copy, again = tmp_path / "data", tmp_path / "copy", tmp_path / "again"
    filled(data, range(2015, 2018))
    first = backup(data, copy)
    filled(data, range(2018, 2020))
    second = backup(data, copy)
    assert (first.originals, second.originals) == (3, 5)
    assert (second.files, backup(data, copy).bytes) == (1, 0), "only what is new is copied"
    done, wrong = restore(copy, again)
    assert (done.originals, wrong) == (5, [])
    with Store.look(data) as before, Store.look(again) as after:
        assert list(before.reports()) == list(after.reports())


def test_a_backup_taken_while_another_process_writes_is_consistent(tmp_path: Path) -> None:
    data = tmp_path / "data"
    filled(data, range(2015, 2016))
    with subprocess.Popen([sys.executable, "-c", WRITE, str(data)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        taken = []
        for number in range(4):
            for _ in range(5):
                writer.stdout.readline()
            taken.append(backup(data, tmp_path / "copy").originals)
            _, wrong = restore(tmp_path / "copy", tmp_path / f"again-{number}")
            assert wrong == []
        writer.kill()
    assert taken == sorted(set(taken)), "each had more than the one before"


def test_an_original_that_is_damaged_in_the_backup_is_named(tmp_path: Path) -> None:
    filled(tmp_path / "data", range(2015, 2017))
    backup(tmp_path / "data", tmp_path / "copy")
    (file,) = (tmp_path / "copy" / "archive").iterdir()
    file.write_bytes(file.read_bytes()[:-40])
    done, wrong = restore(tmp_path / "copy", tmp_path / "again")
    assert (done.originals, len(wrong)) == (2, 1)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy"
    filled(data, range(2015, 2016))
    backup(data, copy)
    with pytest.raises(StoreError, match="holds a store already"):
        restore(copy, data)
    with pytest.raises(StoreError, match="data folder itself"):
        backup(data, data)
    with pytest.raises(StoreError, match="no backup"):
        restore(tmp_path / "nowhere", tmp_path / "again")
    with pytest.raises(StoreError, match="to copy"):
        backup(tmp_path / "nowhere", copy)
    with Store.open(data) as store:
        store.keep(b"more", url="http://a.example/more", source="", media_type="", captured=MONDAY)
    (file,) = (copy / "archive").iterdir()
    file.write_bytes(file.read_bytes() + b"something else" * 99)
    with pytest.raises(StoreError, match="is no copy of it"):
        backup(data, copy)
