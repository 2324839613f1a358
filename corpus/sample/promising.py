"""What offices promise, and what their next reports say of it: told as done, still a trouble, or nothing at all.

Put upon reports that are made already, by chances of their own, so that nothing else in them changes.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from corpus.model import Section, SectionKind
from corpus.sample.model import Promise, SampleReport

BEGUN = 0.35
"""The share of reports that promise something that nobody follows in the year before."""
_MOST = 2
Outcome = Literal["repeated", "done", "silent"]
OUTCOMES: tuple[Outcome, ...] = ("repeated", "done", "silent")
_OTHER_NAME = 0.4
"""How often a thing goes by its other name."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A matter in a report, what the next one shall say of it."""

    matter: tuple[str, str, str, str]
    text: str


def promising(reports: Iterable[SampleReport], seed: int) -> Iterator[SampleReport]:
    """The reports, which come body by body and by year, with promises and what came of those of the year before."""
    last: SampleReport | None = None
    open_: Sequence[_Told] = ()
    for report in reports:
        chance = random.Random(f"promises/{seed}/{report.id}")  # noqa: S311 - a sample, not a secret
        follows = last is not None and last.agency == report.agency and last.year == report.year - 1
        before = [(told, chance.choice(OUTCOMES)) for told in open_] if follows else []
        written = _Writing(report, chance)
        planted = [written.follow(last.id if last else "", told, outcome) for told, outcome in before]
        used = {told.matter for told, _ in before}
        # One that is a trouble still is promised anew as often as not, and then there is nothing else to promise.
        open_ = [written.promise(matter) for matter in _drawn(chance, used)] if not used else ()
        last = written.finished(tuple(planted))
        yield last


class _Writing:
    """A report that is being added to."""

    def __init__(self, report: SampleReport, chance: random.Random) -> None:
        self._report = report
        self._chance = chance
        self._added: dict[SectionKind, list[str]] = {}
        self._promises: list[str] = []

    def promise(self, matter: tuple[str, str, str, str]) -> _Told:
        """Promise something, at the end of the problems."""
        text = self._written("promises", matter)
        self._promises.append(text)
        return _Told(matter, text)

    def follow(self, promised: str, told: _Told, outcome: Outcome) -> Promise:
        """Say what came of a promise, or nothing."""
        if outcome == "silent":
            return Promise(promised, told.text, outcome, self._report.id, "")
        text = self._written("done" if outcome == "done" else "troubles", told.matter)
        where: SectionKind = "problems" if outcome == "repeated" or self._chance.random() < 0.5 else "overview"
        self._added.setdefault(where, []).append(text)
        return Promise(promised, told.text, outcome, self._report.id, text)

    def finished(self, followed: tuple[Promise, ...]) -> SampleReport:
        """The report with all that was added to it."""
        sections = []
        seen: set[SectionKind] = set()
        for section in self._report.sections:
            paragraphs = list(section.paragraphs)
            if section.kind not in seen and section.kind in self._added:
                # Before what is planned for the next year.
                at = min(1, len(paragraphs))
                paragraphs.insert(at, "".join(f"{text}。" for text in self._added[section.kind]))
            if section.kind not in seen and section.kind == "problems" and self._promises:
                opening = self._chance.choice(promise_words()["openings"])
                paragraphs.append(opening + "；".join(self._promises) + "。")
            seen.add(section.kind)
            sections.append(Section(section.kind, section.heading, tuple(paragraphs)))
        return replace(self._report, sections=tuple(sections), followed=followed, promised=tuple(self._promises))

    def _written(self, what: str, matter: tuple[str, str, str, str]) -> str:
        thing, other_name, trouble, verb = matter
        return str(self._chance.choice(promise_words()[what])).format(
            thing=other_name if self._chance.random() < _OTHER_NAME else thing,
            trouble=trouble,
            verb=verb,
            next=self._report.year + 1,
            month=2 + int(self._chance.random() * 10),
            number=3 + int(self._chance.random() * 90),
        )


def _drawn(chance: random.Random, used: set[tuple[str, str, str, str]]) -> list[tuple[str, str, str, str]]:
    if chance.random() > BEGUN:
        return []
    matters = [matter for each in promise_words()["matters"] if (matter := tuple(each)) not in used]
    return chance.sample(matters, 1 + int(chance.random() * _MOST))


@cache
def promise_words() -> Mapping[str, Any]:
    """The data file of promises: matters, and the ways to speak of one."""
    return tomllib.loads((files("corpus.sample") / "promising.toml").read_text(encoding="utf-8"))
