"""Builds behind an alias: made beside the live one and swapped in, written to by one, each with its state.

::

    nianbao                  the alias: the live build
    nianbao-<build>          reports; its mapping's _meta is the state of the last commit
    nianbao-<build>-words    how often each word occurs (vocabulary.py)
    nianbao-writer           who writes, and until when

What a commit sends is seen when it is whole: nothing is refreshed before, and the state follows at once. A commit that
was broken off is done again by the next one, from the same revision; ids make what was sent twice one.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from opensearchpy import exceptions

from corpus.errors import AwayError, SearchIndexError
from indexer.document import Document
from indexer.engine import Written
from indexer.opensearch_engine import vocabulary
from indexer.opensearch_engine.cluster import Cluster, Json
from indexer.opensearch_engine.dsl import EVERYTHING
from indexer.opensearch_engine.lease import Lease
from indexer.opensearch_engine.mapping import check, mapping, source
from indexer.opensearch_engine.state import Sight
from indexer.opensearch_engine.window import texts
from indexer.segment import Segmenter

_CHUNK = 50
"""Reports sent together: some megabytes."""
_LOOKED_UP = 200
_REFUSED = {429, 503}
_PATIENCE = 30.0
"""Seconds that even a writer who waits for nobody gives to a cluster that is away."""


class Builds:
    """The builds of one index; ``metrics`` are those that documents may have, ``wait`` how long a writer waits."""

    def __init__(self, cluster: Cluster, metrics: frozenset[str], wait: float) -> None:
        self._cluster = cluster
        self._indices = cluster.client.indices
        self._name = cluster.address.name
        self._metrics = metrics
        self._wait = wait
        self._lease = Lease(cluster, wait, self._patiently)

    def look(self) -> Sight:
        """The live state. Raises SearchIndexError where there is none."""
        return self._sight(*self._live())

    def is_settled(self, sight: Sight) -> bool:
        """Whether what is seen of a build is that state and no other: the next commit is not yet being shown."""
        build, meta = self._live()
        return self._sight(build, meta) == sight and not meta.get("showing")

    def replace(self, documents: Iterable[Document], sight: tuple[int, str], segmenter: Segmenter) -> None:
        """A whole new build of ``sight``'s revision and fingerprint, swapped in; gone again if it fails."""
        with self._lease.held():
            build = f"{self._name}-{uuid.uuid4().hex[:12]}"
            try:
                self._make(build)
                tally: Counter[str] = Counter()
                self._send(build, (self._action(document, segmenter, tally) for document in documents))
                self._finish({}, "0", tally, Sight(build, 0, *sight))
                self._swap(build)
            except BaseException:
                with suppress(SearchIndexError):
                    self._remove(build)
                raise

    def write(
        self, documents: Sequence[Document], deleted: Sequence[str], sight: tuple[int, str], segmenter: Segmenter
    ) -> Written:
        """One commit of ``sight``'s revision and fingerprint."""
        for document in documents:
            check(document, self._metrics)  # all of them before any is sent
        with self._lease.held():
            build, meta = self._patiently(self._live)
            last = self._sight(build, meta)
            if last.fingerprint != sight[1]:
                raise SearchIndexError("The index was made by other rules: run `nianbao index --rebuild`.")
            self._put_state(build, {**meta, "writing": True, "showing": False})
            tally: Counter[str] = Counter()
            gone = {*deleted}
            renewed = {document.id for document in documents}
            known = set()
            for id_, counts in self._words_of(build, [*gone, *renewed]):
                known.add(id_)
                tally.subtract(counts)
            self._send(build, (self._action(document, segmenter, tally) for document in documents))
            self._send(build, (({"delete": {"_id": id_}},) for id_ in gone & known))
            number = last.number + 1
            if meta.get("writing"):
                # The commit before was broken off: what it has sent is in no tally.
                tally = self._counted_anew(build)
            self._finish(meta, str(number), tally, Sight(build, number, *sight))
            return Written(len(renewed - known), len(renewed & known), len(gone & known))

    def tidy(self) -> None:
        """Remove builds that are not live; one that somebody makes just now has a writer, who does so himself."""
        live, _ = self._live()
        if self._ours() - {live}:
            with suppress(SearchIndexError), self._lease.held():
                live, _ = self._live()
                for build in self._ours() - {live}:
                    self._remove(build)

    def faults(self) -> Iterator[str]:
        """What of the live build is not whole."""
        build, meta = self._live()
        health = self._cluster.ask(self._cluster.client.cluster.health, index=build)
        if health["status"] == "red":
            yield f"{build} ({health['unassigned_shards']} shards on no node)"
        elif self._cluster.counts(build, [EVERYTHING])[0] != meta["documents"]:
            yield f"{build} (not the {meta['documents']} reports that were written)"

    # The live build

    def _live(self) -> tuple[str, Mapping[str, Any]]:
        # As the node that is asked knows it: readers go on while the cluster chooses another manager.
        found = self._cluster.ask(self._indices.get_mapping, index=self._name, params={"local": "true"})
        (build, described), *others = found.items()
        meta = described["mappings"].get("_meta", {})
        if others or "fingerprint" not in meta:
            raise SearchIndexError(f"The index {self._name} of the cluster is none of ours: take another name.")
        return build, meta

    @staticmethod
    def _sight(build: str, meta: Mapping[str, Any]) -> Sight:
        return Sight(build, meta["number"], meta["revision"], meta["fingerprint"])

    def _finish(self, former: Mapping[str, Any], commit: str, tally: Counter[str], sight: Sight) -> None:
        """Make a commit seen after the ``former`` state, which readers see until then."""
        build, whole = sight.build, bool(former.get("writing"))
        self._patiently(lambda: vocabulary.add(self._cluster, build, commit, tally, whole=whole))
        self._put_state(build, {**former, "writing": True, "showing": True})
        self._do(self._indices.refresh, index=build)
        documents = self._patiently(lambda: self._cluster.counts(build, [EVERYTHING])[0])
        state = {"number": sight.number, "revision": sight.revision, "fingerprint": sight.fingerprint}
        self._put_state(build, {**state, "documents": documents})

    def _put_state(self, build: str, meta: Mapping[str, Any]) -> None:
        self._do(self._indices.put_mapping, index=build, body={"_meta": meta})

    def _make(self, build: str) -> None:
        body = mapping(sorted(self._metrics), self._shards())
        self._patiently(lambda: self._cluster.create(build, body))
        self._patiently(lambda: vocabulary.make(self._cluster, build))

    def _swap(self, build: str) -> None:
        former = self._ours() - {build}
        with suppress(exceptions.ConflictError):
            body = {"actions": [{"remove": {"index": f"{self._name}-*", "alias": self._name, "must_exist": False}},
                                {"add": {"index": build, "alias": self._name}}]}  # fmt: skip
            self._do(self._indices.update_aliases, body=body)
        for index in former:
            self._remove(index)

    def _ours(self) -> set[str]:
        pattern = re.compile(re.escape(self._name) + "-[0-9a-f]{12}")
        found = self._patiently(lambda: self._cluster.ask(self._indices.get_settings, index=f"{self._name}-*"))
        return {index for index in found if pattern.fullmatch(index)}

    def _remove(self, build: str) -> None:
        for index in (build, vocabulary.name(build)):
            self._do(self._indices.delete, index=index, params={"ignore_unavailable": "true"})

    def _shards(self) -> int:
        """As many as the address asks for; one a node that keeps data where it asks for none."""
        if self._cluster.address.shards:
            return self._cluster.address.shards
        health = self._patiently(lambda: self._cluster.ask(self._cluster.client.cluster.health))
        return max(1, int(health["number_of_data_nodes"]))

    # What is sent

    def _action(self, document: Document, segmenter: Segmenter, tally: Counter[str]) -> tuple[Json, ...]:
        return {"index": {"_id": document.id}}, source(document, segmenter, self._metrics, tally)

    def _send(self, build: str, actions: Iterator[tuple[Json, ...]]) -> None:
        """Send all; a cluster that has too much to do refuses some, and is given these again after a while."""
        while chunk := list(islice(actions, _CHUNK)):
            self._lease.renew()
            waiting = chunk

            def send() -> None:
                nonlocal waiting
                lines = [line for action in waiting for line in action]
                answer = self._cluster.ask(self._cluster.client.bulk, index=build, body=lines)
                outcomes = [next(iter(item.values())) for item in answer["items"]]
                refused = []
                for action, outcome in zip(waiting, outcomes, strict=True):
                    if outcome["status"] in _REFUSED:
                        refused.append(action)
                    elif "error" in outcome:
                        raise SearchIndexError(f"The cluster does not take {outcome['_id']}: {outcome['error']}")
                waiting = refused
                if refused:
                    raise AwayError("The search cluster has too much to do.")

            self._patiently(send)

    def _words_of(self, build: str, ids: Sequence[str]) -> Iterator[tuple[str, Counter[str]]]:
        """Of the ids that the build holds, the words of the report."""
        for first in range(0, len(ids), _LOOKED_UP):
            query = {"terms": {"id": list(ids[first : first + _LOOKED_UP])}}
            yield from self._words(build, query)

    def _words(self, build: str, query: Json) -> Iterator[tuple[str, Counter[str]]]:
        for hit in self._cluster.walk(build, query, _LOOKED_UP, ["id", "shown"]):
            counts: Counter[str] = Counter()
            for text in texts(hit["_source"]).values():
                counts.update(text.tokens())
            yield hit["_source"]["id"], counts

    def _counted_anew(self, build: str) -> Counter[str]:
        self._do(self._indices.refresh, index=build)
        tally: Counter[str] = Counter()
        for _, counts in self._words(build, EVERYTHING):
            tally.update(counts)
        return tally

    def _do(self, call: Any, **options: Any) -> None:
        self._patiently(lambda: self._cluster.ask(call, **options))

    def _patiently(self, call: Any) -> Any:
        return self._cluster.patiently(max(self._wait, _PATIENCE), call)
