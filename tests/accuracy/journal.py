"""What a run of ``make accuracy`` has measured so far, so that a run that was stopped goes on: a line a measurement.

It belongs to one seed, one size and one commit: other code gives other figures. Over a changed work tree nothing is
kept. ``python -m tests.accuracy.journal FILE…`` prints the table of docs/accuracy.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.accuracy.harness import Score
from tests.checkout import ROOT

FOLDER = ROOT / "build" / "accuracy"


class Journal:
    """The measurements of one run by format and faults."""

    def __init__(self, name: str) -> None:
        self._path = path_of(name)
        self._known = dict(_lines(self._path)) if self._path and self._path.exists() else {}

    def known(self, format_: str, names: Sequence[str]) -> Score | None:
        """The measurement, where it was made before."""
        return self._known.get((format_, *names))

    def note(self, format_: str, names: Sequence[str], score: Score) -> None:
        """Keep a measurement."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        kept = {"format": format_, "names": list(names), **asdict(score), "failures": score.failures[:8]}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")


def path_of(name: str) -> Path | None:
    """Where a run keeps what it has measured; None over a changed work tree."""
    commit = _git("rev-parse", "--short=12", "HEAD")
    return None if _git("status", "--porcelain") else FOLDER / f"{name}-{commit}.jsonl"


def table(paths: Iterable[Path]) -> str:
    """Sums by format, single faults and pairs apart, as Markdown."""
    sums: dict[tuple[str, str], Score] = {}
    for path in paths:
        for (format_, *names), score in _lines(path):
            sums.setdefault((format_, "pairs" if len(names) > 1 else "single"), Score()).add(score)
    lines = ["| format | faults | right | flagged | silent | alarms | right, of all |", "|---|---|--:|--:|--:|--:|--:|"]
    lines += [
        f"| {format_} | {kind} | {score.right:,} | {score.flagged:,} | {score.silent:,} | {score.alarms} "
        f"| {score.accuracy:.3%} |"
        for (format_, kind), score in sums.items()
    ]
    return "\n".join(lines)


def _lines(path: Path) -> Iterable[tuple[tuple[str, ...], Score]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        kept = json.loads(line)
        yield (kept.pop("format"), *kept.pop("names")), Score(**kept)


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


if __name__ == "__main__":
    sys.stdout.write(table(map(Path, sys.argv[1:])) + "\n")
