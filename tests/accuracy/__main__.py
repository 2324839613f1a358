"""``make accuracy``: every format, every fault, then pairs of faults; prints the counts and holds the floors.

A run that was stopped goes on where it was when it is given the same seed: what was measured is kept under
``build/accuracy`` (tests/accuracy/journal.py).
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence

from corpus.sample.generate import generate
from tests.accuracy.faults import faults_of
from tests.accuracy.floors import breaches, load_floors
from tests.accuracy.harness import OFFICE, PRINTED, Score, available, papers, run, sample_registry
from tests.accuracy.journal import Journal
from tests.accuracy.pairs import pairs_of
from tests.accuracy.paper import Paper, paper
from tests.accuracy.traits.catalogue import SLOW, TRAITS, scored

_SLOW = frozenset(("pdf", "pdf_unruled", *OFFICE, *PRINTED))
_WHOLE = frozenset(("html", "text_rows", "text_packed", "text_ladder"))


def main(arguments: Sequence[str]) -> int:
    """Run, print, and return 1 where a floor does not hold."""
    parser = argparse.ArgumentParser(prog="make accuracy")
    parser.add_argument("--each", type=int, default=12, help="reports of each form in each format")
    parser.add_argument("--pairs", type=int, default=60, help="random pairs of faults in each format")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("formats", nargs="*", help="only these")
    options = parser.parse_args(arguments)
    print(f"seed {options.seed}; floors: tests/accuracy/floors.toml")  # noqa: T201 - the report of a command
    registry = sample_registry(600)
    every = papers(options.each)
    few = papers(2)
    whole = [paper(report) for report in generate(reports=600) if report.form is not None]
    journal = Journal(f"{options.seed}-{options.each}-{options.pairs}")
    failed = False
    for format_ in [name for name in options.formats if name != "traits"] if options.formats else available():
        total = Score()
        chance = random.Random(f"{options.seed}/{format_}")  # noqa: S311 - a test, no secret
        for names in (*([name] for name in faults_of(format_)), *pairs_of(format_, options.pairs, chance)):
            score = journal.known(format_, names)
            if score is None:
                score = run(format_, _chosen(format_, names, every, few, whole), names, registry, options.seed)
                journal.note(format_, names, score)
            total.add(score)
            broken = breaches(format_, names, score, load_floors())
            failed = failed or bool(broken)
            _show(format_, names, score, broken)
        _show(format_, ["all of the above"], total, [])
    if not options.formats or "traits" in options.formats:
        for trait in TRAITS:
            total = Score()
            for one in every if trait not in SLOW else few:
                total.add(scored(trait, one, registry))
            broken = breaches("traits", [trait], total, load_floors())
            failed = failed or bool(broken)
            _show("traits", [trait], total, broken)
    return int(failed)


def _chosen(
    format_: str, names: Sequence[str], every: list[Paper], few: list[Paper], whole: list[Paper]
) -> list[Paper]:
    if names == ["clean"] and format_ not in PRINTED:
        return whole if format_ in _WHOLE else every
    return few if format_ in _SLOW or len(names) > 1 else every


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
