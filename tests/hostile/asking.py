"""Raw bytes to a server, and what came back: a status, how long it took; 0 where it closed the connection instead."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse


@dataclass(frozen=True, slots=True)
class Answered:
    """The status, and the seconds until the whole answer was there."""

    status: int
    seconds: float


class Asker:
    """One connection, opened again when it was closed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: socket.socket | None = None

    def ask(self, request: bytes) -> Answered:
        """Send bytes and read the answer to its end."""
        begun = time.monotonic()
        status, keeps = 0, False
        try:
            status, keeps = self._answer(request)
        except (OSError, HTTPException):
            self.close()
        if not keeps:
            self.close()
        return Answered(status, time.monotonic() - begun)

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _answer(self, request: bytes) -> tuple[int, bool]:
        if self._connection is None:
            self._connection = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        self._connection.sendall(request)
        response = HTTPResponse(self._connection, method=request.split(b" ", 1)[0].decode())
        with response:
            response.begin()
            response.read()
            return response.status, not response.will_close
