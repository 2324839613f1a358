"""What an operator can set: one frozen value, handed down from the command line."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from corpus.readers.limits import Limits

LogFormat = Literal["text", "json", "none"]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3600.0}
_RATE = re.compile(r"([1-9]\d{0,6})/(second|minute|hour)")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data lies, how the site presents itself, and its caps.

    ``data`` is the data directory; ``store_url`` a SQLAlchemy address where the store is not the SQLite file in it;
    ``engine_url`` that of a search cluster where the index is not in it.
    ``wait`` is how many seconds a command that writes waits for another one.
    ``site_url`` is the public address without a final slash, for feeds and sitemaps; empty: that of the request.
    ``contact`` is the operator's mail or web address, to which corrections are sent; empty: none is offered.
    ``boundaries`` is a GeoJSON file with the shapes of places, from which maps are drawn; None: maps are of tiles.
    ``trusted_hosts`` are the names that the site answers to, all where there are none; ``hsts`` is for how many seconds
    a browser shall come back by https only, 0: it is not told.
    ``max_words`` caps the characters of a search, ``max_values`` the values that one parameter may repeat;
    ``limits`` how large a file may be that is read; ``page_room`` is how many bytes of answers are kept, ``word_room``
    of what the index says of words; ``seconds`` is how long an answer may take, 0: as long as it does.
    ``ahead``: a server answers from the former state of the index while it reads a new one.
    """

    data: Path = Path("data")
    store_url: str | None = None
    engine_url: str = ""
    wait: float = 600.0
    site_url: str = ""
    contact: str = ""
    boundaries: Path | None = None
    trusted_hosts: tuple[str, ...] = ()
    hsts: int = 0
    max_words: int = 500
    max_values: int = 50
    limits: Limits = field(default_factory=Limits)
    page_room: int = 32 << 20
    word_room: int = 256 << 20
    seconds: float = 10.0
    ahead: bool = False

    @property
    def index(self) -> Path:
        """The directory of the search index."""
        return self.data / "index"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in a period of so many seconds."""

    requests: int
    period: float

    @classmethod
    def read(cls, words: str) -> Rate:
        """``120/minute``. Raises ValueError for what is no rate."""
        parts = _RATE.fullmatch(words.strip())
        if parts is None:
            raise ValueError(f"{words!r} is no rate: write one as 120/minute; second, minute and hour will do.")
        return cls(int(parts[1]), _SECONDS[parts[2]])


@dataclass(frozen=True, slots=True)
class Binding:
    """Where and by how many processes and threads the site is served; port 0 is any that is free.

    ``rate_limit`` is how often one visitor may ask, None: as often as they like; the visitor is who X-Forwarded-For
    names where the other end is one of ``trusted_proxies``. ``log`` is the form of the log on stderr, which has
    visitors' addresses only with ``log_addresses``.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    threads: int = 4
    rate_limit: Rate | None = None
    trusted_proxies: tuple[Network, ...] = ()
    log: LogFormat = "none"
    log_addresses: bool = False
