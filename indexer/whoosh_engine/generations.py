"""Where the live index lies: whole builds beside it and swapped in, commits with their state, one writer.

::

    index/current            the name of the live build, renamed into place
    index/<build>/           a Whoosh index
    index/<build>/state-<n>  revision, fingerprint and check sums of its n-th commit, after a check sum of its own
    index/writer.lock        held by whoever writes

A commit's state is written before Whoosh renames its table of contents into place: whichever commit a reader finds,
it finds its state. A process that dies anywhere leaves the commit before it readable.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TextIO

from corpus.errors import SearchIndexError
from indexer.whoosh_engine.checksums import Sum, damaged

_BUILD = re.compile(r"[0-9a-f]{12}")
_CONTENTS = re.compile(r"_MAIN_(\d+)\.toc$")
_STATE = re.compile(r"state-(\d+)$")
log = logging.getLogger(__name__)

_AGAIN = 0.2
"""Seconds between two attempts to become the writer."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a directory that changes again surely has another time: file systems count in steps."""


@dataclass(frozen=True, slots=True)
class State:
    """What a commit has seen, and the sums of its files (checksums.py)."""

    revision: int
    fingerprint: str
    files: Mapping[str, Sum] = field(default_factory=dict, hash=False)


@contextmanager
def writing(directory: Path, wait: float = 0) -> Iterator[None]:
    """Be the one writer. Raises SearchIndexError where another process still is after ``wait`` seconds."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "writer.lock").open("a+") as lock:
        _take(lock, wait)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _take(lock: TextIO, wait: float) -> None:
    deadline, told = time.monotonic() + wait, False
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = f"Another process ({lock.read() or 'unknown'})"
            if time.monotonic() >= deadline:
                advice = "wait for it to end and run this again, or give it longer with --wait"
                raise SearchIndexError(f"{holder} is writing the index: {advice}.") from None
            if not told:
                told = True
                log.warning("%s is writing the index: waiting up to %g s.", holder, wait)
            time.sleep(_AGAIN)
        else:
            return


def live(directory: Path) -> Path:
    """The live build. Raises SearchIndexError where there is none, or where ``current`` names anything but a build.

    A build is removed when the next one takes its place: a damaged file must not make that the archive beside it.
    """
    try:
        name = (directory / "current").read_bytes().decode("ascii", "replace").strip()
    except FileNotFoundError:
        raise SearchIndexError("There is no index yet: run `nianbao index`.") from None
    except OSError as error:
        raise SearchIndexError(f"index/current cannot be read ({error.strerror}): check its rights.") from error
    if not _BUILD.fullmatch(name):
        raise SearchIndexError("index/current is damaged: run `nianbao index --rebuild`.")
    return directory / name


@contextmanager
def building(directory: Path) -> Iterator[Path]:
    """A fresh build beside the live one, gone again if it fails; what dead ones left behind is cleared away."""
    for left in _left(directory):
        shutil.rmtree(left, ignore_errors=True)
    build = directory / uuid.uuid4().hex[:12]
    build.mkdir()
    try:
        yield build
    except BaseException:
        shutil.rmtree(build, ignore_errors=True)
        raise


def tidy(directory: Path) -> None:
    """Clear away what dead builds left behind; while somebody makes one there is a writer, who does so himself."""
    if not _left(directory):
        return
    with suppress(SearchIndexError), writing(directory):
        for left in _left(directory):
            shutil.rmtree(left, ignore_errors=True)


def _left(directory: Path) -> list[Path]:
    """Builds that are not live."""
    current = ""
    with suppress(SearchIndexError):
        current = live(directory).name
    return [each for each in directory.iterdir() if each.name != current and _BUILD.fullmatch(each.name)]


def swap(directory: Path, build: Path) -> None:
    """Make a finished build the live one, then clear the former away. Open readers keep their files."""
    former = None
    with suppress(SearchIndexError):
        former = live(directory)
    _write(directory / "current", build.name)
    if former is not None and former != build:
        shutil.rmtree(former, ignore_errors=True)


def number_of(contents: str) -> int | None:
    """The number of the commit whose table of contents has this name; None for any other file."""
    return int(match[1]) if (match := _CONTENTS.fullmatch(contents)) else None


def generation(build: Path) -> int:
    """The number of the last commit of a build."""
    # Whoosh would open the index to tell: every search asks, and the name of the table of contents is its format.
    numbers = [number for name in os.listdir(build) if (number := number_of(name)) is not None]  # noqa: PTH208 - faster
    if not numbers:
        raise FileNotFoundError(build)
    return max(numbers)


@dataclass(frozen=True, slots=True)
class Sight:
    """The last commit as it was seen, with the times by which a later one is told; none while they may be shared."""

    build: Path
    number: int
    times: tuple[int, ...]

    @property
    def name(self) -> str:
        """The commit's own name."""
        return f"{self.build.name}.{self.number}"


def look(directory: Path) -> Sight:
    """The last commit. Raises SearchIndexError where there is none, FileNotFoundError in the midst of a swap."""
    try:
        # The times come first: whatever happens while the rest is read changes them.
        swapped = (directory / "current").stat().st_mtime_ns
    except FileNotFoundError:
        swapped = 0
    build = live(directory)
    committed = build.stat().st_mtime_ns
    settled = time.time_ns() - max(swapped, committed) > _SETTLED
    return Sight(build, generation(build), (swapped, committed) if settled else ())


def holds(directory: Path, sight: Sight) -> bool:
    """Whether nothing was committed or swapped since. Reads no directory: every search asks."""
    try:
        times = os.stat(f"{directory}/current").st_mtime_ns, os.stat(sight.build).st_mtime_ns  # noqa: PTH116 - twice as fast
    except FileNotFoundError:
        return False
    return times == sight.times


def save(build: Path, number: int, state: State) -> None:
    """Keep the state of the commit that is about to be made."""
    text = json.dumps(asdict(state))
    _write(build / f"state-{number}", f"{_digest(text)}\n{text}")


def load(build: Path, number: int) -> State:
    """The state of a commit. Raises SearchIndexError where it is missing or not what was written."""
    name = f"state-{number}"
    try:
        text = (build / name).read_text(encoding="utf-8")
        if text.startswith("{"):  # until November 2026: without sums, by other rules than ours
            return State(**json.loads(text))
        digest, _, text = text.partition("\n")
        state = json.loads(text) if digest == _digest(text) else {}
        files = {file: Sum(**written) for file, written in state.pop("files").items()}
        return State(**state, files=files)
    except (OSError, ValueError, TypeError, KeyError):
        raise damaged(name) from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def forget(build: Path, number: int) -> None:
    """Drop the states of commits before this one."""
    for path in build.iterdir():
        if (match := _STATE.match(path.name)) and int(match[1]) < number:
            path.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    """Write, flush to disk and rename into place."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
