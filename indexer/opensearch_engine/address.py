"""The address of an index on a cluster, as it is written in a setting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from corpus.errors import UsageError

SCHEMES = {"opensearch+http": "http", "opensearch+https": "https"}
SECONDS = 2.8
"""How long a reader waits: a search that takes longer is given up with a sentence."""
_NAME = re.compile("[a-z0-9][a-z0-9_.-]*")
_SETTINGS = {"shards", "seconds", "ca"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where an index lies: ``nodes`` with their scheme, ``name``; and what may be set beside it."""

    nodes: tuple[str, ...]
    name: str
    user: str = ""
    password: str = ""
    shards: int = 0
    seconds: float = SECONDS
    ca: str = ""

    @classmethod
    def read(cls, address: str) -> Address:
        """``opensearch+http://[user:password@]host:port[,host:port…]/name[?shards=3&seconds=2.8&ca=FILE]``.

        Raises UsageError for anything else.
        """
        example = "write it as opensearch+http://host:9200,other:9200/nianbao"
        parts = urlsplit(address)
        name = parts.path.removeprefix("/")
        if parts.scheme not in SCHEMES or not parts.netloc or not _NAME.fullmatch(name):
            raise UsageError(f"This is no address of an engine: {example}.", "engine")
        given = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        if unknown := sorted(set(given) - _SETTINGS):
            known = ", ".join(sorted(_SETTINGS))
            raise UsageError(f"An engine's address has no setting {unknown[0]}: {known} are all.", "engine")
        who, _, hosts = parts.netloc.rpartition("@")
        user, _, password = who.partition(":")
        try:
            shards, seconds = int(given.get("shards", 0)), float(given.get("seconds", SECONDS))
        except ValueError:
            raise UsageError("shards and seconds of an engine's address are numbers.", "engine") from None
        nodes = tuple(f"{SCHEMES[parts.scheme]}://{host}" for host in hosts.split(","))
        return cls(nodes, name, unquote(user), unquote(password), shards, seconds, given.get("ca", ""))
