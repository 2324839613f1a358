"""The cluster beside the embedded engine: build, questions, memory and bytes, in one table a size.

::

    python -m tests.cluster.capacity [--corpus 54000] [--sizes 2000 10000 54000] [--nodes 3] [--rounds 3]

The first so many reports of a generated corpus (tests/bench/reports.py) and its fixed mix of questions; whole answers,
with facets and passages, which must have equal totals and facets. What a size gave is kept in ``--directory``: a run
that was broken off goes on with the next one. Times are of the processor, all nodes together, and by the clock.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from indexer.engine import Engine
from indexer.opensearch_engine import OpenSearchEngine
from indexer.whoosh_engine import WhooshEngine
from tests.bench.questions import questions
from tests.bench.reports import Corpus, drawn, registry
from tests.cluster.opensearch import MISSING, Cluster, jars
from tests.indexer.oracle import flat

Spent = Callable[[], float]
"""Seconds of processor that were spent so far."""
_MB = 1 << 20


def main() -> None:
    """Measure what is not measured yet, then print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=int, default=54_000)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 10_000, 54_000])
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--heap", type=int, default=512)
    parser.add_argument("--directory", type=Path, default=Path("build/bench"))
    asked = parser.parse_args()
    folder = jars()
    if folder is None:
        sys.exit(MISSING)
    kept = Path("build/capacity")
    kept.mkdir(parents=True, exist_ok=True)
    measured = []
    for size in asked.sizes:
        file = kept / f"{size}-{asked.nodes}.json"
        if not file.exists():
            corpus = drawn(asked.directory, asked.corpus)
            with Cluster(folder, asked.nodes, asked.heap) as cluster:
                found = {
                    "reports": size,
                    "embedded": _embedded(corpus, size, asked.rounds, kept / f"index-{size}"),
                    "cluster": _clustered(cluster, corpus, size, asked.rounds),
                }
            file.write_text(json.dumps(found), encoding="utf-8")
        measured.append(json.loads(file.read_text(encoding="utf-8")))
        sys.stdout.writelines(f"{line}\n" for line in _table(measured[-1]))
        sys.stdout.flush()


def _embedded(corpus: Corpus, size: int, rounds: int, place: Path) -> dict[str, Any]:
    engine = WhooshEngine(place, registry(corpus.reports))
    found = _measured(engine, corpus, size, rounds, _own)
    found["bytes"] = sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
    found["resident"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    engine.close()
    return found


def _clustered(cluster: Cluster, corpus: Corpus, size: int, rounds: int) -> dict[str, Any]:
    engine = OpenSearchEngine(f"{cluster.engine}/years?seconds=60", registry(corpus.reports), wait=600)
    found = _measured(engine, corpus, size, rounds, lambda: _own() + cluster.processor())
    cluster.await_all()
    found |= {"bytes": cluster.stored(), "resident": cluster.resident()}
    engine.close()
    return found


def _measured(engine: Engine, corpus: Corpus, size: int, rounds: int, spent: Spent) -> dict[str, Any]:
    clock = _Clock(spent)
    engine.replace(islice(corpus.documents(), size), 1)
    build = clock.read()
    answers, asked = [], []
    for turn in range(rounds + 1):
        for question in questions(corpus.reports):
            clock = _Clock(spent)
            result = engine.search(question.query)
            if turn:  # the first round warms, and is compared
                asked.append({"kind": question.kind, **clock.read()})
            else:
                answers.append([result.total, {name: flat(values) for name, values in sorted(result.facets.items())}])
    return {"build": build, "asked": asked, "answers": answers}


class _Clock:
    def __init__(self, spent: Spent) -> None:
        self._spent = spent
        self._began = time.monotonic(), spent()

    def read(self) -> dict[str, float]:
        return {"wall": time.monotonic() - self._began[0], "cpu": self._spent() - self._began[1]}


def _own() -> float:
    """Of this process and those it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _table(measured: Mapping[str, Any]) -> Iterator[str]:
    here, there = measured["embedded"], measured["cluster"]
    size = measured["reports"]
    unequal = sum(one != other for one, other in zip(here["answers"], there["answers"], strict=True))
    yield f"\n{size} reports, {len(here['answers'])} questions, {unequal} answered with other totals or facets\n"
    yield _line(("", "embedded", "cluster"))
    yield _line(("---",) * 3)
    for name, clock in (("build, s of processor", "cpu"), ("build, s by the clock", "wall")):
        yield _line((name, *(f"{each['build'][clock]:.0f}" for each in (here, there))))
    yield _line(("memory, MB (process; all nodes)", *(f"{each['resident'] / _MB:.0f}" for each in (here, there))))
    yield _line(("bytes a report (copies included)", *(f"{each['bytes'] / size:.0f}" for each in (here, there))))
    for clock in ("cpu", "wall"):
        for kind in dict.fromkeys(entry["kind"] for entry in here["asked"]):
            yield _line(
                (f"{kind}, ms {clock}: median / p95", *(_cell(each["asked"], kind, clock) for each in (here, there)))
            )


def _cell(asked: Sequence[Mapping[str, Any]], kind: str, clock: str) -> str:
    times = np.array([entry[clock] for entry in asked if entry["kind"] == kind]) * 1000
    return f"{np.median(times):.1f} / {np.percentile(times, 95):.1f}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
