"""The regions of the documents with all that stand above them: who lies within, and how many lie below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

from corpus.regions import Registry
from indexer.distinct import numbered
from indexer.result import FacetValue

Tree = tuple[Mapping[str, str], Mapping[str, Sequence[str]]]
"""The name of each region, and those right below each."""


class RegionTree:
    """One node for each region of a document and each region above one."""

    def __init__(self, region: NDArray[np.int64], registry: Registry) -> None:
        numbers, self._own = numbered(region)
        self._registry = registry
        self._paths: dict[str, tuple[str, ...]] = {}
        self._known: Tree | None = None
        codes = [f"{number:06d}" for number in numbers]
        paths = [self._path(code) for code in codes]
        nodes = {code for path in paths for code in path}
        self._paths |= zip(codes, paths, strict=True)  # asked for again, with each of the trees
        self._place = {code: place for place, code in enumerate(nodes)}
        # A flat list of (region, node above or equal) pairs: counts roll up by one addition over it.
        self._leaf = np.repeat(np.arange(len(paths)), [len(path) for path in paths])
        self._node = np.array([self._place[code] for path in paths for code in path], np.int64)

    def within(self, codes: Iterable[str]) -> NDArray[np.bool_]:
        """Which documents lie in one of these regions or below."""
        wanted = [self._place[code] for code in codes if code in self._place]
        inside = np.zeros(int(self._own.max(initial=-1)) + 1, np.bool_)
        inside[self._leaf[np.isin(self._node, wanted)]] = True
        return np.asarray(inside[self._own])

    def counts(self, documents: NDArray[np.int64], selected: Sequence[str]) -> Branches:
        """The documents by region, from the provinces down; the selected regions are listed whatever they count."""
        own = np.bincount(self._own[documents], minlength=int(self._leaf[-1]) + 1 if self._leaf.size else 0)
        rolled = np.bincount(self._node, own[self._leaf], len(self._place)).astype(np.int64)
        listed = frozenset(above for code in selected for above in self._path(code))
        known = listed <= self._place.keys()
        laid_out = self._laid_out if known else lambda: self._tree(listed | self._place.keys())
        return Branches(_Rolled(rolled, self._place, laid_out, frozenset(selected), listed), "")

    def _laid_out(self) -> Tree:
        """The tree of all: thousands of regions, laid out for the first page that shows one."""
        if self._known is None:
            self._known = self._tree(self._place)
        return self._known

    def _path(self, code: str) -> tuple[str, ...]:
        return self._paths.get(code) or self._registry.ancestors(code) or (code,)

    def _tree(self, codes: Iterable[str]) -> Tree:
        """The name of each region, its code where nobody knows one, and those right below each."""
        labels: dict[str, str] = {}
        below: dict[str, list[str]] = {}
        for code in sorted(codes):
            region = self._registry.get(code)
            labels[code] = region.name if region else code
            path = self._path(code)
            below.setdefault(path[-2] if len(path) > 1 else "", []).append(code)
        return labels, below


@dataclass(frozen=True, eq=False, slots=True)
class _Rolled:
    """Counts by node with the tree over which they were added up."""

    counts: NDArray[np.int64]
    place: Mapping[str, int]
    laid_out: Callable[[], Tree]
    selected: frozenset[str]
    listed: frozenset[str]

    def values(self, parent: str) -> tuple[FacetValue, ...]:
        labels, below = self.laid_out()
        counted = ((code, self._count(code)) for code in below.get(parent, ()))
        return tuple(
            FacetValue(
                code,
                labels[code],
                count,
                code in self.selected,
                Branches(self, code) if code in below else (),
            )
            for code, count in counted
            if count or code in self.listed
        )

    def _count(self, code: str) -> int:
        place = self.place.get(code)
        return 0 if place is None else int(self.counts[place])


class Branches(Sequence[FacetValue]):
    """The regions right below one, laid out when looked at: thousands are counted, and a page opens few."""

    def __init__(self, rolled: _Rolled, parent: str) -> None:
        self._rolled = rolled
        self._parent = parent

    @cached_property
    def _values(self) -> tuple[FacetValue, ...]:
        return self._rolled.values(self._parent)

    @overload
    def __getitem__(self, at: int) -> FacetValue: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[FacetValue, ...]: ...
    def __getitem__(self, at: int | slice) -> FacetValue | tuple[FacetValue, ...]:
        return self._values[at]

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Branches | tuple) and self._values == tuple(other)

    def __hash__(self) -> int:
        return hash(self._values)
