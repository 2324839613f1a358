"""What the pages read from: store, index, regions, metrics. Opened once per process, never written to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import cast

from flask import current_app, g, has_app_context
from markupsafe import Markup

from corpus.doubts import Language
from corpus.errors import SearchIndexError
from corpus.form import indicators
from corpus.metrics import Metric, load_metrics, operands_of
from corpus.regions import Registry
from corpus.store import Store
from indexer.engine import Engine
from webui.boundaries import read_boundaries
from webui.engines import opened
from webui.filters import quantity
from webui.language import Labels, load_labels
from webui.marks import Flaws, Mark, cells_of, flaws, mark
from webui.page_cache import PageCache
from webui.params import Vocabulary
from webui.settings import Settings

_REMEMBERED = 1 << 14
"""Reports whose flaws are kept in memory: most have none."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What belongs to one revision of the store: registry, engine, vocabulary, the fictional provinces' names."""

    revision: int
    registry: Registry
    engine: Engine
    vocabulary: Vocabulary
    fictions: tuple[str, ...]


class Catalog:
    """The reading room behind the site.

    The registry is asked for again when the store's revision moves, because the regions of a fictional province
    arrive with its reports; what follows from it is made anew only when the regions themselves have changed.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store.look(settings.data, settings.store_url)
        self.metrics: Mapping[str, Metric] = load_metrics()
        self.labels: Labels = load_labels()
        self.pages = PageCache(settings.page_room)
        self.boundaries = read_boundaries(settings.boundaries) if settings.boundaries else None
        self._lock = threading.Lock()
        self._flaws: tuple[int, dict[str, Flaws]] = (-1, {})
        self._options = lru_cache(64)(self._write_options)
        self._holdings: Holdings | None = None

    @property
    def holdings(self) -> Holdings:
        """What the store holds now, the same throughout one request."""
        if not has_app_context():  # a command asks once
            return self._present()
        seen: Holdings | None = g.get("nianbao_holdings")
        if seen is None:
            seen = g.nianbao_holdings = self._present()
        return seen

    def _present(self) -> Holdings:
        revision = self.store.revision()
        held = self._holdings
        if held is not None and held.revision == revision:
            return held
        with self._lock:
            return self._renew(revision, self.store.registry())

    def hold_on(self) -> None:
        """Let the rest of this request see what was held last: a page that says that the store cannot be read."""
        with self._lock:
            g.nianbao_holdings = self._holdings or self._renew(0, Registry.load())

    def _renew(self, revision: int, registry: Registry) -> Holdings:
        if self._holdings is not None and self._holdings.registry is registry:
            self._holdings = replace(self._holdings, revision=revision)
            return self._holdings
        codes = frozenset(region.code for region in registry)
        vocabulary = Vocabulary(codes, self.metrics.keys(), self.settings.max_words, self.settings.max_values)
        fictions = tuple(region.name for region in registry.provinces() if region.fictional)
        self._holdings = Holdings(revision, registry, opened(self.settings, registry), vocabulary, fictions)
        return self._holdings

    @property
    def registry(self) -> Registry:
        """The administrative divisions, those of the store included."""
        return self.holdings.registry

    @property
    def engine(self) -> Engine:
        """The search engine over the index of the data directory."""
        return self.holdings.engine

    @property
    def state(self) -> tuple[Hashable, ...]:
        """What answers follow from: store, index, and the day, by which reports are late; empty without an index."""
        try:
            return (self.holdings.revision, self.engine.generation, datetime.now(UTC).date())
        except SearchIndexError:
            return ()

    def label(self, vocabulary: str, value: str, language: Language) -> str:
        """The words for a value; the value itself where nobody has named it."""
        entry = self.labels.get(vocabulary, {}).get(value)
        return entry[language] if entry else value

    def metric_name(self, id_: str, language: Language) -> str:
        """The name of a metric; its id where it has none."""
        metric = self.metrics.get(id_)
        if metric is None:
            return id_
        return metric.name_zh if language == "zh-CN" else metric.name_en

    def metric_options(self, language: Language, shown: tuple[str, ...] = ()) -> Markup:
        """The metrics to choose from, without those ``shown``, as the options of a form."""
        return self._options(language, shown)

    def _write_options(self, language: Language, shown: tuple[str, ...]) -> Markup:
        options = ((id_, self.metric_name(id_, language)) for id_ in self.metrics if id_ not in shown)
        return Markup("\n").join(Markup('<option value="{}">{}</option>').format(*option) for option in options)

    def cells(self, id_: str) -> tuple[str, ...]:
        """The figures behind a metric, of all its forms, operands of operands included."""
        return cells_of(id_)

    def mark(self, report: str, id_: str) -> Mark | None:
        """Why a metric or a cell of a report is in doubt; None where it is not."""
        return mark(report, self.flaws(report), self.cells(id_))

    def marker(self) -> Callable[[str, str], Mark | None]:
        """``mark`` for the rest of a request: a page of pictures asks four hundred times."""
        known = self.look_up_flaws(())

        def marked(report: str, id_: str) -> Mark | None:
            found = known[report] if report in known else self.flaws(report)
            return mark(report, found, self.cells(id_)) if found else None

        return marked

    def flaws(self, report: str) -> Flaws:
        """What a reader must be told about the cells of a report, remembered while the store stays as it is."""
        return self.look_up_flaws((report,))[report]

    def look_up_flaws(self, reports: Collection[str]) -> Mapping[str, Flaws]:
        """The same of several reports, read together: whoever shows many of them asks for all first."""
        revision, known = self._flaws
        if revision != self.holdings.revision or len(known) > _REMEMBERED:
            revision, known = self._flaws = (self.holdings.revision, {})
        if unknown := [report for report in reports if report not in known]:
            found = self.store.findings_of(unknown)
            known.update((report, flaws(found.get(report, ()))) for report in unknown)
        return known

    def first_cell(self, id_: str, form: str | None) -> str:
        """The first cell behind a metric in a form; empty where the form has none."""
        known = indicators()
        for cell in self.cells(id_):
            if cell in known and form in known[cell].labels:
                return cell
        return ""

    def base_cell(self, id_: str, form: str | None) -> str:
        """The first cell of a rate's denominator in a form; empty where there is none."""
        metric = self.metrics.get(id_)
        operands = operands_of(metric.denominator) if metric and metric.denominator else ()
        return next(filter(None, (self.first_cell(operand, form) for operand in operands)), "")

    def quantity(self, id_: str, value: Decimal | str) -> str:
        """A metric's value as people write it in its unit."""
        metric = self.metrics.get(id_)
        return quantity(Decimal(value), metric.unit if metric else "")

    def close(self) -> None:
        """Let go of the files."""
        if self._holdings is not None:
            self._holdings.engine.close()
        self.store.close()


def catalog() -> Catalog:
    """The catalog of the application that answers the present request."""
    return cast("Catalog", current_app.extensions["nianbao"])
