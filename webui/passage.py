"""A passage of a report's narrative, as an address names it: ``mark=<section>:<start>-<end>``.

The offsets count code points of the section's text as the index keeps it: all sections of one kind, a line apart.
The server marks the passage, so that a link from a search leads to the very sentence without any script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.model import SECTION_KINDS, Section, SectionKind
from indexer.document import narrative
from indexer.result import Snippet
from webui.params import N_, BadParameterError

ANCHOR = "mark"
"""The id of the first marked piece."""
LONGEST = 2000
"""Code points that an address may mark."""
_SPELLED = re.compile(r"([a-z_]+):(\d{1,8})-(\d{1,8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Passage:
    """From ``start`` to before ``end`` in the text of the sections of one kind."""

    section: str
    start: int
    end: int

    def __str__(self) -> str:
        """As an address spells it."""
        return f"{self.section}:{self.start}-{self.end}"


def passage_of(snippet: Snippet) -> Passage | None:
    """Where a snippet stands in its report; None for one that is not of the narrative, or is empty."""
    if snippet.section not in SECTION_KINDS or not snippet.text:
        return None
    return Passage(snippet.section, snippet.offset, snippet.offset + min(len(snippet.text), LONGEST))


def passage_in(sections: Sequence[Section], text: str) -> Passage | None:
    """Where a text stands in sections, for a link that marks it; None where it is nowhere, or broken over several."""
    for kind, narrated in narrative(sections).items():
        start = narrated.find(text)
        if start >= 0 and text:
            return Passage(kind, start, start + min(len(text), LONGEST))
    return None


def read_passage(value: str) -> Passage | None:
    """Read ``mark``; None where it is empty. Raises BadParameterError where it cannot name a passage."""
    if not value:
        return None
    found = _SPELLED.fullmatch(value)
    if found and found[1] in SECTION_KINDS and 0 < int(found[3]) - int(found[2]) <= LONGEST:
        return Passage(found[1], int(found[2]), int(found[3]))
    raise BadParameterError(
        ANCHOR,
        N_("Write a passage as section:start-end, as in problems:0-40, at most %(most)s characters long."),
        most=LONGEST,
    )


def pieces(
    passage: Passage | None, sections: Iterable[tuple[str, SectionKind, tuple[str, ...]]]
) -> Mapping[str, tuple[int, int]]:
    """The marked part of each paragraph, under the paragraph's id; nothing where the text ends before the passage.

    ``sections`` are (anchor, kind, paragraphs) in the order of print; paragraph n of a section has the id anchor-n.
    """
    found: dict[str, tuple[int, int]] = {}
    if passage is None:
        return found
    at = 0
    for anchor, kind, paragraphs in sections:
        if kind != passage.section or not "\n".join(paragraphs):
            continue  # what is empty takes no line of its own (indexer.document)
        for number, paragraph in enumerate(paragraphs, 1):
            start, end = max(passage.start - at, 0), min(passage.end - at, len(paragraph))
            if start < end:
                found[f"{anchor}-{number}"] = (start, end)
            at += len(paragraph) + 1
    return found
