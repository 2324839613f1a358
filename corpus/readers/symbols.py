"""Characters of symbol fonts: they lie at U+F000 and the number that they have in the font (OpenType, "cmap", 3.0).

A font that is no pictorial one draws there what is at that number anyway: U+F034 is a 4.
"""

from __future__ import annotations

_MOVED = range(0xF021, 0xF07F)
_BY = 0xF000
_PICTORIAL = ("wingdings", "webdings", "zapfdingbats")


def is_pictorial(font: str) -> bool:
    """Whether a font's characters are pictures, whatever their numbers say. Of a part of a font: ABCDEF+Name."""
    return font.rpartition("+")[2].lower().startswith(_PICTORIAL)


def moved_back(number: int) -> int:
    """The number that a character has in its font; that of any other as it is."""
    return number - _BY if number in _MOVED else number


def meant(text: str, font: str) -> str:
    """A character as its font draws it; as it is where that is a picture."""
    return text if len(text) != 1 or is_pictorial(font) else chr(moved_back(ord(text)))
