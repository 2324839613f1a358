"""What people say in words, as phrases.toml lists it, and the patterns made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from corpus.datafile import Entry, read_table


class _Phrases(Entry, frozen=True):
    """phrases.toml."""

    without: list[str]
    without_apart: list[str]
    without_year: list[str]
    outside: list[str]
    ask_first: list[str]
    about: list[str]
    about_no: list[str]
    documents: list[str]
    ask_last: list[str]
    both: list[str]
    joins: dict[str, list[str]]
    compared: list[str]
    comparisons: dict[str, list[str]]
    comparisons_behind: dict[str, list[str]]
    bearers: dict[str, list[str]]
    levels: dict[str, str]
    years: dict[str, str]


@cache
def signs() -> Mapping[str, str]:
    """Comparisons before a number, each with its sign."""
    return {word: sign for sign, words in phrases().comparisons.items() for word in words}


@cache
def behind() -> Mapping[str, str]:
    """Comparisons behind a number: 以上."""
    return {word: sign for sign, words in phrases().comparisons_behind.items() for word in words}


@cache
def spoken() -> re.Pattern[str]:
    """Without one of these a text says nothing that is read here: most questions are a word or two of a topic."""
    data = phrases()
    words = (*data.without, *data.ask_first, *data.about, *data.ask_last, *data.both, *data.compared, *data.levels)
    words += tuple(word for joined in data.joins.values() for word in joined)
    return re.compile(
        rf"[a-z0-9除非的没无零未区街]|十[一二三四五]五|{any_of((*words, *signs(), *behind()))}", re.IGNORECASE
    )


@cache
def has_number() -> re.Pattern[str]:
    """What a run must have to compare anything."""
    return re.compile(rf"(?:{any_of((*signs(), *behind()))}|间).*|\d")


def any_of(words: Iterable[str]) -> str:
    """A pattern of alternatives, the longest first."""
    return _alternatives(tuple(words))


@cache
def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def phrases() -> _Phrases:
    """The words of phrases.toml."""
    return read_table("indexer", "phrases.toml", _Phrases)
