"""The one spelling in which text and requests meet.

It is ``corpus.text.fold`` with Simplified characters, plain brackets and no idle spaces. Every step works character
by character and looks at nothing but the two neighbours of a space, so that whatever occurs in a text occurs,
normalised by itself, in the normalised text: exact search rests on this.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus.text import fold, fold_with_offsets, folds_in_place
from corpus.traditional import characters

_SPACES = re.compile(r"[^\S\n ][^\S\n]*| [^\S\n]+")
# A space keeps its meaning only between two letters or digits of alphabetic scripts: "open government", "12 34",
# but 2021 年 = 2021年, and titles set as 工 作 报 告.
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff〇"
_IDLE = re.compile(rf"(?<![^\W_{_HAN}]) | (?![^\W_{_HAN}])")
# Brackets of document numbers are typed in every shape: 豫政办〔2019〕28号, [2019], 【2019】, (2019).
_BRACKETS = dict(zip(map(ord, "〔【[〖﹝{〕】]〗﹞}"), "((((((" + "))))))", strict=True))


def normalise(text: str) -> str:
    """Text as it is matched; line breaks stay, they part paragraphs."""
    spaced = _SPACES.sub(" ", fold(text).translate(_characters()))
    return _IDLE.sub("", spaced) if " " in spaced else spaced


def normalise_all(lines: Sequence[str]) -> list[str]:
    """Each of many short texts without line breaks normalised, all in one go: a line break stays, and parts them.

    >>> normalise_all(["石溪縣  政府", " a  b "])
    ['石溪县政府', 'a b']
    """
    return normalise("\n".join(lines)).split("\n") if lines else []


def normalise_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """``normalise``, and for each character of it the offset in ``text`` it came from (one more for the end)."""
    folded, origins = fold_with_offsets(text)
    folded = folded.translate(_characters())
    for pattern, replacement in ((_SPACES, " "), (_IDLE, "")):
        pieces: list[str] = []
        offsets: list[int] = []
        end = 0
        for match in pattern.finditer(folded):
            pieces += (folded[end : match.start()], replacement)
            offsets += origins[end : match.start() + len(replacement)]
            end = match.end()
        if end:
            folded, origins = "".join((*pieces, folded[end:])), offsets + list(origins[end:])
    return folded, origins


def is_even(text: str, normal: str) -> bool:
    """Whether every character of the text surely keeps its place in its normalised form."""
    # Spaces are only ever taken away: where each character folds to one, equal lengths leave no room for a shift.
    return len(normal) == len(text) and folds_in_place(text)


@cache
def _characters() -> dict[int, str]:
    """Traditional to Simplified and brackets to parentheses, one character for one."""
    return _BRACKETS | characters()
