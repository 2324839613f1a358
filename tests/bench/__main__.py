"""The benchmark from the command line: ``python -m tests.bench --reports 54000``."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from pathlib import Path

from corpus.model import SECTION_KINDS
from tests.bench.reports import prepare
from tests.bench.run import MAKERS, run
from tests.bench.table import tables


def main() -> None:
    """Measure, print the tables, keep the numbers as JSON beside the corpus."""
    given = argparse.ArgumentParser(prog="python -m tests.bench", description="The engine against others.")
    given.add_argument("--reports", type=int, nargs="+", default=[54_000], help="sizes, one run for each")
    given.add_argument("--rounds", type=int, default=5, help="how often the mix is asked")
    given.add_argument("--directory", type=Path, default=Path("build/bench"))
    given.add_argument("--only", nargs="+", metavar="ENGINE", default=[*MAKERS], choices=MAKERS, help="engines")
    given.add_argument(
        "--sections",
        nargs="+",
        metavar="KIND",
        default=SECTION_KINDS,
        choices=SECTION_KINDS,
        help="narrative that is kept",
    )
    given.add_argument(
        "--whoosh-up-to", type=int, default=5_000, help="stock Whoosh takes an hour to build the greater sizes"
    )
    asked = given.parse_args()
    for reports in asked.reports:
        names = [name for name in MAKERS if name in asked.only and (name != "whoosh" or reports <= asked.whoosh_up_to)]
        corpus = prepare(asked.directory, reports, asked.sections)
        measured = run(corpus, asked.rounds, names, _say)
        measured["machine"] = f"{platform.platform()}, Python {platform.python_version()}"
        path = asked.directory / f"{corpus.name}.json"
        path.write_text(json.dumps(measured, ensure_ascii=False), encoding="utf-8")
        sys.stdout.write(tables(measured) + "\n")
        for line in measured["disagreements"]:
            _say(line)


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()
