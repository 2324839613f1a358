"""Addresses: which are the same, whose host they burden, where a crawl may go."""

from __future__ import annotations

import ipaddress
import posixpath
import re
import socket
from functools import cache, lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

LONGEST = 500
"""Characters. Longer addresses are made by traps, not by people."""

REMEMBERED = 20_000
"""Addresses whose names are remembered: each link of a page is asked about several times, and on the next page too."""

# What an address carries besides the page it names: sessions, sorting, time stamps, campaign and phone marks.
_EMPTY_PARAMETERS = re.compile(
    r"(?i)^(jsessionid|phpsessid|sessionid|session|aspsessionid.*|sort|orderby|order|_|t|ts|timestamp|rnd|rand|random|"
    r"utm_.*|spm|from|ismobile|isappinstalled)$"
)
_SESSION_IN_PATH = re.compile(r"(?i);jsessionid=[^/?#]*")
_SESSION_IN_QUERY = re.compile(r"(?i)(?:^|&)(?:jsessionid|phpsessid|sessionid|aspsessionid\w*)=[^&]*")
_SESSION_NAME = re.compile(
    r"(?i)^(jsessionid|phpsessid|sessionid|session|aspsessionid.*|_|ts|timestamp|rnd|rand|random)$"
)
# Pages that a program makes: sort=… may be all that tells two of them apart.
_MADE = re.compile(r"(?i)\.(asp|aspx|jsp|php|do|action|ashx|cgi)$")
# What ASP.NET sends along with every form, different each time.
_STATE = ("__VIEWSTATE", "__EVENTVALIDATION", "__PREVIOUSPAGE")
_NUMBERED = re.compile(r"=(?!ctl\d)[^=]*\d")
_INDEX_PAGE = re.compile(r"(?i)/(index|default)\.(s?html?|jsp|php|aspx?)$")
_NAMELESS = "\0"
_SITE = re.compile(r"\w+://[^/?#\\]+")
_ROOTED = re.compile(r"(?i)\s*(?:https?:)?//?\w")
_PLAIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?(/(?!\.\.?(/|$))[A-Za-z0-9._-]+)*/?")
"""What is whole as it is written: nothing in it is to be quoted, left out or gone up from."""
_PORTS = {"http": 80, "https": 443}


def absolute(url: str, base: str, encoding: str = "utf-8") -> str | None:
    """An address found in a page, made whole as browsers do it; None for what is none (script, mail, telephone).

    ``encoding`` is the page's: the query is quoted in it, the path always in UTF-8 (WHATWG URL, "query state").
    """
    # A menu's addresses are the same on every page of its site, and remembered so.
    site = _SITE.match(base) if _ROOTED.match(url) else None
    if site and len(whole := site[0] + url) <= LONGEST and _PLAIN.fullmatch(whole):
        return whole
    return _absolute(url, site[0] if site else base, encoding)


@lru_cache(REMEMBERED)
def _absolute(url: str, base: str, encoding: str) -> str | None:
    url = re.sub(r"[\x00-\x1f\x7f]+", "", url.strip()).strip()
    if (
        not url
        or (url.startswith("#") and not route(url))
        or re.match(r"(?i)(javascript|mailto|tel|data|file|about|thunder|ftp|blob):", url)
    ):
        return None
    head, mark, query = url.partition("?")
    url = head.replace("\\", "/") + mark + query
    if odd := re.match(r"(?i)(https?):(/*)(.*)$", url):
        scheme, slashes, rest = odd[1].lower(), odd[2], odd[3]
        url = slashes + rest if len(slashes) < 2 and base.lower().startswith(f"{scheme}:") else f"{scheme}://{rest}"
    try:
        # urljoin drops a folder without a name; servers may not.
        whole = urljoin(base, re.sub(r"(?<=[^:/])//", f"/{_NAMELESS}/", url)).replace(f"/{_NAMELESS}/", "//")
        parts = urlsplit(whole)
        if parts.scheme not in _PORTS or not parts.hostname or len(whole) > LONGEST:
            return None
        parts.port  # noqa: B018 (a port that is no number raises here, not later)
        path = re.sub(r"[;\s]+$", "", _SESSION_IN_PATH.sub("", parts.path)) or "/"
        query = _SESSION_IN_QUERY.sub("", parts.query)
        query = query if query == parts.query else query.strip("& ")
        # A number behind # is a column's id, which a script reads (platforms.toml), and a path is a page of a site that
        # is one file; other marks are places in the page.
        mark = parts.fragment if parts.fragment.isdecimal() else route(whole)
        plain = urlunsplit(
            (parts.scheme, parts.netloc.lower(), path.replace("{", "%7B").replace("}", "%7D"), query, mark)
        )
        return str(safe_url_string(plain, encoding=encoding, path_encoding="utf-8"))
    except ValueError:
        return None


