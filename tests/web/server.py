"""A real HTTP server for a miniature site, which remembers who asked for what, and when."""

from __future__ import annotations

import gzip
import hashlib
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Answer:
    """What a site says to a request; an answer that is ``cut`` breaks off before its announced end."""

    body: bytes
    status: int = 200
    media_type: str = "text/html"
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    cut: bool = False


@dataclass(frozen=True)
class Asked:
    """A request as the server saw it."""

    method: str
    target: str
    agent: str
    body: str
    status: int
    size: int
    began: float
    ended: float


Route = Answer | Callable[[str, str], Answer]
"""A fixed answer, or one made from the query and the body of a POST."""

Gate = Callable[[str, str, Mapping[str, str]], Answer | None]
"""An answer made from method, target and headers, or None to let a request pass."""


@dataclass
class Site:
    """A miniature site: its routes, and the truth about it.

    ``reports`` are the addresses of its reports with the ids that they must get, ``lists`` whatever else a reader
    passes on the way to them, ``parts`` the further pages of reports that are printed over several. A site that is
    ``closed`` holds more than can be reached without a browser or a key: its outcome must say so. A ``gate`` answers
    before any route does, by method, target and headers, or lets pass.
    """

    name: str
    routes: dict[str, Route] = field(default_factory=dict)
    start: str = "/"
    reports: dict[str, str] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    forbidden: tuple[str, ...] = ()
    validators: bool = True
    compressed: bool = False
    secure: bool = False
    closed: bool = False
    host: str = "127.0.0.1"
    gate: Gate | None = None
    asked: list[Asked] = field(default_factory=list)
    address: str = ""

    @property
    def url(self) -> str:
        """Where a crawl begins."""
        return self.address + self.start

    def reply(self, method: str, target: str, body: str, headers: Mapping[str, str]) -> Answer:
        """The answer to a request."""
        if self.gate is not None and (held := self.gate(method, target, headers)) is not None:
            return held
        parts = urlsplit(target)
        route = self.routes.get(target) or self.routes.get(parts.path)
        if route is None:
            return Answer(b"<html><title>404</title><h1>Not Found</h1></html>", 404)
        try:
            answer = route(parts.query, body) if callable(route) else route
        except (KeyError, ValueError):  # what a route needs and was not given
            return Answer(b"<html><title>400</title><h1>Bad Request</h1></html>", 400)
        if self.validators and answer.status == 200 and method == "GET":
            tag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
            if headers.get("If-None-Match") == tag:
                return Answer(b"", 304, headers={"ETag": tag}, seconds=answer.seconds)
            return replace(answer, headers={**answer.headers, "ETag": tag})
        return answer


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, site: Site) -> None:
        self.address_family = socket.AF_INET6 if ":" in site.host else socket.AF_INET
        super().__init__((site.host, 0), _handler(site))

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that went away: some are killed on purpose."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as it was given


@cache
def _own_certificate() -> ssl.SSLContext:
    """A certificate that nobody vouches for, as on many county sites."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=9))
        .not_valid_after(now - timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with NamedTemporaryFile(suffix=".pem") as file:
        file.write(certificate.public_bytes(Encoding.PEM))
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        context.load_cert_chain(file.name)
    return context


@contextmanager
def serving(*sites: Site) -> Iterator[None]:
    """Serve each site on a port of its own."""
    servers = [_Server(site) for site in sites]
    threads = []
    for site, server in zip(sites, servers, strict=True):
        shown = f"[{site.host}]" if ":" in site.host else site.host
        site.address = f"{'https' if site.secure else 'http'}://{shown}:{server.server_port}"
        if site.secure:
            server.socket = _own_certificate().wrap_socket(server.socket, server_side=True)
        threads.append(threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True))
        threads[-1].start()
    try:
        yield
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
        for thread in threads:
            thread.join(5)


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._do("")

        def do_POST(self) -> None:
            self._do(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

        def _do(self, sent: str) -> None:
            began = time.monotonic()
            answer = site.reply(self.command, self.path, sent, dict(self.headers.items()))
            if answer.seconds:
                time.sleep(answer.seconds)
            body = gzip.compress(answer.body, mtime=0) if site.compressed and answer.body else answer.body
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.media_type)
            if body is not answer.body:
                self.send_header("Content-Encoding", "gzip")
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != 304:
                self.send_header("Content-Length", str(len(body) + answer.cut * 99))
            self.end_headers()
            self.close_connection |= answer.cut
            self.wfile.write(body)
            site.asked.append(
                Asked(
                    self.command,
                    self.path,
                    self.headers.get("User-Agent", ""),
                    sent,
                    answer.status,
                    len(body),
                    began,
                    time.monotonic(),
                )
            )

        def log_message(self, *_: object) -> None:
            """Keep quiet: the site remembers what was asked."""

    return Handler
