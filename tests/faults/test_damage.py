"""Each kind of damage through the commands: ``doctor`` names it; ``--repair``, or what the doctor says, mends it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.store import Store
from corpus.store.warc import RecordLocation
from tests.faults.laws import state
from tests.faults.rooms import Room
from tests.faults.stages import Beginnings
from webui.cli import nianbao

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Harm:
    """What is done to a data folder, what ``doctor`` then says, and whether ``--repair`` or a copy mends it."""

    do: Callable[[Path], None]
    words: str
    mended_by: str = "repair"


def place(data: Path) -> tuple[Path, RecordLocation]:
    """An original of the archive: its file and where it stands in it."""
    with Store.look(data) as store:
        found = next(place for _, place in store.payloads())
    return data / "archive" / found.name, found


def cut(data: Path) -> None:
    file, at = place(data)
    with file.open("r+b") as archive:
        archive.truncate(at.offset + at.length // 2)


def flip(data: Path) -> None:
    file, at = place(data)
    _flip(file, at.offset + at.length // 2)


def remove(data: Path) -> None:
    place(data)[0].unlink()


def page(data: Path) -> None:
    with sqlite3.connect(data / "nianbao.sqlite") as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'editions'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    with (data / "nianbao.sqlite").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(bytes(range(256)) * (size // 256))


def head(data: Path) -> None:
    with (data / "nianbao.sqlite").open("r+b") as file:
        file.write(b"no database, as its first bytes say")


def body(data: Path) -> None:
    with sqlite3.connect(data / "nianbao.sqlite") as connection:
        connection.execute("UPDATE editions SET body = x'00' WHERE rowid = 1")
    connection.close()


def column(data: Path) -> None:
    file = max((data / "index").glob("*/*.col"), key=lambda each: each.stat().st_size)
    _flip(file, file.stat().st_size // 2)


def segment(data: Path) -> None:
    max((data / "index").glob("*/*.col"), key=lambda each: each.stat().st_size).unlink()


def current(data: Path) -> None:
    (data / "index" / "current").unlink()


def orphan(data: Path) -> None:
    with sqlite3.connect(data / "nianbao.sqlite") as connection:
        (digest,) = connection.execute("SELECT min(digest) FROM editions").fetchone()
        for table in ("versions", "editions", "captures", "payloads"):
            connection.execute(f"DELETE FROM {table} WHERE digest = ?", (digest,))  # noqa: S608 - names of ours
    connection.close()


def half(data: Path) -> None:
    file, at = place(data)
    with file.open("r+b") as archive:
        archive.seek(at.offset)
        member = archive.read(at.length)
        archive.seek(0, 2)
        archive.write(member[: len(member) // 2])


def twice(data: Path) -> None:
    file, at = place(data)
    content = file.read_bytes()
    file.write_bytes(content + content[at.offset : at.offset + at.length])


def first(data: Path) -> None:
    _flip(place(data)[0], 30)


HARMS = {
    "an original cut": Harm(cut, "restore it from a copy", "copy"),
    "an original with a byte turned": Harm(flip, "restore it from a copy", "copy"),
    "an archive file gone": Harm(remove, "restore it from a copy", "copy"),
    "a record beside the originals": Harm(first, "restore the file from a copy", "copy"),
    "a page of the database": Harm(page, "restore it from a backup", "backup"),
    "the head of the database": Harm(head, "restore it from a backup", "backup"),
    "a reading": Harm(body, "nianbao doctor --repair"),
    "a file of the index": Harm(column, "nianbao index --rebuild"),
    "a file of the index gone": Harm(segment, "nianbao index --rebuild"),
    "the name of the live index gone": Harm(current, "nianbao index"),
    "an original without a row": Harm(orphan, "nianbao doctor --repair"),
    "half a record": Harm(half, "no harm is done", "nothing"),
    "a record twice": Harm(twice, "", "nothing"),
}
HARMLESS = ("an original without a row", "half a record", "a record twice")


@pytest.mark.parametrize("name", HARMS)
def test_damage_is_named_and_mended(known: Beginnings, name: str) -> None:
    harm, room = HARMS[name], known.begin("whole")
    harm.do(room.path)
    told = run(room, "doctor")
    assert (told.exit_code, harm.words in told.stderr + str(told.exception)) == (int(name not in HARMLESS), True), told
    mended = run(room, "doctor", "--repair")
    assert mended.exit_code == (harm.mended_by in ("copy", "backup"))
    if harm.mended_by == "copy":
        shutil.copytree(room.folder / "whole-copy" / "archive", room.path / "archive", dirs_exist_ok=True)
    if harm.mended_by == "backup":
        shutil.rmtree(room.path)
        assert run(room, "restore", str(room.folder / "whole-copy")).exit_code == 0
        assert run(room, "index").exit_code == 0
    assert run(room, "doctor").exit_code == 0
    state(room).check(known.whole, known.whole)
    found = json.loads(run(room, "search", "", "--json").stdout)["total"]
    assert found == known.whole.reports.total()


def run(room: Room, *words: str) -> Result:
    """A command in this process, and what became of it."""
    return CliRunner().invoke(nianbao, ["--data", str(room.path), "--wait", "0", *words])


def _flip(file: Path, at: int) -> None:
    payload = bytearray(file.read_bytes())
    payload[at] ^= 0xFF
    file.write_bytes(payload)
