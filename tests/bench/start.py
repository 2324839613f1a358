"""``make bench-start``: how long commands take from the shell and back, beside importing click in the same interpreter.

The bounds: ``--help`` at most 3 times, ``inspect`` of a small page at most 10 times ``python -c "import click"``. Wall
clock, the best of several rounds, bytecode cached.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.sample.generate import generate
from corpus.sample.render.html import render_html

_ROUNDS = 9
_COMMAND = Path(sys.executable).with_name("nianbao")


def main() -> int:
    """Measure, print, and return 1 where a bound does not hold."""
    with TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_bytes(min((render_html(report) for report in generate(reports=60)), key=len))
        bare = _seconds([sys.executable, "-c", "import click"])
        times = {
            "--help": (_seconds([_COMMAND, "--help"]), 3),
            f"inspect, a page of {page.stat().st_size:,} bytes": (_seconds([_COMMAND, "inspect", page]), 10),
        }
    lines = [f"import click: {bare * 1000:.0f} ms"]
    lines += [
        f"{name}: {took * 1000:.0f} ms, {took / bare:.1f} × (at most {bound} ×)"
        for name, (took, bound) in times.items()
    ]
    print("\n".join(lines))  # noqa: T201 - the report of a command
    return int(any(took > bound * bare for took, bound in times.values()))


def _seconds(command: Sequence[str | Path]) -> float:
    """The best of several rounds, after one that fills the caches."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    best = float("inf")
    for _ in range(_ROUNDS + 1):
        began = time.perf_counter()
        subprocess.run(command, env=variables, check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - began)
    return best


if __name__ == "__main__":
    sys.exit(main())
