"""Raised and lowered text as Unicode writes it, so that a note's mark behind a number is never taken for its digit.

A cell's raw text has one line of characters; ``12`` with a raised 1 is kept as ``12¹``, which shows what was printed.
"""

from __future__ import annotations

from collections.abc import Mapping

PICTURE = "\ufffc"
"""What stands in a cell for a picture, or for what a script writes there: a person sees it, no text says it."""

_RAISED = str.maketrans("0123456789+-=()（）[]〔〕［］n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁽⁾⁽⁾⁽⁾⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()（）[]〔〕［］", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₍₎₍₎₍₎₍₎")
_LONGEST_WORD = 6
_BY_PLACE: Mapping[str, dict[int, int]] = {
    **dict.fromkeys(("superscript", "super", "sup"), _RAISED),
    **dict.fromkeys(("subscript", "sub"), _LOWERED),
}


def set_off(text: str, place: str) -> str:
    """Text as it stands raised or lowered; ``place`` in the words of HTML, CSS and Office, any other leaves it.

    Short words that have no such form (注) stand in raised brackets.

    >>> set_off("[1]", "super"), set_off("注1", "super"), set_off("2", "baseline")
    ('⁽¹⁾', '⁽注1⁾', '2')
    """
    forms = _BY_PLACE.get(place)
    if forms is None or not text.strip():
        return text
    if len(text) <= _LONGEST_WORD and any(character.isalnum() and ord(character) not in forms for character in text):
        return f"⁽{text}⁾" if forms is _RAISED else f"₍{text}₎"
    return text.translate(forms)
