"""Sentences with choices: ``[a|b]`` is one of two, ``{name}`` a value; spelt out once, written many times."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

_CHOICE = re.compile(r"\[([^\]]*)\]")
_NAME = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in all its ways. ``names`` are the values that one or the other asks for."""

    ways: tuple[str, ...]
    names: frozenset[str]

    def write(self, values: Mapping[str, str], chance: random.Random) -> str:
        """One way to say it. Raises KeyError for a value that is not given."""
        return self.ways[int(chance.random() * len(self.ways))].format_map(values)


def compile_sentence(template: str) -> Sentence:
    """Spell out a template; choices do not nest, names may stand inside them."""
    fixed_and_choices = _CHOICE.split(template)  # every second piece is the inside of a choice
    pieces = [piece.split("|") if index % 2 else [piece] for index, piece in enumerate(fixed_and_choices)]
    return Sentence(tuple(map("".join, product(*pieces))), frozenset(_NAME.findall(template)))
