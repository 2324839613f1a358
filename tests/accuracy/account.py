"""The law of the account: whatever happened to a report on its way, nothing of it is lost without a word.

``make account`` draws a format, a report, one to three faults and a seed, writes the file, reads it by the whole line
and holds the law (ARCHITECTURE.md, idea 4; issue 12, point 2). A number printed in a statutory table is a figure's,
or a `reading` finding names the figure or the number; a table that gave nothing is named; text in no section is
counted. There is no list of exceptions. A run that was stopped goes on behind the last draw that it held.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import NianbaoError
from corpus.extraction.interpret import interpret
from corpus.model import FORMS, Figure, Report
from corpus.numerals import read_cell
from corpus.readers.formats import read
from corpus.regions import Registry
from corpus.text import fold
from tests.accuracy.faults import faults_of
from tests.accuracy.harness import LOSSY, OFFICE, available, damaged, flagged, papers, sample_registry, written
from tests.accuracy.journal import path_of
from tests.accuracy.pairs import can_meet
from tests.accuracy.paper import Paper

_SLOW = frozenset(("pdf", "pdf_unruled"))
_SELDOM = 10
"""A page that is printed and read again takes as long as so many texts."""

_EACH = 4
_REPORTS = _EACH * len(FORMS)

_MOST_FAULTS = 3
_LEAST_SHARE = 0.05
"""Of the text: from here on what is in no section must be told (corpus/extraction/left_over.py)."""

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]")
_SIGNS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Draw:
    """One file to be read: ``report`` is the number of a paper."""

    format: str
    report: int
    faults: tuple[str, ...]
    seed: int


def draw(number: int, seed: int, reports: int, formats: Sequence[str]) -> Draw:
    """The draw of that number: the same for the same seed."""
    chance = random.Random(f"account/{seed}/{number}")  # noqa: S311 - a test, no secret
    format_ = chance.choices(formats, [1 if name in _SLOW else _SELDOM for name in formats])[0]
    names = [name for name in faults_of(format_) if name != "clean"]
    faults: list[str] = []
    for name in chance.sample(names, chance.randint(1, _MOST_FAULTS)):
        if can_meet(faults, name):
            faults.append(name)
    return Draw(format_, chance.randrange(reports), tuple(faults), chance.randrange(10**6))


def breaches(drawn: Draw, some: Sequence[Paper], registry: Registry) -> list[str]:
    """What was lost without a word."""
    made = damaged(some[drawn.report], drawn.faults, drawn.format, drawn.seed)
    [(made, payload, suffix)] = written(drawn.format, [made])
    try:
        report = interpret(read(payload, name=f"report{suffix}"), registry)
    except NianbaoError as error:
        return [f"refused: {error}"]
    return [
        *numbers_lost(made, report.figures, flagged(report), _told(report)),
        *_tables(made, report),
        *_text(made, report),
    ]


def numbers_lost(
    made: Paper, figures: Mapping[str, Figure], named: Collection[str], told: Collection[str]
) -> Iterator[str]:
    """The numbers of the tables that are nobody's: no figure's, of no figure ``named`` in doubt, not ``told``."""
    for box in (box for table in made.tables for row in table for box in row):
        if read_cell(box.text)[1] != "number" or box.figure in named or _bare(box.text) in told:
            continue
        found = figures.get(box.figure)
        # A number of no figure is told, or something about its table is in doubt.
        is_read = found is not None and _bare(found.raw) == _bare(box.text) if box.figure else bool(named)
        if not is_read:
            yield f"number {box.text} of {box.figure or 'nothing'}"


def _told(report: Report) -> set[str]:
    """The numbers that findings and warnings show."""
    doubts = [*report.warnings, *(finding.doubt for finding in report.findings if finding.rule == "reading")]
    return {_bare(piece) for doubt in doubts for value in doubt.values.values() for piece in str(value).split("、")}


def _tables(made: Paper, report: Report) -> Iterator[str]:
    """The tables with labels of which neither a figure came nor a doubt tells."""
    named = flagged(report)
    for table in made.tables:
        figures = {box.figure for row in table for box in row if box.figure} - made.vanished
        if figures and not (figures & report.figures.keys() or figures & named):
            yield f"table {min(figures).split('.')[0]}"


def _text(made: Paper, report: Report) -> Iterator[str]:
    """More text in no section than may be, and nothing tells of it."""
    kept = _bare("".join(section.heading + section.text for section in report.sections))
    sentences = [
        bare
        for block in made.blocks
        if isinstance(block, str)
        for match in _SENTENCE.finditer(block)
        if len(bare := _bare(match[0])) >= _SHORTEST
    ]
    lost = [bare for bare in sentences if bare not in kept]
    if sum(map(len, lost)) > _LEAST_SHARE * sum(map(len, sentences)) and not any(
        doubt.code == "left_over" for doubt in report.warnings
    ):
        yield f"text {lost[0][:30]}"


def _bare(text: str) -> str:
    return _SIGNS.sub("", fold(text))


def main(arguments: Sequence[str]) -> int:
    """Run, print what was lost, and return 1 where something was."""
    parser = argparse.ArgumentParser(prog="make account")
    parser.add_argument("--draws", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("formats", nargs="*", help="only these")
    options = parser.parse_args(arguments)
    formats = options.formats or [*(name for name in available() if name not in OFFICE), *LOSSY]
    path = path_of(f"account-{options.seed}-{'+'.join(options.formats) or 'all'}")
    failed = 0
    for number, found in _held(range(options.draws), options.seed, formats, path):
        failed += bool(found)
        if found:
            drawn = draw(number, options.seed, _REPORTS, formats)
            print(f"{number} {drawn}: {len(found)} lost: {'; '.join(found[:4])}", flush=True)  # noqa: T201 - a report
    print(f"seed {options.seed}: {options.draws} draws, {failed} in which something was lost without a word")  # noqa: T201 - a report
    return int(failed > 0)


def _held(
    numbers: Sequence[int], seed: int, formats: Sequence[str], path: Path | None
) -> Iterator[tuple[int, list[str]]]:
    """Each draw with its breaches; those of an earlier run are not made again."""
    known = [json.loads(line) for line in path.read_text().splitlines()] if path is not None and path.exists() else []
    yield from zip(numbers, known, strict=False)
    some, registry = papers(_EACH), sample_registry(600)
    for number in numbers[len(known) :]:
        found = breaches(draw(number, seed, len(some), formats), some, registry)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(found, ensure_ascii=False) + "\n")
        yield number, found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
