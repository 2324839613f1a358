"""The site as it is served: a process of its own on a free port of the loopback interface."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SERVE = """
import sys
from pathlib import Path
from webui.serving import serve
from webui.settings import Binding, Settings
data, contact, workers, threads = sys.argv[1:]
settings = Settings(data=Path(data), contact=contact)
serve(settings, Binding(port=0, workers=int(workers), threads=int(threads)), lambda address: print(address, flush=True))
"""


@dataclass(frozen=True)
class Served:
    """A running site. ``address`` ends without a slash."""

    address: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def workers(self) -> set[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return {int(child) for child in children.split() if "serve(settings" in _command(int(child))}


@contextmanager
def served(data: Path, *, contact: str = "", workers: int = 1, threads: int = 4) -> Iterator[Served]:
    """Serve a data folder; the process is stopped, and waited for, at the end."""
    command = [sys.executable, "-c", SERVE, str(data), contact, str(workers), str(threads)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip().rstrip("/")
        assert address, "the site did not start"
        yield Served(address, process)
        process.terminate()
        process.wait(60)


def _command(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8")
