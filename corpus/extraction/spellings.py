"""How places are spelt in the letters of an address, and which places a label of letters can mean.

The spellings follow from the places' pinyin (``corpus/pinyin.csv``): in full (wuhua), by initials (wh), behind a
superior's letters (kmwh), before the letters of the kind of division (whq). Only what a label holds is spelt out: of
three thousand places a few.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from corpus.extraction.vocabulary import vocabulary
from corpus.extraction.weights import weights
from corpus.model import Region
from corpus.regions import Registry

_SUFFIXES = {
    "省": ("sheng", "s"), "市": ("shi", "s"), "县": ("xian", "x"), "区": ("qu", "q"), "州": ("zhou", "z"),
    "旗": ("qi", "q"), "盟": ("meng", "m"),
}  # fmt: skip
_HALL = re.compile(r"(?:rmzfw?|zfw?|gov|zwgk|zfxxgk|xxgk|zw|site|city|info)$")
_ZONE = re.compile(r"(?:gxq|gx|jkq|kfq|htz|ts)$")
_NATION = frozenset(("cn", "zg"))
_DIGRAPH = re.compile(r"[zcs]h|[a-z]")


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How a place is spelt: syllables joined, initials, what its kind of division adds, its superiors' letters."""

    region: Region
    full: str
    initials: tuple[str, ...]
    suffixes: tuple[str, ...]
    superiors: frozenset[str]


def sound(code: str) -> str:
    """How a place's name sounds, its syllables joined by hyphens; the code itself for a place that is not listed."""
    return _syllables().get(code, code)


@lru_cache(maxsize=4096)
def spelt(label: str) -> tuple[tuple[str, float], ...]:
    """The codes of the places that a label spells, with how much of them it spells out.

    >>> dict(spelt("kmwh"))["530102"]
    0.9
    """
    forms = {label, _HALL.sub("", label)} - {""}
    zone = _ZONE.sub("", label)
    found: dict[str, float] = {}
    for spelling in map(_spelling, _held(forms | {zone})):
        best = max((_fit(form, spelling) for form in forms), default=0.0)
        if zone != label and spelling.region.level == "prefecture":
            best = max(best, _fit(zone, spelling))
        if spelling.region.valid_to is not None:
            best *= weights()["host"]["former"]
        if best:
            found[spelling.region.code] = best
    return tuple(found.items())


def _held(forms: set[str]) -> list[str]:
    """The places whose name stands in one of the forms, in full or by initials."""
    pieces = {form[start:end] for form in forms for end in range(len(form) + 1) for start in range(end)}
    return sorted({code for piece in pieces for code in _by_letters().get(piece, ())})


def _fit(label: str, spelling: _Spelling) -> float:
    """How far a label spells a place: superior + name + kind of division, name in full or by initials."""
    weight = weights()["host"]
    best = 0.0
    for name in (spelling.full, *spelling.initials):
        at = label.find(name)
        while at >= 0:
            before, after = label[:at], label[at + len(name) :]
            known = before in spelling.superiors or before in _NATION
            if (after in spelling.suffixes and (known or not before)) or (not before and after in spelling.superiors):
                best = max(best, weight[_said(name == spelling.full, before, after, len(spelling.initials[0]))])
            at = label.find(name, at + 1)
    return best


def _said(full: bool, before: str, after: str, syllables: int) -> str:  # noqa: FBT001 - one of four kinds of spelling
    """The weight's name for a spelling."""
    if full:
        return "full"
    if before or len(after) > 1:
        return "below"
    return "long_initials" if syllables > 2 else "kind" if after else "initials"


@cache
def _by_letters() -> Mapping[str, list[str]]:
    """The codes of the places that letters spell, in full or by initials."""
    found: dict[str, list[str]] = {}
    for code, name in _syllables().items():
        for letters in {name.replace("-", ""), *_initials(name)}:
            found.setdefault(letters, []).append(code)
    return found


@cache
def _syllables() -> Mapping[str, str]:
    rows = csv.DictReader((files("corpus") / "pinyin.csv").read_text(encoding="utf-8").splitlines())
    return {row["code"]: row["pinyin"] for row in rows}


def _initials(name: str) -> tuple[str, ...]:
    """First letters of the syllables, and first sounds where they differ: zy and zhy of 郑州."""
    own = name.split("-")
    sounds = ("".join(syllable[0] for syllable in own), "".join(_DIGRAPH.match(syllable)[0] for syllable in own))  # type: ignore[index] # syllables begin with a letter
    return tuple(dict.fromkeys(sounds))


@cache
def _registry() -> Registry:
    return Registry.load()


@cache
def _spelling(code: str) -> _Spelling:
    region = _registry().get(code)
    assert region is not None  # noqa: S101 - a test holds that both lists have the same codes
    name = _syllables()[code]
    suffixes = ("", *_SUFFIXES.get(region.name[-1], ()))
    superiors = frozenset(letters for above in _registry().ancestors(code)[:-1] for letters in _letters(above))
    return _Spelling(region, name.replace("-", ""), _initials(name), suffixes, superiors)


@cache
def _letters(code: str) -> tuple[str, ...]:
    """How a superior stands before a name: in full, by initials, with s for 市, by customary letters (hlj)."""
    name = _syllables()[code]
    initials = _initials(name)[0]
    return (name.replace("-", ""), initials, initials + "s", *_customary(code))


def _customary(code: str) -> Iterator[str]:
    return (label for label, meant in vocabulary().domains.items() if code in meant and "." not in label)
