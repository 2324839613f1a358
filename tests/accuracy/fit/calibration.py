"""What a margin is worth: which share of the cells is wrong whose margin lies in a range."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from corpus.errors import NianbaoError
from corpus.extraction.lines import printed_lines
from corpus.extraction.streams import unrolled
from corpus.readers.formats import read
from tests.accuracy.fit.cases import Case
from tests.accuracy.fit.score import rows_of, said
from tests.accuracy.paper import Paper

BOUNDS = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, math.inf)


def counted(cases: Iterable[Case]) -> Sequence[tuple[float, int, int]]:
    """For each lower bound of a margin: the cells that are in no other doubt, and how many of them are wrong."""
    every: Counter[float] = Counter()
    wrong: Counter[float] = Counter()
    for case in cases:
        for one in said(rows_of(case), case.paper).values():
            if one.right is not None and not one.doubted:
                bound = max(bound for bound in BOUNDS if one.margin >= bound)
                every[bound] += case.times
                wrong[bound] += case.times * (not one.right)
    return [(bound, every[bound], wrong[bound]) for bound in BOUNDS]


def table(columns: Mapping[str, Iterable[Case]]) -> Iterator[str]:
    """The lines of a Markdown table: for each set of files its cells, and the share of wrong ones."""
    yield "| margin, nats |" + "".join(f" {name} | wrong |" for name in columns)
    yield "|---|" + "---:|---:|" * len(columns)
    for rows in zip(*map(counted, columns.values()), strict=True):
        bound = rows[0][0]
        shown = "no other reading" if bound == math.inf else f"from {bound:g}"
        shares = (f" {cells:,} | {wrong / cells:.3%} |" if cells else " 0 | |" for _, cells, wrong in rows)
        yield f"| {shown} |" + "".join(shares)


def pages(folder: Path) -> Iterator[Case]:
    """The readable files of a folder, held against its ``expected.json`` (file → form, figures)."""
    for name, wanted in json.loads((folder / "expected.json").read_text(encoding="utf-8")).items():
        if not (wanted.get("form") and wanted.get("figures")):
            continue
        values = {id_: _number(value) for id_, value in wanted["figures"].items()}
        try:
            blocks = read((folder / name).read_bytes(), name=name).blocks
        except NianbaoError:
            continue
        printed = list(printed_lines([unrolled(block) for block in blocks]))
        yield Case(name, Paper(name, "", wanted["form"], [], values), printed, held_out=True)


def _number(value: object) -> Decimal | None:
    shown = value.get("value") if isinstance(value, dict) else value
    return None if shown is None else Decimal(str(shown))
