"""A word as typed → the tokens and characters that must occur for it."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.clauses import Literal, Term
from indexer.normal import normalise
from indexer.segment import Segmenter, Token


def parts_of(text: str, segmenter: Segmenter) -> tuple[Term | Literal, ...]:
    """What must occur for a word to occur: its tokens.

    A character that the segmenter leaves alone stands together with its neighbour as typed (讨薪 must not match
    讨论…薪酬), and a document number with its prefix.
    """
    normal = normalise(text)
    parts: list[Term | Literal] = []
    for piece in _pieces(list(segmenter.words(normal))):
        if any(token.text.startswith("(") for token in piece):
            parts.append(Literal(normal[piece[0].start : piece[-1].end]))
            continue
        for run in _runs(piece):
            joined = len(run) > 1 or _lone(run[0])
            # A number beside a lone character is a word too, lest 5年 be found in 2015年.
            parts += (Term(token.text) for token in run if not joined or token.text.isascii())
            if joined:
                parts.append(Literal(normal[run[0].start : run[-1].end]))
    return tuple(dict.fromkeys(parts))


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
        if merged and (alone or waiting):
            merged[-1] += run
        else:
            merged.append(list(run))
    return merged


def _lone(token: Token) -> bool:
    return len(token.text) == 1 and not token.text.isascii()
