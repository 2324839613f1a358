"""Our tokens as text that OpenSearch cannot cut otherwise: one place a character, so that its positions are ours.

A lane is what stands at each character of a field, parted by spaces: the tokens that begin there joined by BETWEEN, or
NOTHING. The analyser splits at spaces, takes joined tokens apart at one position, and drops NOTHING, which leaves its
position empty. A phrase over a lane is then exact whatever lies between its words, as in indexer/postings.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indexer.segment import Segmenter

BETWEEN, NOTHING = "\u241f", "\u2422"
"""Symbols that stand for signs which no text has: the unit separator, the blank."""
_PRIVATE = 0xF0000
"""Characters that would part tokens are kept as private ones (Unicode, plane 15)."""

ANALYSIS: Mapping[str, object] = {
    "analyzer": {"lane": {"type": "custom", "tokenizer": "places", "filter": ["each", "filled"]}},
    "tokenizer": {"places": {"type": "pattern", "pattern": " "}},
    "filter": {
        "each": {"type": "pattern_capture", "preserve_original": False, "patterns": [f"([^{BETWEEN}]+)"]},
        "filled": {"type": "stop", "stopwords": [NOTHING]},
    },
}
"""The analyser of lanes, for the settings of an index."""


def kept(token: str) -> str:
    """A token as a lane has it."""
    return "".join(
        chr(_PRIVATE + ord(sign)) if sign.isspace() or sign in (BETWEEN, NOTHING) else sign for sign in token
    )


def lane(standing: Iterable[tuple[int, str]]) -> str:
    """Tokens with the characters at which they begin, as a lane."""
    places: dict[int, list[str]] = {}
    for start, token in standing:
        places.setdefault(start, []).append(kept(token))
    return " ".join(BETWEEN.join(places.get(at, [NOTHING])) for at in range(max(places, default=-1) + 1))


def words(text: str, segmenter: Segmenter) -> str:
    """The words of a normalised text."""
    tokens, starts = segmenter.tokens(text)
    return lane(zip(starts, tokens, strict=True))


def pairs(text: str) -> str:
    """Its pairs of neighbouring characters; the last of a paragraph stands with what ends it."""
    return lane((at, (text + "\n")[at : at + 2]) for at, sign in enumerate(text) if sign != "\n")
