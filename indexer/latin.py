"""Places and bodies written in Latin letters: Ping Lan, pínglán, Songyu County People's Government.

What sounds like a place is put together (pinglan) or, with a body behind it, into Chinese (松屿县人民政府). The same
letters then mean the same, however they were spaced.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from weakref import WeakKeyDictionary

from indexer.names import Names
from indexer.pinyin import syllable

_WORDS = re.compile(r"(?<![^\s(!-])[^\W\d_]['’\w]*(?:\s+[^\W\d_]['’\w]*)*(?=$|[\s)])")
_CAPITALS = {"AND", "OR", "NOT"}
MOST_SYLLABLES = 6
_GENERIC = {"city", "county", "province", "district", "prefecture", "municipality", "town", "township"}
_GOVERNMENT = {"government": "人民政府", "governments": "人民政府", "gov": "人民政府"}
_BODIES = {
    "civil affairs": "民政局", "finance": "财政局", "education": "教育局", "public security": "公安局",
    "health commission": "卫生健康委员会", "natural resources": "自然资源局", "transport": "交通运输局",
    "water resources": "水利局", "market regulation": "市场监督管理局", "tax": "税务局",
}  # fmt: skip
_heard: WeakKeyDictionary[Names, Mapping[str, str]] = WeakKeyDictionary()


def in_chinese(text: str, names: Names) -> str:
    """The text with its places in Latin letters put together; as it is where there are none."""
    if not re.search(r"[a-z]", text, re.IGNORECASE):
        return text
    return _WORDS.sub(lambda found: _words(found[0], names), text)


def plain(text: str) -> str:
    """Without the marks of tones: pínglán → pinglan; ü is v, as typed on a keyboard."""
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).replace("ü", "v"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _words(text: str, names: Names) -> str:
    words = text.split()
    said: list[str] = []
    at = 0
    while at < len(words):
        many, read = _place(words[at:], names)
        said.append(read or words[at])
        at += many or 1
    return " ".join(said) if said != words else text


def _place(words: Sequence[str], names: Names) -> tuple[int, str]:
    """How many words are a place, with the body behind it, and how it is then written; 0 for none."""
    for many in range(min(len(words), MOST_SYLLABLES), 0, -1):
        if _CAPITALS & {*words[:many]} or not all(word.isalpha() or "'" in word for word in words[:many]):
            continue
        sound = _sound(words[:many])
        codes = names.places(sound) if sound.isascii() else ()
        if not codes:
            continue
        rest = words[many:]
        generic = bool(rest) and rest[0].lower() in _GENERIC
        taken, body = _body(rest[generic:], names)
        region = names.registry.get(codes[0])
        if body and region is not None:
            return many + generic + taken, region.name + body
        return many + generic, sound
    return 0, ""


def _body(words: Sequence[str], names: Names) -> tuple[int, str]:
    """A body in English or pinyin at the beginning of some words."""
    lower = [re.sub(r"['’]s?$", "", word.lower()) for word in words]
    for many in range(min(len(words), MOST_SYLLABLES), 0, -1):
        if body := _bodies(names).get(_sound(words[:many])):
            return many, body
    at = 1 if lower[:1] == ["people"] else 0
    if lower[at : at + 1] and lower[at] in _GOVERNMENT:
        return at + 1, _GOVERNMENT[lower[at]]
    said = " ".join(lower)
    for english, body in _BODIES.items():
        for form in (f"{english} bureau", f"bureau of {english}", f"department of {english}", english):
            if said.startswith(form):
                return len(form.split()), body
    return 0, ""


def _bodies(names: Names) -> Mapping[str, str]:
    """Bodies by how their names sound."""
    if names not in _heard:
        _heard[names] = {"".join(map(syllable, name)): name for name in names.body_names if not name.isascii()}
    return _heard[names]


def _sound(words: Sequence[str]) -> str:
    return plain("".join(words)).lower().replace("'", "").replace("’", "")
