"""The site behind its real server: whoever is slow holds nobody up, and a stop or a reload loses no answer."""

from __future__ import annotations

import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.webui.served import Served, served
from tests.webui.shelf import build

SEARCH = "/search?q=%E8%AE%A8%E8%96%AA"
EXPORT = "/search.ndjson?what=figures"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("served")
    build(data)
    return data


@pytest.fixture
def site(data: Path) -> Iterator[Served]:
    with served(data, threads=2) as site:
        yield site


def get(port: int, address: str, timeout: float = 20) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", address)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def opened(port: int, said: str, room: int = 4096) -> socket.socket:
    """A connection over which something was said, and of whose answer no more than ``room`` bytes can arrive unread."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    connection.connect(("127.0.0.1", port))
    connection.sendall(said.encode())
    return connection


@pytest.mark.parametrize(
    "said",
    [
        "",
        "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "POST /search HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\nhalf",
        f"GET {EXPORT} HTTP/1.1\r\nHost: x\r\n\r\n",
        f"GET {SEARCH} HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=["idle", "half a head", "half a body", "unread download", "unread page"],
)
def test_who_is_slow_holds_nobody_up(site: Served, said: str) -> None:
    connections = [opened(site.port, said) for _ in range(60)]
    time.sleep(0.5)
    assert [get(site.port, SEARCH)[0] for _ in range(3)] == [200, 200, 200]
    for connection in connections:
        connection.close()
    assert get(site.port, EXPORT)[0] == 200, "those who left gave their places back"


RAW = ["年报".encode(), "年报".encode("gbk"), b"\xff\xfe", b"\x01", b"\x00", b"%", b"%u4e00", b"%ff%00"]
PLACES = [
    b"GET /search?q=%s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET http://127.0.0.1/search?%s=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET /reports/%s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: %s\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s=1\r\nAccept-Language: %s\r\nIf-None-Match: %s\r\n\r\n",
    b"POST /search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nContent-Length: 1\r\n\r\nx",
]


def test_bytes_that_no_browser_sends_are_no_fault_of_the_site(site: Served) -> None:
    """``curl`` sends Chinese as it is typed, and others send anything: no 5xx, whatever stands where."""
    for place in PLACES:
        for raw in RAW:
            connection = socket.create_connection(("127.0.0.1", site.port), timeout=20)
            connection.sendall(place.replace(b"%s", raw))
            status = connection.recv(300).partition(b"\r\n")[0]
            connection.close()
            assert re.match(rb"HTTP/1\.1 [234]", status), (place, raw, status)
    as_typed = socket.create_connection(("127.0.0.1", site.port), timeout=20)
    as_typed.sendall(PLACES[0].replace(b"%s", RAW[0]).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    with as_typed, as_typed.makefile("rb") as answer:
        assert 'value="年报"'.encode() in answer.read()


def test_a_body_beyond_reason_is_refused_in_one_line(site: Served) -> None:
    connection = opened(site.port, "POST /search HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n" + "x" * 200000)
    assert connection.recv(200).startswith(b"HTTP/1.1 413")
    connection.close()


def test_what_is_under_way_ends_before_the_site_does(data: Path) -> None:
    with served(data) as site:
        whole = get(site.port, EXPORT)[1]
        connection = opened(site.port, f"GET {EXPORT} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", room=1 << 18)
        read = connection.recv(1000)
        site.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        while piece := connection.recv(1 << 16):
            read += piece
        connection.close()
        assert site.process.wait(30) == 0
    assert read.count(b'{"id": ') == whole.count(b'{"id": ') > 0


def test_a_reload_loses_no_answer(data: Path) -> None:
    with served(data, workers=2) as site:
        before, stop, answers = site.workers(), Event(), list[int]()

        def ask() -> None:
            while not stop.is_set():
                answers.append(get(site.port, SEARCH)[0])

        reader = Thread(target=ask)
        reader.start()
        os.kill(site.process.pid, signal.SIGHUP)
        until = time.monotonic() + 120
        while (site.workers() & before or len(site.workers()) < 2) and time.monotonic() < until:
            time.sleep(0.1)
        stop.set()
        reader.join()
        assert not site.workers() & before
        assert set(answers) == {200}


def test_no_worker_outlives_its_parent(data: Path) -> None:
    with served(data, workers=2) as site:
        workers = site.workers()
        assert len(workers) == 2
        site.process.kill()
        until = time.monotonic() + 30
        while any(map(alive, workers)) and time.monotonic() < until:
            time.sleep(0.1)
        assert not [worker for worker in workers if alive(worker)]


def alive(process: int) -> bool:
    """Whether a process runs; one that has ended but whose end nobody noticed does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(") ")[2]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return not state.startswith("Z")
