"""``python -m tests.accuracy.doubts``: of cells without a doubt, how many are wrong; and what a cell's margin is worth.

Papers in every format that is quick to write, with every fault and random pairs of them, are read and held against what
they print. A cell is *without doubt* if no `reading` finding and no broken identity names it; it is wrong if it has
another value, or one where the faults destroyed it. The margins are those of setting a row's cells against columns
(docs/reading.md); every other fault and pair belongs to the half on which the weights were fitted. Seeds not fitted on
are held out whole.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.blocks import Block
from corpus.errors import NianbaoError
from corpus.extraction.columns import SHIFTED
from corpus.extraction.lines import printed_lines
from corpus.extraction.rows import read_rows
from corpus.extraction.streams import unrolled
from corpus.extraction.tables import Tables, parse_tables
from corpus.form import figure_id, load_form
from corpus.identities import audit
from corpus.readers.formats import read
from tests.accuracy.faults import faults_of
from tests.accuracy.harness import FORMATS, PRINTED, damaged, papers
from tests.accuracy.pairs import pairs_of
from tests.accuracy.paper import Paper

BOUNDS = (0.0, 2.0, 3.0, 4.0, 6.0, 10.0, math.inf)
_SLOW = frozenset(("pdf", "pdf_unruled", "zip", "rar", "xls", *PRINTED))


@dataclass(slots=True)
class Count:
    """``undoubted`` cells and how many are ``wrong``; by half and range of margins: cells, and those that are wrong."""

    undoubted: int = 0
    wrong: list[str] = field(default_factory=list)
    cells: Counter[tuple[str, float]] = field(default_factory=Counter)
    wrong_cells: Counter[tuple[str, float]] = field(default_factory=Counter)

    def take(self, name: str, made: Paper, blocks: Sequence[Block], half: str) -> None:
        """Read one file and count its cells."""
        tables = parse_tables(blocks)
        if tables.form is None:
            return
        findings = (*audit(tables.form, tables.figures, tables.doubts), *tables.doubts)
        named = {id_ for f in findings if f.verdict == "broken" or f.rule == "reading" for id_ in f.figures}
        for id_, figure in tables.figures.items():
            if id_ not in named:
                self.undoubted += 1
                if _is_wrong(id_, made, tables):
                    self.wrong.append(f"{name} {id_}: {figure.raw!r}")
        for id_, margin in _margins(tables, blocks):
            if tables.figures[id_].value is not None:
                bucket = half, max(bound for bound in BOUNDS if margin >= bound)
                self.cells[bucket] += 1
                self.wrong_cells[bucket] += _is_wrong(id_, made, tables)


def _is_wrong(id_: str, made: Paper, tables: Tables) -> bool:
    """Whether a figure has another value than the paper prints, or nothing printed can tell it."""
    return id_ in made.destroyed or tables.figures[id_].value != made.values.get(id_)


def _margins(tables: Tables, blocks: Sequence[Block]) -> Iterator[tuple[str, float]]:
    """Each figure's margin, where nothing else is in doubt about its row."""
    assert tables.form is not None
    for row in read_rows(list(printed_lines([unrolled(block) for block in blocks])), load_form(tables.form)):
        if not row.doubts.keys() - {SHIFTED}:
            for column, cell in zip(row.columns, row.cells, strict=True):
                id_ = figure_id(row.row, column)
                if cell is not None and id_ in tables.figures and tables.figures[id_].raw == cell.cell.raw:
                    yield id_, row.margin


def counted(formats: Sequence[str], seed: int, pairs: int, each: int) -> Count:
    """The cells of ``each`` papers of every form, in each format with each fault and so many pairs."""
    count = Count()
    some = papers(each, seed=seed)
    for format_ in formats:
        chance = random.Random(f"{seed}/{format_}")  # noqa: S311 - a test, no secret
        suffix, write = FORMATS[format_]
        chosen = (*([name] for name in faults_of(format_)), *pairs_of(format_, pairs, chance))
        for number, names in enumerate(chosen):
            for one in some:
                made = damaged(one, names, format_, seed)
                try:
                    blocks = read(write(made), name=f"report{suffix}").blocks
                except NianbaoError:
                    continue
                half = "fitted" if number % 2 == 0 else "held out"
                count.take(f"{format_} {'+'.join(names)} {made.name}", made, blocks, half)
    return count


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.doubts")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--each", type=int, default=1, help="reports of each form")
    parser.add_argument("formats", nargs="*", default=[name for name in FORMATS if name not in _SLOW])
    options = parser.parse_args()
    margins, wrong = Counter[tuple[str, float]](), Counter[tuple[str, float]]()
    for seed in options.seeds:
        count = counted(options.formats, seed, options.pairs, options.each)
        print(f"seed {seed}: {count.undoubted} cells without doubt, {len(count.wrong)} wrong", flush=True)  # noqa: T201
        for one in count.wrong[:20]:
            print(f"    {one}")  # noqa: T201 - the report of a command
        margins.update(count.cells)
        wrong.update(count.wrong_cells)
    for half in ("fitted", "held out"):
        for bound in BOUNDS:
            cells = margins[half, bound]
            share = wrong[half, bound] / cells if cells else 0.0
            print(f"{half:8} margin from {bound:4}: {cells:7} cells, {share:9.4%} wrong")  # noqa: T201


if __name__ == "__main__":
    main()
