"""What a text took over from another one, word by word: pure, lossless, and bounded in time.

Sentences are compared first, and only where they differ their words: a number, a Latin word or a single Chinese
character. So a changed number shows as that number, and the time stays bounded by ``LONGEST``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeVar

Kind = Literal["same", "removed", "added"]
Source = TypeVar("Source")

LONGEST = 2_000_000
"""The most pairs of words, or of sentences, compared at a time; a longer stretch counts as written anew."""
ISLAND = 3
"""A common stretch of fewer characters between two changes is chance (的, 、): it belongs to the change."""
PHRASE = 8
"""Only a common stretch of so many characters counts as repeated."""

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+|[^。！？；\n]+")
_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[A-Za-z]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that stands in both, in the older (removed) or in the newer one (added)."""

    kind: Kind
    text: str


def diff(before: str, after: str) -> tuple[Span, ...]:
    """The way from one text to the other: same + removed is the older text, same + added the newer one."""
    return tuple(_readable(_raw(before, after)))


def applied(spans: Sequence[Span]) -> str:
    """The newer text."""
    return "".join(span.text for span in spans if span.kind != "removed")


def repeated(spans: Sequence[Span]) -> tuple[int, int]:
    """(characters of the newer text in common stretches of at least ``PHRASE``, all of its characters)."""
    same = sum(len(span.text) for span in spans if span.kind == "same" and len(span.text.strip()) >= PHRASE)
    return same, len(applied(spans))


def sentences(text: str) -> list[str]:
    """The sentences with their stops; joined they are the text."""
    return _SENTENCE.findall(text)


def origins(text: str, earlier: Mapping[Source, str]) -> dict[Source | None, tuple[int, str]]:
    """Where the sentences of a text stand first as they are.

    ``earlier`` are other texts, the earliest first. For each that is the first to have sentences of the text: how many
    characters of the text these are, and the longest of them. None stands for what the text is the first to say.
    """
    first: dict[str, Source] = {}
    for source in reversed(list(earlier)):
        first.update((sentence.strip(), source) for sentence in sentences(earlier[source]))
    found: dict[Source | None, tuple[int, str]] = {}
    for sentence in map(str.strip, sentences(text)):
        if sentence:
            source_or_none = first.get(sentence)
            characters, longest = found.get(source_or_none, (0, ""))
            found[source_or_none] = characters + len(sentence), max(longest, sentence, key=len)
    return found


def _raw(before: str, after: str) -> Iterator[Span]:
    old, new = sentences(before), sentences(after)
    for kind, left, right in _compared(old, new):
        if kind == "replace":
            for _, words_left, words_right in _compared(_WORD.findall(left), _WORD.findall(right)):
                yield from _spans(words_left, words_right)
        else:
            yield from _spans(left, right)


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(what happened, older stretch, newer stretch) in order."""
    if len(old) * len(new) > LONGEST:
        yield "replace", "".join(old), "".join(new)
        return
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield kind, "".join(old[i:j]), "".join(new[k:m])


def _spans(left: str, right: str) -> Iterator[Span]:
    if left == right:
        yield from [Span("same", left)] if left else []
        return
    if left:
        yield Span("removed", left)
    if right:
        yield Span("added", right)


def _readable(spans: Iterator[Span]) -> Iterator[Span]:
    """Changes with nothing but an island between them become one."""
    removed = added = common = ""
    for span in spans:
        if span.kind == "same":
            common += span.text
            continue
        if (removed or added) and len(common) < ISLAND:
            removed, added = removed + common, added + common
        else:
            yield from (*_spans(removed, added), *_spans(common, common))
            removed = added = ""
        common = ""
        if span.kind == "removed":
            removed += span.text
        else:
            added += span.text
    yield from (*_spans(removed, added), *_spans(common, common))
