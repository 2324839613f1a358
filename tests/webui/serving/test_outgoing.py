"""What waits to be sent is seen for either family of addresses, and is 0 once it was taken."""

from __future__ import annotations

import socket
import sys
from contextlib import suppress

import pytest

from webui.serving.outgoing import unsent


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
@pytest.mark.parametrize(("family", "host"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_what_a_reader_does_not_take_is_seen(family: socket.AddressFamily, host: str) -> None:
    with socket.socket(family) as listening, socket.socket(family) as reader:
        listening.bind((host, 0))
        listening.listen()
        reader.connect(listening.getsockname()[:2])
        writer, peer = listening.accept()
        with writer:
            name = f"{peer[0]}:{peer[1]}"
            assert unsent(name) == 0
            writer.settimeout(0)
            sent = 0
            with suppress(BlockingIOError):
                while True:
                    sent += writer.send(b"x" * 65536)
            assert unsent(name) > 0
            while sent:
                sent -= len(reader.recv(1 << 20))
            assert unsent(name) == 0


@pytest.mark.parametrize("peer", ["", "unix:", "here:x", "127.0.0.1:1"])
def test_nothing_is_known_of_what_is_no_connection(peer: str) -> None:
    assert unsent(peer) == 0
