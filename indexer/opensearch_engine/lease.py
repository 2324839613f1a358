"""Who writes an index: one at a time, for as long as it gives signs of life."""

from __future__ import annotations

import os
import socket
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from opensearchpy import exceptions

from corpus.errors import SearchIndexError
from indexer.opensearch_engine.cluster import Cluster

LEASE = 120.0
"""Seconds for which a writer holds the index without a sign of life."""
_AGAIN = 0.5
_INDEX = {
    "settings": {"auto_expand_replicas": "0-1", "number_of_shards": 1},
    "mappings": {"dynamic": "strict", "properties": {"entry": {"type": "object", "enabled": False}}},
}


class Lease:
    """The writer's entry in ``<name>-writer``. Writers wait ``wait`` seconds for one, ``patiently`` for the cluster."""

    def __init__(self, cluster: Cluster, wait: float, patiently: Callable[[Callable[[], Any]], Any]) -> None:
        self._cluster = cluster
        self._wait = wait
        self._patiently = patiently
        self._entry = {"index": f"{cluster.address.name}-writer", "id": "writer"}
        self._holder = f"{socket.gethostname()}, process {os.getpid()}"
        self._token = uuid.uuid4().hex
        self._other = "unknown"
        self._written: Mapping[str, Any] = {}
        self._renewed = 0.0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the one writer. Raises SearchIndexError where another still is after ``wait`` seconds."""
        self._patiently(self._cluster.version)
        self._patiently(lambda: self._cluster.create(self._entry["index"], _INDEX))
        ends = time.monotonic() + self._wait
        while not self._patiently(self._take):
            if time.monotonic() > ends:
                advice = "wait for it to end and run this again, or give it longer with --wait"
                raise SearchIndexError(f"Another process ({self._other}) is writing the index: {advice}.")
            time.sleep(_AGAIN)
        try:
            yield
        finally:
            with suppress(SearchIndexError, exceptions.ConflictError):
                self._cluster.ask(self._cluster.client.delete, **self._entry, params=self._written)

    def renew(self) -> None:
        """Show that this writer is alive, now and then. Raises SearchIndexError where another one took over."""
        if time.monotonic() - self._renewed < LEASE / 10:
            return
        try:
            self._patiently(self._claim_again)
        except exceptions.ConflictError:
            if not self._patiently(self._take):
                trouble = "took over, for this one gave no sign of life: run this again"
                raise SearchIndexError(f"Another process ({self._other}) {trouble}.") from None

    def _take(self) -> bool:
        with suppress(exceptions.ConflictError):
            self._note(self._cluster.ask(self._cluster.client.create, **self._entry, body=self._claim()))
            return True
        with suppress(SearchIndexError, exceptions.ConflictError):
            found = self._cluster.ask(self._cluster.client.get, **self._entry)
            entry = found["_source"]["entry"]
            self._other = entry["holder"]
            # It is our own where the answer to a claim was lost.
            if entry["until"] < time.time() or entry["token"] == self._token:
                self._note(found)
                self._claim_again()
                return True
        return False

    def _claim_again(self) -> None:
        call = self._cluster.client.index
        self._note(self._cluster.ask(call, **self._entry, body=self._claim(), params=self._written))

    def _note(self, answer: Mapping[str, Any]) -> None:
        """Which writing of the entry is ours."""
        self._written = {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}
        self._renewed = time.monotonic()

    def _claim(self) -> Mapping[str, Any]:
        return {"entry": {"holder": self._holder, "token": self._token, "until": time.time() + LEASE}}
