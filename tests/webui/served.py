"""The site as it is served: a process of its own on a free port of the loopback interface."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

SERVE = """
import sys
from pathlib import Path
from webui.serving.server import serve
from webui.settings import Binding, Rate, Settings
from ipaddress import IPv4Network
data, settings, binding = sys.argv[1:]
settings = Settings(data=Path(data), **eval(settings))
serve(settings, Binding(port=0, **eval(binding)), lambda address: print(address, flush=True))
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
        return {int(child) for child in children.split() if "spawn_main" in _command(int(child))}


@contextmanager
def served(
    data: Path, *, settings: Mapping[str, object] | None = None, errors: IO[str] | None = None, **binding: object
) -> Iterator[Served]:
    """Serve a data folder; the process is stopped, and waited for, at the end. ``errors`` takes what it logs."""
    command = [sys.executable, "-c", SERVE, str(data), repr(dict(settings or {})), repr(binding)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip().rstrip("/")
        assert address, "the site did not start"
        yield Served(address, process)
        process.terminate()
        process.wait(60)


def _command(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8")
