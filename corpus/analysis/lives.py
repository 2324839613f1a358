"""Which bodies became which: rows that say who was what, held against the bodies that report here.

A row about places holds for every body of the place, one about kinds of bodies for that kind in every place: so a
county's 国土资源局 is followed to the 自然资源局 of the city that the county became, by way of whatever reported
between. Such a row alone proves nothing of a single body: the one before must have fallen silent by the year of the
change, or by the first report of the one after, and that one must have reported since. What an operator says of single
bodies is taken as it is said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

from corpus.lives import Succession, shipped, sort_of
from corpus.model import Region
from corpus.regions import Registry, is_whole
from corpus.store import Store
from corpus.store.lives import How, Life, Passage
from corpus.text import fold


@dataclass(frozen=True, slots=True)
class Step:
    """From which year on, and who says so; nothing at all where something stayed what it was."""

    since: int = 0
    sources: tuple[str, ...] = ()

    def then(self, other: Step) -> Step:
        """Both steps as one."""
        return Step(max(self.since, other.since), tuple(dict.fromkeys((*self.sources, *other.sources))))


_STAYED = Step()


@dataclass(slots=True)
class Successors:
    """What became of names, step after step."""

    _next: dict[str, dict[str, Step]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, row: Succession) -> None:
        """Take a row in."""
        self._next[row.was][row.who] = Step(row.since, (row.source,))

    def of(self, name: str) -> Mapping[str, Step]:
        """All that a name became in the end or on the way, itself included."""
        found = {name: _STAYED}
        waiting = [name]
        while waiting:
            at = waiting.pop()
            for after, step in self._next.get(at, {}).items():
                if after not in found:
                    found[after] = found[at].then(step)
                    waiting.append(after)
        return found


def renew_lives(store: Store) -> bool:
    """Work out what became of every body of the store. Returns whether anything is known now that was not."""
    return store.lives.put(passages(store.lives.bodies(), (*shipped(), *store.lives.given()), store.registry()))


def unknown_names(store: Store, rows: Iterable[Succession]) -> list[str]:
    """The full names and ids in rows that no body with a report has, and no body of any place."""
    lives = _Lives(store.lives.bodies(), store.registry())
    names = dict.fromkeys(name for row in rows for name in (row.who, row.was))
    return [name for name in names if lives.sort(name) == "body" and not lives.called(name)]


def passages(bodies: Sequence[Life], rows: Iterable[Succession], registry: Registry) -> list[Passage]:
    """The passages between bodies, each the nearest one before to the one after."""
    lives = _Lives(bodies, registry)
    kinds, places = Successors(), Successors()
    steps: dict[tuple[str, str], Step] = {}
    for row in rows:
        match {lives.sort(row.who), lives.sort(row.was)}:
            case sorts if sorts == {"place"}:
                places.add(row)
            case sorts if sorts == {"kind"}:
                kinds.add(row)
            case _:
                for was, who in product(lives.called(row.was), lives.called(row.who)):
                    steps[was.id, who.id] = Step(row.since, (row.source,))
    for was, who, step in _followed(lives, places, kinds):
        steps.setdefault((was.id, who.id), step)
    return _told(lives, _nearest(steps))


@dataclass(frozen=True)
class _Lives:
    """The bodies, found by what they are called."""

    bodies: Sequence[Life]
    registry: Registry

    def sort(self, name: str) -> str:
        return sort_of(name, begins_with_place=self.registry.at(name) is not None or bool(self.called(name)))

    def called(self, name: str) -> Sequence[Life]:
        """Those of a full name or an id."""
        return self._by_name.get(fold(name), ())

    @cached_property
    def by_id(self) -> Mapping[str, Life]:
        return {each.id: each for each in self.bodies}

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Life]]:
        found: dict[str, list[Life]] = defaultdict(list)
        for each in self.bodies:
            found[fold(each.name)].append(each)
            found[each.id].append(each)
        return found

    @cached_property
    def of_place(self) -> Mapping[tuple[str, str], Sequence[tuple[Life, str]]]:
        """By the place's code and what stands behind its name: bodies, each with the name that the place has in it."""
        found: dict[tuple[str, str], list[tuple[Life, str]]] = defaultdict(list)
        for each in self.bodies:
            region = self.registry.get(each.region)
            name = next((name for name in _names(region) if each.name.startswith(name)), "") if region else ""
            found[each.region, each.name.removeprefix(name)].append((each, name))
        return found


def _names(region: Region) -> Sequence[str]:
    return sorted((region.name, *region.aliases), key=len, reverse=True)


def is_former(name: str, region: Region) -> bool:
    """Whether a place was called so under its present code: a whole name that does not only shorten the present one."""
    return is_whole(name) and name != region.name and not set(name) <= set(region.name)


def _followed(lives: _Lives, places: Successors, kinds: Successors) -> Iterator[tuple[Life, Life, Step]]:
    """What follows from changes of places and of kinds of bodies for those that fell silent in time."""
    for (code, rest), here in lives.of_place.items():
        for (place, of_place), (kind, of_kind) in product(places.of(code).items(), kinds.of(rest).items()):
            step = of_place.then(of_kind)
            for (was, name), (who, new) in product(here, lives.of_place.get((place, kind), ())):
                if was.id != who.id and (step.since or _renamed(name, new, lives.registry.get(code))):
                    since = step.since or who.first
                    if was.last <= max(since, who.first) and who.last >= since and was.first < who.last:
                        yield was, who, replace(step, since=since, sources=step.sources or ("GB/T 2260",))


def _renamed(name: str, new: str, region: Region | None) -> bool:
    """Whether a place took another name and kept its code."""
    return region is not None and new == region.name and is_former(name, region)


def _nearest(steps: Mapping[tuple[str, str], Step]) -> Mapping[tuple[str, str], Step]:
    """Without those that only sum up two others."""
    after: dict[str, set[str]] = defaultdict(set)
    for was, who in steps:
        after[was].add(who)
    return {
        (was, who): step
        for (was, who), step in steps.items()
        if not any(who in after[between] for between in after[was] if between != who)
    }


def _told(lives: _Lives, steps: Mapping[tuple[str, str], Step]) -> list[Passage]:
    went, came = Counter(was for was, _ in steps), Counter(who for _, who in steps)
    found = []
    for (was_id, who_id), step in steps.items():
        was, who = lives.by_id[was_id], lives.by_id[who_id]
        # One that reported already takes in what comes; a year told twice, at the change, is no life before it.
        alone = came[who_id] == 1 and who.first >= was.last
        how: How = "split" if went[was_id] > 1 else "renamed" if alone else "merged"
        source = "; ".join(step.sources)
        found.append(
            Passage(
                was.id, who.id, was.name, who.name, was.region, who.region, step.since, was.last, who.first, how, source
            )
        )
    return found
