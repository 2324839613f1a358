"""A body under the names that it had before: its series runs on through them, each value told with its own name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.regions import Registry
from corpus.store.lives import Passage
from webui.catalog import Catalog
from webui.series import Point, Series
from webui.shapes import Json, region_shape

MOST = 20
"""Names that one body is followed back through."""


@dataclass(frozen=True, slots=True)
class Past:
    """What a body was and became directly; ``names`` leads back through the times when it was only called otherwise."""

    before: Sequence[Passage]
    after: Sequence[Passage]
    names: Sequence[Passage]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids under which it reported before, the latest first."""
        return tuple(each.was_id for each in self.names)


def past_of(shelf: Catalog, agency: str) -> Past:
    """What is known of a body's life."""
    lives = shelf.store.lives
    return Past(lives.before(agency), lives.after(agency), tuple(_names(shelf, agency)))


def former_ids(shelf: Catalog, agency: str) -> tuple[str, ...]:
    """The ids under which a body reported before, the latest first: all of its past that a series needs."""
    return tuple(each.was_id for each in _names(shelf, agency))


def _names(shelf: Catalog, agency: str) -> Iterator[Passage]:
    """Back from name to name, as long as nothing else joined or left."""
    for _ in range(MOST):
        before = shelf.store.lives.before(agency)
        if len(before) != 1 or before[0].how != "renamed":
            return
        yield before[0]
        agency = before[0].was_id


def joined(own: Series, earlier: Sequence[Point]) -> Series:
    """A series with the values of earlier names; a year that has both keeps the later name's."""
    years = {point.year for point in own.points}
    before = {point.year: point for point in earlier if point.year not in years}
    return replace(own, points=tuple(sorted((*before.values(), *own.points), key=lambda point: point.year)))


def passage_shape(each: Passage, registry: Registry) -> Json:
    """A passage as JSON."""
    return {
        "was": {"id": each.was_id, "name": each.was, "region": region_shape(each.was_region, registry)},
        "who": {"id": each.who_id, "name": each.who, "region": region_shape(each.who_region, registry)},
        "since": each.since,
        "was_last": each.was_last,
        "who_first": each.who_first,
        "how": each.how,
        "source": each.source,
    }
