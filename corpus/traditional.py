"""Traditional characters: what is written in them reads as its Simplified original.

Administrative bodies of the mainland publish in Simplified characters; proxies for readers elsewhere (``/gate/big5/``)
and copies turn whole pages into Traditional ones (docs/sites.md, § 6). Undone here, such a page is the copy that it is.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from operator import ne

from corpus.blocks import Block, Content, Grid
from corpus.doubts import Doubt

_LEAST_SHARE = 0.15
"""Of the characters of a page. About every third differs; in Simplified text none, but for a name."""

WARNING = Doubt("traditional")


@cache
def characters() -> dict[int, str]:
    """Code point of a Traditional character → the Simplified one, as in traditional.txt."""
    lines = (files("corpus") / "traditional.txt").read_text(encoding="utf-8").splitlines()
    return {ord(line[0]): line[1] for line in lines if not line.startswith("#")}


def simplified(text: str) -> str:
    """A text as it is matched: Traditional characters by Simplified ones, one for one, so that offsets stay.

    Gateways put words of Taiwan for words of the mainland (資訊公開): they are put back.
    """
    return text.translate(characters()).replace("资讯", "信息") if not text.isascii() else text


def in_simplified(content: Content) -> Content:
    """The content, in Simplified characters and with a warning that says so if it was in Traditional ones."""
    texts = [*_texts(content), content.title]
    known = characters()
    whole = "".join(texts)
    if known.keys().isdisjoint(map(ord, set(whole))):
        return content
    if sum(map(ne, whole, whole.translate(known))) < _LEAST_SHARE * len(whole):
        return content
    return replace(
        content,
        blocks=tuple(_block(block) for block in content.blocks),
        title=content.title.translate(known),
        metadata={name: value.translate(known) for name, value in content.metadata.items()},
        warnings=(*content.warnings, WARNING),
    )


def _texts(content: Content) -> list[str]:
    return [block.text for block in content.blocks if not isinstance(block, Grid)]


def _block(block: Block) -> Block:
    if not isinstance(block, Grid):
        return replace(block, text=block.text.translate(characters()))
    rows = tuple(tuple(replace(cell, raw=cell.raw.translate(characters())) for cell in row) for row in block.rows)
    return replace(block, rows=rows)
