"""One run of the benchmark over one size: builds, cold and warm questions, and whether all engines agree."""

from __future__ import annotations

import gc
import multiprocessing
import random
import resource
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.bench.clock import Clock
from tests.bench.contender import FACETS, Answer, Contender, row
from tests.bench.engines.fts5 import FTS5
from tests.bench.engines.ours import Ours
from tests.bench.engines.stock_whoosh import StockWhoosh
from tests.bench.engines.tantivy import Tantivy
from tests.bench.floor import floor, parts
from tests.bench.questions import Question, questions
from tests.bench.reports import Corpus, registry

ADDED = 100
"""Reports of the incremental commit."""

TOKENS_UP_TO = 54_000
"""Reports up to which ours is built twice, from tokens too."""

MAKERS: Mapping[str, Callable[[int], Contender]] = {
    "nianbao": Ours,
    "FTS5": FTS5,
    "tantivy": Tantivy,
    "whoosh": StockWhoosh,
    "FTS5 trigrams": lambda reports: FTS5(reports, "trigrams"),
    "FTS5 LIKE": lambda reports: FTS5(reports, "LIKE"),
}
_SAME_INDEX = {"FTS5 LIKE": "FTS5 trigrams"}

Say = Callable[[str], None]


def run(corpus: Corpus, rounds: int, names: list[str], say: Say) -> dict[str, Any]:
    """Everything measured, ready for JSON: seconds on both clocks, bytes."""
    say(f"{corpus.name}: segmentation {corpus.segmentation}")
    built: dict[str, Any] = {}
    for name in names:
        if name not in _SAME_INDEX:
            built[name] = _built(corpus, name)
            say(f"built {name}: {built[name]}")
    cold = {name: [_apart(_cold, corpus, name, turn) for turn in range(3)] for name in names}
    say(f"cold: {cold}")
    asked, disagreements, least = warm(corpus, names, rounds)
    return {
        "reports": corpus.reports,
        "corpus": corpus.name,
        "segmentation": corpus.segmentation,
        "build": built,
        "cold": cold,
        "warm": asked,
        "disagreements": disagreements,
        "floor": least,
        "add": _apart(_added, corpus),
    }


def _place(corpus: Corpus, name: str) -> Path:
    return corpus.directory / "indexes" / _SAME_INDEX.get(name, name)


