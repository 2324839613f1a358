"""Questions whose answers follow from what the generator planted: seven ways in which people ask.

Half of them, chosen by seed, are held out: ranking is tuned on the others alone.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from corpus.sample.generate import SampleReport
from indexer.document import Document
from indexer.pinyin import sound

QuestionKind = Literal["known_item", "topic", "place_topic", "metric", "typo", "substring", "traditional"]
KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)
EACH = 36
"""Questions of a kind."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the ids of the reports that answer it."""

    kind: QuestionKind
    text: str
    answers: frozenset[str]
    held_out: bool


def questions(reports: Sequence[SampleReport], documents: Mapping[str, Document], seed: int = 1) -> list[Asked]:
    """The evaluation set."""
    draw = random.Random(seed)  # noqa: S311 - a seeded draw, no secret
    found: list[Asked] = []
    for kind in KINDS:
        made = dict(_of_kind(kind, reports, documents, draw))
        kept = draw.sample(sorted(made), min(EACH, len(made)))
        found += (Asked(kind, text, made[text], bool(place % 2)) for place, text in enumerate(kept))
    return found


def _of_kind(  # noqa: C901 - one case for each kind
    kind: QuestionKind, reports: Sequence[SampleReport], documents: Mapping[str, Document], draw: random.Random
) -> Iterator[tuple[str, frozenset[str]]]:
    topics = _topics(reports)
    match kind:
        case "known_item":
            for report in draw.sample(list(reports), 80):
                yield f"{report.agency.name} {report.year}年", frozenset((report.id,))
        case "topic":
            yield from topics.items()
        case "place_topic":
            yield from _in_places(reports, draw)
        case "metric":
            yield from _metrics(documents.values(), draw)
        case "typo":
            for phrase, answers in topics.items():
                if (wrong := misspelt(phrase, draw)) is not None:
                    yield wrong, answers
        case "substring":
            yield from _pieces(documents.values(), sorted(topics), draw)
        case "traditional":
            for phrase, answers in topics.items():
                if (written := "".join(_traditional().get(c, c) for c in phrase)) != phrase:
                    yield written, answers


def _topics(reports: Iterable[SampleReport]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for report in reports:
        for mention in report.topics:
            found[mention.phrase].add(report.id)
    return {phrase: frozenset(ids) for phrase, ids in found.items()}


def _in_places(reports: Sequence[SampleReport], draw: random.Random) -> Iterator[tuple[str, frozenset[str]]]:
    for report in draw.sample(list(reports), 150):
        if report.topics and len(report.path) > 1:
            phrase = draw.choice(report.topics).phrase
            place = report.path[1]
            answers = {
                other.id
                for other in reports
                if place in other.path and any(mention.phrase == phrase for mention in other.topics)
            }
            yield f"{place} {phrase}", frozenset(answers)


def _metrics(documents: Iterable[Document], draw: random.Random) -> Iterator[tuple[str, frozenset[str]]]:
    every = list(documents)
    for name, id_ in (("新收申请", "applications_received"), ("不予公开", "refused"), ("行政复议", "reviews")):
        values = sorted({int(document.metrics[id_]) for document in every if id_ in document.metrics})
        for bound in draw.sample(values, min(20, len(values))):
            year = draw.randint(2019, 2025)
            answers = {d.id for d in every if d.metrics.get(id_, -1) >= bound and d.year == year}
            if answers:
                yield f"{name}>={bound} 年份:{year}", frozenset(answers)


def _pieces(
    documents: Iterable[Document], phrases: Sequence[str], draw: random.Random
) -> Iterator[tuple[str, frozenset[str]]]:
    """Two neighbouring characters from the inside of a topic's phrase, wherever they stand."""
    texts = {document.id: "\n".join(document.sections.values()) for document in documents}
    for phrase in phrases:
        if len(phrase) > 3:
            start = draw.randint(1, len(phrase) - 3)
            piece = phrase[start : start + 2]
            yield f"“{piece}”", frozenset(id_ for id_, text in texts.items() if piece in text)


def misspelt(phrase: str, draw: random.Random) -> str | None:
    """One character of the phrase by another that sounds the same."""
    places = [place for place, character in enumerate(phrase) if len(_alike(sound(character))) > 1]
    if not places or len(phrase) < 3:
        return None
    place = draw.choice(places)
    others = [character for character in _alike(sound(phrase[place])) if character != phrase[place]]
    return phrase[:place] + draw.choice(others) + phrase[place + 1 :]


@cache
def _alike(heard: str) -> tuple[str, ...]:
    return tuple(character for character in _common() if sound(character) == heard)


@cache
def _common() -> str:
    """Characters that people type by mistake: those of the dictionary of the field."""
    words = (files("indexer") / "dictionary.txt").read_text(encoding="utf-8")
    return "".join(sorted({character for character in words if "\u4e00" <= character <= "\u9fff"}))


@cache
def _traditional() -> Mapping[str, str]:
    lines = (files("corpus") / "traditional.txt").read_text(encoding="utf-8").splitlines()
    return {line[1]: line[0] for line in reversed(lines) if not line.startswith("#")}
