"""``make start-times``: who reads starts as quickly while another process holds the writer's lock.

``status``, ``search``, ``export`` and ``serve`` (until it tells its address), each while the lock is held for a minute
and a half, and alone before and after it, since a machine may become slower meanwhile; each time the best of several
rounds, by the wall and by the processor, and the worst of such bests. The bound: one second more.
That reading takes no lock is held without a clock in tests/webui/test_keeping.py.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.serve import stocked
from tests.bench.site import COMMAND
from tests.corpus.store.test_locks import held

COMMANDS: Sequence[tuple[str, ...]] = (
    ("status", "--json"),
    ("search", "公开", "--json"),
    ("export", "reports"),
    ("serve", "--port", "0", "--log", "none"),
)
ROUNDS = 3
MORE = 1.0
"""Seconds of the wall that a start may take longer."""


def took(data: Path, words: Sequence[str]) -> tuple[float, float]:
    """Seconds by the wall and by the processor that a command takes to its end, or a site to its address."""
    before, began = _spent(), time.perf_counter()
    with subprocess.Popen([COMMAND, "--data", str(data), *words], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        if words[0] == "serve":
            told = process.stdout.readline()
            wall = time.perf_counter() - began
            process.terminate()
            process.wait(60)
        else:
            told = process.communicate(timeout=300)[0]
            wall = time.perf_counter() - began
    if process.returncode or not told:
        raise RuntimeError(f"{' '.join(words)} ends with {process.returncode}")
    return wall, _spent() - before


def measured(data: Path) -> dict[str, tuple[float, float]]:
    """The best round of each command."""
    return {words[0]: min(took(data, words) for _ in range(ROUNDS)) for words in COMMANDS}


def main() -> int:
    """Measure, print, and return 1 where a start takes too much longer."""
    parser = argparse.ArgumentParser(prog="make start-times")
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--hold", type=float, default=90.0, help="seconds that the lock is held at least")
    parser.add_argument("--directory", type=Path, default=Path("build/bench"))
    given = parser.parse_args()
    data = stocked(given.directory / str(given.reports) / "data", given.reports)
    alone = measured(data)
    with held(data):
        until = time.monotonic() + given.hold
        beside = measured(data)
        while time.monotonic() < until:
            beside = _worse(beside, measured(data))
    alone = _worse(alone, measured(data))
    lines = ["seconds (processor), the worst of several bests of three"]
    for name, (wall, spent) in alone.items():
        lines.append(f"{name}: {wall:.2f} ({spent:.2f}) alone, {beside[name][0]:.2f} ({beside[name][1]:.2f}) beside")
    print("\n".join(lines))  # noqa: T201 - the report of a command
    return int(any(beside[name][0] > wall + MORE for name, (wall, _) in alone.items()))


def _worse(
    one: dict[str, tuple[float, float]], other: dict[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    return {name: max(one[name], other[name]) for name in one}


def _spent() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


if __name__ == "__main__":
    sys.exit(main())
