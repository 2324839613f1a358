"""Reports changed after publication, through page, reader and extraction, held against what the generator changed."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from corpus.analysis.revisions import find_revisions
from corpus.extraction.derivation import Means
from corpus.extraction.stage import extract
from corpus.sample.generate import generate, sample_regions
from corpus.sample.render.html import render_html
from corpus.sample.revising import HOWS, How, Revised, revised
from corpus.store import Store
from corpus.store.revisions import Revision
from corpus.text import fold

_DAYS = (datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC))


@dataclass(slots=True)
class Outcome:
    """Planted and right by how a report was changed; what is wrong in words; reports not changed and told to be."""

    planted: Counter[How] = field(default_factory=Counter)
    right: Counter[How] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def exact(self) -> bool:
        return self.planted == self.right and not self.wrong


def outcome(seed: int, data: Path, reports: int = 600, each: int = 8) -> Outcome:
    """``each`` reports changed in each way, all the rest of them seen again as they were."""
    chance = random.Random(f"revisions/{seed}")  # noqa: S311 - a sample, not a secret
    samples = [sample for sample in generate(seed=seed, reports=reports) if sample.form]
    chosen = chance.sample(samples, each * len(HOWS))
    changed = {sample.id: revised(sample, HOWS[number % len(HOWS)], chance) for number, sample in enumerate(chosen)}
    with Store.open(data) as store:
        store.add_regions(sample_regions(1, reports))
        for day, pages in zip(_DAYS, (chosen, [each.report for each in changed.values()]), strict=True):
            for sample in pages:
                url = sample.url
                store.keep(render_html(sample), url=url, source=url, media_type="text/html", captured=day)
        extract(store, means=Means(processes=1))
        find_revisions(store)
        every = (one for told in (True, False) for one in store.revisions.listed(told=told, most=None)[1])
        found = {one.revision.id: one.revision for one in every}
    result = Outcome()
    for id_, plan in changed.items():
        result.planted[plan.how] += 1
        fault = _fault(plan, found.get(id_))
        if fault:
            result.wrong.append(f"{id_} {plan.how} {plan.report.style}: {fault}")
        else:
            result.right[plan.how] += 1
    return result


def _fault(plan: Revised, found: Revision | None) -> str:
    if plan.how == "layout":
        return f"told though only the page changed: {found}" if found else ""
    if found is None:
        return "not told"
    if found.told != (plan.how == "told"):
        return f"notice {found.told}"
    if {cell.figure for cell in found.cells} != set(plan.figures):
        return f"cells {found.cells}, not {plan.figures}"
    for what, texts in (("came", plan.came), ("went", plan.went)):
        told = "".join(line.text for line in found.lines if line.what == what)
        if _bare(told) != _bare("".join(texts)):
            return f"{what}: {told}, not {texts}"
    return ""


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))
