"""jieba's dictionary and our words, prepared: cutting a question opens only the leaves of its characters.

jieba and rjieba take in 350,000 words before the first text is cut, a tenth of a second and more, which a build hardly
notices and whoever asks one question does. Here the words lie in a file by their first character. A leaf is read when a
text has the character, and the best path through the words is found as jieba finds it (``__cut_DAG_NO_HMM`` of its
``__init__.py``): the greatest product of the words' frequencies, the later end among equals.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from math import log
from pathlib import Path

import numpy as np

from corpus.errors import SearchIndexError

_TABLE = np.dtype("<u4")
_NO_WORD = "0"
"""The frequency, as written, of what only begins words."""
_log = logging.getLogger(__name__)

_Leaf = Mapping[str, float | None]
"""The words that begin with a character, without it: the logarithm of their share; None for beginnings of words."""


class Lexicon:
    """Words with their frequencies as ``prepared`` gives them."""

    def __init__(self, data: bytes) -> None:
        """Take what ``prepared`` made. Raises ValueError for anything else."""
        begin = data.index(b"\n") + 1
        name, total, leaves, checksum = data[:begin].decode().split()
        rest = memoryview(data)[begin:]
        if zlib.crc32(rest) != int(checksum):
            raise ValueError(name)
        self.name = name
        self._logarithm = log(int(total))
        size = 2 * _TABLE.itemsize * int(leaves)
        self._codes, self._ends = np.frombuffer(rest[:size], _TABLE).reshape(2, -1)
        self._text = rest[size:]
        self._leaves: dict[str, _Leaf] = {}

    def knows(self, word: str) -> bool:
        """Whether this is a word."""
        return bool(word) and self._leaf(word[0]).get(word[1:]) is not None

    def cut(self, text: str) -> list[str]:
        """The words along the best path; characters that are in no word stand alone."""
        size = len(text)
        best, ends = [0.0] * (size + 1), [0] * size
        for start in range(size - 1, -1, -1):
            best[start], ends[start] = max(
                (weight + best[end], end) for end, weight in self._from(text, start, self._leaf(text[start]))
            )
        words, start = [], 0
        while start < size:
            words.append(text[start : ends[start]])
            start = ends[start]
        return words

    def _from(self, text: str, start: int, leaf: _Leaf) -> Iterator[tuple[int, float]]:
        """Where the words that begin at a character end, and what each counts."""
        found = False
        for end in range(start + 1, len(text) + 1):
            if (rest := text[start + 1 : end]) not in leaf:
                break
            if (weight := leaf[rest]) is not None:
                found = True
                yield end, weight
        if not found:
            yield start + 1, -self._logarithm

    def _leaf(self, character: str) -> _Leaf:
        if (known := self._leaves.get(character)) is None:
            lines = self._lines(character)
            counted = (line.partition(" ") for line in lines)
            known = self._leaves[character] = {
                rest: log(int(count)) - self._logarithm if count != _NO_WORD else None for rest, _, count in counted
            }
        return known

    def _lines(self, character: str) -> list[str]:
        place = int(np.searchsorted(self._codes, ord(character)))
        if place == self._codes.size or self._codes[place] != ord(character):
            return []
        begin = int(self._ends[place - 1]) if place else 0
        return str(self._text[begin : int(self._ends[place])], "utf-8").split("\n")[:-1]


def lexicon(name: str, words: Iterable[str], names: Iterable[str], frequency: int, path: Path | None) -> Lexicon:
    """The lexicon of this ``name``, from the file at ``path`` where it is the one, else made anew and kept there.

    ``words`` count with the ``frequency``, and of ``names`` those that are no words of jieba's already.
    """
    if path is not None and path.is_file():
        try:
            kept = Lexicon(path.read_bytes())
        except (ValueError, IndexError):
            _log.warning("%s is damaged and made anew.", path)
        else:
            if kept.name == name:
                return kept
    data = prepared(name, words, names, frequency)
    if path is not None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f".{path.name}.new")
            beside.write_bytes(data)
            beside.replace(path)
        except OSError as error:
            _log.warning("%s cannot be written (%s): the dictionary is read anew at every start.", path, error)
    return Lexicon(data)


def prepared(name: str, words: Iterable[str], names: Iterable[str], frequency: int) -> bytes:
    """The file: name, sum of all frequencies, leaves, check sum; the leaves' characters; their ends; they."""
    known = _jiebas()
    total = sum(known.values())
    for word in words:
        total += frequency - known.get(word, 0)
        known[word] = frequency
    for word in names:
        if len(word) > 1 and word not in known:
            known[word] = frequency
            total += frequency
    for word in list(known):
        for end in range(1, len(word)):
            known.setdefault(word[:end], 0)
    leaves: dict[str, list[str]] = {}
    for word in sorted(known):
        leaves.setdefault(word[0], []).append(f"{word[1:]} {known[word]}\n")
    texts = ["".join(lines).encode() for lines in leaves.values()]
    table = np.array([[ord(character) for character in leaves], np.cumsum([len(text) for text in texts])])
    rest = b"".join((table.astype(_TABLE).tobytes(), *texts))
    return f"{name} {total} {len(leaves)} {zlib.crc32(rest)}\n".encode() + rest


def _jiebas() -> dict[str, int]:
    """The words of jieba's own dictionary."""
    found = find_spec("jieba")  # its import takes longer than reading the file does
    if found is None or found.origin is None:
        raise SearchIndexError("jieba is not installed, so there is no dictionary: install nianbao again.")
    lines = (Path(found.origin).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    return {word: int(frequency) for word, frequency, *_ in (line.split(" ") for line in lines)}
