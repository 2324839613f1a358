"""Where the leaves of a query stand: words, characters in a row, words near each other."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from corpus.budget import check
from indexer import postings
from indexer.clauses import Leaf, Literal, Near, Phrase, Prefix, Term
from indexer.postings import Keys
from indexer.view import Postings


class Standing:
    """The occurrences of a query's leaves; every leaf is read once."""

    def __init__(self, given: Postings) -> None:
        self._given = given
        self._keys: dict[Leaf, Keys] = {}

    def keys(self, leaf: Leaf) -> Keys:
        """Where a leaf stands."""
        check()
        if leaf not in self._keys:
            find = partial(self._find, leaf)
            self._keys[leaf] = self._given.kept_keys(leaf, find) if _is_joined(leaf) else find()
        return self._keys[leaf]

    def marks(self, leaf: Leaf) -> list[tuple[Leaf, Keys]]:
        """What to mark where a leaf stands: itself, or of words near each other those that are."""
        if not isinstance(leaf, Near):
            return [(leaf, self.keys(leaf))]
        ends = self._chains(leaf)
        marked = [ends[0]]
        for (before, after), found in zip(pairwise(leaf.parts), ends[1:], strict=True):
            marked.append(postings.near(found, len(after.text), marked[-1], len(before.text), leaf.slop))
        return list(zip(leaf.parts, marked, strict=True))

    def _find(self, leaf: Leaf) -> Keys:
        match leaf:
            case Term():
                return self._given.word(leaf.text)
            case Literal():
                return self._literal(leaf.text)
            case Phrase():
                return postings.chain([(self._given.word(word), offset) for word, offset in leaf.words])
            case Prefix():
                return self._given.prefix(leaf.text)
            case Near():
                return self._chains(leaf)[0]

    def _literal(self, text: str) -> Keys:
        """Where the characters stand in a row: pairs that cover them, each at its offset."""
        if len(text) == 1:
            return self._given.character(text)
        offsets = sorted({*range(0, len(text) - 1, 2), len(text) - 2})
        return postings.chain([(self._given.pair(text[offset : offset + 2]), offset) for offset in offsets])

    def _chains(self, leaf: Near) -> list[Keys]:
        """For each part the occurrences from which the later ones can be reached one after the other."""
        found = [self.keys(leaf.parts[-1])]
        for before, after in reversed(list(pairwise(leaf.parts))):
            found.insert(0, postings.near(self.keys(before), len(before.text), found[0], len(after.text), leaf.slop))
        return found


def _is_joined(leaf: Leaf) -> bool:
    """Whether its occurrences are put together from others: the view keeps what it has read anyway."""
    return isinstance(leaf, Near | Phrase) or (isinstance(leaf, Literal) and len(leaf.text) > 2)
