"""Two faults at a time, drawn at random from those of a format."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.accuracy.faults import faults_of

# Bytes have one encoding, an article one wrapping: of each set a page can have one.
_EXCLUSIVE = (
    {"gb18030", "gbk_as_gb2312", "gbk_as_utf8", "utf8_as_gb2312", "no_charset", "utf16", "in_json", "in_script", "bom"},
    {"yuan", "ten_thousands", "bare_ten_thousands", "yuan_header"},
    {"table_split", "table_split_with_header", "row_split"},
    {"missing_groups", "empty_groups", "repeated_groups"},
    {"commas", "counted", "full_width", "spaced_numbers", "dashes", "blank_zeros", "blank_rows", "number_split"},
)  # fmt: skip


def pairs_of(format_: str, count: int, chance: random.Random) -> list[list[str]]:
    """``count`` pairs of different faults that can happen to one file."""
    names = [name for name in faults_of(format_) if name != "clean"]
    pairs: list[list[str]] = []
    while len(pairs) < count:
        pair = chance.sample(names, 2)
        if can_meet(pair[:1], pair[1]):
            pairs.append(pair)
    return pairs


def can_meet(names: Sequence[str], another: str) -> bool:
    """Whether a file that has some faults can have another one too."""
    return not any({name, another} <= exclusive for name in names for exclusive in _EXCLUSIVE)
