from __future__ import annotations

import asyncio
import ctypes
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from webui.serving.memory import give_back_now_and_then

MEGABYTES = 50


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="malloc_trim is glibc's")
def test_what_nobody_holds_is_given_back_while_the_loop_runs() -> None:
    blocks = [bytes(1000) for _ in range(MEGABYTES * 1000)]
    last = blocks.pop()  # it stands above all of them, so that malloc by itself gives nothing back
    blocks.clear()
    before = _anonymous()

    async def run() -> None:
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1) as threads:
            give_back_now_and_then(loop, threads)

    asyncio.run(run())
    assert _anonymous() < before - MEGABYTES * 500
    assert len(last) == 1000


def _anonymous() -> int:
    """Kilobytes of this process that no file holds."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("RssAnon")).split()[1])
