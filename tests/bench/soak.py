"""``make soak``: half an hour of an ordinary day, all at once, on a copy of a large store.

Twenty readers ask once in two seconds each; eight take a download as slowly as a bad line does; two hundred connections
say nothing; and all the while new reports are stored and indexed, every sixth time by a rebuild of the whole index.
It says what failed, how long ``/search`` took from when each request was due, and whether files and memory stay flat.
The store is made first, and kept (``--prepare`` makes it and stops).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from tests.bench.reports import SEED
from tests.bench.serve import addresses, said, stocked
from tests.bench.site import COMMAND, Site, served
from tests.checkout import ROOT

READERS, EVERY = 20, 2.0
DOWNLOADS, BYTES_A_SECOND = 8, 4096
IDLE = 200
PAUSE, REBUILD = 10.0, 6
"""Seconds between two updates, and every how manyth is a rebuild."""
LIMIT_MS = 500
GROWTH = 1.05
LOOK = 3.0
"""Seconds between two looks at the memory: while a state of the index takes the place of another, a few seconds,
both are held, and a peak that is met only now and then would look like growth."""


@dataclass
class Day:
    """What happened. ``search`` are milliseconds; ``held`` is (second, megabytes, own megabytes, open files).

    ``slow`` are the searches over the limit, (second of the day, milliseconds, address), and ``written`` what the
    writer did and when, so that a slow search can be laid beside what went on.
    """

    search: list[float] = field(default_factory=list)
    slow: list[tuple[int, int, str]] = field(default_factory=list)
    asked: int = 0
    late: int = 0
    downloads: int = 0
    downloaded: int = 0
    idle: int = 0
    updates: int = 0
    rebuilds: int = 0
    errors: list[str] = field(default_factory=list)
    held: list[tuple[int, int, int, int]] = field(default_factory=list)
    written: list[tuple[int, int, str]] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    def second(self, at: float) -> int:
        """Which second of the day that moment was."""
        return int(at - self.begun)


def reader(site: Site, day: Day, paths: Sequence[str], number: int, over: threading.Event) -> None:
    """Ask at the times when a reader would, whether or not the last answer came in time."""
    chance = random.Random(f"{SEED}:{number}")  # noqa: S311 - a seeded draw, no secret
    due = time.monotonic() + number * EVERY / READERS
    while not over.wait(max(0.0, due - time.monotonic())):
        path = chance.choice(paths)
        try:
            status = _got(site, path)
        except (OSError, HTTPException) as error:
            status = 0
            day.errors.append(f"{path}: {error!r}")
        if status not in {0, 200}:
            day.errors.append(f"{path}: {status}")
        took = (time.monotonic() - due) * 1000
        day.search.append(took)
        if took > LIMIT_MS:
            day.slow.append((day.second(due), int(took), path))
        day.asked += 1
        due += EVERY
        day.late += due < time.monotonic()


def _got(site: Site, path: str) -> int:
    connection = HTTPConnection(site.host, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "br, gzip"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def downloader(site: Site, day: Day, over: threading.Event) -> None:
    """Take the figures of everything, a little each second; begin again where it ends."""
    while not over.is_set():
        connection = HTTPConnection(site.host, timeout=60)
        try:
            connection.request("GET", "/search.ndjson?what=figures")
            answer = connection.getresponse()
            if answer.status != 200:
                day.errors.append(f"download: {answer.status}")
            while not over.wait(1) and (piece := answer.read(BYTES_A_SECOND)):
                day.downloaded += len(piece)
            day.downloads += 1
        except (OSError, HTTPException) as error:
            day.errors.append(f"download: {error!r}")
        finally:
            connection.close()


def idler(site: Site, day: Day, over: threading.Event) -> None:
    """Keep so many connections open that say nothing; open again those that the site closes."""
    opened: list[HTTPConnection] = []
    while not over.is_set():
        while len(opened) < IDLE:
            connection = HTTPConnection(site.host, timeout=10)
            try:
                connection.connect()
            except OSError as error:
                day.errors.append(f"idle: {error!r}")
                break
            opened.append(connection)
            day.idle += 1
        over.wait(11)  # longer than a head may take
        for connection in opened:
            connection.close()
        opened.clear()


def writer(data: Path, day: Day, reports: int, over: threading.Event) -> None:
    """Store new texts of some reports and index them, again and again, as the nightly collection does."""
    while not over.wait(PAUSE):
        number = day.updates + day.rebuilds + 1
        rebuild = number % REBUILD == 0
        index = [COMMAND, "--data", str(data), "index", *(["--rebuild"] if rebuild else [])]
        stored = [sys.executable, "-m", "tests.bench.news", str(data), str(number), str(reports)]
        for words in (stored, index):
            begun = time.monotonic()
            done = subprocess.run(
                ["nice", "-n", "10", *words], capture_output=True, text=True, check=False, cwd=ROOT
            )  # fmt: skip
            day.written.append(
                (day.second(begun), day.second(time.monotonic()), words[-1] if words is index else "store")
            )
            if done.returncode:
                day.errors.append(f"{words[-1]}: {done.stderr.splitlines()[-1]}")
        if rebuild:
            day.rebuilds += 1
        else:
            day.updates += 1


def watch(site: Site, day: Day, seconds: float) -> None:
    """Look at memory and files until the day is over."""
    begun = time.monotonic()
    step = min(LOOK, seconds / 20)
    while (gone := time.monotonic() - begun) < seconds:
        day.held.append((int(gone), site.resident(), site.resident("RssAnon"), site.files()))
        sys.stderr.write(f"\r{int(gone)} s, {day.asked} asked, {len(day.errors)} errors, {day.held[-1][2]} MB ")
        time.sleep(step)


def verdict(day: Day) -> list[str]:
    """What is not as it must be."""
    wrong = day.errors[:5]
    p99 = said(day.search)["p99"]
    if p99 > LIMIT_MS:
        wrong.append(f"99 of 100 searches take {p99:.0f} ms, not {LIMIT_MS}")
    middle, last = (day.held[len(day.held) * part // 3 : len(day.held) * (part + 1) // 3] for part in (1, 2))
    for name, at in (("megabytes of its own", 2), ("open files", 3)):
        before, after = (max(each[at] for each in third) for third in (middle, last))
        if after > before * GROWTH + 1:
            wrong.append(f"{name} grew from {before} to {after}")
    return wrong


def live(data: Path, reports: int, seconds: float, workers: int) -> Day:
    """A day of so many seconds."""
    day, over = Day(), threading.Event()
    paths = addresses(reports)
    with served(data, os.sched_getaffinity(0), workers) as site:
        tasks: list[Callable[[], None]] = [
            *(lambda number=number: reader(site, day, paths, number, over) for number in range(READERS)),
            *(lambda: downloader(site, day, over) for _ in range(DOWNLOADS)),
            lambda: idler(site, day, over),
            lambda: writer(data, day, reports, over),
        ]
        threads = [threading.Thread(target=task) for task in tasks]
        for thread in threads:
            thread.start()
        watch(site, day, seconds)
        over.set()
        for thread in threads:
            thread.join()
    return day


def main(arguments: Sequence[str]) -> int:
    """Make or take the store, live through the day on a copy of it, print what happened."""
    parser = argparse.ArgumentParser(prog="make soak")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--reports", type=int, default=54_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--directory", type=Path, default=Path("build/bench"))
    parser.add_argument("--prepare", action="store_true", help="make the store, and stop")
    options = parser.parse_args(arguments)
    folder = options.directory / str(options.reports)
    original = stocked(folder / "data", options.reports)
    if options.prepare:
        return 0
    data = (folder / "soak").resolve()
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(original, data)
    begun = time.process_time()
    day = live(data, options.reports, options.minutes * 60, options.workers)
    wrong = verdict(day)
    told: dict[str, Any] = {
        "reports": options.reports,
        "minutes": options.minutes,
        "searches": day.asked,
        "/search, ms from when it was due": {name: round(value, 1) for name, value in said(day.search).items()},
        "readers late for their next request": day.late,
        "downloads": {"ended": day.downloads, "megabytes": day.downloaded >> 20},
        "idle connections opened": day.idle,
        "updates, rebuilds": [day.updates, day.rebuilds],
        "second, MB, own MB, files": day.held[:: max(1, len(day.held) // 12)],
        "processor seconds of the askers": round(time.process_time() - begun, 1),
        "slow searches: due in second, ms, address": sorted(day.slow),
        "writer: from second, to second, what": day.written,
        "wrong": wrong,
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    shutil.rmtree(data)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
