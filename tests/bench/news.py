"""``python -m tests.bench.news DATA NUMBER REPORTS``: new texts of some reports of a stocked store (serve.py).

A process of its own, as the nightly collection is: making them would hold up whoever measures.
"""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

from corpus.sample.generate import generate
from corpus.store import Store
from tests.bench.reports import FROM_YEAR, PROVINCES, SEED
from tests.bench.serve import keep

NEW = 40
"""Texts at a time."""


def main(data: Path, number: int, reports: int) -> None:
    """Keep the texts with this number, other reports' each time."""
    news = generate(seed=SEED - number, provinces=PROVINCES, reports=reports, from_year=FROM_YEAR)
    first = number * NEW % reports
    with Store.open(data) as store, store.batch():
        for report in islice(news, first, first + NEW):
            keep(store, report)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:4]))
