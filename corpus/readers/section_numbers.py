"""Numbers of sections that stand alone in a line above their heading, as magazines and chat articles set them.

    03
    收到和处理政府信息公开申请情况

No value begins with a nought: so are these told from cells between which they stand, and by counting on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"\s*0([1-9])\s*")
_LEAST = 3


def without_section_numbers(lines: Sequence[str]) -> list[str]:
    """The lines without those that number the sections of the text from 01 on."""
    numbers = [match and int(match[1]) for match in map(_NUMBER.fullmatch, lines)]
    counted = [number for number in numbers if number]
    if len(counted) < _LEAST or counted != list(range(1, len(counted) + 1)):
        return list(lines)
    return [line for line, number in zip(lines, numbers, strict=True) if not number]
