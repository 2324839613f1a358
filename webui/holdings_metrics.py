"""What is held now, as metrics: reports, index, crawl, disk. Looked up when asked for, by whichever worker is asked."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from corpus.errors import NianbaoError
from webui.catalog import Catalog


class HeldMetrics(Collector):
    """Metrics of a catalog. What cannot be looked up is left out, and ``nianbao_up`` of it is 0."""

    def __init__(self, shelf: Catalog) -> None:
        self._shelf = shelf

    def describe(self) -> Iterator[Metric]:
        """Nothing beforehand: a store that is not there yet must not keep the site from starting."""
        yield from ()

    def collect(self) -> Iterator[Metric]:
        """All of them."""
        up = GaugeMetricFamily("nianbao_up", "Whether it answers", labels=["part"])
        for part, look in (("store", self._store), ("index", self._index), ("disk", self._disk)):
            try:
                yield from list(look())
            except (NianbaoError, OSError):
                up.add_metric([part], 0)
            else:
                up.add_metric([part], 1)
        yield up

    def _store(self) -> Iterator[Metric]:
        store = self._shelf.store
        counts = store.counts()
        yield GaugeMetricFamily("nianbao_reports", "Current reports", value=counts.reports)
        yield _labelled("nianbao_reports_by_year", "Current reports", "year", counts.by_year)
        yield CounterMetricFamily("nianbao_snapshots", "Payloads that were ever stored", value=counts.snapshots)
        yield _labelled("nianbao_unreadable", "Payloads that are no report", "reason", counts.rejected)
        yield GaugeMetricFamily("nianbao_store_revision", "Changes of the store so far", value=store.revision())
        runs = store.crawl_runs.last(store.crawl_runs.origins()).values()
        done = {
            "requested": sum(run.requests for run in runs),
            "stored": sum(run.stored for run in runs),
            "unchanged": sum(run.unchanged for run in runs),
        }
        yield _labelled("nianbao_crawl_pages", "Pages of the last crawl of each source", "outcome", done)
        running = sum(run.finished is None for run in runs)
        yield GaugeMetricFamily("nianbao_crawls_running", "Sources whose crawl has not ended", value=running)

    def _index(self) -> Iterator[Metric]:
        status = self._shelf.engine.status()
        yield GaugeMetricFamily("nianbao_index_reports", "Reports that are found", value=status.documents)
        yield GaugeMetricFamily("nianbao_index_revision", "Changes of the store that it knows", value=status.revision)
        yield _labelled("nianbao_index_generation", "The live generation", "generation", {status.generation: 1})
        if self._shelf.settings.engine_url:
            return  # a cluster keeps no time of a commit
        changed = (self._shelf.settings.index / "current").stat().st_mtime
        yield GaugeMetricFamily("nianbao_index_age_seconds", "Since its last commit", value=time.time() - changed)

    def _disk(self) -> Iterator[Metric]:
        data = self._shelf.settings.data
        usage = shutil.disk_usage(data)
        yield GaugeMetricFamily("nianbao_disk_free_bytes", "Room left where the data lies", value=usage.free)
        taken = {name: _size(data / name) for name in ("archive", "index")}
        taken["database"] = self._shelf.store.database.size()
        yield _labelled("nianbao_disk_bytes", "What the data folder takes", "part", taken)


def _labelled(name: str, words: str, label: str, values: Mapping[str, int] | Mapping[int, int]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=[label])
    for value, number in values.items():
        family.add_metric([str(value)], number)
    return family


def _size(folder: Path) -> int:
    """Bytes below a folder; a file that goes while we look counts nothing."""
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_size if file.is_file() else 0
        except FileNotFoundError:
            continue
    return total
