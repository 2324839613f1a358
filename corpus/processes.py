"""Worker processes that end when the one that started them does, however it ended."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import wait


def end_with_parent() -> None:
    """To be called in a worker: it ends as soon as its parent has.

    A worker of a pool waits for work in a pipe that it holds both ends of: when the parent is killed, nobody would tell
    it that no more is coming.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
