"""Nodes killed while reports are indexed, killed and silenced while readers ask; what is lost, wrong, refused.

::

    python -m tests.cluster.failing [--reports 54000] [--most 50000] [--minutes 3] [--directory build/bench]

``--most`` are the first so many reports of the generated corpus (tests/bench/reports.py). Fails where a report is lost,
a count is wrong, or a request is refused again when its reader asks once more.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from corpus.errors import AwayError
from indexer.document import Document
from indexer.opensearch_engine import OpenSearchEngine
from indexer.request import SearchRequest
from tests.bench.questions import questions
from tests.bench.reports import drawn, registry
from tests.cluster.opensearch import MISSING, Cluster, jars

AGAIN = 1.0
"""Seconds after which a reader who was refused asks once more."""
READERS = 2
_DOWN = 5.0
"""Seconds that a node is away."""


@dataclass
class Load:
    """Readers who ask all the time; ``expected`` is what each request must find."""

    engine: OpenSearchEngine
    expected: dict[SearchRequest, int]
    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def during(self, happens: Callable[[], None]) -> None:
        """Ask while something happens. Raises AssertionError where the readers asked nothing."""
        over = threading.Event()
        readers = [threading.Thread(target=self._ask, args=(over, seed)) for seed in range(READERS)]
        for reader in readers:
            reader.start()
        try:
            happens()
        finally:
            over.set()
            for reader in readers:
                reader.join()
        assert self.seconds

    def _ask(self, over: threading.Event, seed: int) -> None:
        draw = random.Random(seed)  # noqa: S311 - a seeded draw, no secret
        while not over.is_set():
            request = draw.choice(list(self.expected))
            outcome = self._once(request)
            if outcome == "refused":
                self.outcomes["asked again"] += 1
                time.sleep(AGAIN)
                outcome = self._once(request)
            self.outcomes[outcome] += 1

    def _once(self, request: SearchRequest) -> str:
        began = time.monotonic()
        try:
            total = self.engine.search(request).total
        except AwayError:
            return "refused"
        finally:
            self.seconds.append(time.monotonic() - began)
        return "right" if total == self.expected[request] else "wrong"

    def told(self) -> str:
        """What the readers saw."""
        took = sorted(self.seconds)
        names = ("right", "wrong", "asked again", "refused")
        counts = ", ".join(f"{self.outcomes[name]} {name}" for name in names)
        return f"{counts}; median {statistics.median(took):.2f} s, slowest {took[-1]:.2f} s"

    @property
    def is_well(self) -> bool:
        """Whether nothing was wrong, and nothing refused twice."""
        return not (self.outcomes["wrong"] or self.outcomes["refused"])


def killing(cluster: Cluster, documents: Iterable[Document], moments: Mapping[int, int]) -> Iterator[Document]:
    """The documents as they are indexed; at some of them a node dies, and comes back a little later."""
    for number, document in enumerate(documents):
        if number in moments:
            node = moments[number]
            _say(f"  node {node} killed after {number} reports")
            cluster.kill(node)
            threading.Timer(_DOWN, cluster.start, [node]).start()
        yield document


def main() -> int:
    """Index under kills, then ask under kills and silence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=54_000, help="size of the generated corpus")
    parser.add_argument("--most", type=int, default=50_000)
    parser.add_argument("--minutes", type=float, default=3, help="of each trouble under load")
    parser.add_argument("--directory", type=Path, default=Path("build/bench"))
    parser.add_argument("--heap", type=int, default=512)
    asked = parser.parse_args()
    folder = jars()
    if folder is None:
        sys.exit(MISSING)
    corpus = drawn(asked.directory, asked.reports)
    with Cluster(folder, 3, asked.heap) as cluster:
        engine = OpenSearchEngine(f"{cluster.engine}/years", registry(asked.reports), wait=600)
        well = _indexed(
            cluster, engine, list(islice((d.id for d in corpus.documents()), asked.most)), corpus.documents()
        )
        engine.close()
        return int(not (well and _asked(cluster, asked.reports, asked.minutes)))


def _indexed(cluster: Cluster, engine: OpenSearchEngine, ids: list[str], documents: Iterator[Document]) -> bool:
    count = len(ids)
    moments = {count // 4: 0, count // 2: 1, 3 * count // 4: 2}  # one of them is the manager
    began = time.monotonic(), cluster.processor()
    engine.replace(killing(cluster, islice(documents, count), moments), 1)
    took = time.monotonic() - began[0]
    cluster.await_all(600)
    found = engine.ids(SearchRequest())
    lost, faults = set(ids) - found, list(engine.faults())
    _say(f"{count} reports indexed in {took:.0f} s while each node was killed once: {len(lost)} lost, faults: {faults}")
    return found == set(ids) and not faults


def _asked(cluster: Cluster, reports: int, minutes: float) -> bool:
    reader = OpenSearchEngine(f"{cluster.engine}/years?seconds=60", registry(reports))
    expected = {question.query: reader.search(question.query).total for question in questions(reports)}
    reader.close()
    engine = OpenSearchEngine(f"{cluster.engine}/years", registry(reports))
    well = True
    for name, trouble in (("quiet", _nothing), ("killed", _killed), ("silent", _silent)):
        load = Load(engine, expected)
        load.during(lambda trouble=trouble: trouble(cluster, minutes * 60))  # type: ignore[misc]  # a lambda's default
        _say(f"{name}: {load.told()}")
        well = well and (load.is_well or trouble is _silent)
        cluster.await_all(600)
    engine.close()
    return well


def _nothing(_: Cluster, seconds: float) -> None:
    time.sleep(seconds / 3)


def _killed(cluster: Cluster, seconds: float) -> None:
    """One node after the other is killed, and comes back."""
    for node in range(len(cluster.addresses)):
        cluster.kill(node)
        time.sleep(seconds / 3)
        cluster.start(node)
        cluster.await_all(600)


def _silent(cluster: Cluster, seconds: float) -> None:
    """One node after the other is silent for a third of the time: the cluster takes a while to leave it out."""
    for node in range(len(cluster.addresses)):
        cluster.pause(node)
        time.sleep(seconds / 3)
        cluster.resume(node)
        cluster.await_all(600)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
