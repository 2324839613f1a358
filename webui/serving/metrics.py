"""What operators watch by, in the words of Prometheus: requests as counted by every worker, and what is held now.

Each worker writes its counts to files of its own that all of them read (prometheus-client's multi-process mode), so it
does not matter which of them is asked. What is held is looked up when it is asked for.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from webui.serving.record import Record

DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which the workers know where they count (prometheus-client)."""
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@contextmanager
def counted_together() -> Iterator[None]:
    """In here, workers that are started count together; entered before any of them imports the counters."""
    with tempfile.TemporaryDirectory(prefix="nianbao-counts-") as folder:
        os.environ[DIRECTORY] = folder
        try:
            yield
        finally:
            del os.environ[DIRECTORY]


class Metrics:
    """The counters of a process, and what all processes counted."""

    def __init__(self, held: Collector) -> None:
        self._held = CollectorRegistry()
        self._held.register(held)
        self._counted = registry = CollectorRegistry()
        self._requests = Counter("nianbao_requests", "Requests answered", ["page", "status"], registry=registry)
        self._seconds = Histogram(
            "nianbao_request_seconds",
            "From a request's arrival to the end of its answer",
            ["page"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._queued = Histogram(
            "nianbao_queue_seconds", "How long requests waited for a thread", buckets=_SECONDS, registry=registry
        )
        self._sent = Counter("nianbao_sent_bytes", "Bytes of answers", ["page"], registry=registry)
        self._kept = Counter("nianbao_page_cache", "Pages given from memory, and made", ["result"], registry=registry)
        self._cut = Counter("nianbao_cut", "Answers cut because they took too long", registry=registry)

    def note(self, record: Record) -> None:
        """Count one request."""
        self._requests.labels(record.page, str(record.status)).inc()
        self._seconds.labels(record.page).observe(record.seconds)
        self._queued.observe(record.queued)
        self._sent.labels(record.page).inc(record.sent)
        self._cut.inc(record.cut)
        if record.status == 200:
            self._kept.labels("hit" if record.kept else "miss").inc()

    def exposition(self) -> bytes:
        """All of it, in Prometheus' text format."""
        counted = self._counted
        if DIRECTORY in os.environ:
            counted = CollectorRegistry()
            MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
        return generate_latest(counted) + generate_latest(self._held)
