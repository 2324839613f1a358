"""RSGI, which Granian speaks, in the words of WSGI (PEP 3333), which Flask speaks."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from granian.rsgi import Scope

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the application said: ``body`` at once, or ``pieces`` one by one."""

    status: int
    headers: Headers
    body: bytes
    pieces: Iterator[bytes] | None
    close: Callable[[], None]


def call(app: Flask, environ: dict[str, Any]) -> Answer:
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
        return Answer(begun["status"], begun["headers"], body, None, close)
    return Answer(begun["status"], begun["headers"], b"", iter(said), close)


def environ_of(scope: Scope, body: bytes) -> dict[str, Any]:
    """A request as PEP 3333 has it: strings whose characters are bytes."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": peer_of(scope),
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
        if "_" in name:  # would be taken for the header with hyphens, which a proxy may have set
            continue
        key = name.upper().replace("-", "_")
        if key == "CONTENT_TYPE":
            environ[key] = value
        elif key != "CONTENT_LENGTH":
            known = environ.get(f"HTTP_{key}")
            environ[f"HTTP_{key}"] = value if known is None else f"{known},{value}"
    return environ


def peer_of(scope: Scope) -> str:
    """The address at the other end of the connection."""
    return str(scope.client.rpartition(":")[0])
