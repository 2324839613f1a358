"""Every command that writes, and the store that each begins with: one in which it has something to do, and to lose."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.extraction.extractor import extractor
from corpus.store import Store
from tests.faults.laws import Row, State, ask, said, settled, state
from tests.faults.rooms import Room


@dataclass(frozen=True, slots=True)
class Stage:
    """A command, what it begins with, and whether it takes evidence in (and so is to be run again to its end)."""

    name: str
    words: tuple[str, ...]
    begins: str
    takes_in: bool = False


STAGES: Sequence[Stage] = (
    Stage("add", ("add", "reports"), "half", takes_in=True),
    Stage("crawl", ("crawl",), "half", takes_in=True),
    Stage("extract", ("extract", "--all", "--processes", "2"), "whole"),
    Stage("index", ("index", "--rebuild"), "whole"),
    Stage("update", ("update",), "unread"),
    Stage("migrate", ("update",), "older"),
    Stage("backup", ("backup", "copy"), "whole"),
    Stage("restore", ("restore", "whole-copy"), "nothing"),
    Stage("withhold", ("withhold", "{id}", "--why", "令"), "whole"),
    Stage("lift", ("withhold", "{id}", "--lift"), "withheld"),
    Stage("correct", ("correct", "said.csv"), "pictured"),
    Stage("uncorrect", ("correct", "--undo", "{id}"), "corrected"),
    Stage("repair", ("doctor", "--repair"), "damaged"),
)


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Stores to begin with, as folders of a room, and what each of them gives; ``id`` is the report that is withheld.

    What an older or a damaged store gives, and none at all, is not said: the one is renewed first, the other mended.

    ``half``: some reports and nothing of the sites, read and indexed. ``unread``: everything is there, half of it read
    by older code. ``whole``: everything. ``withheld``: without one report. ``older``: whole, of an older schema.
    ``damaged``: whole, but for a reading, a file of the index and a row of an original. ``nothing``: no store at all.
    ``pictured``: whole, with two cells of one report read from a picture; ``corrected``: those as ``said`` of them.
    """

    room: Room
    states: Mapping[str, State]
    id: str
    said: frozenset[Row]

    @property
    def whole(self) -> State:
        """What a store with everything gives."""
        return self.states["whole"]

    def begin(self, name: str) -> Room:
        """The room with a fresh copy of one of these as its data folder."""
        shutil.rmtree(self.room.path, ignore_errors=True)
        if name != "nothing":
            shutil.copytree(self.room.folder / name, self.room.path, dirs_exist_ok=True)
        return self.room

    def stages(self) -> Sequence[Stage]:
        """The stages, with the report's id in them; a crawl only where there are sites."""
        return [
            Stage(stage.name, tuple(word.format(id=self.id) for word in stage.words), stage.begins, stage.takes_in)
            for stage in STAGES
            if self.room.sites or stage.name != "crawl"
        ]


def beginnings(room: Room) -> Beginnings:
    """Make them all."""
    for name in ("half", "unread", "whole", "withheld", "older", "damaged", "pictured", "corrected", "whole-copy"):
        shutil.rmtree(room.folder / name, ignore_errors=True)
    half = room.beside("half")
    half.furnish()
    ask(half, "add", str(room.folder / "some"))
    ask(half, "update")
    unread = _copied(half, "unread")
    ask(unread, "add", str(room.folder / "reports"))
    if room.sites:
        unread.run("crawl")
    _forget_readings(unread)
    states = {"half": state(half), "unread": state(unread)}
    whole = _copied(unread, "whole")
    states["whole"] = settled(whole)
    ask(whole, "backup", str(room.folder / "whole-copy"))
    id_ = min(states["whole"].reports)[0]
    withheld = _copied(whole, "withheld")
    ask(withheld, "withhold", id_, "--why", "令")
    states["withheld"] = settled(withheld)
    _age(_copied(whole, "older").path)
    _damage(_copied(whole, "damaged").path)
    pictured = _copied(whole, "pictured")
    _picture(pictured, id_)
    states["pictured"] = settled(pictured)
    corrected = _copied(pictured, "corrected")
    ask(corrected, "correct", str(room.folder / "said.csv"))
    states["corrected"] = settled(corrected)
    return Beginnings(room, states, id_, said(corrected))


def _copied(room: Room, name: str) -> Room:
    shutil.copytree(room.path, room.folder / name)
    return room.beside(name)


def _forget_readings(room: Room) -> None:
    """Every second reading is of older code: it is to be read again, and stands until then."""
    with sqlite3.connect(room.path / "nianbao.sqlite") as connection:
        connection.execute("UPDATE payloads SET extractor = '' WHERE extractor != '' AND rowid % 2 = 0")
    connection.close()


def _age(data: Path) -> None:
    """Take from a store what came after its first schema, as far as it holds nothing: indexes, columns, the version."""
    with sqlite3.connect(data / "nianbao.sqlite") as connection:
        made = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
        for (name,) in made:
            connection.execute(f"DROP INDEX {name}")
        connection.execute("ALTER TABLE captures DROP COLUMN hint")
        connection.execute("DROP TABLE withheld")
        connection.execute("UPDATE meta SET value = 1 WHERE name = 'schema'")
    connection.close()


def _picture(room: Room, id_: str) -> None:
    """Have two cells of a report read as from a picture, and write beside the store what a person says of them."""
    with Store.open(room.path) as store:
        stored = store.get(id_)
        assert stored is not None
        cells = [figure for figure in stored.report.figures.values() if figure.value is not None][:2]
        read = {cell.id: replace(cell, confidence=0.6) for cell in cells}
        report = replace(stored.report, figures={**stored.report.figures, **read})
        store.accept(stored.snapshot, report, extractor())
    rows = [f"{id_}#{cell.id},{(cell.value or 0) + 1},读者,原件如此" for cell in cells]
    (room.folder / "said.csv").write_text("\n".join(["cell,value,who,why", *rows]) + "\n", "utf-8")


def _damage(data: Path) -> None:
    """One harm of each kind that can be mended: a reading, an original without a row, a file of the index."""
    with sqlite3.connect(data / "nianbao.sqlite") as connection:
        read, lost = connection.execute("SELECT digest FROM editions ORDER BY digest LIMIT 2").fetchall()
        connection.execute("UPDATE editions SET body = x'00' WHERE digest = ?", read)
        for table in ("versions", "editions", "captures", "payloads"):
            connection.execute(f"DELETE FROM {table} WHERE digest = ?", lost)  # noqa: S608 - names of ours
    connection.close()
    file = max((data / "index").glob("*/*.col"), key=lambda each: each.stat().st_size)
    payload = bytearray(file.read_bytes())
    payload[len(payload) // 2] ^= 0xFF
    file.write_bytes(payload)
