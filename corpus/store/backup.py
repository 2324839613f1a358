"""A copy of the store that is consistent while everything runs, and the way back.

The database is copied first, as it is at one moment (SQLite's backup interface); the archive after it. Archive files
only grow, and a row never points to bytes that are not on the disk yet: so the later copy of the archive holds all that
the earlier copy of the database points to. A second backup into the same folder copies what is new. The search index is
left out: it is made again from the rest. So is what is withheld, from the copy that was made before as well.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ArchiveError, StoreError, WithheldError
from corpus.store.erasure import empty_member, member_at, overwrite
from corpus.store.store import Store
from corpus.store.warc import RecordLocation

DATABASE, ARCHIVE = "nianbao.sqlite", "archive"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: originals, as the copy counts them; archive files that had anything new; bytes of these."""

    originals: int
    files: int
    bytes: int


def backup(data: Path, folder: Path) -> Copied:
    """Copy the store of a data folder.

    Raises StoreError where there is none, where it cannot be written, and, when all else is copied, where archive files
    are gone.
    """
    if not (data / DATABASE).is_file():
        raise StoreError(f"There is no {data / DATABASE} to copy: name the data folder with --data.")
    there, here = folder.resolve(), data.resolve()
    if there == here or here / ARCHIVE in (there, *there.parents):
        raise StoreError(f"{folder} is the data folder itself: name another one for the backup.")
    try:
        (folder / ARCHIVE).mkdir(parents=True, exist_ok=True)
        fresh = folder / f"{DATABASE}.new"
        fresh.unlink(missing_ok=True)
        _copy_database(data / DATABASE, fresh)
        grown = [_grown(file, folder / ARCHIVE / file.name) for file in sorted((data / ARCHIVE).glob("*.warc.gz"))]
        _leave_out(data / ARCHIVE, folder / ARCHIVE, _withheld(folder / DATABASE), _withheld(fresh))
        fresh.replace(folder / DATABASE)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"The backup in {folder} is not whole ({error}): make room, and run it again.") from error
    with Store.look(folder) as copy:
        originals = copy.counts().snapshots
    if lacking := _lacking(folder / DATABASE, folder / ARCHIVE):
        raise StoreError(
            f"The backup in {folder} lacks originals, as {data} does: {', '.join(lacking)} is gone or cut short; "
            f"put it back into {data / ARCHIVE} from another copy, and run it again."
        )
    return Copied(originals, sum(map(bool, grown)), sum(grown))


def restore(folder: Path, data: Path) -> tuple[Copied, list[str]]:
    """Make a data folder of a backup, and check it: what was copied, and what is wrong with originals of it.

    Raises StoreError where the backup has no database or a damaged one, and where the data folder holds something.
    """
    if not (folder / DATABASE).is_file():
        raise StoreError(f"There is no backup in {folder}: name the folder that `nianbao backup` wrote.")
    if (data / DATABASE).exists() or (data / ARCHIVE).exists():
        raise StoreError(f"{data} holds a store already: name an empty folder with --data, or move that one away.")
    try:
        (data / ARCHIVE).mkdir(parents=True)
        grown = [_grown(file, data / ARCHIVE / file.name) for file in sorted((folder / ARCHIVE).glob("*.warc.gz"))]
        fresh = data / f"{DATABASE}.new"
        shutil.copyfile(folder / DATABASE, fresh)
        fresh.replace(data / DATABASE)
    except OSError as error:
        raise StoreError(
            f"The backup cannot be restored to {data} ({error}): make room and empty it, or name another "
            "folder with --data, and run it again."
        ) from error
    wrong: list[str] = []
    with Store.look(data) as store:
        for fault in store.integrity():
            raise StoreError(f"The database in {folder} is damaged ({fault}): take another backup.")
        originals = store.counts().snapshots
        for digest, _ in store.payloads():
            try:
                store.payload(digest)
            except WithheldError:
                pass  # left out on purpose
            except ArchiveError as error:
                wrong.append(str(error))
    return Copied(originals, len(grown), sum(grown)), wrong


def _copy_database(source: Path, target: Path) -> None:
    """All pages in one step: a snapshot, however much is written meanwhile, and nobody waits for it."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.execute("PRAGMA query_only = ON")
        live.backup(copy, pages=-1)
        # The copy stands alone, without a write-ahead log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute("VACUUM")  # what was deleted, because it is withheld say, still stands in free pages
    _sync(target)


def _withheld(database: Path) -> dict[str, RecordLocation]:
    """Where the originals lie that a copy of the database withholds, by digest."""
    if not database.is_file():
        return {}
    with closing(sqlite3.connect(database)) as copy:
        if copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'withheld'").fetchone() is None:
            return {}  # made by a Nianbao that withheld nothing yet
        found = copy.execute("SELECT digest, archive, offset, length FROM payloads JOIN withheld USING (digest)")
        return {digest: RecordLocation(*place) for digest, *place in found}


def _lacking(database: Path, archive: Path) -> list[str]:
    """The archive files that end before originals that rows place there; what moved to a bucket is not looked for."""
    with closing(sqlite3.connect(database)) as copy:
        ends = dict(copy.execute("SELECT archive, MAX(offset + length) FROM payloads GROUP BY archive"))
        if copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'moved'").fetchone() is not None:
            for (name,) in copy.execute("SELECT name FROM moved"):
                ends.pop(name, None)
    sizes = {file.name: file.stat().st_size for file in archive.glob("*.warc.gz")}
    return sorted(name for name, end in ends.items() if sizes.get(name, 0) < end)


def _leave_out(live: Path, copy: Path, before: Mapping[str, RecordLocation], now: Mapping[str, RecordLocation]) -> None:
    """Empty the places of what is withheld in the copy of the archive, and fill those of what no longer is."""
    for place in now.values():
        overwrite(copy, place, empty_member(place.length))
    for digest in before.keys() - now.keys():
        overwrite(copy, before[digest], member_at(live, before[digest]))


def _grown(source: Path, target: Path) -> int:
    """Append what the copy of a growing file lacks. Returns how many bytes that were."""
    have = target.stat().st_size if target.exists() else 0
    size = source.stat().st_size
    if have > size:
        raise StoreError(f"{target} is longer than {source}: it is no copy of it; give the backup a folder of its own.")
    if have == size:
        return 0
    with source.open("rb") as live, target.open("ab") as copy:
        live.seek(have)
        left = size - have
        while left and (block := live.read(min(_BLOCK, left))):
            copy.write(block)
            left -= len(block)
    _sync(target)
    return size - have


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
