"""Sentences told to be repeated, held against what the generator knows: its templates, and what it took from where."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from corpus.analysis.repetition import find_repetitions, in_sources, traces
from corpus.analysis.wording import printed
from corpus.sample.generate import generate
from corpus.sample.grammar import compile_sentence
from corpus.sample.model import Retelling, SampleReport
from corpus.sample.narrative import phrases
from corpus.store import Store
from tests.analyses.planted import fill

_STOP = re.compile(r"[^。！？；\n]*[。！？；\n]+|[^。！？；\n]+")
_SLOT = re.compile(r"\{\w+\}")
_NUMBERS = re.compile(r"[0-9][0-9.,]*")
_LEAD = re.compile(r"^年，?(?:[我本]\w{1,3}(?=全年))?|[。；]$")


@dataclass(slots=True)
class Score:
    """Planted pairs and those of them found; told pairs and those of them right; examples of what is neither."""

    planted: int = 0
    found: int = 0
    told: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.told if self.told else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 0.0

    def add(self, other: Score) -> None:
        self.planted += other.planted
        self.found += other.found
        self.told += other.told
        self.right += other.right
        self.missed += other.missed
        self.wrong += other.wrong


def score(seed: int, data: Path, reports: int = 600) -> Score:
    """One sample, put into a store, compared and held against its manifest."""
    samples = list(generate(seed=seed, reports=reports))
    with fill(data, samples) as store:
        find_repetitions(store)
        return _held(store, {sample.id: sample for sample in samples})


def _held(store: Store, samples: Mapping[str, SampleReport]) -> Score:
    result = Score()
    origins = _Origins(samples)
    sources: dict[str, Mapping[int, str]] = {}
    families: dict[str, dict[str, int]] = {}
    for stored in store.reports():
        families[stored.id] = {}
        for trace in traces(store, stored):
            text = printed(stored.report.sections, trace.sentence)
            families[stored.id][text] = trace.family
            earlier = [trace.own[0].id] if trace.own else []
            for id_ in (*earlier, *([trace.other.id] if trace.other else ())):
                if id_ not in sources:
                    _, sources[id_] = in_sources(store, [id_])[id_]
                there = sources[id_][trace.family]
                result.told += 1
                if origins.same(text, there):
                    result.right += 1
                else:
                    result.wrong.append(f"{stored.id} {text} <- {id_} {there}")
    for retold in (sample.retold for sample in samples.values()):
        if retold is None or not retold.source:
            continue
        for mine, theirs in zip(_STOP.findall(retold.text), _STOP.findall(retold.source_text), strict=True):
            result.planted += 1
            if families[retold.report][mine] == families[retold.source].get(theirs):
                result.found += 1
            else:
                result.missed.append(f"{retold.degree} {retold.report} {mine} <- {retold.source} {theirs}")
    return result


class _Origins:
    """What a sentence was written from: the templates that it matches, the paragraphs that it was first told in."""

    def __init__(self, samples: Mapping[str, SampleReport]) -> None:
        self._known: dict[str, frozenset[tuple[object, int]]] = {}
        self._planted: dict[str, set[tuple[object, int]]] = {}
        retold = {sample.id: sample.retold for sample in samples.values() if sample.retold}
        for each in retold.values():
            root = _root(each, retold)
            for piece, text in enumerate(_STOP.findall(each.text)):
                self._planted.setdefault(text, set()).add((root, piece))

    def same(self, one: str, other: str) -> bool:
        return _bare(one) == _bare(other) or not self._of(one).isdisjoint(self._of(other))

    def _of(self, text: str) -> frozenset[tuple[object, int]]:
        if text not in self._known:
            matched = {origin for origin, pattern in _patterns() if pattern.fullmatch(text)}
            self._known[text] = frozenset(matched | self._planted.get(text, set()))
        return self._known[text]


def _bare(text: str) -> str:
    """Without numbers, and without the year and the 我县 that two of the generator's templates differ in."""
    return _LEAD.sub("", _NUMBERS.sub("", text))


def _root(retold: Retelling, every: Mapping[str, Retelling]) -> str:
    while retold.source:
        retold = every[retold.source]
    return retold.report


@cache
def _patterns() -> tuple[tuple[tuple[object, int], re.Pattern[str]], ...]:
    return tuple(_all_patterns())


def _all_patterns() -> Iterator[tuple[tuple[object, int], re.Pattern[str]]]:
    topics = tomllib.loads((files("corpus.sample") / "topics.toml").read_text(encoding="utf-8"))
    banks = [*phrases()["slots"].values(), *(topic["sentences"] for topic in topics["topics"])]
    for bank, templates in enumerate(banks):
        for number, template in enumerate(templates):
            for way in compile_sentence(template).ways:
                for piece, text in enumerate(_STOP.findall(way)):
                    pattern = ".+?".join(map(re.escape, _SLOT.split(text)))
                    yield (
                        ((bank, number), piece),
                        re.compile(f"(?:[^：]*：|[一二三四五六七八九十]+是)?{pattern}"),
                    )  # what opens a list
