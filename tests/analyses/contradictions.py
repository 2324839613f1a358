"""Contradictions told, held against what the generator broke: pages printed, read, checked and put in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from corpus.analysis.contradictions import find_contradictions
from corpus.extraction.derivation import Means
from corpus.extraction.stage import extract
from corpus.sample.generate import generate, sample_regions
from corpus.sample.render.html import render_html
from corpus.store import Store
from corpus.store.contradictions import SORTS

_DAY = datetime(2026, 5, 1, tzinfo=UTC)


@dataclass(slots=True)
class Outcome:
    """Reports, those of them with nothing planted, contradictions planted and told, and the false and missing ones."""

    reports: int = 0
    clean: int = 0
    planted: int = 0
    told: int = 0
    false: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def outcome(seed: int, data: Path, reports: int = 200) -> Outcome:
    """One sample through the whole line up to its contradictions; a report's rules are compared, each once."""
    samples = {sample.id: sample for sample in generate(seed=seed, reports=reports)}
    with Store.open(data) as store:
        store.add_regions(sample_regions(1, reports))
        for sample in samples.values():
            url = sample.url
            store.keep(render_html(sample), url=url, source=url, media_type="text/html", captured=_DAY)
        extract(store, means=Means(processes=1))
        find_contradictions(store)
        _, leads = store.contradictions.listed(most=None)
    told = {(lead.contradiction.id, lead.contradiction.rule[:1], lead.contradiction.sort) for lead in leads}
    planted = set()
    for id_, sample in samples.items():
        rules = {broken.rule for broken in sample.broken}
        planted |= {(id_, rule[:1], "carried" if rule.startswith("X") else "table") for rule in rules if rule != "I5"}
        planted |= {(id_, "T", "text") for fault in sample.faults if fault.kind == "narrative"}
    broken = {id_ for id_, sample in samples.items() if sample.broken or sample.faults}
    assert {sort for _, _, sort in told} <= set(SORTS)
    return Outcome(
        len(samples),
        len(samples.keys() - broken),
        len(planted),
        len(told),
        sorted(map(str, told - planted)),
        sorted(map(str, planted - told)),
    )
