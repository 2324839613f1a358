"""A store that faults are done to, and the laws that it must keep: nothing lost, doubled or left behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from corpus.sample.places import sample_regions
from corpus.store import Store
from tests.checkout import ROOT
from tests.web.server import serving
from tests.web.sites import attached, trs

NIANBAO = Path(sys.executable).parent / "nianbao"
GOLDEN = sorted((ROOT / "tests" / "golden").glob("*.txt"))
_OUTLIVED = 30.0
"""Seconds within which the workers of a killed command must have ended, on the slowest machine."""

Held = list[tuple[str, str, str]]
"""Id, SHA-256 and title of every report, sorted."""


class BrokenLawError(AssertionError):
    """Something was lost, doubled or left behind."""


@dataclass(frozen=True, slots=True)
class Room:
    """A folder with reports to take in, sites to crawl, and the data folder that both go to."""

    folder: Path
    sites: tuple[str, ...] = ()
    data: str = "data"
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def made(cls, folder: Path, *, sites: bool) -> Iterator[Room]:
        """With the golden reports among its files and, if asked for, two miniature sites on loopback."""
        (folder / "reports").mkdir()
        for report in GOLDEN:
            shutil.copy(report, folder / "reports")
        served = (trs(), attached()) if sites else ()
        with serving(*served):
            room = cls(folder, tuple(site.url for site in served))
            room.furnish()
            yield room

    def furnish(self) -> None:
        """The fictional province of the sites is known to the store."""
        with Store.open(self.folder / self.data) as store:
            store.add_regions(sample_regions())

    @property
    def crawl(self) -> tuple[str, ...]:
        """The command that crawls the sites."""
        return "crawl", "--allow-private", "--delay", "0.01", *(word for url in self.sites for word in ("--from", url))

    def begun(self, words: Sequence[str], wait: str = "60") -> subprocess.Popen[str]:
        """A command, started in a group of its own."""
        command = [str(NIANBAO), "--data", self.data, "--wait", wait, *words]
        return subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True, env={**os.environ, **self.environment},
        )  # fmt: skip

    def run(self, *words: str) -> str:
        """A command to its end, which must be a good one and wait for nobody: a lock of the dead would hold it up."""
        process = self.begun(words, "0")
        said, complained = process.communicate(timeout=300)
        if process.returncode:
            raise BrokenLawError(f"{' '.join(words)}: {complained}")
        return said

    def killed(self, words: Sequence[str], after: float) -> bool:
        """Kill a command after so many seconds; whether it was still running. Its workers must end by themselves."""
        process = self.begun(words)
        try:
            process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        else:
            return False
        deadline = time.monotonic() + _OUTLIVED
        while _lives(process.pid):
            if time.monotonic() > deadline:
                raise BrokenLawError(f"workers of {' '.join(words)} outlive it")
            time.sleep(0.02)
        process.communicate()
        return True

    @contextmanager
    def stopped(self, process: subprocess.Popen[str]) -> Iterator[None]:
        """A command and its workers standing still, as a machine that loses its power does."""
        os.killpg(process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGCONT)

    def held(self) -> Held:
        """What the store gives."""
        rows = (json.loads(line) for line in self.run("export", "reports").splitlines())
        return sorted((row["id"], row["sha256"], row["title"]) for row in rows)

    def found(self) -> int:
        """How many reports the index has."""
        return int(json.loads(self.run("search", "", "--json"))["total"])

    def complete(self) -> None:
        """Run the whole line to its end."""
        self.run("add", "reports")
        if self.sites:
            self.run(*self.crawl)
        self.run("update")

    def hold(self, whole: Held) -> None:
        """Run the line to its end and compare. Raises BrokenLawError."""
        self.furnish()
        withheld = json.loads(self.run("status", "--json"))["withheld"]
        for report in {each["report"] for each in withheld.values() if each["report"]}:
            self.run("withhold", report, "--lift")
        self.complete()
        self.run("doctor", "--repair")
        self.run("doctor")
        if (held := self.held()) != whole:
            raise BrokenLawError(f"the store gives {held}, not {whole}")
        if (found := self.found()) != len(whole):
            raise BrokenLawError(f"the index has {found} reports, the store {len(whole)}")


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