def _apart(task: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """In a fresh process: cold, and its memory is its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(task, *given, **named).result()


def _built(corpus: Corpus, name: str) -> dict[str, Any]:
    place = _place(corpus, name)
    if name == "nianbao" and corpus.reports > TOKENS_UP_TO:
        found: dict[str, Any] = _apart(build, corpus, name, whole=True)
        found["from_reports"] = dict(found)
    elif name == "nianbao":
        found = _apart(build, corpus, name)
        whole = _apart(build, corpus, name, whole=True)
        found |= {"from_reports": whole, "peak": max(whole["peak"], found["peak"])}
    else:
        found = _apart(build, corpus, name)
        found["from_reports"] = {key: found[key] + corpus.segmentation[key] for key in corpus.segmentation}
    sizes = parts(place)
    return found | {"bytes": sum(sizes.values()), "parts": sizes}


def build(corpus: Corpus, name: str, *, whole: bool = False) -> dict[str, Any]:
    """Build one index anew, from the tokens, or as a ``whole`` from the reports, which only ours does by itself."""
    place = _place(corpus, name)
    shutil.rmtree(place, ignore_errors=True)
    engine = MAKERS[name](corpus.reports)
    clock = Clock()
    if isinstance(engine, Ours):
        (engine.build_from_reports if whole else engine.build_from_tokens)(corpus, place)
    else:
        engine.build(map(row, corpus.documents(), corpus.tokens()), place)
    # Of itself ru_maxrss would tell what the process that started this one took, if that was more.
    helper = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
    return {**clock.read(), "peak": _memory("VmHWM") + helper}


def _cold(corpus: Corpus, name: str, turn: int) -> dict[str, Any]:
    """Opening, and the first question of a fresh process."""
    engine = MAKERS[name](corpus.reports)
    mix = [question for question in questions(corpus.reports) if engine.answers(question)]
    question = mix[turn * 3 % len(mix)]
    clock = Clock()
    engine.open(_place(corpus, name))
    opened = clock.read()
    engine.ask(question)
    return {"open": opened, "first": clock.read(), "resident": _memory("VmRSS")}


def _memory(name: str) -> int:
    """What the system says of this process's memory: ``VmRSS`` now, ``VmHWM`` at most."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(line for line in status.splitlines() if line.startswith(name)).split()[1]) << 10


def warm(corpus: Corpus, names: list[str], rounds: int) -> tuple[list[dict[str, Any]], list[str], dict[str, Any]]:
    """The mix, several times, the engines taking turns; a first round is not timed but compared.

    Gives the times, what the engines did not agree on, and the physical floor (floor.py).
    """
    engines = [MAKERS[name](corpus.reports) for name in names]
    for engine in engines:
        engine.open(_place(corpus, engine.name))
    mix = questions(corpus.reports)
    disagreements = [line for question in mix for line in _compared(corpus.reports, question, engines)]
    times: list[dict[str, Any]] = []
    gc.collect()
    gc.freeze()
    for turn in range(rounds):
        for question in mix:
            asked = [engine for engine in engines if engine.answers(question)]
            random.Random(turn).shuffle(asked)  # noqa: S311 - nobody always goes first
            for engine in asked:
                clock = Clock()
                engine.ask(question)
                took = clock.read()
                if isinstance(engine, Ours):
                    engine.show()
                times.append(
                    {
                        "engine": engine.name,
                        "kind": question.kind,
                        "text": question.text,
                        "filters": question.filters.name,
                        "took": took,
                        "showing": clock.read(),
                    }
                )
    ours = next(engine for engine in engines if isinstance(engine, Ours))
    return times, disagreements, floor(ours, mix)


def _compared(reports: int, question: Question, engines: list[Contender]) -> Iterator[str]:
    ours, *others = [engine for engine in engines if engine.answers(question)]
    mine = ours.ask(question)
    for other in others:
        theirs = other.ask(question)
        for what, one, two in _pairs(reports, mine, theirs):
            if one != two:
                yield f"{question.text} [{question.filters.name}] {what}: {ours.name} {one}, {other.name} {two}"


def _pairs(reports: int, mine: Answer, theirs: Answer) -> Iterator[tuple[str, Any, Any]]:
    yield "total", mine.total, theirs.total
    yield "top", mine.top, theirs.top
    for facet in FACETS:
        one, two = dict(mine.facets[facet]), dict(theirs.facets[facet])
        if facet == "region":
            two = _rolled(reports, two)
        # A selected value is listed by ours even where it counts nothing.
        differing = {
            key: (one.get(key, 0), two.get(key, 0)) for key in {*one, *two} if one.get(key, 0) != two.get(key, 0)
        }
        yield (
            facet,
            {key: pair[0] for key, pair in differing.items()},
            {key: pair[1] for key, pair in differing.items()},
        )


def _rolled(reports: int, counts: Mapping[str, int]) -> dict[str, int]:
    """Counts by region with all that stand above."""
    rolled: dict[str, int] = {}
    for code, count in counts.items():
        for above in registry(reports).ancestors(code):
            rolled[above] = rolled.get(above, 0) + count
    return rolled


def _added(corpus: Corpus) -> dict[str, float]:
    """The time of a commit of ``ADDED`` reports to a copy of the whole index, until they are found."""
    place = _place(corpus, "nianbao")
    copy = place.with_name("nianbao added")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(place, copy)
    engine = Ours(corpus.reports)
    engine.open(copy)
    documents = [
        replace(document, id=f"new-{document.id}")
        for _, document in zip(range(ADDED), corpus.documents(), strict=False)
    ]
    clock = Clock()
    engine.add(documents)
    took = clock.read()
    shutil.rmtree(copy)
    return took
