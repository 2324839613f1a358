"""``python -m tests.accuracy.doubts``: of cells without a doubt, how many are wrong.

Papers in every format that is quick to write, with every fault and random pairs of them, are read and held against what
they print. A cell is *without doubt* if no `reading` finding and no broken identity names it; it is wrong if it has
another value, or one where the faults destroyed it. What a margin is worth, ``make fit`` tells.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.blocks import Block
from corpus.errors import NianbaoError
from corpus.extraction.tables import parse_tables
from corpus.identities import audit
from corpus.readers.formats import read
from tests.accuracy.faults import faults_of
from tests.accuracy.fit.cases import QUICK
from tests.accuracy.harness import FORMATS, damaged, papers
from tests.accuracy.pairs import pairs_of
from tests.accuracy.paper import Paper


@dataclass(slots=True)
class Count:
    """``undoubted`` cells, and those of them that are ``wrong``."""

    undoubted: int = 0
    wrong: list[str] = field(default_factory=list)

    def take(self, name: str, made: Paper, blocks: Sequence[Block]) -> None:
        """Count the cells of one file."""
        tables = parse_tables(blocks)
        if tables.form is None:
            return
        findings = (*audit(tables.form, tables.figures, tables.doubts), *tables.doubts)
        named = {id_ for f in findings if f.verdict == "broken" or f.rule == "reading" for id_ in f.figures}
        for id_, figure in tables.figures.items():
            if id_ not in named:
                self.undoubted += 1
                if id_ in made.destroyed or figure.value != made.values.get(id_):
                    self.wrong.append(f"{name} {id_}: {figure.raw!r}")


def counted(formats: Sequence[str], seed: int, pairs: int, each: int) -> Count:
    """The cells of ``each`` papers of every form, in each format with each fault and so many pairs."""
    count = Count()
    some = papers(each, seed=seed)
    for format_ in formats:
        chance = random.Random(f"{seed}/{format_}")  # noqa: S311 - a test, no secret
        suffix, write = FORMATS[format_]
        for names in (*([name] for name in faults_of(format_)), *pairs_of(format_, pairs, chance)):
            for one in some:
                made = damaged(one, names, format_, seed)
                try:
                    blocks = read(write(made), name=f"report{suffix}").blocks
                except NianbaoError:
                    continue
                count.take(f"{format_} {'+'.join(names)} {made.name}", made, blocks)
    return count


def main() -> None:
    """Print the counts, seed by seed."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.doubts")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--each", type=int, default=1, help="reports of each form")
    parser.add_argument("formats", nargs="*", default=QUICK)
    options = parser.parse_args()
    for seed in options.seeds:
        count = counted(options.formats, seed, options.pairs, options.each)
        print(f"seed {seed}: {count.undoubted} cells without doubt, {len(count.wrong)} wrong", flush=True)  # noqa: T201
        for one in count.wrong[:20]:
            print(f"    {one}")  # noqa: T201 - the report of a command


if __name__ == "__main__":
    main()
