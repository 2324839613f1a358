"""``make analyses``: each analysis on samples of many seeds; prints what was planted, found, told and right.

Tuned on seeds 1 to 5, reported on 6 to 10.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.analyses import boilerplate, calendar, contradictions, lives, promises, revisions


def main(arguments: Sequence[str]) -> int:
    """Print, and return 1 where a bound of issue 20 does not hold."""
    parser = argparse.ArgumentParser(prog="make analyses")
    parser.add_argument("--reports", type=int, default=600, help="reports of each sample")
    parser.add_argument("seeds", type=int, nargs="*", default=[6, 7, 8, 9, 10])
    options = parser.parse_args(arguments)
    analyses = (_calendar, _lives, _revisions, _contradictions, _promises, _boilerplate)
    right = [each(options.seeds, options.reports) for each in analyses]
    return 0 if all(right) else 1


def _calendar(seeds: Sequence[int], reports: int) -> bool:
    right = True
    for seed in seeds:
        with tempfile.TemporaryDirectory() as data:
            told = calendar.outcome(seed, Path(data), reports)
        print(  # noqa: T201 - the report of a command
            f"missing and late, seed {seed:2}  missing {len(told.planted_missing)}, late {len(told.planted_late)}, "
            f"silent {len(told.planted_silent)}: {'exact' if told.exact else 'NOT EXACT'}",
            flush=True,
        )
        right = right and told.exact
    return right


def _lives(seeds: Sequence[int], reports: int) -> bool:
    right = True
    for seed in seeds:
        with tempfile.TemporaryDirectory() as data:
            told = (lives.outcome(seed, Path(data), reports), lives.of_a_country(seed))
        exact = all(each.exact for each in told)
        print(  # noqa: T201 - the report of a command
            f"lives, seed {seed:2}  {', '.join(str(len(each.planted)) for each in told)} planted: "
            f"{'exact' if exact else 'NOT EXACT'}",
            flush=True,
        )
        right = right and exact
    return right


def _revisions(seeds: Sequence[int], reports: int) -> bool:
    right = True
    for seed in seeds:
        with tempfile.TemporaryDirectory() as data:
            told = revisions.outcome(seed, Path(data), reports)
        counts = ", ".join(f"{how} {told.right[how]}/{number}" for how, number in told.planted.items())
        print(f"revisions, seed {seed:2}  {counts}", *told.wrong[:3], sep="\n    ", flush=True)  # noqa: T201 - the report
        right = right and told.exact
    return right


def _contradictions(seeds: Sequence[int], reports: int) -> bool:
    right = True
    for seed in seeds:
        with tempfile.TemporaryDirectory() as data:
            told = contradictions.outcome(seed, Path(data), reports // 3)
        print(  # noqa: T201 - the report of a command
            f"contradictions, seed {seed:2}  {told.clean} clean of {told.reports}, planted {told.planted}, "
            f"told {told.told}, false {len(told.false)}, missing {len(told.missing)}",
            *(told.false + told.missing)[:4],
            sep="\n    ",
            flush=True,
        )
        right = right and not told.false
    return right


def _promises(seeds: Sequence[int], reports: int) -> bool:
    total = promises.Score()
    for seed in seeds:
        with tempfile.TemporaryDirectory() as data:
            score = promises.score(seed, Path(data), reports)
        _say(f"promises, seed {seed}", score, 0)
        total.add(score)
    _say("promises, all seeds", total, 0)
    for words in (*total.missed[:5], *total.wrong[:5]):
        print(f"    {words}")  # noqa: T201 - the report of a command
    return total.precision >= 0.95 and total.recall >= 0.8


def _boilerplate(seeds: Sequence[int], reports: int) -> bool:
    total = boilerplate.Score()
    for seed in seeds:
        start = time.process_time()
        with tempfile.TemporaryDirectory() as data:
            score = boilerplate.score(seed, Path(data), reports)
        _say(f"boilerplate, seed {seed}", score, time.process_time() - start)
        total.add(score)
    _say("boilerplate, all seeds", total, 0)
    for words in (*total.missed[:5], *total.wrong[:5]):
        print(f"    {words}")  # noqa: T201 - the report of a command
    return total.precision >= 0.99 and total.recall >= 0.97


def _say(what: str, score: boilerplate.Score | promises.Score, seconds: float) -> None:
    print(  # noqa: T201 - the report of a command
        f"{what:26} planted {score.planted:5} found {score.found:5} recall {score.recall:.4f}   "
        f"told {score.told:7} right {score.right:7} precision {score.precision:.4f}   {seconds:.1f} s",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
