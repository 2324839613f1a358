"""The site behind Granian: workers that share a socket, each with a few threads that only ever make answers.

A thread is taken when a request has arrived whole, and given back before its answer is sent: heads, bodies and what a
slow reader has not yet read wait in Granian's own loop. So idle connections, slow heads and unread downloads hold
nobody up. An answer that comes in pieces (an export) is made piece by piece in threads of its own, a piece when the one
before it was taken: however many there are, pages never wait for them.

Granian speaks RSGI to us and we speak WSGI (PEP 3333) to Flask; this module is what lies between.
"""

from __future__ import annotations

import asyncio
import contextvars
import io
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.synchronize import Event
from typing import Any, cast

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.rsgi import HTTPProtocol, ProtocolClosed, Scope  # type: ignore[attr-defined]  # exported for just this

from corpus.errors import NianbaoError
from webui.app import create_app
from webui.settings import Binding, Settings

HEAD_SECONDS = 10
"""A head that takes longer than this to arrive is nobody's."""
BODY_SECONDS = 10
BODY_BYTES = 64 << 10
"""No page takes a body; a program that sends one hears so in the application's own words."""
WRITE_SECONDS = 60
"""A reader who takes no piece of an answer for so long has gone."""
DRAIN_SECONDS = 20
"""What is under way when the site is told to stop has so long to end."""
EXPORTS = 2
"""Threads of a worker that make answers in pieces."""

# stdout is for data.
_STDERR = {"formatter": "generic", "class": "logging.StreamHandler", "stream": "ext://sys.stderr"}

Headers = list[tuple[str, str]]


def serve(settings: Settings, binding: Binding, ready: Callable[[str], None]) -> None:
    """Serve until interrupted or told to stop; ``ready`` is given the address once it answers.

    Raises NianbaoError where the address cannot be had.
    """
    binding = replace(binding, port=_free(binding))
    server = Granian(
        "webui.serving",
        binding.host,
        binding.port,
        interface=Interfaces.RSGI,
        workers=binding.workers,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig={"handlers": dict.fromkeys(("console", "access"), _STDERR)},
        respawn_failed_workers=True,
        workers_kill_timeout=DRAIN_SECONDS,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_SECONDS * 1000),
    )
    warm = multiprocessing.get_context("spawn").Event()
    threading.Thread(target=_announce, args=(warm, binding, ready), daemon=True).start()
    load = cast("Callable[..., Callable[..., Any]]", partial(_load, settings, binding.threads, warm, os.getpid()))
    server.serve(target_loader=load, wrap_loader=False)


def _free(binding: Binding) -> int:
    """The port, or one that is free for 0; Granian's own error would come from a worker, as a traceback."""
    family = socket.AF_INET6 if ":" in binding.host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((binding.host, binding.port))
        except OSError as error:
            raise NianbaoError(
                f"Port {binding.port} of {binding.host} cannot be used ({error.strerror}): give another --port."
            ) from error
        port: int = trial.getsockname()[1]
        return port


def _announce(warm: Event, binding: Binding, ready: Callable[[str], None]) -> None:
    """Say the address once a worker is warm and listens: nobody should wait for dictionary and index."""
    warm.wait()
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(binding.host, binding.host)  # noqa: S104 - asked, not bound
    while True:
        with suppress(ConnectionRefusedError), socket.create_connection((asked, binding.port)):
            break
        time.sleep(0.02)
    ready(
        f"http://[{binding.host}]:{binding.port}/" if ":" in binding.host else f"http://{binding.host}:{binding.port}/"
    )


def _load(settings: Settings, threads: int, warm: Event, parent: int, *_: Any) -> Gateway:
    """What a worker serves: an application of its own over the one store and index, asked once."""
    app = create_app(settings)
    with app.test_request_context("/search"):
        app.full_dispatch_request()
    warm.set()
    return Gateway(app, threads, parent)


class Gateway:
    """RSGI in, WSGI out."""

    def __init__(self, app: Flask, threads: int, parent: int) -> None:
        self._app = app
        self._parent = parent
        self._pages = ThreadPoolExecutor(threads, "page")
        self._exports = ThreadPoolExecutor(EXPORTS, "export")

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to watch over the process that started this one."""
        _end_with(self._parent, loop)

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer one request."""
        try:
            body = await asyncio.wait_for(_body(protocol, scope), BODY_SECONDS)
        except TimeoutError:
            protocol.response_str(408, [("content-type", "text/plain")], "The request did not arrive in time.\n")
            return
        if body is None:
            protocol.response_str(413, [("content-type", "text/plain")], f"No more than {BODY_BYTES} bytes.\n")
            return
        loop, context = asyncio.get_running_loop(), contextvars.copy_context()
        answer = await loop.run_in_executor(self._pages, context.run, _call, self._app, _environ(scope, body))
        if answer.pieces is None:
            protocol.response_bytes(answer.status, answer.headers, answer.body)
            return
        pieces = answer.pieces

        def take() -> bytes | None:
            return context.run(next, pieces, None)

        try:
            transport = protocol.response_stream(answer.status, answer.headers)
            while (piece := await loop.run_in_executor(self._exports, take)) is not None:
                await asyncio.wait_for(transport.send_bytes(piece), WRITE_SECONDS)
        except (ProtocolClosed, TimeoutError):
            return  # the reader went away, or takes nothing any more: there is nobody to tell
        finally:
            await loop.run_in_executor(self._exports, context.run, answer.close)


def _end_with(parent: int, loop: asyncio.AbstractEventLoop) -> None:
    """End when the parent has ended, however it did: a worker left alone would hold the port for ever."""
    if os.getppid() == parent:
        loop.call_later(1, _end_with, parent, loop)
    else:
        os.kill(os.getpid(), signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the application said: ``body`` at once, or ``pieces`` one by one."""

    status: int
    headers: Headers
    body: bytes
    pieces: Iterator[bytes] | None
    close: Callable[[], None]


def _call(app: Flask, environ: dict[str, Any]) -> _Answer:
    """Ask the application. An answer whose length it tells is whole; any other comes in pieces."""
    begun: dict[str, Any] = {}

    def start_response(status: str, headers: Headers, _error: Any = None) -> Callable[[bytes], object]:
        begun["status"] = int(status.split(" ", 1)[0])
        begun["headers"] = [(name.lower(), value) for name, value in headers]
        return lambda _written: None

    said: Iterable[bytes] = app(environ, start_response)
    close = getattr(said, "close", lambda: None)
    if any(name == "content-length" for name, _ in begun["headers"]) or environ["REQUEST_METHOD"] == "HEAD":
        body = b"".join(said)
        close()
        return _Answer(begun["status"], begun["headers"], body, None, close)
    return _Answer(begun["status"], begun["headers"], b"", iter(said), close)


def _environ(scope: Scope, body: bytes) -> dict[str, Any]:
    """A request in the words of PEP 3333: strings whose characters are bytes."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        key = name.upper().replace("-", "_")
        if key == "CONTENT_TYPE":
            environ[key] = value
        elif key != "CONTENT_LENGTH":
            known = environ.get(f"HTTP_{key}")
            environ[f"HTTP_{key}"] = value if known is None else f"{known},{value}"
    return environ


async def _body(protocol: HTTPProtocol, scope: Scope) -> bytes | None:
    """The body, None where it is larger than anybody needs."""
    if scope.method in {"GET", "HEAD"} and "content-length" not in scope.headers:
        return b""
    body = b""
    async for piece in protocol:
        body += piece
        if len(body) > BODY_BYTES:
            return None
    return body
