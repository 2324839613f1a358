"""A PostgreSQL of our own on loopback, in a folder that goes away with it; nothing of the system's is touched.

It needs the server's programs (Debian: the package ``postgresql``) and ends with the process that started it.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Self

MISSING = "PostgreSQL is not installed: apt-get install postgresql"
_SETTINGS = {"listen_addresses": "127.0.0.1", "fsync": "off", "full_page_writes": "off", "max_connections": "60"}
"""``fsync`` is off: no test cuts the power of this server."""


class PostgresServer:
    """A server under way; ``port`` stays the same when it is started again."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(mkdtemp(prefix="nianbao-postgres-"))
        self._user = "postgres" if os.geteuid() == 0 else None  # it does not run as root
        if self._user:
            account = pwd.getpwnam(self._user)
            os.chown(self._folder, account.pw_uid, account.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def find(cls) -> Path | None:
        """The folder of the server's programs; None where it is not installed. Debian keeps them off the PATH."""
        named = shutil.which("initdb")
        debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
        return Path(named).resolve().parent if named else debian[-1].parent if debian else None

    def __enter__(self) -> Self:
        initdb = ["initdb", "-D", "data", "-A", "trust", "-U", "nianbao", "-E", "UTF8", "--locale=C", "--no-sync"]
        done = self._run(initdb)
        if done.wait() != 0:
            raise RuntimeError(f"initdb failed: {(self._folder / 'log').read_text()}")
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
        self._process = self._run(["postgres", "-D", "data", "-k", str(self._folder), "-p", str(self.port), *settings])
        deadline = time.monotonic() + 60
        ready = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ready, check=False).returncode != 0:
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL does not start: {(self._folder / 'log').read_text()}")
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT breaks connections off in order, SIGQUIT as a crash would (PostgreSQL, "Shutting Down")."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(how)
            self._process.wait(60)
            self._process = None

    def address(self, name: str) -> str:
        """The address of a store of its own: a schema, made when it is first written to."""
        schema = "s" + hashlib.sha256(name.encode()).hexdigest()[:16]
        return f"postgresql+psycopg://nianbao@127.0.0.1:{self.port}/postgres?options=-csearch_path%3D{schema}"

    def _run(self, words: list[str]) -> subprocess.Popen[bytes]:
        program, *rest = words
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                [str(self._programs / program), *rest], cwd=self._folder, user=self._user, group=self._user,
                extra_groups=[] if self._user else None, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
