"""How Chinese sounds, coarsely: syllables without tones, and without the differences that most people do not hear."""

from __future__ import annotations

import os
import unicodedata
from functools import lru_cache

# Characters are read one by one: the readings of 47,000 phrases would take 44 MB and a quarter of a second.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
from pypinyin.pinyin_dict import pinyin_dict

_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))

_KEPT = 1 << 12
"""Characters whose reading is remembered: more than names and questions use. All that there are would take 9 MB, to
which a server comes as rare ones are typed, over weeks: nobody could tell that from a leak."""


@lru_cache(_KEPT)
def syllable(character: str) -> str:
    """The commonest reading of a character, as typed on a keyboard (xing); the character itself if it has none."""
    readings = pinyin_dict.get(ord(character))
    if readings is None:
        return character
    letters = unicodedata.normalize("NFD", readings.split(",")[0].replace("ü", "v"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@lru_cache(_KEPT)
def sound(character: str) -> str:
    """The syllable without what is easily confused: zh = z, ng = n."""
    heard = syllable(character)
    for careful, careless in _ALIKE:
        heard = heard.replace(careful, careless)
    return heard


def sounds(text: str) -> tuple[str, ...]:
    """The sound of each character."""
    return tuple(map(sound, text))
