"""How Chinese sounds, coarsely: syllables without tones, and without the differences that most people do not hear."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.metadata import distribution
from pathlib import Path

_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))

_KEPT = 1 << 12
"""Characters whose reading is remembered: more than names and questions use. All that there are would take 9 MB, to
which a server comes as rare ones are typed, over weeks: nobody could tell that from a leak."""


@cache
def _readings() -> Mapping[str, str]:
    """The readings of every character, by its code, as pypinyin has them; commonest first, parted by commas.

    Its table alone: the package would read those of 47,000 phrases too, which takes 44 MB and a quarter of a second.
    """
    table = distribution("pypinyin").locate_file("pypinyin/pinyin_dict.json")
    readings: Mapping[str, str] = json.loads(Path(str(table)).read_text(encoding="utf-8"))
    return readings


@lru_cache(_KEPT)
def syllable(character: str) -> str:
    """The commonest reading of a character, as typed on a keyboard (xing); the character itself if it has none."""
    return _syllable(character)


@lru_cache(_KEPT)
def sound(character: str) -> str:
    """The syllable without what is easily confused: zh = z, ng = n."""
    heard = _syllable(character)
    for careful, careless in _ALIKE:
        heard = heard.replace(careful, careless)
    return heard


def sounds(text: str) -> tuple[str, ...]:
    """The sound of each character."""
    return tuple(map(sound, text))


def _syllable(character: str) -> str:
    readings = _readings().get(str(ord(character)))
    if readings is None:
        return character
    letters = unicodedata.normalize("NFD", readings.split(",")[0].replace("ü", "v"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
