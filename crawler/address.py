"""Addresses: which are the same, whose host they burden, where a crawl may go."""

from __future__ import annotations

import ipaddress
import posixpath
import re
import socket
from functools import cache
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

LONGEST = 500
"""Characters. Longer addresses are made by traps, not by people."""

# What an address carries besides the page it names: sessions, sorting, time stamps, campaign and phone marks.
_EMPTY_PARAMETERS = re.compile(
    r"(?i)^(jsessionid|phpsessid|sessionid|session|aspsessionid.*|sort|orderby|order|_|t|ts|timestamp|rnd|rand|random|"
    r"utm_.*|spm|from|ismobile|isappinstalled)$"
)
_SESSION_IN_PATH = re.compile(r"(?i);jsessionid=[^/?#]*")
_SESSION_IN_QUERY = re.compile(r"(?i)(?:^|&)(?:jsessionid|phpsessid|sessionid|aspsessionid\w*)=[^&]*")
_INDEX_PAGE = re.compile(r"(?i)/(index|default)\.(s?html?|jsp|php|aspx?)$")
_PORTS = {"http": 80, "https": 443}


def absolute(url: str, base: str) -> str | None:
    """An address found in a page, made whole; None for what is none (script, mail, telephone)."""
    url = re.sub(r"[\t\r\n]+", "", url.strip())
    if not url or url.startswith("#") or re.match(r"(?i)(javascript|mailto|tel|data|file|about|thunder|ftp):", url):
        return None
    try:
        whole = urljoin(base, url.replace("\\", "/"))
        parts = urlsplit(whole)
        if parts.scheme not in _PORTS or not parts.hostname or len(whole) > LONGEST:
            return None
        parts.port  # noqa: B018 (a port that is no number raises here, not later)
    except ValueError:
        return None
    path = quote(_SESSION_IN_PATH.sub("", parts.path) or "/", safe="/:@!$&'()*+,;=~-._%")
    query = quote(_SESSION_IN_QUERY.sub("", parts.query).strip("&"), safe="/:@!$&'()*+,;=~-._%?[]")
    # A number behind # is a column's id, which a script reads (platforms.toml); other marks are places in the page.
    mark = parts.fragment if parts.fragment.isdecimal() else ""
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, query, mark))


def key(url: str, form: str = "") -> str:
    """One name for all addresses of one page.

    Scheme, a leading www, the default page of a folder, sessions, sort orders and the order of parameters make no
    difference.
    """
    parts = urlsplit(url)
    path = _SESSION_IN_PATH.sub("", parts.path) or "/"
    path = _INDEX_PAGE.sub("/", posixpath.normpath(path) + ("/" if path.endswith("/") and path != "/" else ""))
    query = sorted((name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _empty(name))
    if not query and parts.query and not parse_qsl(parts.query, keep_blank_values=True):
        path += "?" + parts.query
    return house(url) + path + (("?" + urlencode(query)) if query else "") + (f"#{form}" if form else "")


def house(url: str) -> str:
    """Whom a request burdens: the host without www, with its port where that is not the scheme's."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return host if parts.port in (None, *_PORTS.values()) else f"{host}:{parts.port}"


def allowed(url: str, hosts: tuple[str, ...]) -> bool:
    """Whether an address stands on one of the hosts, with or without www, by http or https.

    ``.example.gov.cn`` allows every host under it; ``host:port`` a host at that port and at the usual ones.
    """
    parts = urlsplit(url)
    name, port = (parts.hostname or "").removeprefix("www."), parts.port
    for host in hosts:
        if host.startswith(".") and (name == host[1:] or name.endswith(host)):
            return True
        allowed_name, _, allowed_port = host.removeprefix("www.").partition(":")
        if name == allowed_name and (not allowed_port or str(port) == allowed_port or port in (None, *_PORTS.values())):
            return True
    return False


def private(host: str) -> bool:
    """Whether a host name or address stands for this machine or a private network, by its looks."""
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal")):
        return True
    if ":" in name or name.replace(".", "").isdigit():
        return _private_number(name)
    return "." not in name


@cache
def resolves_privately(host: str) -> bool:
    """Whether a host stands for this machine or a private network, by its looks or by the name service."""
    if private(host):
        return True
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return any(_private_number(str(entry[4][0]).partition("%")[0]) for entry in found)


def trap(url: str) -> bool:
    """Whether an address looks endless: the same folder three times, too deep, too many parameters."""
    parts = urlsplit(url)
    folders = [folder for folder in parts.path.split("/") if folder]
    return len(folders) > 14 or any(folders.count(folder) > 2 for folder in set(folders)) or parts.query.count("&") > 15


def family(url: str) -> str:
    """One name for addresses that differ in numbers and parameter values only, as those of a calendar do."""
    parts = urlsplit(url)
    names = "&".join(sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True)))
    return house(url) + re.sub(r"[0-9a-f]{8,}|\d+", "N", parts.path) + (f"?{names}" if names else "")


def _empty(name: str) -> bool:
    return _EMPTY_PARAMETERS.match(name) is not None


def _private_number(name: str) -> bool:
    try:
        return not ipaddress.ip_address(name).is_global
    except ValueError:
        return True
