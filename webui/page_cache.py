"""Answers kept while nothing changes behind them: the same address over the same state is the same answer.

A state is whatever answers follow from (Catalog.state). An answer of another state is never given; the least recently
asked ones go where there is no more room.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from flask import Response

ENTRY_BYTES = 1024
"""What an answer takes besides its body and its address: headers, the entry itself."""


@dataclass(frozen=True, slots=True)
class _Kept:
    state: Hashable
    body: bytes
    headers: tuple[tuple[str, str], ...]


class PageCache:
    """Whole answers by address, in ``room`` bytes at most."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._taken = 0
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._turn = threading.Lock()

    def get(self, address: Hashable, state: Hashable) -> Response | None:
        """The answer that was given to this address in this state, if it is still kept."""
        with self._turn:
            kept = self._kept.get(address)
            if kept is None or kept.state != state:
                return None
            self._kept.move_to_end(address)
        return Response(kept.body, headers=list(kept.headers))

    def put(self, address: Hashable, state: Hashable, response: Response) -> None:
        """Keep an answer."""
        kept = _Kept(state, response.get_data(), tuple(response.headers.items()))
        with self._turn:
            former = self._kept.pop(address, None)
            self._taken += _bytes(address, kept) - (_bytes(address, former) if former else 0)
            self._kept[address] = kept
            while self._taken > self._room:
                self._taken -= _bytes(*self._kept.popitem(last=False))


def _bytes(address: Hashable, kept: _Kept) -> int:
    """What an answer takes: an address may be longer than what is answered to it."""
    return len(kept.body) + len(str(address)) + ENTRY_BYTES
