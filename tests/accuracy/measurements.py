"""What ``make accuracy`` measures, one by one, and how a measurement is made, here or in a process of its own."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property

from corpus.processes import end_with_parent
from corpus.regions import Registry
from corpus.sample.generate import generate
from tests.accuracy.faults import faults_of
from tests.accuracy.harness import OFFICE, PRINTED, Score, available, papers, run, sample_registry
from tests.accuracy.pairs import pairs_of
from tests.accuracy.paper import Paper, paper
from tests.accuracy.traits.catalogue import SLOW, TRAITS, scored

TRAIT = "traits"
"""The format under which traits are measured."""

_SLOW = frozenset(("pdf", "pdf_unruled", *OFFICE, *PRINTED))
_WHOLE = frozenset(("html", "text_rows", "text_packed", "text_ladder"))
_FEW = 2


@dataclass(frozen=True, slots=True)
class Measurement:
    """One format with one fault or several, or one trait."""

    format: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Means:
    """How much is measured: reports of each form, and the seed of the faults."""

    each: int
    seed: int

    @cached_property
    def registry(self) -> Registry:
        """The regions, the fictional ones too."""
        return sample_registry(600)

    @cached_property
    def every(self) -> list[Paper]:
        """The reports for formats that are read quickly."""
        return papers(self.each)

    @cached_property
    def few(self) -> list[Paper]:
        """The reports for those that are read slowly, and for pairs of faults."""
        return papers(_FEW)

    @cached_property
    def whole(self) -> list[Paper]:
        """All reports of the sample."""
        return [paper(report) for report in generate(reports=600) if report.form is not None]

    def some(self, one: Measurement) -> list[Paper]:
        """The reports for a measurement."""
        if one.format == TRAIT:
            return self.few if one.names[0] in SLOW else self.every
        if one.names == ("clean",) and one.format not in PRINTED:
            return self.whole if one.format in _WHOLE else self.every
        return self.few if one.format in _SLOW or len(one.names) > 1 else self.every

    def score(self, one: Measurement, some: Sequence[Paper]) -> Score:
        """How some reports are read with a measurement's faults, or with its trait."""
        if one.format != TRAIT:
            return run(one.format, some, one.names, self.registry, self.seed)
        total = Score()
        for each in some:
            total.add(scored(one.names[0], each, self.registry))
        return total


def planned(formats: Sequence[str], pairs: int, seed: int) -> list[Measurement]:
    """All measurements of a run, format by format: single faults, pairs, then the traits."""
    plan: list[Measurement] = []
    for name in [name for name in formats if name != TRAIT] if formats else available():
        chance = random.Random(f"{seed}/{name}")  # noqa: S311 - a test, no secret
        single = [(fault,) for fault in faults_of(name)]
        plan += [Measurement(name, tuple(names)) for names in (*single, *pairs_of(name, pairs, chance))]
    return plan + ([Measurement(TRAIT, (trait,)) for trait in TRAITS] if not formats or TRAIT in formats else [])


def seconds(plan: Sequence[Measurement], means: Means) -> float:
    """How much of a processor's time measurements take: what some reports take in each format, times the reports."""
    some = means.few[-_FEW:]
    means.score(Measurement("html", ("clean",)), some)  # what is loaded once is no report's
    taken: dict[str, float] = {}
    total = 0.0
    for one in plan:
        speed = "slow traits" if one.format == TRAIT and one.names[0] in SLOW else one.format
        if speed not in taken:
            start = _processor_time()
            means.score(one, some)
            taken[speed] = (_processor_time() - start) / len(some)
        total += taken[speed] * len(means.some(one))
    return total


def _processor_time() -> float:
    """Seconds of a processor that this process has had, and those it has waited for (LibreOffice)."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def measured(plan: Sequence[Measurement], means: Means, processes: int) -> Iterator[tuple[Measurement, Score]]:
    """Each measurement with its score, in order, by one process or several."""
    if processes == 1:
        for one in plan:
            yield one, means.score(one, means.some(one))
        return
    with ProcessPoolExecutor(processes, initializer=_begin, initargs=(means.each, means.seed)) as pool:
        under_way: list[tuple[Measurement, Future[Score]]] = [(one, pool.submit(_score, one)) for one in plan]
        try:
            for one, future in under_way:
                yield one, future.result()
        finally:
            pool.shutdown(cancel_futures=True)


_means: Means


def _begin(each: int, seed: int) -> None:
    """Set a worker up. An interrupt from the keyboard is for the process that gives out the work."""
    global _means  # noqa: PLW0603 - what a worker holds for its life
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    _means = Means(each, seed)


def _score(one: Measurement) -> Score:
    return _means.score(one, _means.some(one))
