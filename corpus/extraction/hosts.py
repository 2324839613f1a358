"""Which places an address can mean: a host spells a place in full, by initials, or behind its superior's letters.

Nothing is listed but what no rule gives (``corpus/domains.csv``: hlj, harbin); the spellings follow from the places'
pinyin (``corpus/pinyin.csv``). The less a label spells out and the more places it fits, the less it says:

    www . kmwh . gov.cn     km = 昆明, wh = 五华: superior + initials
    tyj . henan . gov.cn    henan spelt out; tyj is no place below it, so it is a department
    /glqrmzf/xxgkzl/…       a folder: gl = 鼓楼, q = 区, rmzf = 人民政府
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from corpus.extraction.self_description import split_address
from corpus.extraction.vocabulary import vocabulary
from corpus.extraction.weights import weights
from corpus.model import LEVELS, Region
from corpus.regions import Registry

_SUFFIXES = {
    "省": ("sheng", "s"), "市": ("shi", "s"), "县": ("xian", "x"), "区": ("qu", "q"), "州": ("zhou", "z"),
    "旗": ("qi", "q"), "盟": ("meng", "m"),
}  # fmt: skip
_HALL = re.compile(r"(?:rmzfw?|zfw?|gov|zwgk|zfxxgk|xxgk|zw|site|city|info)$")
_ZONE = re.compile(r"(?:gxq|gx|jkq|kfq|htz|ts)$")
_NATION = frozenset(("cn", "zg"))
_DIGRAPH = re.compile(r"[zcs]h|[a-z]")
_NOT_A_PLACE = frozenset(("www", "gov", "cn", "com", "org", "net", "wap", "zwgk", "xxgk", "public", "zfxxgk", "xxgknb"))
_FOLDERS = 2
_LEAST_LETTERS, _MOST_LETTERS = 2, 24


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How a place is spelt: syllables joined, initials, what its kind of division adds, its superiors' letters."""

    region: Region
    full: str
    initials: tuple[str, ...]
    suffixes: tuple[str, ...]
    superiors: frozenset[str]


def hosted(url: str, registry: Registry) -> dict[str, float]:
    """The regions that an address can mean, each with its share of belief; the address may be empty.

    Labels are read from the right; one further left, or a folder, counts only for what lies below what was found.
    """
    parts = split_address(url)
    labels = (parts.hostname or "").removesuffix(".gov.cn").split(".")
    shares: dict[str, float] = {}
    # gz.gov.cn is 广州's, though gz is 贵州 under a ministry's domain: whole domains go first.
    whole = _meant(f"{labels[-1]}.gov.cn", registry)
    for label in reversed(labels[:-1] if whole else labels):
        shares = _narrowed(shares or whole, _meant(label, registry), registry)
    shares = shares or whole
    at_home = (parts.hostname or "").endswith(".gov.cn")
    for folder in parts.path.split("/")[1 : 1 + _FOLDERS]:
        if shares or not at_home:
            below = _meant(folder.lower(), registry)
            factor = weights()["host"]["folder"]
            shares = _narrowed(shares, {code: share * factor for code, share in below.items()}, registry)
    return shares


def _narrowed(shares: dict[str, float], more: Mapping[str, float], registry: Registry) -> dict[str, float]:
    """What was found, and of what another label means that which lies below it, with its superior's belief."""
    if not shares:
        return dict(more)
    inside = {
        code: share * max(shares[above] for above in registry.ancestors(code)[:-1] if above in shares)
        for code, share in more.items()
        if any(above in shares for above in registry.ancestors(code)[:-1])
    }
    return shares | {code: share + max(shares.values()) * bool(inside) for code, share in inside.items()}


def _meant(label: str, registry: Registry) -> dict[str, float]:
    """The places that one label of a host, or one folder, can mean. The highest of them has the plain name."""
    customary = vocabulary().domains.get(label, ())
    found = {code: weights()["host"]["full"] for code in customary if registry.get(code) is not None}
    if not found and _LEAST_LETTERS <= len(label) <= _MOST_LETTERS and label.isascii() and label not in _NOT_A_PLACE:
        found = dict(_spelt(re.sub(r"[\d_-]", "", label)))
        found = {code: share for code, share in found.items() if registry.get(code) is not None}
    present = {_home(code) for code in found if _present(code, registry)}
    found = {code: share for code, share in found.items() if _present(code, registry) or _home(code) not in present}
    if not found:
        return {}
    best = max(found.values())
    highest = min(LEVELS.index(registry.get(code).level) for code, share in found.items() if share == best)  # type: ignore[union-attr] # filtered above
    equal = sum(share == best for share in found.values())
    lower = weights()["host"]["lower"]
    crowd = 1.0 if best >= weights()["host"]["full"] else max(1.0, equal / 2)
    return {
        code: share / crowd * (1.0 if LEVELS.index(registry.get(code).level) == highest else lower)  # type: ignore[union-attr] # filtered above
        for code, share in found.items()
    }


def _present(code: str, registry: Registry) -> bool:
    region = registry.get(code)
    return region is not None and region.valid_to is None


def _home(code: str) -> tuple[str, str]:
    """What a place shares with the one that it became (黔西县, 黔西市): the province and the sound of its name."""
    return code[:2], _syllables().get(code, code)


@lru_cache(maxsize=4096)
def _spelt(label: str) -> tuple[tuple[str, float], ...]:
    """The codes of the places that a label spells, with how much of them it spells out."""
    forms = {label, _HALL.sub("", label)} - {""}
    zone = _ZONE.sub("", label)
    found: dict[str, float] = {}
    for spelling in _spellings():
        best = max((_fit(form, spelling) for form in forms), default=0.0)
        if zone != label and spelling.region.level == "prefecture":
            best = max(best, _fit(zone, spelling))
        if spelling.region.valid_to is not None:
            best *= weights()["host"]["former"]
        if best:
            found[spelling.region.code] = best
    return tuple(found.items())


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
def _spellings() -> tuple[_Spelling, ...]:
    registry = Registry.load()
    syllables = {code: sound.split("-") for code, sound in _syllables().items()}
    return tuple(_spelling(registry.get(code), registry, syllables) for code in syllables)  # type: ignore[arg-type] # a test holds that both lists have the same codes


@cache
def _syllables() -> Mapping[str, str]:
    rows = csv.DictReader((files("corpus") / "pinyin.csv").read_text(encoding="utf-8").splitlines())
    return {row["code"]: row["pinyin"] for row in rows}


def _spelling(region: Region, registry: Registry, syllables: Mapping[str, list[str]]) -> _Spelling:
    own = syllables[region.code]
    initials = ("".join(syllable[0] for syllable in own), "".join(_DIGRAPH.match(syllable)[0] for syllable in own))  # type: ignore[index] # syllables begin with a letter
    suffixes = ("", *_SUFFIXES.get(region.name[-1], ()))
    above = registry.ancestors(region.code)[:-1]
    return _Spelling(
        region, "".join(own), tuple(dict.fromkeys(initials)), suffixes, frozenset(_letters(above, syllables))
    )


def _letters(codes: Iterable[str], syllables: Mapping[str, list[str]]) -> Iterator[str]:
    """How superiors stand before a name: in full, by initials, with s for 市, by customary letters (hlj)."""
    for code in codes:
        initials = "".join(syllable[0] for syllable in syllables[code])
        customary = [label for label, meant in vocabulary().domains.items() if code in meant and "." not in label]
        yield from ("".join(syllables[code]), initials, initials + "s", *customary)
