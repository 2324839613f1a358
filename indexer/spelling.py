"""Did you mean: words of the index that sound or look like what was typed.

Candidates are whole queries with one stretch of a word replaced; the caller offers only those that find something.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexer.clauses import Query
from indexer.normal import normalise
from indexer.pinyin import sound, sounds

LONGEST = 8
"""Characters of a stretch that is replaced."""
RARE = 2
"""A word that occurs less often is no candidate: it may be a slip itself."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    merit: tuple[int, int, int]


class Spellings:
    """The words of an index by sound, and by what is left when one character is dropped.

    Words with something in common are one text, parted by blanks: a list for each of 200,000 would be looked at
    whenever garbage is collected, half a second in which nobody is answered.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._count = {
            word: count
            for word, count in vocabulary.items()
            if count >= RARE and 2 <= len(word) <= LONGEST and min(word) >= "\u3400"
        }
        self._by_sound = _together((_heard(word), word) for word in self._count)
        self._by_rest = _together((rest, word) for word in self._count if len(word) > 2 for rest in _rests(word))
        characters = sorted({character for word in vocabulary for character in word if character >= "\u3400"})
        self._alike = _together((sound(character), character) for character in characters)

    def corrections(self, query: Query, pairs: Callable[[str], int], most: int = 6) -> list[str]:
        """The query with one word of it spelt otherwise, the likeliest first.

        ``pairs`` tells how often two characters stand side by side in the index.
        """
        found: dict[str, tuple[int, int, int]] = {}
        for word in query.words:
            text = normalise(word)
            for candidate in (*self._of(text), *self._misheard(text, pairs)):
                corrected = query.text.replace(word, candidate.text, 1)
                found[corrected] = max(found.get(corrected, (0, 0, 0)), candidate.merit)
        return sorted(found, key=lambda corrected: found[corrected], reverse=True)[:most]

    def _of(self, word: str) -> Iterator[_Candidate]:
        for start in range(len(word) - 1):
            for end in range(start + 2, min(len(word), start + LONGEST) + 1):
                stretch = word[start:end]
                for same, others in ((2, self._by_sound.get(_heard(stretch), "").split()), (1, self._near(stretch))):
                    for other in others:
                        if other != stretch:
                            # A longer stretch says more; then what sounds the same; then what is common.
                            merit = (end - start, same, self._count[other])
                            yield _Candidate(word[:start] + other + word[end:], merit)

    def _misheard(self, word: str, pairs: Callable[[str], int]) -> Iterator[_Candidate]:
        """One character by another that sounds the same, where it stands between its neighbours in some report.

        So words are found that are no token of the index: 黑丑水体 is 黑臭水体, whatever the segmenter makes of it.
        """
        if not 2 <= len(word) <= LONGEST or not min(word) >= "\u3400":
            return
        for place, character in enumerate(word):
            beside = [word[place - 1 : place] if place else "", word[place + 1 : place + 2]]
            for other in self._alike.get(sound(character), "").split():
                sides = [side for side in (beside[0] + other, other + beside[1]) if len(side) == 2]
                if other != character and (least := min(map(pairs, sides))):
                    yield _Candidate(word[:place] + other + word[place + 1 :], (len(word), 2, least))

    def _near(self, stretch: str) -> Iterable[str]:
        """Words with one character more, fewer, another, or two exchanged."""
        if len(stretch) < 3:
            return ()
        near = {*self._by_rest.get(stretch, "").split()}
        for rest in _rests(stretch):
            near.update(self._by_rest.get(rest, "").split())
            if rest in self._count and len(rest) > 2:
                near.add(rest)
        return near


def _together(words: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for common, word in words:
        found[common].append(word)
    return {common: " ".join(those) for common, those in found.items()}


def _heard(word: str) -> str:
    return " ".join(sounds(word))


def _rests(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))
