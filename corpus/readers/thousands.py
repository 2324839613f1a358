"""Numbers whose thousands a blank parts (486 938): in print it is only room between characters, in a page often &nbsp;.

Of one cell nobody can tell whether it holds one number or two. A document tells: every number with a blank in it is
parted so, and hardly one of as many digits is printed without.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.blocks import Cell, Content, Grid

_BLANK = re.compile("[ \u00a0]")
_PARTED = re.compile(r"\d+(?:[ \u00a0]\d+)+")
_BY_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0]\d{3})+")
_LONG = re.compile(r"\d{4,}(?:\.\d+)?")
_LEAST = 3
_THIN = "\u2009"


def with_thousands(content: Content) -> Content:
    """The content with the thin blank that parts thousands where the document shows that its blanks do."""
    raws = [cell.raw for block in content.blocks if isinstance(block, Grid) for row in block.rows for cell in row]
    parted = list(filter(_PARTED.fullmatch, raws))
    long = sum(_LONG.fullmatch(raw) is not None for raw in raws)
    if len(parted) < _LEAST or long * _LEAST > len(parted) or not all(map(_BY_THOUSANDS.fullmatch, parted)):
        return content
    blocks = (replace(block, rows=_thin(block.rows)) if isinstance(block, Grid) else block for block in content.blocks)
    return replace(content, blocks=tuple(blocks))


def _thin(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(replace(cell, raw=_BLANK.sub(_THIN, cell.raw)) if _PARTED.fullmatch(cell.raw) else cell for cell in row)
        for row in rows
    )
