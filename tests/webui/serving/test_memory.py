from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

# In a process of its own: in one that has run for long, freed blocks lie between others on each page.
WORKER = """
import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from webui.serving.memory import give_back_now_and_then

def anonymous():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("RssAnon")).split()[1])

async def run():
    with ThreadPoolExecutor(1) as threads:
        give_back_now_and_then(asyncio.get_running_loop(), threads)

blocks = [bytes(1000) for _ in range(50_000)]
last = blocks.pop()  # it stands above all of them, so that malloc by itself gives nothing back
blocks.clear()
before = anonymous()
asyncio.run(run())
print(before - anonymous())
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="malloc_trim is glibc's")
def test_what_nobody_holds_is_given_back_while_the_loop_runs() -> None:
    given_back = subprocess.run([sys.executable, "-c", WORKER], capture_output=True, text=True, check=True).stdout
    assert int(given_back) > 25_000, "kilobytes of fifty thousand"
