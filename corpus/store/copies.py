"""When two texts for the same agency and year are one: near-identical narrative and the same figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.model import Figure
from corpus.text import compact

THRESHOLD = 0.9
"""Shared shingles over all shingles. Copies of one page differ by a few characters; an edited one by sentences."""

_WIDTH = 4


def near_identical(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Compare two unpacked bodies: no figure that both print may differ, and the narratives must be alike."""
    if _conflict(one["figures"], other["figures"]):
        return False
    mine, theirs = _shingles(one), _shingles(other)
    if not mine or not theirs:
        return mine == theirs
    return len(mine & theirs) >= THRESHOLD * len(mine | theirs)


def _conflict(one: Mapping[str, Figure], other: Mapping[str, Figure]) -> bool:
    shared = [(figure, other[id_]) for id_, figure in one.items() if id_ in other]
    return any(
        mine.value != theirs.value for mine, theirs in shared if mine.value is not None and theirs.value is not None
    )


def _shingles(body: Mapping[str, Any]) -> set[str]:
    text = "".join(compact(section.text) for section in body["sections"])
    return {text[start : start + _WIDTH] for start in range(max(1, len(text) - _WIDTH + 1))} - {""}
