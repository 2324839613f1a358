"""The words by which links and pages are judged: links.toml, compiled."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """links.toml, compiled."""

    other: re.Pattern[str]
    names: re.Pattern[str]
    column: re.Pattern[str]
    way: re.Pattern[str]
    year: re.Pattern[str]
    yearly: re.Pattern[str]
    body: re.Pattern[str]
    bodies: re.Pattern[str]
    look: re.Pattern[str]
    gathered: re.Pattern[str]
    sub: re.Pattern[str]
    shared: re.Pattern[str]
    directory: re.Pattern[str]
    called: re.Pattern[str]
    date: re.Pattern[str]
    next: re.Pattern[str]
    next_marks: re.Pattern[str]
    next_alone: re.Pattern[str]
    next_address: re.Pattern[str]
    attached: re.Pattern[str]
    download: re.Pattern[str]
    slug: re.Pattern[str]
    path: re.Pattern[str]
    gone: re.Pattern[str]
    blocked: re.Pattern[str]
    signs: tuple[str, ...]
    signs_needed: int
    attachments: frozenset[str]
    assets: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Read links.toml, once."""
    words = tomllib.loads((files("crawler") / "links.toml").read_text(encoding="utf-8"))

    def pattern(name: str) -> re.Pattern[str]:
        found = words[name]
        return re.compile(found if isinstance(found, str) else "|".join(found), re.IGNORECASE)

    return Vocabulary(
        **{
            name: pattern(name)
            for name in (
                "other",
                "names",
                "column",
                "way",
                "year",
                "yearly",
                "body",
                "bodies",
                "look",
                "gathered",
                "sub",
                "shared",
                "directory",
                "called",
                "date",
                "next",
                "next_marks",
                "next_alone",
                "next_address",
                "attached",
                "download",
                "slug",
                "path",
                "gone",
                "blocked",
            )
        },
        signs=tuple(words["signs"]),
        signs_needed=words["signs_needed"],
        attachments=frozenset(words["attachments"]),
        assets=frozenset(words["assets"]),
    )
