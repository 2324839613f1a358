"""Do both engines give the same answers? Queries at random of all that can be asked, over the same reports.

::

    python -m tests.cluster.agreement [--queries 2000] [--reports 1500] [--nodes 1]

Total, facets and the set of hits must be equal, and so must the first ten in at least ``TOP`` of the queries. What was
compared is kept in build/agreement for the code that did it: a run that was broken off goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.document import Document
from indexer.opensearch_engine import OpenSearchEngine
from indexer.request import MetricRange, SearchRequest
from indexer.segment import Segmenter, region_words
from indexer.whoosh_engine import WhooshEngine
from tests.cluster.opensearch import MISSING, Cluster, jars
from tests.indexer import random_queries
from tests.indexer.long import code
from tests.indexer.province import METRICS, REGISTRY, documents

TOP = 0.95
"""The share of queries of which the first ten must be the same reports in the same order."""
SHARDS = 3
"""Words are as rare as they are in all of them."""
_BEST = 10
_ORDERS = ("relevance", "relevance", "relevance", "year", "-captured", "refused", "-disclosure_rate")


@dataclass(frozen=True, slots=True)
class Compared:
    """One query: ``differing`` names what was not equal; ``first`` says how the first ten differ, empty for not."""

    number: int
    asked: str
    total: int
    differing: list[str]
    first: str


def requests(first: int = 0) -> Iterator[SearchRequest]:
    """Words, negations, sections, places, conditions, orders, groups: each from the seed of its number."""
    number = first
    while True:
        yield _request(random.Random(number))  # noqa: S311 - a seeded draw, no secret
        number += 1


def _request(draw: random.Random) -> SearchRequest:
    text = random_queries.text(draw) if draw.random() < 0.95 else ""
    metrics = []
    if draw.random() < 0.25:
        low, high = sorted(Decimal(draw.randint(0, 9999)) / draw.choice((1, 10, 100)) for _ in range(2))
        ends = draw.choice(((low, high), (low, None), (None, high)))
        metrics.append(MetricRange(draw.choice(METRICS), *ends))
    return SearchRequest(
        text,
        random_queries.filters(draw),
        tuple(metrics),
        facet_metrics=(draw.choice(METRICS),) if draw.random() < 0.5 else (),
        stats=(draw.choice(METRICS),) if draw.random() < 0.2 else (),
        sort=draw.choice(_ORDERS),
        group="agency" if draw.random() < 0.1 else "",
        plain=draw.random() < 0.2,
    )


def compare(here: WhooshEngine, there: OpenSearchEngine, number: int, request: SearchRequest) -> Compared:
    """Ask both."""
    one, other = here.search(request), there.search(request)
    differing = [
        name for name in ("total", "facets", "groups", "statistics") if getattr(one, name) != getattr(other, name)
    ]
    if here.ids(request) != there.ids(request):
        differing.append("hits")
    mine, theirs = ([hit.id for hit in found.hits[:_BEST]] for found in (one, other))
    first = "" if mine == theirs else "order" if set(mine) == set(theirs) else "reports"
    return Compared(number, repr(request), one.total, differing, first)


def build(cluster: str, room: Path, reports: list[Document]) -> tuple[WhooshEngine, OpenSearchEngine]:
    """Both engines over the same reports."""
    segmenter = Segmenter(region_words(REGISTRY))
    here = WhooshEngine(room, REGISTRY, segmenter=segmenter)
    there = OpenSearchEngine(f"{cluster}/agreement?shards={SHARDS}&seconds=600", REGISTRY, segmenter=segmenter)
    for engine in (here, there):
        engine.replace(reports, 1)
    return here, there


def _kept(log: Path) -> dict[int, Compared]:
    """What was compared; a last line that was cut off was not."""
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True) if log.exists() else []
    each = (Compared(**json.loads(line)) for line in lines if line.endswith("\n"))
    return {compared.number: compared for compared in each}


def main() -> int:
    """Compare what is left; 1 where the engines differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--nodes", type=int, default=1)
    asked = parser.parse_args()
    folder = jars()
    if folder is None:
        sys.exit(MISSING)
    log = Path("build/agreement", f"{asked.reports}-{asked.nodes}-{code()}.ndjson")
    log.parent.mkdir(parents=True, exist_ok=True)
    done, began = _kept(log), time.process_time()
    if len(done) < asked.queries:
        with (
            Cluster(folder, asked.nodes) as cluster,
            TemporaryDirectory() as room,
            log.open("a", encoding="utf-8") as to,
        ):
            here, there = build(cluster.engine, Path(room), documents(asked.reports, seed=17))
            left = [each for each in enumerate(islice(requests(), asked.queries)) if each[0] not in done]
            with ThreadPoolExecutor(asked.threads) as pool:
                for compared in pool.map(lambda each: compare(here, there, *each), left):
                    done[compared.number] = compared
                    to.write(json.dumps(asdict(compared), ensure_ascii=False) + "\n")
                    to.flush()
            spent = time.process_time() - began + cluster.processor()
            sys.stdout.write(f"{spent:.0f} s of processor, the nodes' included\n")
    return _told([done[number] for number in range(asked.queries)])


def _told(compared: list[Compared]) -> int:
    unequal = [each for each in compared if each.differing]
    reports = [each for each in compared if each.first == "reports"]
    order = [each for each in compared if each.first == "order"]
    same = 1 - (len(reports) + len(order)) / len(compared)
    finding = sum(each.total > 0 for each in compared)
    sys.stdout.write(
        f"{len(compared)} queries, {finding} of which find something: {len(unequal)} differ in total, facets, groups,"
        f" statistics or hits; the first ten are the same in {same:.2%} ({len(order)} in another order,"
        f" {len(reports)} other reports)\n"
    )
    for each in (*unequal, *reports[:20], *order[:20]):
        sys.stdout.write(f"  {each.number} {','.join(each.differing) or each.first}: {each.asked}\n")
    return int(bool(unequal) or same < TOP)


if __name__ == "__main__":
    sys.exit(main())
