"""One generation of a Whoosh index, as arrays: the View that queries are evaluated over."""

from __future__ import annotations

import threading
import weakref
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache, cached_property, partial
from itertools import islice
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from corpus.regions import Registry
from indexer.facets import CHOICES
from indexer.normal import normalise_all
from indexer.postings import DOCUMENT_SHIFT, NONE, Keys, documents, pair_code
from indexer.region_tree import RegionTree
from indexer.score import norms
from indexer.spelling import Spellings
from indexer.suggest import Suggester, held
from indexer.view import Columns, Kept, Numbers, Tags
from indexer.whoosh_engine.document_row import CALLED
from indexer.whoosh_engine.inverted import InvertedReader
from indexer.whoosh_engine.kept import KeptRoom
from indexer.whoosh_engine.storage import NUMBERS
from indexer.whoosh_engine.stored_columns import StoredColumns
from indexer.whoosh_engine.stretch import Stretch, Stretches, inside

KEPT_BYTES = 256 << 20
"""How much decoded postings, and what is made of them, may take unless said otherwise (kept.py)."""


class WhooshView(Stretches):
    """An unchanging state of the index, for any number of threads.

    Every column is opened at once, and read from memory: only what is kept of it takes turns.
    """

    def __init__(
        self, reader: IndexReader, name: str, registry: Registry, metrics: Mapping[str, int], kept: int = KEPT_BYTES
    ) -> None:
        self.name = name
        self._reader = reader
        self._registry = registry
        self._metrics = metrics
        self._leaves = [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()]
        self._turn = threading.RLock()
        # The last search over a former state lets go of its files, whenever that is.
        self._release = weakref.finalize(self, reader.close)
        self._kept = KeptRoom(kept)
        self._readers: dict[str, list[tuple[InvertedReader, int]]] = {}
        self._stored = StoredColumns(reader, self._leaves)
        self._prefixes: dict[str, Tags] = {}
        # A build's files are gone when the next one takes its place: what is open can be read on.
        for field in ("words", "pairs", "tags"):
            self._inverted(field)
        self._stored.open_all()
        self._reports: list[Any] = [leaf.column_reader("report", translate=False) for leaf, _ in self._leaves]

    @property
    def segments(self) -> list[tuple[str, int]]:
        """The name of each segment and how many documents it has, deleted ones too."""
        leaves = ((leaf.segment(), leaf.doc_count_all()) for leaf, _ in self._leaves)
        return [(segment.segment_id(), count) for segment, count in leaves if segment is not None]

    def prefixes(self) -> list[str]:
        """The beginnings of tags that were asked for."""
        return list(self._prefixes)

    def last_asked(self, most: int) -> list[Stretch]:
        """The words that were asked for, the latest first."""
        return list(islice((name for name in self._kept.occurrences() if isinstance(name, Stretch)), most))

    def forget(self) -> None:
        """Let go of what was read of words: a later state is asked now, and who still reads this one reads it again."""
        self._kept.clear()

    def close(self) -> None:
        """Let go of the files."""
        with self._turn:
            self._release()

    @cached_property
    def columns(self) -> Columns:
        """The columns of all segments in a row."""
        by_name = {name: self._stored.values("numbers", place) for place, name in enumerate(NUMBERS)}
        choices = {facet.name: by_name.pop(facet.name) for facet in CHOICES}
        live = np.ones(by_name["year"].size, np.bool_)
        with self._turn:
            for leaf, base in self._leaves:
                if (segment := leaf.segment()) is not None:
                    live[[base + number for number in segment.deleted_docs()]] = False
        return Columns(
            ids=self._stored.values("key"),
            lengths=self._stored.rows("lengths"),
            metric_ids=self._metrics,
            read_metric=cache(partial(self._stored.values, "metrics")),
            live=live,
            read_sketches=partial(self._stored.rows, "sketches"),
            choices=choices,
            **by_name,
        )

    @cached_property
    def region_tree(self) -> RegionTree:
        """The regions of the documents."""
        return RegionTree(self.columns.region, self._registry)

    @cached_property
    def norms(self) -> NDArray[np.float32]:
        """The weight of an occurrence by document and field."""
        return norms(self.columns)

    def frequency(self, pair: str) -> int:
        """How often two characters stand in a row; reports that are deleted count until they are merged."""
        return self._frequency(Stretch("pairs", pair_code(*pair)))

    def occurs(self, text: str, field: str = "words") -> int:
        """How often a token stands, or of ``pairs`` two characters in a row: read only where reports were deleted."""
        term = Stretch(field, pair_code(*text) if field == "pairs" else text)
        found = self._frequency(term)
        return self.read(term).size if found and self.columns.count < self.columns.size else found

    def _frequency(self, term: Stretch) -> int:
        return sum(reader.frequency(term.first) for reader, _ in self._inverted(term.field))

    def tags(self, prefix: str) -> Tags:
        """The tags that begin so, without it."""
        if prefix not in self._prefixes:
            found = [(*reader.under(prefix), base) for reader, base in self._inverted("tags")]
            names = sorted({name for each, _, _, _ in found for name in each})
            places = {name: place for place, name in enumerate(names)}
            own = [np.array([places[name] for name in each], np.int64)[terms] for each, terms, _, _ in found]
            at = [documents(keys) + base for _, _, keys, base in found]
            numbers, ordinals = (np.concatenate([np.empty(0, np.int64), *parts]) for parts in (at, own))
            live = self.columns.live[numbers]
            self._prefixes[prefix] = Tags(
                tuple(name.removeprefix(prefix) for name in names), numbers[live], ordinals[live]
            )
        return self._prefixes[prefix]

    def tagged(self, tag: str) -> NDArray[np.int64]:
        """The documents with a tag."""
        return documents(self.read(Stretch("tags", tag)))

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """Every token with how often it occurs."""
        counts: Counter[str] = Counter()
        for reader, _ in self._inverted("words"):
            counts.update(reader.counts())
        return counts

    @cached_property
    def spellings(self) -> Spellings:
        """The tokens by sound and likeness."""
        return Spellings(self.vocabulary)

    @cached_property
    def suggester(self) -> Suggester:
        """What can be offered to somebody who types, of what stands in the index."""
        return Suggester(held(self.agencies, self.vocabulary))

    @cached_property
    def agencies(self) -> Mapping[str, str]:
        """The names of the agencies by id."""
        if self.columns.count == self.columns.size:  # nothing is deleted: each name is some report's
            found = {name for reader, _ in self._inverted("tags") for name in reader.names_under(CALLED)}
            names: Iterable[str] = sorted(name.removeprefix(CALLED) for name in found)
        else:
            tags = self.tags(CALLED)
            names = (tags.names[ordinal] for ordinal in np.unique(tags.ordinals).tolist())
        return dict(name.split(" ", 1) for name in names)

    @cached_property
    def agency_ids(self) -> Mapping[str, str]:
        """The ids of the agencies by their normalised names."""
        return dict(zip(self._agency_names, self.agencies, strict=True))

    @cached_property
    def _agency_names(self) -> list[str]:
        return normalise_all([name.replace("\n", " ") for name in self.agencies.values()])

    def named(self, text: str) -> Numbers:
        """The documents whose agency has just this name, normalised."""
        ids = (id_ for id_, name in zip(self.agencies, self._agency_names, strict=True) if name == text)
        return np.sort(np.concatenate([np.empty(0, np.int64), *(self.tagged(f"agency:{id_}") for id_ in ids)]))

    @cached_property
    def agency_of(self) -> NDArray[np.int64]:
        """For each document the number of its agency; -1 for none."""
        tags = self.tags("agency:")
        found = np.full(self.columns.size, -1, np.int64)
        found[tags.documents] = tags.ordinals
        return found

    def report(self, document: int) -> Mapping[str, Any]:
        """What is stored for a document."""
        place = bisect_right(self._bases, document) - 1
        stored: Mapping[str, Any] = msgspec.json.decode(self._reports[place][document - self._bases[place]])
        return stored

    @cached_property
    def _bases(self) -> list[int]:
        return [base for _, base in self._leaves]

    def kept(self, name: Hashable, make: Callable[[], Kept]) -> Kept:
        """What follows from this state alone."""
        return self._kept.kept(name, make, occurrences=False)

    def kept_keys(self, leaf: Hashable, make: Callable[[], Keys]) -> Keys:
        """Where a leaf or a stretch of terms stands."""
        return self._kept.kept(leaf, make, occurrences=True)

    def known_keys(self, leaf: Hashable) -> Keys | None:
        """Where a leaf or a stretch of terms stands, if that is kept."""
        known = self._kept.known(leaf)
        return known if isinstance(known, np.ndarray) else None

    def read(self, stretch: Stretch, make: Callable[[], Keys] | None = None) -> Keys:
        """Where terms stand; ``make`` knows it without reading."""
        return self.kept_keys(stretch, make or partial(self.standing, stretch))

    def within(self, stretch: Stretch, documents: Numbers) -> Keys:
        """Where terms stand in some live documents, given in order: of what is not kept only their part is read."""
        if (known := self.known_keys(stretch)) is not None:
            return inside(known, documents)
        found = [NONE]
        for reader, base in self._inverted(stretch.field):
            own = documents[slice(*documents.searchsorted((base, base + reader.documents)))] - base
            if own.size:
                found.append(reader.within(stretch.first, stretch.last, own) + (base << DOCUMENT_SHIFT))
        return np.concatenate(found)

    def standing(self, stretch: Stretch, document: int = 0) -> Keys:
        """Where terms stand, from the segment on that begins with a document."""
        readers = [(reader, base) for reader, base in self._inverted(stretch.field) if base >= document]
        parts = [(reader.keys(stretch.first, stretch.last), base) for reader, base in readers]
        keys = np.empty(sum(part.size for part, _ in parts), np.int64)
        begin = 0
        for part, base in parts:
            np.add(part, base << DOCUMENT_SHIFT, out=keys[begin : begin + part.size])
            begin += part.size
        return keys[self.columns.live[documents(keys)]] if self.columns.count < self.columns.size else keys

    def _inverted(self, field: str) -> list[tuple[InvertedReader, int]]:
        if field not in self._readers:
            opened = [(leaf.column_reader(field, translate=False), base) for leaf, base in self._leaves]
            self._readers[field] = [(reader, base) for reader, base in opened if isinstance(reader, InvertedReader)]
        return self._readers[field]
