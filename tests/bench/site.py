"""The site as an operator starts it, and what its processes hold, for benchmarks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

COMMAND = str(Path(sys.executable).with_name("nianbao"))


@dataclass(frozen=True, slots=True)
class Site:
    """Where it listens, and the process that started its workers."""

    host: str
    process: int

    @property
    def port(self) -> int:
        """The port on loopback."""
        return int(self.host.rpartition(":")[2])

    def processes(self) -> list[int]:
        """All of its processes."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text(encoding="ascii")
        return [self.process, *map(int, children.split())]

    def resident(self, what: str = "VmRSS") -> int:
        """Megabytes that they hold, all together; ``RssAnon``: what is not mapped from files."""
        return sum(_kilobytes(process, what) for process in self.processes()) >> 10

    def files(self) -> int:
        """Open files and connections of all of them."""
        return sum(len(os.listdir(f"/proc/{process}/fd")) for process in self.processes())  # noqa: PTH208 - a count


@contextmanager
def served(data: Path, cores: Collection[int], workers: int = 1, *options: str) -> Iterator[Site]:
    """Serve a data folder on some cores; it is stopped, and waited for, at the end."""
    command = [COMMAND, "--data", str(data), "serve", "--port", "0", "--workers", str(workers), "--log", "none"]
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)  # what is started inherits it, its own workers too
    try:
        process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)
    finally:
        os.sched_setaffinity(0, before)
    with process:
        try:
            assert process.stdout is not None
            host = urlsplit(process.stdout.readline().strip()).netloc
            if not host:
                raise RuntimeError("The site did not start: try `nianbao serve` over the same data.")
            yield Site(host, process.pid)
        finally:
            process.terminate()


def _kilobytes(process: int, what: str) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{what}:")), 0)
