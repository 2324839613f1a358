"""Printed rows of damaged papers, read once from their files, so that a weight can be tried in seconds.

Of every format that is quick to write, every fault and some pairs of faults. Half of these fit the weights, the other
half is held out: which, is drawn by the seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.errors import NianbaoError
from corpus.extraction.lines import PrintedLine, printed_lines
from corpus.extraction.streams import unrolled
from corpus.readers.formats import read
from tests.accuracy.faults import faults_of
from tests.accuracy.harness import FORMATS, PRINTED, damaged, papers
from tests.accuracy.pairs import pairs_of
from tests.accuracy.paper import Paper

QUICK = tuple(name for name in FORMATS if name not in ("pdf", "pdf_unruled", "zip", "rar", "xls", *PRINTED))


@dataclass(slots=True)
class Case:
    """A damaged paper, and the rows of its file as they are printed. ``held_out``: it fits no weight.

    ``times``: how many files of its half print the same.
    """

    name: str
    paper: Paper
    printed: Sequence[PrintedLine]
    held_out: bool
    times: int = 1


def distinct(some: Iterable[Case]) -> list[Case]:
    """The cases that print different rows, each as often as it came."""
    found: dict[tuple[object, ...], Case] = {}
    for case in some:
        rows = tuple(tuple((cell.cell.raw, cell.across, cell.table) for cell in line) for line in case.printed)
        if (known := found.setdefault((case.held_out, case.paper.form, rows), case)) is not case:
            known.times += 1
    return list(found.values())


def cases(seed: int, pairs: int, formats: Sequence[str] = QUICK) -> Iterator[Case]:
    """One paper of each form in each format, with each fault and so many pairs of faults."""
    some = papers(1, seed=seed)
    for format_ in formats:
        chance = random.Random(f"fit/{seed}/{format_}")  # noqa: S311 - a test, no secret
        suffix, write = FORMATS[format_]
        for names in (*([name] for name in faults_of(format_)), *pairs_of(format_, pairs, chance)):
            held_out = chance.random() < 0.5
            for one in some:
                made = damaged(one, names, format_, seed)
                try:
                    blocks = read(write(made), name=f"report{suffix}").blocks
                except NianbaoError:
                    continue
                printed = list(printed_lines([unrolled(block) for block in blocks]))
                yield Case(f"{format_} {'+'.join(names)} {made.name}", made, printed, held_out)
