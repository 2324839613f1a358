"""Some reports of an index as a View of their own: what is shown of them is made by the same code as ever."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from corpus.regions import Registry
from indexer.facets import CHOICES
from indexer.fields import FIELDS, ORDINAL
from indexer.near_duplicates import PLACES
from indexer.normal import normalise
from indexer.opensearch_engine.cuts import Cut
from indexer.postings import DOCUMENT_SHIFT, FIELD_SHIFT, Keys
from indexer.region_tree import RegionTree
from indexer.view import MISSING, Columns, Kept, Tags

Source = Mapping[str, Any]


class Window:
    """Reports, numbered as they are given. Tags are not asked of so few: a filter has been met before."""

    def __init__(self, sources: Sequence[Source], registry: Registry) -> None:
        self._sources = sources
        self._registry = registry
        self._kept: dict[Hashable, Any] = {}

    @cached_property
    def columns(self) -> Columns:
        """The documents."""
        count = len(self._sources)
        metrics = sorted({metric for source in self._sources for metric in source["metrics"]})

        def metric(place: int) -> NDArray[np.int64]:
            return self._numbers(source["metrics"].get(metrics[place]) for source in self._sources)

        return Columns(
            ids=np.array([source["id"].encode() for source in self._sources], np.bytes_),
            region=self._numbers(int(source["region"]) for source in self._sources),
            year=self._numbers(source["year"] for source in self._sources),
            captured=self._numbers(source["captured"] for source in self._sources),
            published=self._numbers(source["published"] for source in self._sources),
            choices={
                facet.name: self._numbers(
                    facet.values.index(source[facet.name][0]) if source.get(facet.name) else -1
                    for source in self._sources
                )
                for facet in CHOICES
            },
            lengths=np.array(
                [[source["lengths"].get(field.name, 0) for field in FIELDS] for source in self._sources], np.uint32
            ).reshape(count, len(FIELDS)),
            metric_ids={metric: place for place, metric in enumerate(metrics)},
            read_metric=metric,
            live=np.ones(count, np.bool_),
            read_sketches=lambda: np.array([source["shown"]["sketch"] for source in self._sources], np.uint32).reshape(
                count, PLACES
            ),
        )

    @cached_property
    def region_tree(self) -> RegionTree:
        """Their regions."""
        return RegionTree(self.columns.region, self._registry)

    @cached_property
    def agency_of(self) -> NDArray[np.int64]:
        """For each document the number of its agency; -1 for none."""
        named = [source["agency"][0] if source["agency"] else "" for source in self._sources]
        numbers = {name: number for number, name in enumerate(sorted({*named} - {""}))}
        return self._numbers(numbers.get(name, -1) for name in named)

    def report(self, document: int) -> Mapping[str, Any]:
        """What is stored for a document."""
        return cast("Mapping[str, Any]", self._sources[document]["shown"]["report"])

    def word(self, text: str) -> Keys:
        """Where a token stands."""
        return self._keys("word", text)

    def pair(self, text: str) -> Keys:
        """Where two characters stand in a row."""
        return self._keys("characters", text)

    def prefix(self, text: str) -> Keys:
        """Where tokens stand that begin so."""
        return self._keys("prefix", text)

    def character(self, text: str) -> Keys:
        """Where a character stands."""
        return self._keys("characters", text)

    def named(self, text: str) -> NDArray[np.int64]:
        """The documents whose agency has just this name, normalised."""
        names = [self.report(at)["agency"] for at in range(len(self._sources))]
        return np.array([at for at, name in enumerate(names) if normalise(name) == text], np.int64)

    def tagged(self, tag: str) -> NDArray[np.int64]:
        """The documents with a tag."""
        facet, _, value = tag.partition(":")
        return np.array([at for at, source in enumerate(self._sources) if value in source.get(facet, ())], np.int64)

    def tags(self, prefix: str) -> Tags:
        """The tags that begin so, without it."""
        facet = prefix.removesuffix(":")
        held = [(value, at) for at, source in enumerate(self._sources) for value in source.get(facet, ())]
        names = tuple(sorted({value for value, _ in held}))
        places = {name: place for place, name in enumerate(names)}
        return Tags(names, self._numbers(at for _, at in held), self._numbers(places[value] for value, _ in held))

    def kept(self, name: Hashable, make: Callable[[], Kept]) -> Kept:
        """An array that follows from this state alone."""
        if name not in self._kept:
            self._kept[name] = make()
        return cast("Kept", self._kept[name])

    def kept_keys(self, leaf: Hashable, make: Callable[[], Keys]) -> Keys:
        """Where a leaf stands that is put together from others."""
        return self.kept(leaf, make)

    def _keys(self, how: str, text: str) -> Keys:
        return self.kept((how, text), lambda: self._standing(how, text))

    def _standing(self, how: str, text: str) -> Keys:
        found = [
            document << DOCUMENT_SHIFT | field << FIELD_SHIFT | start
            for document, fields in enumerate(self._texts)
            for field, cut in fields
            for start in getattr(cut, how)(text)
        ]
        return self._numbers(found)

    @cached_property
    def _texts(self) -> Sequence[Sequence[tuple[int, Cut]]]:
        """For each document its fields in order, each with its normalised text."""
        return [sorted((ORDINAL[name], cut) for name, cut in texts(source).items()) for source in self._sources]

    @staticmethod
    def _numbers(values: Iterable[int | None]) -> NDArray[np.int64]:
        return np.array([MISSING if value is None else value for value in values], np.int64)


def texts(source: Source) -> Mapping[str, Cut]:
    """The normalised text of each field of a report, with its words."""
    shown = source["shown"]
    plain = {**shown["report"], **shown["report"].get("sections", {}), **shown.get("normal", {})}
    return {name: Cut(plain[name], said) for name, said in shown["cuts"].items()}
