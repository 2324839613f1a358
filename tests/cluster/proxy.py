"""TLS and a user before a node: nginx, as operators put it before a cluster without a security plugin."""

from __future__ import annotations

import ipaddress
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

MISSING = "nginx is not installed: apt-get install nginx-light"
USER, PASSWORD = "nianbao", "päss wörd@1"
_CONFIGURATION = """
pid {folder}/pid; error_log {folder}/log; daemon off; worker_processes 1;
events {{ }}
http {{
  access_log off; client_max_body_size 100m;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
    auth_basic "years"; auth_basic_user_file {folder}/users;
    location / {{ proxy_pass {node}; proxy_http_version 1.1; proxy_set_header Authorization ""; }}
  }}
}}
"""


@contextmanager
def secured(node: str, folder: Path) -> Iterator[int]:
    """The port at which nginx passes on to a node what the user asks; certificate.pem is what its clients may trust."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    _certificate(folder)
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
    told = _CONFIGURATION.format(folder=folder, port=port, node=node)
    (folder / "nginx.conf").write_text(f"user root;{told}", encoding="utf-8")
    nginx = shutil.which("nginx")
    assert nginx is not None
    with subprocess.Popen([nginx, "-c", str(folder / "nginx.conf"), "-e", str(folder / "log")]) as process:
        try:
            _await(port, process)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > ends:
                raise
            time.sleep(0.05)
        else:
            return


def _certificate(folder: Path) -> None:
    """Of this machine's own address, vouched for by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "search.example")])
    now = datetime.now(UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
