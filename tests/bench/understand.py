"""What understanding a query costs: ``make bench-understand``.

The queries of tests/evaluation/typed.tsv, over the names of the sample's regions and 5,000 agencies; processor time of
reading the words as signs, parsing and widening, each query by itself, the second time it is read.
"""

from __future__ import annotations

import sys
import time

from corpus.metrics import load_metrics
from indexer.names import Names
from indexer.parse import parse
from indexer.phrasing import Phrasing
from indexer.query_expansion import expand
from indexer.segment import Segmenter, region_words
from tests.bench.reports import registry
from tests.evaluation.typed import typed

AGENCIES = 5_000


def main() -> int:
    """Print the median, the 95th percentile and the worst, in milliseconds."""
    known = registry(AGENCIES)
    names, segmenter = Names(known, load_metrics()), Segmenter(region_words(known))
    phrasing = Phrasing(names)
    agencies = {f"某{number}县人民政府": str(number) for number in range(AGENCIES)}
    spent: list[float] = []
    for _ in range(2):
        spent.clear()
        for line in typed():
            began = time.process_time()
            said = phrasing.read(line.text, agencies)
            expand(parse(said, names, segmenter, agencies=agencies), names, segmenter)
            spent.append(1000 * (time.process_time() - began))
    spent.sort()
    median, high, worst = (spent[round(share * (len(spent) - 1))] for share in (0.5, 0.95, 1))
    sys.stdout.write(f"{len(spent)} queries: {median:.2f} ms, 95th {high:.2f}, worst {worst:.2f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
