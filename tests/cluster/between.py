"""A proxy on loopback before a node, that passes on what it answers as a bad network, or a bad host, would."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Self

LATE, APART = 0.7, 0.3
"""Seconds by which each piece of an answer is late, and that lie between two drops of one."""
_PIECE = 1 << 16
_PAGE = b"<!doctype html><title>Welcome</title><p>Sign in to use this network."
_SIGN_IN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(_PAGE), _PAGE)
_NO_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"

Drops = Iterator[tuple[float, bytes]]
"""What is passed on, each after so many seconds."""


class Between:
    """Stands before ``node``; ``trouble`` names how it fails (TROUBLES), "" not at all. It may change at any time."""

    def __init__(self, node: str) -> None:
        host, _, port = node.partition("://")[2].partition(":")
        self._node = host, int(port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.trouble = ""
        self._over = threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        with suppress(OSError):  # nobody is connected
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:  # closed
                return
            threading.Thread(target=self._connected, args=(client,), daemon=True).start()

    def _connected(self, client: socket.socket) -> None:
        with client, suppress(OSError), socket.create_connection(self._node) as node:  # either side may hang up
            threading.Thread(target=self._asked, args=(client, node), daemon=True).start()
            while piece := node.recv(_PIECE):
                trouble = self.trouble
                for seconds, drop in TROUBLES[trouble](piece) if trouble else [(0.0, piece)]:
                    if trouble == self.trouble:  # or else it is over, and the rest comes at once
                        self._over.wait(seconds)
                    client.sendall(drop)
                if trouble in _ENDING:
                    client.shutdown(socket.SHUT_RDWR)  # closing alone waits for whoever reads from it
                    return

    @staticmethod
    def _asked(client: socket.socket, node: socket.socket) -> None:
        with suppress(OSError):
            while piece := client.recv(_PIECE):
                node.sendall(piece)
        with suppress(OSError):
            node.shutdown(socket.SHUT_RDWR)


def _late(piece: bytes) -> Drops:
    yield LATE, piece


def _silent(piece: bytes) -> Drops:
    yield 60.0, piece


def _dripping(piece: bytes) -> Drops:
    for at in range(len(piece)):
        yield APART, piece[at : at + 1]


def _stalling(piece: bytes) -> Drops:
    yield 0.0, piece[: len(piece) // 2]
    yield 60.0, piece[len(piece) // 2 :]


def _cut(piece: bytes) -> Drops:
    yield 0.0, piece[: len(piece) // 2]


def _closed(_: bytes) -> Drops:
    yield 0.0, b""


def _signing_in(_: bytes) -> Drops:
    yield 0.0, _SIGN_IN


def _no_gateway(_: bytes) -> Drops:
    yield 0.0, _NO_GATEWAY


def _noise(piece: bytes) -> Drops:
    yield 0.0, piece[::-1]


TROUBLES: Mapping[str, Callable[[bytes], Drops]] = {
    "late": _late,
    "silent": _silent,
    "dripping": _dripping,
    "stalling": _stalling,
    "cut": _cut,
    "closed": _closed,
    "signing in": _signing_in,
    "no gateway": _no_gateway,
    "noise": _noise,
}
_ENDING = {"cut", "closed", "noise", "signing in"}
"""After these the connection is closed."""
