"""``make accuracy``: every format, every fault, then pairs of faults, then traits; prints the counts, holds the floors.

A run that was stopped goes on where it was when it is given the same seed: what was measured is kept under
``build/accuracy`` (tests/accuracy/journal.py). ``--processes 2`` measures on two processors; ``--estimate`` only says
how long it would take.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from tests.accuracy.floors import breaches, load_floors
from tests.accuracy.harness import Score
from tests.accuracy.journal import Journal
from tests.accuracy.measurements import Means, Measurement, measured, planned, seconds

_LONG = 100


def main(arguments: Sequence[str]) -> int:
    """Run, print, and return 1 where a floor does not hold."""
    parser = argparse.ArgumentParser(prog="make accuracy")
    parser.add_argument("--each", type=int, default=12, help="reports of each form in each format")
    parser.add_argument("--pairs", type=int, default=60, help="random pairs of faults in each format")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--processes", type=int, default=1, help="measure on so many processors")
    parser.add_argument("--estimate", action="store_true", help="say how long it takes, and measure nothing")
    parser.add_argument("formats", nargs="*", help="only these; traits is one of them")
    options = parser.parse_args(arguments)
    means = Means(options.each, options.seed)
    plan = planned(options.formats, options.pairs, options.seed)
    journal = Journal(f"{options.seed}-{options.each}-{options.pairs}")
    left = [one for one in plan if journal.known(one.format, one.names) is None]
    print(f"seed {options.seed}; floors: tests/accuracy/floors.toml")  # noqa: T201 - the report of a command
    if options.estimate or len(left) > _LONG:
        _foretell(plan, left, means, options.processes)
    return 0 if options.estimate else int(_run(plan, left, means, options.processes, journal))


def _foretell(plan: Sequence[Measurement], left: Sequence[Measurement], means: Means, processes: int) -> None:
    taking = timedelta(seconds=round(seconds(left, means) / processes))
    print(  # noqa: T201 - the report of a command
        f"{len(left):,} of {len(plan):,} measurements to make, about {taking} of {processes} processor(s) free for it",
        flush=True,
    )


def _run(
    plan: Sequence[Measurement], left: Sequence[Measurement], means: Means, processes: int, journal: Journal
) -> bool:
    """Measure what is left, print all of it in order. Whether a floor did not hold."""
    failed = False
    new = measured(left, means, processes)
    for format_, group in groupby(plan, key=lambda one: one.format):
        total = Score()
        for one in group:
            score = journal.known(format_, one.names)
            if score is None:
                _, score = next(new)
                journal.note(format_, one.names, score)
            total.add(score)
            broken = breaches(format_, list(one.names), score, load_floors())
            failed = failed or bool(broken)
            _show(format_, one.names, score, broken)
        _show(format_, ["all of the above"], total, [])
    return failed


def _show(format_: str, names: Sequence[str], score: Score, broken: Sequence[str]) -> None:
    print(  # noqa: T201 - the report of a command
        f"{format_:20} {' + '.join(names):48} right {score.right:7} flagged {score.flagged:5} silent {score.silent:4} "
        f"alarms {score.alarms:3}  {score.accuracy:8.3%} {'; '.join(broken)}",
        flush=True,
    )
    if broken:
        for failure in score.failures[:8]:
            print(f"    {failure}")  # noqa: T201 - the report of a command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
