"""What malloc keeps of memory that nobody holds any more, given back to the system while the site runs.

Answers of some megabytes (exports, feeds) leave free room between what stays, which glibc keeps for later: a worker
would grow by a tenth in a hundred thousand requests without holding anything more (``make hostile``).
"""

from __future__ import annotations

import asyncio
import ctypes
from concurrent.futures import Executor

EVERY = 30.0
"""Seconds between two times: each takes some milliseconds, in a thread of its own."""

# malloc_trim(3) is glibc's alone.
_TRIM = getattr(ctypes.CDLL(None), "malloc_trim", None)


def give_back_now_and_then(loop: asyncio.AbstractEventLoop, threads: Executor) -> None:
    """Give back what is free, from now on again and again as long as the loop runs."""
    if _TRIM is not None:
        loop.run_in_executor(threads, _TRIM, 0)
        loop.call_later(EVERY, give_back_now_and_then, loop, threads)
