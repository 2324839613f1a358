"""Two clocks: the wall, and the processor, which other people's work on the same machine does not turn."""

from __future__ import annotations

import resource
import time


class Clock:
    """Starts when it is made; a reading starts it anew. Processes that have ended count towards the processor's."""

    def __init__(self) -> None:
        self._begun = _now()

    def read(self) -> dict[str, float]:
        """Seconds since the last reading."""
        now = _now()
        passed = {key: now[key] - self._begun[key] for key in now}
        self._begun = now
        return passed


def _now() -> dict[str, float]:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"wall": time.perf_counter(), "cpu": time.process_time() + ended.ru_utime + ended.ru_stime}