def route(url: str) -> str:
    """The path behind #, by which a site that is one file tells its pages apart; ``""`` for what has none."""
    mark = url.partition("#")[2]
    return mark if re.match(r"!?/[^/]", mark) else ""


@lru_cache(REMEMBERED)
def key(url: str, form: str = "") -> str:
    """One name for all addresses of one page.

    Scheme, a leading www, the default page of a folder, sessions, sort orders and the order of parameters make no
    difference.
    """
    parts = urlsplit(url)
    path = _SESSION_IN_PATH.sub("", parts.path) or "/"
    path = _INDEX_PAGE.sub("/", posixpath.normpath(path) + ("/" if path.endswith("/") and path != "/" else ""))
    query = _telling(path, parts.query)
    telling = [field for field in form.split("&") if not field.startswith(_STATE)]
    # 下一页, sent with nothing but a page's state, is another page each time.
    form = (
        form
        if len(form.split("&")) > len(telling) and not any(_NUMBERED.search(unquote(field)) for field in telling)
        else "&".join(telling)
    )
    marks = "".join(f"#{mark}" for mark in (route(url), form) if mark)
    return house(url) + path + (f"?{query}" if query else "") + marks


def _telling(path: str, query: str) -> str:
    """What of a query tells pages apart, in one order."""
    # Values may be bytes of any encoding: latin-1 tells them apart, UTF-8 would not.
    pairs = sorted(parse_qsl(query, keep_blank_values=True, encoding="latin-1"))
    telling = [pair for pair in pairs if not _empty(pair[0])]
    if not telling and _MADE.search(path):
        telling = [pair for pair in pairs if not _SESSION_NAME.match(pair[0])]
    return urlencode(telling, encoding="latin-1") if pairs else query


@lru_cache(REMEMBERED)
def house(url: str) -> str:
    """Whom a request burdens: the host without www, with its port where that is not the scheme's."""
    parts = urlsplit(url)
    host = _bracketed((parts.hostname or "").removeprefix("www."))
    return host if parts.port in (None, *_PORTS.values()) else f"{host}:{parts.port}"


def allowed(url: str, hosts: tuple[str, ...]) -> bool:
    """Whether an address stands on one of the hosts, with or without www, by http or https.

    ``.example.gov.cn`` allows every host under it; ``host:port`` a host at that port and at the usual ones.
    """
    parts = urlsplit(url)
    name, port = _bracketed((parts.hostname or "").removeprefix("www.")), parts.port
    for host in hosts:
        if host.startswith(".") and (name == host[1:] or name.endswith(host)):
            return True
        named = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(?::(\d+))?", host.removeprefix("www."))
        if named is None or name != named[1]:
            continue
        if not named[2] or str(port) == named[2] or port in (None, *_PORTS.values()):
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
    """Whether an address looks endless: the same folder or parameter four times, too deep, too many parameters."""
    parts = urlsplit(url)
    folders = [folder for folder in parts.path.split("/") if folder]
    names = [field.partition("=")[0] for field in parts.query.split("&") if field]
    again = any(many.count(one) > 3 for many in (folders, names) for one in set(many))
    return again or len(folders) > 14 or len(names) > 16


def shape(url: str, *, rooted: bool = True) -> str:
    """One name for addresses made alike: as many folders, the same first one if ``rooted``, ending, and names."""
    parts = urlsplit(url)
    *folders, last = _places(url).split("/")[1:]
    names = "&".join(sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True)))
    ending = last.rpartition(".")[2] if "." in last else ""
    first = folders[0] if rooted and len(folders) > 1 else ""
    return f"{house(url)}/{first}/{len(folders)}/.{ending}?{names}"


def family(url: str) -> str:
    """One name for addresses that differ in numbers and parameter values only, as those of a calendar do."""
    parts = urlsplit(url)
    names = "&".join(sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True)))
    return house(url) + re.sub(r"[0-9a-f]{8,}|\d+", "N", _places(url)) + (f"?{names}" if names else "")


def list_folder(url: str) -> str:
    """The folder of a list, whose pages may be folders below it: /nb for /nb/page/2/."""
    return re.sub(r"(/page)?/\d{1,3}$", "", urlsplit(url).path.rpartition("/")[0])


def _places(url: str) -> str:
    """An address's path, with that behind #."""
    return urlsplit(url).path + (f"#{route(url)}" if route(url) else "")


def _empty(name: str) -> bool:
    return _EMPTY_PARAMETERS.match(name) is not None


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _private_number(name: str) -> bool:
    try:
        return not ipaddress.ip_address(name).is_global
    except ValueError:
        return True
