"""How often one visitor may ask: the generic cell rate algorithm (ITU-T I.371), one number a visitor.

The number is when the visitor's last request would have been due, had all come at the allowed pace; a request that is
a whole period ahead of it waits. The numbers lie in memory that all workers share, so a limit is one limit however many
there are (a library would count in each worker apart, or need a server beside us). Visitors are told apart by a keyed
hash: with 2**18 places two of a thousand meet once in five hundred, and nobody can choose whom.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import secrets
import time
from collections.abc import Callable
from typing import Any

from webui.settings import Rate

PLACES = 1 << 18


class RateLimit:
    """The limit of all workers together. Made before they are, and handed to each."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = rate.period / rate.requests
        self._period = rate.period
        self._clock = clock
        self._key = secrets.token_bytes(16)
        self._due: Any = multiprocessing.get_context("spawn").RawArray("d", PLACES)

    def wait(self, visitor: str) -> float:
        """0 where the visitor may ask now, which counts; else after how many seconds."""
        now = self._clock()
        place = int.from_bytes(hashlib.blake2b(visitor.encode(), digest_size=8, key=self._key).digest()) % PLACES
        due = max(now, self._due[place]) + self._interval
        # A count lost between two workers in the same microsecond costs nobody anything.
        if due - now > self._period * (1 + 1e-9):
            return float(due - now - self._period)
        self._due[place] = due
        return 0.0
