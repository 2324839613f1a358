"""Place names as an English reader can say them: pinyin without tones (GB/T 28039), and what kind of place it is.

A registered place reads as ``corpus/pinyin.csv`` has it; any other, as those of a fictional province, by the
commonest reading of its characters.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from corpus.model import Region
from corpus.regions import Registry
from indexer.pinyin import syllable

_KINDS: Mapping[str, str] = {
    "自治区": "Autonomous Region",
    "自治州": "Autonomous Prefecture",
    "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner",
    "特别行政区": "Special Administrative Region",
    "地区": "Prefecture",
    "林区": "Forestry District",
    "新区": "New Area",
    "省": "Province",
    "市": "City",
    "县": "County",
    "区": "District",
    "盟": "League",
    "旗": "Banner",
    "镇": "Town",
    "乡": "Township",
}
"""How a name ends, the longer ends first."""
_OPEN = "aeo"
"""A syllable that begins so takes an apostrophe: Xi'an (GB/T 16159)."""


def romanised(region: Region) -> str:
    """A place's name in Latin letters: Songpo District.

    >>> romanised(Region("990101", "松陂区", "county", "990100", fictional=True))
    'Songbei District'
    """
    name, kind = _parts(region.name)
    syllables = _registered().get(region.code, "").split("-") if region.code in _registered() else []
    spoken = _joined(syllables or [syllable(character) for character in name])
    return f"{spoken} {kind}".strip()


def romanised_code(code: str, registry: Registry) -> str:
    """The same by its code; empty where there is no such place."""
    region = registry.get(code)
    return romanised(region) if region else ""


def _parts(name: str) -> tuple[str, str]:
    for end, kind in _KINDS.items():
        if name.endswith(end) and len(name) > len(end) + (len(end) == 1 and len(name) == 2):
            return name.removesuffix(end), kind
    return name, ""


def _joined(syllables: list[str]) -> str:
    first, *rest = syllables
    return (first + "".join(f"'{each}" if each[:1] in _OPEN else each for each in rest)).capitalize()


@cache
def _registered() -> Mapping[str, str]:
    """Code → syllables with hyphens between them, without the kind of place."""
    rows = csv.DictReader(files("corpus").joinpath("pinyin.csv").read_text("utf-8").splitlines())
    return {row["code"]: row["pinyin"] for row in rows}
