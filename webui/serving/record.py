"""One request as it is told afterwards, to the log and to the counters alike."""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import dataclass, field

REQUEST_ID = "nianbao.request_id"
"""The key of the WSGI environment that holds the request's id."""
PAGE = "nianbao.page"
"""The key under which the application leaves the name of the page that answered."""
KEPT = "nianbao.kept"
"""The key that is there where the answer was kept from before."""
CUT = "nianbao.cut"
"""The key that is there where the answer says that it was cut."""

_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(slots=True)
class Record:
    """A request, filled in while it is answered. Times are in seconds; ``page`` is "none" where no page answered."""

    method: str
    path: str
    query: str
    address: str
    id: str
    page: str = "none"
    status: int = 0
    queued: float = 0.0
    sent: int = 0
    kept: bool = False
    cut: bool = False
    begun: float = field(default_factory=time.perf_counter)

    @property
    def seconds(self) -> float:
        """How long ago it came."""
        return time.perf_counter() - self.begun


def request_id(given: str | None) -> str:
    """The id that a trusted proxy gave, if it can be one; else a new one."""
    return given if given and _ID.fullmatch(given) else secrets.token_hex(8)
