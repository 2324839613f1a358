"""A sentence as it is compared: numbers, years and names folded away, so that what remains is its wording.

“2021年我县收到申请17件” and “2022年我县收到申请9件” are one wording. Only what may change from year to year and from
place to place without anything new being said is folded; every other character counts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.model import Report, Section, SectionKind
from corpus.regions import Registry
from corpus.text import fold

SHORTEST = 10
"""Characters of a wording that is somebody's; a shorter one is everybody's and is not compared."""

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+|[^。！？；\n]+")
_NUMBER = re.compile(r"[0-9]+(?:[.,:][0-9]+)*|[〇零一二两三四五六七八九十百千万亿]+")
_MARKS = re.compile(r"[\W_]+")
_ITEM = re.compile(r"^N是?")
_OWN_SUFFIXES = ("人民政府办公厅", "人民政府办公室", "人民政府", "管理委员会", "街道办事处", "办事处")
_DIVISION = re.compile(r"(?<=..)[省市县区州旗盟镇乡]$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: from ``start`` to before ``end``, in code points, in a paragraph of its kind."""

    kind: SectionKind
    paragraph: int
    start: int
    end: int

    @property
    def length(self) -> int:
        """Characters as printed."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Sentence(Place):
    """A sentence that is compared, with its wording."""

    wording: str


def sentences(report: Report, registry: Registry) -> Iterator[Sentence]:
    """The sentences of a report that are long enough to be compared; ``paragraph`` counts through its kind."""
    own = own_names(report.agency.name, report.agency.region, registry)
    seen: dict[SectionKind, int] = {}
    for section in report.sections:
        for text in section.paragraphs:
            number = seen.get(section.kind, 0)
            seen[section.kind] = number + 1
            for match in _SENTENCE.finditer(text):
                folded = wording(match[0], own, registry)
                if len(folded) >= SHORTEST:
                    yield Sentence(section.kind, number, match.start(), match.end(), folded)


def printed(sections: Iterable[Section], sentence: Place) -> str:
    """A sentence as the report of these sections has it."""
    paragraphs = [text for section in sections if section.kind == sentence.kind for text in section.paragraphs]
    return paragraphs[sentence.paragraph][sentence.start : sentence.end]


def wording(sentence: str, own: re.Pattern[str], registry: Registry) -> str:
    """A sentence without marks, its numbers ``N``, the names of its body and of divisions ``P``."""
    text = own.sub("P", fold(sentence))  # folded text has no capitals
    for mention in reversed(registry.find(text)):
        if mention.full:
            text = f"{text[: mention.start]}P{text[mention.end :]}"
    return _ITEM.sub("", _MARKS.sub("", _NUMBER.sub("N", text)))


def key(wording_: str) -> int:
    """63 bits that stand for a wording."""
    return int.from_bytes(hashlib.blake2b(wording_.encode(), digest_size=8).digest()) >> 1


def own_names(agency: str, region: str, registry: Registry) -> re.Pattern[str]:
    """What a report calls its body, and its place by code: whole names and short ones, the longest first."""
    names = {agency, *registry.path(region)}
    names |= {agency.removesuffix(suffix) for suffix in _OWN_SUFFIXES}
    names |= {_DIVISION.sub("", name) for name in names}
    return re.compile("|".join(map(re.escape, _longest_first(fold(name) for name in names if len(name) > 1))))


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))
