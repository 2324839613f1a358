"""Promises followed, held against what the generator planted and against its own templates of one matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from corpus.analysis.promises import follow_promises
from corpus.sample.generate import generate
from corpus.sample.narrative import phrases
from corpus.sample.promising import promise_words, promising
from tests.analyses.planted import fill

MATTERS: tuple[Mapping[str, tuple[int, ...]], ...] = (
    {"plan": (0,), "problem": (0,)},
    {"plan": (1,), "problem": (2,), "improved": (0,)},
    {"plan": (2,), "problem": (5,)},
    {"plan": (3,), "problem": (3,)},
    {"plan": (4,), "problem": (6,)},
    {"plan": (5,), "problem": (4,)},
    {"plan": (6,), "problem": (7,)},
    {"plan": (9,), "problem": (8,)},
    {"plan": (10,), "problem": (9,)},
    {"plan": (11,), "problem": (10,)},
    {"plan": (12,), "problem": (11,)},
    {"plan": (13,), "problem": (12,)},
)
"""The templates of phrases.toml that speak of one matter, by slot and place in it."""


@dataclass(slots=True)
class Score:
    """Links planted and found, links told and right, with examples of what is neither."""

    planted: int = 0
    found: int = 0
    told: int = 0
    right: int = 0
    silent: int = 0
    silent_right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.told if self.told else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 0.0

    def add(self, other: Score) -> None:
        for name in ("planted", "found", "told", "right", "silent", "silent_right", "missed", "wrong"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def score(seed: int, data: Path, reports: int = 600) -> Score:
    """One sample with promises, followed and held against what was planted."""
    samples = list(promising(generate(seed=seed, reports=reports), seed))
    with fill(data, samples) as store:
        follow_promises(store)
        _, every = store.promises.listed(most=None)
    result = Score()
    links = {(each.promise.id, _bare(each.promise.text)): each.promise for each in every}
    for planted in (each for sample in samples for each in sample.followed):
        told = next(
            (p for (id_, text), p in links.items() if id_ == planted.promised and _bare(planted.text) in text), None
        )
        if planted.outcome == "silent":
            result.silent += 1
            result.silent_right += told is not None and told.later != planted.followed
            continue
        result.planted += 1
        if (
            told
            and told.outcome == planted.outcome
            and told.later == planted.followed
            and _bare(planted.told) in _bare(told.told)
        ):
            result.found += 1
        else:
            result.missed.append(f"{planted.outcome} {planted.text} -> {planted.told} :: {told}")
    for promise in links.values():
        if promise.told:
            result.told += 1
            if _matters(promise.text) & _matters(promise.told) and not _wrong_outcome(promise.told, promise.outcome):
                result.right += 1
            else:
                result.wrong.append(f"{promise.outcome} {promise.text} -> {promise.told}")
    return result


def _matters(text: str) -> set[Any]:
    """The matters that a sentence of the sample speaks of, planted or of the templates."""
    found: set[Any] = {thing for thing, other, *_ in promise_words()["matters"] if thing in text or other in text}
    bare = _bare(text)
    for number, patterns in enumerate(_templates()):
        if any(pattern in bare for pattern in patterns):
            found.add(number)
    return found


@cache
def _templates() -> tuple[frozenset[str], ...]:
    """For each matter the longest pieces of its templates that are always the same."""
    banks = phrases()["slots"]
    found = []
    for matter in MATTERS:
        pieces = set()
        for slot, places in matter.items():
            for place in places:
                pieces |= set(_pieces(banks[slot][place]))
        found.append(frozenset(pieces))
    loose = [(slot, at) for slot in ("plan", "problem", "improved") for at in range(len(banks[slot]))]
    taken = {(slot, at) for matter in MATTERS for slot, places in matter.items() for at in places}
    found += [frozenset(_pieces(banks[slot][at])) for slot, at in loose if (slot, at) not in taken]
    return tuple(found)


def _pieces(template: str) -> Iterable[str]:
    return (_bare(piece) for piece in re.split(r"\[[^\]]*\]|\{\w+\}|[。，；]", template) if len(_bare(piece)) >= 5)


def _wrong_outcome(told: str, outcome: str) -> bool:
    """Whether planted words say otherwise than what is told of them."""
    planted = [matter for matter in promise_words()["matters"] if matter[0] in told or matter[1] in told]
    return any((matter[2] in told and "到位" not in told) and outcome == "done" for matter in planted)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))
