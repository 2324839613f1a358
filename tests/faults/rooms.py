"""A folder in which commands run and harm is done to them: reports to take in, sites to crawl, one data folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
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


class BrokenLawError(AssertionError):
    """Something was lost, doubled or left behind."""


@dataclass(frozen=True, slots=True)
class Room:
    """Commands run in ``folder`` upon the data folder ``data`` in it. ``program`` is what stands for ``nianbao``."""

    folder: Path
    sites: tuple[str, ...] = ()
    data: str = "data"
    program: tuple[str, ...] = (str(NIANBAO),)
    environment: tuple[tuple[str, str], ...] = ()

    @classmethod
    @contextmanager
    def made(cls, folder: Path, *, sites: bool) -> Iterator[Room]:
        """With the golden reports in two folders and, if asked for, two miniature sites on loopback."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, reports in (("reports", GOLDEN), ("some", GOLDEN[::2])):
            shutil.rmtree(folder / name, ignore_errors=True)
            (folder / name).mkdir()
            for report in reports:
                shutil.copy2(report, folder / name)
        served = (trs(), attached()) if sites else ()
        with serving(*served):
            yield cls(folder, tuple(site.url for site in served))

    @property
    def path(self) -> Path:
        """The data folder."""
        return self.folder / self.data

    def beside(self, data: str) -> Room:
        """The same with another data folder."""
        return replace(self, data=data)

    def furnish(self) -> None:
        """The fictional province of the sites is known to the store."""
        with Store.open(self.path) as store:
            store.add_regions(sample_regions())

    def words(self, words: Sequence[str]) -> list[str]:
        """A command as it is typed: ``crawl`` alone stands for a crawl of the sites."""
        if tuple(words) != ("crawl",):
            return list(words)
        asked = [word for url in self.sites for word in ("--from", url)]
        return ["crawl", "--allow-private", "--delay", "0.01", *asked]

    def begun(self, words: Sequence[str], wait: str = "60") -> subprocess.Popen[str]:
        """A command, started in a group of its own."""
        command = [*self.program, "--data", self.data, "--wait", wait, *self.words(words)]
        return subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True, env={**os.environ, **dict(self.environment)},
        )  # fmt: skip

    def run(self, *words: str) -> str:
        """A command to its end, which must be a good one and wait for nobody: a lock of the dead would hold it up."""
        process = self.begun(words, "0")
        said, complained = process.communicate(timeout=300)
        if process.returncode:
            raise BrokenLawError(f"{' '.join(words)}: {complained}")
        return said

    def killed(self, words: Sequence[str], after: float, *, alone: bool) -> bool:
        """Kill a command after so many seconds, ``alone`` or with its workers; whether it was still running.

        Workers that were left alone must end by themselves.
        """
        process = self.begun(words)
        try:
            process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            if alone:
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        else:
            return False
        self.outlived(process, words)
        return True

    def outlived(self, process: subprocess.Popen[str], words: Sequence[str]) -> None:
        """Wait for the workers of a command that has died. Raises BrokenLawError where they live on."""
        deadline = time.monotonic() + _OUTLIVED
        while _lives(process.pid):
            if time.monotonic() > deadline:
                raise BrokenLawError(f"workers of {' '.join(words)} outlive it")
            time.sleep(0.02)
        process.communicate()

    @contextmanager
    def stopped(self, process: subprocess.Popen[str]) -> Iterator[None]:
        """A command and its workers standing still, as a machine that loses its power does."""
        os.killpg(process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGCONT)


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
