"""What a crawl is asked to do, and what it tells of each request: the two things that pass between the processes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from crawler.source import Source

NAME = "Nianbao"
VERSION = "0.1"


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits for each host in one crawl; what is left over stays queued for the next."""

    pages: int = 20_000
    megabytes: int = 2_000
    minutes: int = 720


@dataclass(frozen=True, slots=True)
class Plan:
    """A crawl: into which store, which sources, how politely.

    ``delay`` is in seconds, between the starts of two requests to a host. ``night`` limits a crawl to some hours of
    the day in China, like (22, 6). ``contact`` is how a site's keeper reaches the operator.
    ``browser`` is the path of the one that renders what only a script fills, ``""`` where nothing is to be rendered.
    """

    data: Path
    database: str | None
    sources: tuple[Source, ...]
    delay: float = 2.0
    allow_private: bool = False
    contact: str = ""
    night: tuple[int, int] | None = None
    budget: Budget = field(default_factory=Budget)
    timeout: float = 60.0
    largest: int = 64_000_000
    log_level: str = "WARNING"
    browser: str = ""

    @property
    def user_agent(self) -> str:
        """How the crawler introduces itself."""
        return f"{NAME}/{VERSION} (+{self.contact})" if self.contact else f"{NAME}/{VERSION}"

    def to_json(self) -> str:
        """As one line of text."""
        return json.dumps(asdict(self) | {"data": str(self.data)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> Plan:
        """Back from text."""
        entry: dict[str, Any] = json.loads(line)
        entry["data"] = Path(entry["data"])
        entry["budget"] = Budget(**entry["budget"])
        entry["night"] = tuple(entry["night"]) if entry["night"] else None
        entry["sources"] = tuple(
            Source(**source | {"starts": tuple(source["starts"]), "hosts": tuple(source["hosts"])})
            for source in entry["sources"]
        )
        return cls(**entry)


@dataclass(frozen=True, slots=True)
class Progress:
    """One request done: of which source, which address, what came of it (kept, listed, unchanged, gone, retry, …)."""

    origin: str
    url: str
    outcome: str
    status: int | None
    size: int
