"""From whom a report repeats its sentences: the earliest report that has each of them, of its own body or another.

Other bodies' reports are found by searching for the longest sentences word for word, the earliest report first; every
report so found is then compared sentence by sentence, as they stand. The work is bounded: so many searches a report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Report
from corpus.store import Store, Stored
from indexer.document import narrative
from indexer.engine import Engine
from indexer.request import SearchRequest
from webui.passage import LONGEST, Passage
from webui.textdiff import origins, sentences

SEARCHES, EACH = 6, 3
"""Sentences searched for, and reports read for each until one has it."""
LOOKED_FOR = 30
"""Characters of a sentence that are searched for."""
SHORTEST = 12
"""Characters of a sentence that is somebody's: a shorter one is everybody's."""
_QUOTES = re.compile('["“”]')


@dataclass(frozen=True, slots=True)
class Origin:
    """Characters whose sentences stand first in ``stored``; None: in the report itself.

    ``other`` says that it is another body's; ``passage`` is where the longest of the sentences stands in it.
    """

    stored: Stored | None
    characters: int
    other: bool = False
    passage: Passage | None = None


def sources(stored: Stored, siblings: Sequence[Stored], store: Store, engine: Engine) -> tuple[Origin, ...]:
    """The origins of a report's sentences, the report itself first, then by how much they gave."""
    own = [each for each in siblings if each.report.year < stored.report.year]
    others = _others(stored, store, engine)
    earlier = sorted((*own, *others), key=lambda each: (each.report.year, each in others, each.id))
    texts = {each.id: _whole(each.report) if each in own else "\n".join(_long(each.report)) for each in earlier}
    known = {each.id: each for each in earlier}
    mine = stored.report.agency.id
    found = []
    for id_, (characters, longest) in origins(_whole(stored.report), texts).items():
        if id_ is None:
            found.append(Origin(None, characters))
            continue
        source = known[id_]
        other = source.report.agency.id != mine
        found.append(Origin(source, characters, other, _passage(source.report, longest)))
    return tuple(sorted(found, key=lambda each: (each.stored is not None, -each.characters)))


def _others(stored: Stored, store: Store, engine: Engine) -> list[Stored]:
    """Earlier reports of other bodies that have some of the report's longest sentences."""
    open_ = sorted(_long(stored.report), key=len, reverse=True)
    found: list[Stored] = []
    for _ in range(SEARCHES):
        if not open_:
            break
        sentence = open_[0]
        source = _first(sentence, stored.report, store, engine)
        explained = {sentence}
        if source is not None:
            found.append(source)
            explained |= set(_long(source.report))
        open_ = [each for each in open_ if each not in explained]
    return found


def _first(sentence: str, report: Report, store: Store, engine: Engine) -> Stored | None:
    """The earliest report of another body, of a year before, that has the sentence."""
    words = max(_QUOTES.split(sentence[:LOOKED_FOR]), key=len)
    query = SearchRequest(
        text=f'"{words}"',
        filters={"year": (f"1900..{report.year - 1}",)},
        sort="year",
        size=EACH,
        plain=True,
        apart=True,
        bare=True,
    )
    for hit in engine.search(query).hits:
        kept = store.get(hit.id) if hit.agency != report.agency.name else None
        if kept is not None and sentence in _long(kept.report):
            return kept
    return None


def _whole(report: Report) -> str:
    return "\n".join(section.text for section in report.sections)


def _long(report: Report) -> list[str]:
    """The sentences that are somebody's."""
    stripped = dict.fromkeys(map(str.strip, sentences(_whole(report))))
    return [sentence for sentence in stripped if len(sentence) >= SHORTEST]


def _passage(report: Report, sentence: str) -> Passage | None:
    for kind, text in narrative(report.sections).items():
        start = text.find(sentence)
        if start >= 0:
            return Passage(kind, start, start + min(len(sentence), LONGEST))
    return None
