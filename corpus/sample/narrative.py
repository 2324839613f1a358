"""The words of a report: outlines and sentences from phrases.toml, topics from topics.toml, numbers as printed."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.form import load_form
from corpus.model import FormId, Section, SectionKind
from corpus.sample.agencies import Career
from corpus.sample.grammar import Sentence, compile_sentence
from corpus.sample.model import Mention
from corpus.sample.places import names
from corpus.sample.topics import Topic

NUMERALS = "一二三四五六七八九十"
_TRIES = 12  # to find a sentence that has not been used; a paragraph does without rather than repeat one


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section as composed: ``preamble`` paragraphs of it stand before its heading."""

    section: Section
    mentions: tuple[Mention, ...]
    preamble: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """What a report tells: its agency and year, the topics, and the numbers.

    ``quoted`` are the numbers that the tables hold too (received, carried_in, handled, carried_out, reviews,
    lawsuits), ``facts`` those that stand nowhere else. ``period`` is the year that the period of the statistics
    names; ``below`` are places or bodies under the agency.
    """

    career: Career
    year: int
    period: int
    form: FormId | None
    topics: tuple[Topic, ...]
    quoted: Mapping[str, int]
    facts: Mapping[str, int]
    below: Sequence[str]


@cache
def phrases() -> Mapping[str, Any]:
    """The data file of phrases."""
    return tomllib.loads((files("corpus.sample") / "phrases.toml").read_text(encoding="utf-8"))


@cache
def _slots() -> Mapping[str, tuple[Sentence, ...]]:
    return {slot: tuple(map(compile_sentence, bank)) for slot, bank in phrases()["slots"].items()}


def compose(story: Story, chance: random.Random, habit: random.Random) -> tuple[Chapter, ...]:
    """The chapters of a report. ``habit`` is the agency's own: the same headings and manners every year."""
    modern = story.form in {"2019", "2021"}
    own_line, before = habit.random() < 0.4, habit.random() < 0.35
    headings = _headings(story.form or "2014", habit)
    writer = _Writer(story, chance)
    chapters = []
    for number, outline in enumerate(phrases()["outlines"]["modern" if modern else "customary"]):
        kind: SectionKind = outline["kind"]
        mentions: list[Mention] = []
        paragraphs: list[str] = []
        heads = 0
        for entries in outline["paragraphs"]:
            head = ""
            if entries[0].startswith("#"):
                head = f"（{NUMERALS[heads]}）{entries[0][1:]}"
                heads += 1
            written = list(writer.paragraphs(entries, kind, mentions))
            if head and written:
                # Under its heading or after it, as this agency always does.
                written[:1] = [head, written[0]] if own_line else [f"{head}。{written[0]}"]
            paragraphs.extend(written)
        heading = f"{NUMERALS[number]}、{headings[kind]}"
        preamble = 1 if number == 0 and before else 0
        chapters.append(Chapter(Section(kind, heading, tuple(paragraphs)), tuple(mentions), preamble))
    return tuple(chapters)


def _headings(form: FormId, habit: random.Random) -> dict[SectionKind, str]:
    """The statutory heading, or one of its variants that could not be mistaken for a word of the text."""
    return {
        chapter.kind: chapter.heading
        if habit.random() < 0.8
        else habit.choice([chapter.heading, *(variant for variant in chapter.variants if len(variant) >= 6)])
        for chapter in load_form(form).chapters
    }


class _Writer:
    """Writes sentences, never the same one twice in a report."""

    def __init__(self, story: Story, chance: random.Random) -> None:
        self._story = story
        self._chance = chance
        self._slots = _slots()
        self._used: set[int] = set()
        self._once: set[str] = set()
        self._values = _Values(story, chance)
        # A sentence that boasts of nothing is left out; reviews and lawsuits may be told as 0.
        self._zero = {name for name, value in self._values.items() if value == "0"} - {"reviews", "lawsuits"}

    def paragraphs(self, entries: list[str], kind: SectionKind, mentions: list[Mention]) -> Iterator[str]:
        running: list[str] = []
        for entry in entries:
            mark, slot = (entry[0], entry[1:]) if entry[0] in "#@!?" else ("", entry)
            if mark == "@":
                spoken = list(self._topics(slot, kind, mentions))
                if len(entries) == 1:
                    yield from spoken
                else:
                    running.extend(spoken)
            elif mark == "!":
                yield f"{NUMERALS[len(running)]}是{self._sentence(slot)}"
                running.append("")
            elif mark == "" or (mark == "?" and self._now_and_then(slot)):
                running.append(self._sentence(slot))
        if text := "".join(running):
            yield text

    def _now_and_then(self, slot: str) -> bool:
        if slot in self._once or self._chance.random() > 0.4:
            return False
        self._once.add(slot)
        return True

    def _topics(self, where: str, kind: SectionKind, mentions: list[Mention]) -> Iterator[str]:
        for topic in self._story.topics:
            if topic.where == where:
                some = 2 if self._chance.random() < 0.45 else 1
                mentions.append(Mention(topic.phrase, topic.phrase, kind))
                yield "".join(
                    sentence.write(self._values, self._chance)
                    for sentence in self._chance.sample(topic.sentences, min(some, len(topic.sentences)))
                )

    def _sentence(self, slot: str) -> str:
        bank, chance = self._slots[self._case(slot)], self._chance
        for _ in range(_TRIES):
            sentence = bank[int(chance.random() * len(bank))]
            if id(sentence) not in self._used and self._zero.isdisjoint(sentence.names):
                self._used.add(id(sentence))
                return sentence.write(self._values, chance)
        return ""

    def _case(self, slot: str) -> str:
        """Which bank serves the slot, given the numbers."""
        quoted = self._story.quoted
        if slot == "applications":
            if not quoted["received"]:
                return "applications.none"
            full = all(quoted.get(name) for name in ("carried_in", "handled", "carried_out"))
            return "applications.carried" if full and self._chance.random() < 0.6 else "applications.some"
        if slot == "remedies":
            return "remedies.some" if quoted["reviews"] or quoted["lawsuits"] else "remedies.none"
        return slot


class _Values(dict[str, str]):
    """The values of a report's sentences; small numbers and invented names are drawn anew each time."""

    def __init__(self, story: Story, chance: random.Random) -> None:
        career = story.career
        place = career.place.region.name
        seat = career.agency.name.removesuffix("人民政府") if career.agency.kind == "township" else place
        last = "街道" if seat.endswith("办事处") else seat[-1]
        self._chance = chance
        self._below = story.below
        comma = chance.random() < 0.12
        numbers = {**story.facts, **story.quoted}
        super().__init__(
            {name: f"{number:,}" if comma else str(number) for name, number in numbers.items()},
            year=str(story.year),
            next=str(story.year + 1),
            period=str(story.period),
            agency=career.agency.name,
            place=seat.removesuffix("办事处"),
            whole=f"全{last}",
            we=phrases()["we"].get(career.agency.kind, f"我{last}"),
        )

    def __missing__(self, name: str) -> str:
        chance = self._chance.random()
        if name == "a":
            return str(2 + int(chance * 8))
        if name == "b":
            return str(11 + int(chance * 78))
        if name == "c":
            return str(101 + int(chance * 880))
        if name == "p":
            return f"{88 + chance * 11.5:.1f}"
        bank: Sequence[str] = self._below if name == "sub" else names()["places"][_BANKS[name]]
        return bank[int(chance * len(bank))]


_BANKS = {"community": "communities", "street": "streets", "village": "villages", "project": "projects"}
