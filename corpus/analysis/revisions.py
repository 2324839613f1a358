"""Revisions: what a report's later version says otherwise than the one before it, and whether it tells so.

Cells are compared by what they say, sentences without marks and white space: another page style, another way to print
the same number, a moved paragraph is no revision.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from corpus.datafile import read_table
from corpus.model import Figure, Report, SectionKind
from corpus.store import Store
from corpus.store.revisions import Cell, Line, Revision
from corpus.text import fold

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+|[^。！？；\n]+")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Notices:
    notices: tuple[str, ...]


def find_revisions(store: Store) -> int:
    """Compare the versions of every report that changed since this was last done. Returns how many reports have any."""
    seen = store.revision()
    ids = store.revisions.behind()
    edited = store.revisions.edited(ids)
    for id_ in edited:
        store.revisions.put(id_, tuple(_revisions(store, id_)))
    store.revisions.put_none(set(ids) - set(edited))
    if ids:
        store.revisions.reached(seen)
    return len(edited)


def _revisions(store: Store, id_: str) -> Iterator[Revision]:
    for before, after in pairwise(store.versions(id_)):
        cells, lines = tuple(changed_cells(before.report, after.report)), changed_lines(before.report, after.report)
        if cells or lines:
            told = has_notice(before.report, after.report)
            yield Revision(id_, after.version, after.snapshot.captured, told, cells, lines)


def changed_cells(before: Report, after: Report) -> Iterator[Cell]:
    """The cells that say something else, in the order of the newer report; none where the forms differ."""
    if before.form != after.form:
        return
    for id_ in dict.fromkeys((*after.figures, *before.figures)):
        old, new = before.figures.get(id_), after.figures.get(id_)
        if _said(old) != _said(new):
            yield Cell(id_, _printed(old), _printed(new))


def _said(figure: Figure | None) -> tuple[object, ...]:
    """What a cell says: its number, or why it has none; a dash and a blank say as little as each other."""
    if figure is None or figure.state in ("blank", "dash"):
        return ("nothing",)
    return (figure.value,) if figure.value is not None else ("text", _MARKS.sub("", figure.raw))


def _printed(figure: Figure | None) -> str:
    return figure.raw.strip() if figure else ""


def changed_lines(before: Report, after: Report) -> tuple[Line, ...]:
    """The sentences that only one of the two has: what went first, then what came."""
    old, new = _sentences(before), _sentences(after)
    went = [Line("went", kind, text) for text, kind in _without(old, new)]
    return (*went, *(Line("came", kind, text) for text, kind in _without(new, old)))


def _sentences(report: Report) -> list[tuple[str, SectionKind]]:
    return [
        (text, section.kind)
        for section in report.sections
        for text in map(str.strip, _SENTENCE.findall(section.text))
        if _bare(text)
    ]


def _without(
    some: list[tuple[str, SectionKind]], others: list[tuple[str, SectionKind]]
) -> Iterator[tuple[str, SectionKind]]:
    """Those of some that the others have not, each as often as it is missing there."""
    left = Counter(_bare(text) for text, _ in others)
    for text, kind in some:
        bare = _bare(text)
        if left[bare]:
            left[bare] -= 1
        else:
            yield text, kind


def _bare(text: str) -> str:
    return _MARKS.sub("", fold(text))


def has_notice(before: Report, after: Report) -> bool:
    """Whether the newer version speaks of a change where the older did not."""
    return any(_count(notice, after) > _count(notice, before) for notice in _notices())


def _count(notice: re.Pattern[str], report: Report) -> int:
    return sum(len(notice.findall(text)) for text in (report.title, *(section.text for section in report.sections)))


@cache
def _notices() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, read_table("corpus.analysis", "notices.toml", _Notices).notices))
