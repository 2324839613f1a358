"""Long lines in which headings, sentences and cells run together, parted again: only white space is left between them.

A heading is numbered and has no value soon behind it; a word with a sentence's punctuation outside brackets is prose;
words and values without one between them are the cells of a table, a line each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter

from corpus.numerals import is_value
from corpus.readers.text_table import BAR, NUMBERED, begins_section

_NOTE = re.compile(r"[(（][^()（）]*[)）]")
_PROSE = re.compile(r"[，。；！？,;!?]|：$|:$")
_NUMBERING = re.compile(r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、．]")

_MARK = re.compile(r"[|｜¦‖/\\~;；·•→>\t]+")
_LEAST_SENTENCES = 3
_LEAST_VALUES = 20
_LEAST_ROWS = 4
"""A line with fewer is a row, or a sentence."""
_MANY_VALUES = 10
"""Of a list that has one value in each row; dates have fewer."""
_MANY_WORDS = 30
"""One after another without a sentence: the labels of a table that was left blank. A menu has fewer."""
_SEVERAL_WORDS = 8
"""Of a line with tables: between two numbered labels."""


def unfolded(lines: Sequence[str]) -> Iterator[str]:
    """The lines, those that hold whole tables in pieces."""
    for line in lines:
        if whole := _joined_by_mark(line):
            yield from whole
        else:
            yield from _pieces(line) if _holds_tables(line) else (line,)


def _joined_by_mark(line: str) -> list[str]:
    """All that a page says, where a program has joined it by some mark in one line; nothing for any other line."""
    mark, times = max(Counter(_MARK.findall(line)).items(), key=itemgetter(1), default=("", 0))
    said = [piece.strip() for piece in line.split(mark)] if times >= _LEAST_VALUES else []
    sentences = sum(piece.endswith("。") for piece in said)
    is_page = sentences >= _LEAST_SENTENCES and sum(map(is_value, filter(None, said))) >= _LEAST_VALUES
    return said if is_page else []


def _holds_tables(line: str) -> bool:
    if "\t" in line or BAR.search(line) or len(line) < _LEAST_VALUES * 2:
        return False
    words = line.split()
    values = [is_value(word) for word in words]
    labels = [not value and any(map(str.isalpha, word)) for word, value in zip(words, values, strict=True)]
    rows = sum(value and label for value, label in zip(values, labels[1:], strict=False))
    if sum(values) >= _LEAST_VALUES and rows >= _LEAST_ROWS:
        return True
    # Letters set apart are one word.
    whole = [word for word in words if len(word) > 1]
    return any(not is_prose and len(list(run)) >= _MANY_WORDS for is_prose, run in groupby(whole, _is_prose))


def _pieces(line: str) -> Iterator[str]:
    """Headings, stretches of prose and cells, in order; an empty line behind a table."""
    words = _words(line)
    headings = {at for at in range(len(words)) if begins_section(words, at) or _is_above_prose(words, at)}
    kinds = [(at in headings, _is_prose(word)) for at, word in enumerate(words)]
    prose: list[str] = []
    for (is_heading, is_prose), group in groupby(range(len(words)), key=kinds.__getitem__):
        stretch = [words[at] for at in group]
        if is_prose or not (is_heading or _is_table(stretch)):
            prose += stretch
            continue
        yield from filter(None, (" ".join(prose),))
        prose = []
        yield from (*stretch, "") if not is_heading else stretch
    yield from filter(None, (" ".join(prose),))


def _is_above_prose(words: Sequence[str], at: int) -> bool:
    """Whether a numbered word has a sentence behind it, before any row and the next number."""
    if not NUMBERED.match(words[at]) or _is_prose(words[at]):
        return False
    for word, below in pairwise(words[at + 1 :]):
        if _is_prose(word):
            return True
        if NUMBERED.match(word) or (is_value(word) and is_value(below)):
            return False
    return at + 1 < len(words) and _is_prose(words[-1])


def _words(line: str) -> list[str]:
    """What white space parts, but for numbers that count what follows and notes that have not ended."""
    words: list[str] = []
    for word in line.split():
        if words and _goes_on(words[-1], word):
            words[-1] += word
        else:
            words.append(word)
    return words


def _goes_on(above: str, word: str) -> bool:
    opened, closed = (sum(above.count(bracket) for bracket in pair) for pair in ("(（", ")）"))
    is_note = word[0] in "(（" and not _NUMBERING.match(word)
    return opened > closed or _NUMBERING.fullmatch(above) is not None or (is_note and not is_value(above))


def _is_prose(word: str) -> bool:
    """Whether a word has a sentence's punctuation; a label has it in notes, or between its clauses at most."""
    bare = _NOTE.sub("", word)
    return not is_value(word) and _PROSE.search(bare) is not None


def _is_table(stretch: Sequence[str]) -> bool:
    values = [is_value(word) for word in stretch]
    return any(a and b for a, b in pairwise(values)) or sum(values) >= _MANY_VALUES or len(stretch) >= _SEVERAL_WORDS
