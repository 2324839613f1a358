"""Normalised text to words: patterns for numbers, jieba for Chinese, positions in characters.

The stock ChineseAnalyzer of jieba gives no usable positions, drops digits and splits numbers (docs/field.md, "Search").
Here a token stands at the character where it begins, sub-words inside or across their words, so that
neighbours can be told by arithmetic.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from corpus.regions import Registry
from indexer.lexicon import lexicon

RULES = "1"
"""Raised whenever the rules of this file change what is indexed; part of the index's identity."""

# Any frequency above a few hundred keeps a word whole against its parts; one constant keeps jieba and rjieba, which
# would each guess one, in step.
_FREQUENCY = 20_000

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff〇"
_PIECES = re.compile(
    rf"""
    (?P<document>\(\d{{4}}\)第?\d+号)                                   # 〔2019〕28号, brackets already plain
  | (?P<number>(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?:\.\d+)?)(?![^\W_{_HAN}])
  | (?P<letters>[^\W_{_HAN}]+)
  | (?P<han>[{_HAN}]+)
    """,
    re.VERBOSE,
)


_DEFAULT = threading.Lock()
"""Held by the segmenter that has the default dictionary of rjieba."""


class Token(NamedTuple):
    """A word and where it stands in the normalised text; ``text`` of a number has no thousands commas."""

    text: str
    start: int
    end: int


class Segmenter:
    """jieba's shortest-path segmentation without its guessing of new words, with our dictionary.

    ``extra`` are further words (names of regions). ``native`` chooses rjieba, the same in Rust, for much text; by
    default it is taken where installed. Questions are cut by a lexicon, ready at once; ``cache`` is the file for it.
    """

    def __init__(self, extra: Iterable[str] = (), *, cache: Path | None = None, native: bool | None = None) -> None:
        extra = sorted(set(extra))
        identity = "\n".join((RULES, version("jieba"), *terms(), "", *extra))
        self.fingerprint = hashlib.sha256(identity.encode()).hexdigest()[:16]
        if native or (native is None and _has_native()):
            self._cut, knows = _native(extra)
        else:
            words = lexicon(self.fingerprint, terms(), extra, _FREQUENCY, cache)
            self._cut, knows = words.cut, words.knows
        self._across = lru_cache(1 << 18)(lambda first, second: tuple(_across(first, second, knows)))
        self._inside = lru_cache(1 << 16)(lambda word: tuple(_inside(word, knows)))

    def words(self, text: str) -> Iterator[Token]:
        """The words of a normalised text, in order, none overlapping: how a request is read."""
        for piece in _PIECES.finditer(text):
            start, end = piece.span()
            match piece.lastgroup:
                case "han":
                    for word in self._cut(piece[0]):
                        yield Token(word, start, start + len(word))
                        start += len(word)
                case "number":
                    yield Token(piece[0].replace(",", ""), start, end)
                case _:
                    yield Token(piece[0], start, end)

    def tokens(self, text: str) -> tuple[list[str], list[int]]:
        """What is indexed, and where each stands: the words, and the words of the dictionary inside and across them.

        A word reaches from one word into the next only where both its ends are ends of some word: 县政府 in
        县|政府信息公开, never 人大 in 工人|大会.
        """
        # A thousand words a report: plain lists, and nothing made that is not kept.
        found: list[str] = []
        starts: list[int] = []
        for piece in _PIECES.finditer(text):
            start = piece.start()
            if piece.lastgroup != "han":
                found.append(piece[0].replace(",", ""))
                starts.append(start)
                continue
            before = ""
            for word in self._cut(piece[0]):
                if before:
                    for offset, sub in self._across(before, word):
                        found.append(sub)
                        starts.append(start - len(before) + offset)
                for offset, sub in self._inside(word):
                    found.append(sub)
                    starts.append(start + offset)
                found.append(word)
                starts.append(start)
                start += len(word)
                before = word
        return found, starts


@cache
def terms() -> tuple[str, ...]:
    """The words of dictionary.txt."""
    lines = (files("indexer") / "dictionary.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def region_words(registry: Registry) -> Iterator[str]:
    """The names by which regions are called: words, wherever they occur."""
    for region in registry:
        yield region.name
        yield from region.aliases


_Knows = Callable[[str], bool]


def _inside(word: str, knows: _Knows) -> Iterator[tuple[int, str]]:
    for start in range(len(word) - 1):
        for end in range(start + 2, len(word) + 1):
            if end - start < len(word) and knows(word[start:end]):
                yield start, word[start:end]


def _across(first: str, second: str, knows: _Knows) -> Iterator[tuple[int, str]]:
    starts = {0, *(start for start, _ in _inside(first, knows))}
    ends = {len(second), *(start + len(word) for start, word in _inside(second, knows))}
    both = first + second
    for start in sorted(starts):
        for end in sorted(ends):
            if knows(word := both[start : len(first) + end]):
                yield start, word


@cache
def _has_native() -> bool:
    try:
        import rjieba  # noqa: F401, PLC0415 - optional, and asked for only when a segmenter is made
    except ImportError:
        return False
    return True


def _native(extra: Iterable[str]) -> tuple[Callable[[str], list[str]], _Knows]:
    import rjieba  # noqa: PLC0415 - optional, and its dictionary is loaded by the import

    # Its import loads a dictionary of its own, forty megabytes: the first segmenter of a process takes that one.
    jieba = rjieba if _DEFAULT.acquire(blocking=False) else rjieba.Jieba()
    for word in terms():
        jieba.add_word(word, _FREQUENCY, None)
    for word in extra:
        # A name that is an ordinary word already keeps the frequency of that word.
        if len(word) > 1 and not jieba.has_word(word):
            jieba.add_word(word, _FREQUENCY, None)
    return lambda text: jieba.cut(text, False), jieba.has_word  # noqa: FBT003 - a positional flag of theirs: no HMM
