"""``make scans``: papers printed and photographed by simulation → reports; how many cells came back, and how sure.

Prints a line for each look of page: cells right, flagged, silently wrong; the processor's seconds a page; characters of
the narrative; then how often a number was right by how sure it was, and the memory it took (docs/scans.md). What was
measured stands in build/accuracy by seed and commit: a run that was stopped goes on.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from functools import cache

import pypdfium2

from corpus.errors import DoubtError
from corpus.extraction.interpret import interpret
from corpus.model import Report
from corpus.numerals import read_cell
from corpus.readers.formats import read
from corpus.readers.limits import Limits
from corpus.readers.pictures import with_pictures
from corpus.regions import Registry
from tests.accuracy.formats.printed import pdf_chromium
from tests.accuracy.formats.scanned import LOOKS, scanned
from tests.accuracy.harness import flagged, papers, sample_registry
from tests.accuracy.journal import path_of
from tests.accuracy.paper import Paper

_BOUNDS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 1.01)
_FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC")
"""Papers are printed in one and the other by turns."""


@dataclass(slots=True)
class Tally:
    """What came of some scans. ``sure`` holds, for each number read, how sure it was and whether it was right."""

    pages: int = 0
    seconds: float = 0.0
    cells: int = 0
    right: int = 0
    silent: list[str] = field(default_factory=list)
    letters: int = 0
    letters_right: int = 0
    sure: list[tuple[float, bool]] = field(default_factory=list)

    @property
    def flagged(self) -> int:
        """Cells that are wrong or absent, and said to be."""
        return self.cells - self.right - len(self.silent)

    def add(self, other: Tally) -> None:
        """Count in what came of other scans."""
        self.pages += other.pages
        self.seconds += other.seconds
        self.cells += other.cells
        self.right += other.right
        self.silent += other.silent
        self.letters += other.letters
        self.letters_right += other.letters_right
        self.sure += other.sure


def measure(paper: Paper, payload: bytes, registry: Registry, tally: Tally) -> None:
    """Read the scan of a paper and count what came of it."""
    tally.pages += len(pypdfium2.PdfDocument(payload))
    began = time.process_time()
    try:
        report = interpret(read(payload, limits=with_pictures(Limits(size=1 << 27))), registry)
    except DoubtError:
        # A refusal says so: none of its cells is silent.
        tally.cells += len(paper.values)
        return
    finally:
        tally.seconds += time.process_time() - began
    _count_cells(paper, report, tally)
    printed = "".join(re.findall(r"\w", "".join(block for block in paper.blocks if isinstance(block, str))))
    found = "".join(re.findall(r"\w", "".join(section.heading + section.text for section in report.sections)))
    tally.letters += len(printed)
    tally.letters_right += sum(
        block.size for block in SequenceMatcher(None, printed, found, autojunk=False).get_matching_blocks()
    )


def _count_cells(paper: Paper, report: Report, tally: Tally) -> None:
    flags = flagged(report)
    for id_, value in paper.values.items():
        figure = report.figures.get(id_)
        tally.cells += 1
        if figure is None:
            tally.right += value is None
            if value is not None:
                tally.silent.append(f"{paper.name} {id_}: {value}, absent")
            continue
        if figure.confidence is not None:
            tally.sure.append((figure.confidence, read_cell(figure.raw, "")[0] == value))
        if figure.value == value and (value is None or id_ not in flags or figure.state == "number"):
            tally.right += 1
        elif id_ not in flags:
            tally.silent.append(f"{paper.name} {id_}: {value}, read {figure.raw!r}")


def by_confidence(tallies: Sequence[Tally]) -> Iterator[tuple[str, int, int]]:
    """How sure, how many numbers were read so, how many of them wrongly."""
    bins: dict[int, list[bool]] = defaultdict(list)
    for tally in tallies:
        for sure, right in tally.sure:
            bins[sum(sure >= bound for bound in _BOUNDS) - 1].append(right)
    for number in sorted(bins):
        yield f"{_BOUNDS[number]:.2f}", len(bins[number]), bins[number].count(False)


class Run:
    """The measurements of some papers in some looks, each made once."""

    def __init__(self, some: Sequence[Paper], seed: int) -> None:
        self._papers, self._seed = some, seed
        self._path = path_of(f"scans-{seed}-{len(some)}")
        lines = self._path.read_text("utf-8").splitlines() if self._path and self._path.exists() else ()
        self._known = {(look, name): Tally(**tally) for look, name, tally in map(json.loads, lines)}
        self._registry = sample_registry(600)
        self._printed = cache(lambda number: pdf_chromium([some[number]], _FONTS[number % 2])[0])

    def look(self, look: str) -> Tally:
        """All papers in one look."""
        total = Tally()
        for number, paper in enumerate(self._papers):
            if (look, paper.name) not in self._known:
                tally = Tally()
                scan = scanned(self._printed(number), LOOKS[look], self._seed * 1000 + number)
                measure(paper, scan, self._registry, tally)
                self._note(look, paper.name, tally)
            total.add(self._known[look, paper.name])
        return total

    def _note(self, look: str, name: str, tally: Tally) -> None:
        self._known[look, name] = tally
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps((look, name, asdict(tally)), ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("looks", nargs="*", default=list(LOOKS), help=f"among {', '.join(LOOKS)}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=1, help="papers of each form")
    given = parser.parse_args()
    run = Run(papers(given.each, seed=given.seed), given.seed)
    tallies = []
    for name in given.looks:
        tallies.append(tally := run.look(name))
        _say(
            f"{name:14} {tally.right}/{tally.cells} right, {tally.flagged} flagged, {len(tally.silent)} silent; "
            f"{tally.seconds / max(1, tally.pages):.1f} s a page; narrative "
            f"{100 * tally.letters_right / max(1, tally.letters):.2f} %"
        )
        for line in tally.silent:
            _say(f"    {line}")
    _say("sure from, numbers, wrong")
    for bound, count, wrong in by_confidence(tallies):
        _say(f"  {bound}  {count:6}  {wrong}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    _say(f"memory, the simulation with it: {most} MB at most")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
