"""A word as typed → the tokens and characters that must occur for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.clauses import Literal, Part, Phrase, Term
from indexer.normal import normalise
from indexer.segment import Segmenter, Token


def parts_of(text: str, segmenter: Segmenter) -> tuple[Part, ...]:
    """What must occur for a word to occur: its tokens.

    A character that the segmenter leaves alone stands together with its neighbour as typed (讨薪 must not match
    讨论…薪酬), and a document number with its prefix.
    """
    normal = normalise(text)
    parts: list[Part] = []
    for piece in _pieces(list(segmenter.words(normal))):
        if any(token.text.startswith("(") for token in piece):
            parts.append(Literal(normal[piece[0].start : piece[-1].end]))
            continue
        parts.extend(phrase(normal, run) for run in _runs(piece))
    return tuple(dict.fromkeys(parts))


def phrase(normal: str, run: Sequence[Token]) -> Term | Phrase:
    """Tokens side by side; one by itself is a term."""
    if len(run) == 1:
        return Term(run[0].text)
    start = run[0].start
    return Phrase(normal[start : run[-1].end], tuple((token.text, token.start - start) for token in run))


def whole(text: str, segmenter: Segmenter) -> Part:
    """A text as it stands, on whole words: how a synonym or the name of a place is met.

    What has signs or a document number in it stands as its characters.
    """
    normal = normalise(text)
    tokens = list(segmenter.words(normal))
    joined = all(first.end == second.start for first, second in pairwise(tokens))
    plain = tokens and joined and len(normal) == tokens[-1].end - tokens[0].start
    if not plain or any(token.text.startswith("(") for token in tokens):
        return Literal(normal)
    return phrase(normal, tokens)


def _pieces(tokens: list[Token]) -> Iterator[list[Token]]:
    """Tokens that touch each other."""
    piece: list[Token] = []
    for token in tokens:
        if piece and piece[-1].end != token.start:
            yield piece
            piece = []
        piece.append(token)
    if piece:
        yield piece


def _runs(piece: list[Token]) -> list[list[Token]]:
    """Tokens by themselves; lone characters in a row together, a single one with the token before it or else after."""
    runs: list[list[Token]] = []
    for token in piece:
        if runs and _lone(token) and _lone(runs[-1][-1]):
            runs[-1].append(token)
        else:
            runs.append([token])
    merged: list[list[Token]] = []
    for run in runs:
        alone = len(run) == 1 and _lone(run[0])
        waiting = merged and len(merged[-1]) == 1 and _lone(merged[-1][0])
        # Where a number has its commas in one text and not in the other, the distances differ: it stands alone.
        counted = merged and any(_long_number(token) for token in (merged[-1][-1], run[0]))
        if merged and not counted and (alone or waiting):
            merged[-1] += run
        else:
            merged.append(list(run))
    return merged


def _lone(token: Token) -> bool:
    return len(token.text) == 1 and not token.text.isascii()


def _long_number(token: Token) -> bool:
    return token.text.isdigit() and len(token.text) > 3
