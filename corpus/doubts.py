"""What extraction has to say, as codes with values; words come from ``doubts.toml``, only where they are shown.

A doubt is data (docs/contract.md, "nianbao inspect FILE…"): it is stored as a code with values and can be counted,
compared and put into either language. What a report itself prints stands in the values, as printed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["zh-CN", "en"]
LANGUAGES: tuple[Language, ...] = ("zh-CN", "en")

Values = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A code of ``doubts.toml`` with the values that its words name."""

    code: str
    values: Values = field(default_factory=dict, hash=False)


@cache
def catalogue() -> Mapping[str, Mapping[Language, str]]:
    """Code → language → words, with ``%(name)s`` where a value stands."""
    return tomllib.loads((files("corpus") / "doubts.toml").read_text(encoding="utf-8"))


def recalled(code: str, values: Values | None = None) -> Doubt:
    """The doubt of a stored code. What stands there in place of a code was stored as a sentence and remains one."""
    return Doubt(code, values or {}) if code in catalogue() else Doubt("as_said", {"words": code})


def said(doubt: Doubt, language: Language = "en") -> str:
    """The doubt in words; a value that was not kept with its code is an ellipsis. Raises KeyError for no code."""
    return catalogue()[doubt.code][language] % Told(doubt.values)


class Told(dict[str, object]):
    """The values of a doubt, an ellipsis for each that it does not have."""

    def __missing__(self, key: str) -> str:
        return "…"
