"""Which names the site answers to: a Host header that is none, or is none of ours, gets 400 in one line.

Flask builds addresses from that header before any page is asked for, and a name that cannot be one (a label of 70
characters, punycode that is none) would break it there. So it is looked at first.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Collection, Iterable
from http import HTTPStatus
from typing import Any

_NAME = re.compile(r"(?!.{254})(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.|\Z))+\Z", re.IGNORECASE)
"""Labels of at most 63 letters, digits, hyphens (RFC 1123, § 2.1), and the underscores of container networks."""

_PARTS = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[^\[\]:]+))(?::(?P<port>\d{1,5}))?", re.IGNORECASE)

UNNAMED = frozenset({"/healthz", "/readyz", "/-/metrics"})
"""What is asked by whoever watches from near by, under whatever name; no answer of these holds it."""

_Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class HostCheck:
    """Stands before an application. Without ``trusted`` every name that can be one will do."""

    def __init__(self, app: _Wsgi, trusted: Collection[str] = ()) -> None:
        self._app = app
        self._trusted = trusted

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass a request on, or refuse it."""
        name = host_name(environ.get("HTTP_HOST") or environ["SERVER_NAME"])
        if name is None:
            return _refused(start_response, "The Host header is no name of a host.")
        watching = environ["PATH_INFO"] in UNNAMED
        if self._trusted and not watching and not is_trusted(name, self._trusted):
            return _refused(start_response, "This site does not answer to that name.")
        return self._app(environ, start_response)


def host_name(header: str) -> str | None:
    """The name in a Host header, in lower case without its port; None where there is none.

    >>> host_name("Nianbao.example:8000"), host_name("[::1]:80"), host_name("a" * 64 + ".example")
    ('nianbao.example', '::1', None)
    """
    parts = _PARTS.fullmatch(header)
    if parts is None or int(parts["port"] or 0) > 65535:
        return None
    if parts["six"] is not None:
        return parts["six"].lower() if _is_address(parts["six"]) else None
    return parts["name"].lower().rstrip(".") if _NAME.fullmatch(parts["name"]) and _is_idna(parts["name"]) else None


def is_trusted(name: str, trusted: Collection[str]) -> bool:
    """Whether a name is one of those; one that begins with a full stop stands for all below it, and for itself.

    >>> is_trusted("www.nianbao.example", (".nianbao.example",)), is_trusted("evil.example", ("nianbao.example",))
    (True, False)
    """
    return any(name == each.lstrip(".") or (each.startswith(".") and name.endswith(each)) for each in trusted)


def _is_address(words: str) -> bool:
    try:
        ipaddress.IPv6Address(words)
    except ValueError:
        return False
    return True


def _is_idna(name: str) -> bool:
    try:
        name.encode("ascii").decode("idna")
    except UnicodeError:
        return False
    return True


def _refused(start_response: Callable[..., Any], words: str) -> Iterable[bytes]:
    body = f"{words}\n".encode()
    status = HTTPStatus.BAD_REQUEST
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]
