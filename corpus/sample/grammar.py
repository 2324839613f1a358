"""Sentences with choices: ``[a|b]`` is one of two, ``{name}`` a value; compiled once, written many times."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

_MARK = re.compile(r"\[([^\]]*)\]|\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Name:
    """A place in a sentence that takes a value."""

    key: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A compiled sentence. ``names`` are all the values it may ask for."""

    parts: tuple[str | Name | tuple[Sentence, ...], ...]
    names: frozenset[str]

    def write(self, values: Mapping[str, str], chance: random.Random) -> str:
        """One way to say it. Raises KeyError for a value that is not given."""
        words: list[str] = []
        for part in self.parts:
            if isinstance(part, str):
                words.append(part)
            elif isinstance(part, Name):
                words.append(values[part.key])
            else:
                words.append(part[int(chance.random() * len(part))].write(values, chance))
        return "".join(words)


def compile_sentence(template: str) -> Sentence:
    """Read a template; choices do not nest, names may stand inside them."""
    parts: list[str | Name | tuple[Sentence, ...]] = []
    names: set[str] = set()
    position = 0
    for mark in _MARK.finditer(template):
        if mark.start() > position:
            parts.append(template[position : mark.start()])
        position = mark.end()
        if mark[2]:
            parts.append(Name(mark[2]))
            names.add(mark[2])
        else:
            choices = tuple(compile_sentence(choice) for choice in mark[1].split("|"))
            parts.append(choices)
            names.update(*(choice.names for choice in choices))
    if position < len(template):
        parts.append(template[position:])
    return Sentence(tuple(parts), frozenset(names))
