"""The process in which pages' scripts run: QuickJS under limits that the system holds, not the engine alone.

The engine looks at its clock between instructions; a built-in that walks 2**32 places of an array never does. So it
stands in a process of its own, which the system ends when a page takes too long, and which cannot grow, nor open a file
or write one. What a script takes down with it is what its own page had to say.

``run`` is this side; the other is this file as a program, which knows nothing of the project. Messages on the pipes are
their length in eight bytes, then UTF-8; the first is the sandbox itself.
"""

from __future__ import annotations

import atexit
import json
import math
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO

# The engine alone: its wrapper, quickjs, starts a thread as it is imported.
import _quickjs as quickjs

PATIENCE = 0.4
"""Seconds of processor time for all scripts of a page, by the engine's clock."""

ROOM = 48_000_000
"""Bytes for them, by the engine's count."""

LAST_PATIENCE = 1
"""Whole seconds of processor time, or up to one more, after which the system ends the process."""

LAST_ROOM = 600_000_000
"""Bytes of address space of the whole process."""

_STACK = 400_000
_HEAD = 8


class _Process:
    """The process of this one; started when it is first needed, and again when a page ended it."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None

    def ask(self, sandbox: str, scene: str) -> str:
        """What a scene's scripts told; ``""`` where they ended their process."""
        try:
            process = self._running or self._start(sandbox)
            _put(_pipe(process.stdin), scene)
            return _take(_pipe(process.stdout))
        except (BrokenPipeError, EOFError):
            self.stop()
            return ""

    def _start(self, sandbox: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603 - our own file
            [sys.executable, "-I", str(Path(__file__))],  # this file
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        _put(_pipe(process.stdin), sandbox)
        self._running = process
        return process

    def stop(self) -> None:
        """End the process, if it runs."""
        if self._running is not None:
            self._running.kill()
            self._running.communicate()
            self._running = None


_PROCESS = _Process()
stop = _PROCESS.stop
"""End the process in which scripts run, where one does; the next page with scripts starts another."""
atexit.register(stop)


def run(sandbox: str, scene: str) -> str:
    """Run a scene (JSON) in the ``sandbox``, JavaScript that defines __load, __again, __act and __tell: what it told.

    ``""`` where it told nothing that can be read, or had to be ended.
    """
    return _PROCESS.ask(sandbox, scene)


def main() -> None:
    """The other side: run scene after scene, until the pipe is closed."""
    read, write = sys.stdin.buffer, sys.stdout.buffer
    sandbox = _take(read)
    _shut_in()
    while True:
        try:
            scene = _take(read)
        except EOFError:
            return
        _allow_more()
        _put(write, _told(sandbox, scene))


def _told(sandbox: str, scene: str) -> str:
    context = quickjs.Context()
    context.set_memory_limit(ROOM)
    context.set_max_stack_size(_STACK)
    context.eval(sandbox)
    context.set_time_limit(PATIENCE)
    names = ("__load", "__again", "__act", "__tell")
    load, again, act, tell = (context.get(name) for name in names)
    context.eval("".join(f"delete globalThis.{name};" for name in names))
    try:
        given = context.parse_json(scene)
        load(given)
        _go_on(context)
        while again():
            _go_on(context)
        act(given)
        _go_on(context)
    except quickjs.JSException:
        # Endless or hungry: what it said before counts.
        context.set_memory_limit(2 * ROOM)
    try:
        told = tell()
        json.loads(told)
    except (quickjs.JSException, ValueError, TypeError):
        return ""
    return str(told)


def _go_on(context: quickjs.Context) -> None:
    """Run what scripts await; a page's jobs have its patience together, as each of them has the engine's."""
    until = time.process_time() + PATIENCE
    while time.process_time() < until:
        try:
            if not context.execute_pending_job():
                return
        except quickjs.JSException:
            return


def _shut_in() -> None:
    """Take from this process what no script needs: room, files, other processes. Windows has no such limits."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        limits = {resource.RLIMIT_AS: LAST_ROOM, resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0}
        for limit, most in limits.items():
            resource.setrlimit(limit, (most, most))
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _allow_more() -> None:
    """Processor time for one more scene, from now on."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + LAST_PATIENCE, most))


def _put(pipe: BinaryIO, text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    pipe.write(len(data).to_bytes(_HEAD, "big") + data)
    pipe.flush()


def _take(pipe: BinaryIO) -> str:
    """The next message. Raises EOFError where none comes any more."""
    head = pipe.read(_HEAD)
    size = int.from_bytes(head, "big")
    data = pipe.read(size)
    if len(head) < _HEAD or len(data) < size:
        raise EOFError
    return data.decode("utf-8", "surrogatepass")


def _pipe(pipe: object) -> BinaryIO:
    if pipe is None:
        raise BrokenPipeError
    return pipe  # type: ignore[return-value]  # Popen was asked for bytes


if __name__ == "__main__":
    main()
