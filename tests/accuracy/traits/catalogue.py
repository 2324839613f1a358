"""Every trait by its name, and the score of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from corpus.regions import Registry
from tests.accuracy.harness import Score, score
from tests.accuracy.paper import Paper
from tests.accuracy.traits import layouts, packed, pages, prints, records, screens, sheets, texts, word
from tests.accuracy.traits.pages import Written

TRAITS: Mapping[str, Callable[[Paper], Written]] = {
    **pages.TRAITS,
    **screens.TRAITS,
    **layouts.TRAITS,
    **word.TRAITS,
    **sheets.TRAITS,
    **prints.TRAITS,
    **packed.TRAITS,
    **texts.TRAITS,
    **records.TRAITS,
}
"""What writes a paper with the trait: it gives what must be read of it, the file and its suffix."""

SLOW = frozenset(prints.TRAITS)
"""Traits of printed pages, which take long to read."""


def scored(name: str, paper: Paper, registry: Registry) -> Score:
    """How a paper with the trait is read."""
    made, payload, suffix = TRAITS[name](paper)
    return score(made, payload, suffix, registry)
