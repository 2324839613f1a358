"""A cluster as we ask it: whole answers or none, soon or not at all, and every trouble told in a sentence."""

from __future__ import annotations

import logging
import random
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

from opensearchpy import OpenSearch, exceptions

from corpus.budget import began, check
from corpus.errors import AwayError, SearchIndexError
from indexer.opensearch_engine.address import Address
from indexer.opensearch_engine.connection import BoundedConnection

Json = Mapping[str, Any]
Answered = TypeVar("Answered")

PATIENCE = 60.0
"""Seconds for a step of a build: half of what a writer holds the index without a sign of life (builds.py)."""
OLDEST = (2, 19)
"""The version from which all that we ask is there, and tried."""
_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
log = logging.getLogger(__name__)
_LATER = "try again in a minute"
_WHOLE = {"allow_partial_search_results": "false", "search_type": "dfs_query_then_fetch"}
"""No shard may be left out, and words are as rare as they are in all of them."""
_SHORT = 0.5
"""Seconds that are not halved any more."""
_AT_ONCE = 16
"""Connections that are kept to a node: a site answers so many readers at a time."""
_ELSEWHERE = (502, 503, 504)
_LOST = ("search_context_missing", "index_not_found", "node_not_connected", "node_disconnected", "no such index")
_KEPT = "5m"
"""How long a moment is kept after it was asked last."""
_ends: ContextVar[float | None] = ContextVar("cluster_ends", default=None)
_waited: ContextVar[tuple[float | None, float]] = ContextVar("cluster_waited", default=(None, 0.0))
"""Which page (corpus.budget.began) has waited for the cluster, and for how long."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An index as it is at one point in time, whatever is written to it afterwards."""

    id: str

    def of(self, body: Json) -> Json:
        """A search as asked of this moment."""
        return {**body, "pit": {"id": self.id, "keep_alive": _KEPT}}


class LostMomentError(AwayError):
    """A moment that is no more: the node that kept it went, its index was replaced, or nobody asked for long."""


class Cluster:
    """A client of one cluster. Safe for threads."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._where = ", ".join(node.partition("://")[2] for node in address.nodes)
        # ask() goes from node to node, for it knows how much time is left; the client remembers who did not answer.
        options: dict[str, Any] = {"max_retries": 0, "retry_on_timeout": True, "connection_class": BoundedConnection}
        options["pool_maxsize"] = _AT_ONCE
        if address.user:
            # RFC 7617 in UTF-8: the client writes Latin-1, and fails where a password has more.
            known = b64encode(f"{address.user}:{address.password}".encode()).decode()
            options["headers"] = {"authorization": f"Basic {known}"}
        if address.ca:
            options["ca_certs"] = address.ca
        self._client = OpenSearch(list(address.nodes), timeout=PATIENCE, **options)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    @contextmanager
    def soon(self) -> Iterator[None]:
        """What is asked in here is answered within ``seconds``, or given up; all that one page asks, taken together."""
        if _ends.get() is not None:
            yield
            return
        start, page = time.monotonic(), began()
        of, waited = _waited.get()
        waited = waited if page is not None and of == page else 0.0
        before = _ends.set(start + self.address.seconds - waited)
        try:
            yield
        finally:
            _ends.reset(before)
            _waited.set((page, waited + time.monotonic() - start))

    @contextmanager
    def turn(self, lock: threading.RLock) -> Iterator[None]:
        """Hold a lock, for which nobody waits longer than a reader does."""
        ends = _ends.get()
        if not lock.acquire(timeout=-1 if ends is None else max(0.0, ends - time.monotonic())):
            raise self._slow()
        try:
            yield
        finally:
            lock.release()

    def ask(self, call: Callable[..., Answered], *args: Any, **options: Any) -> Answered:
        """Call one of the client's functions. Raises SearchIndexError for every trouble, told in a sentence."""
        try:
            return self._asked(call, *args, **options)
        except exceptions.NotFoundError:
            raise SearchIndexError("There is no index yet: run `nianbao index`.") from None
        except (exceptions.AuthenticationException, exceptions.AuthorizationException):
            trouble = "does not let us in: look at user and password"
            raise SearchIndexError(f"The search cluster at {self._where} {trouble}.") from None
        except exceptions.ConflictError:
            raise
        except exceptions.SSLError:
            trouble = "shows a certificate that we do not trust: name who vouches for it by ca=FILE in the address"
            raise SearchIndexError(f"The search cluster at {self._where} {trouble}.") from None
        except exceptions.ConnectionTimeout:
            raise self._slow() from None
        except exceptions.ConnectionError:
            raise AwayError(f"The search cluster at {self._where} cannot be reached: {_LATER}.") from None
        except exceptions.TransportError as error:
            raise self._trouble(error.status_code, str(error.error), str(error.info)) from error

    def _asked(self, call: Callable[..., Answered], *args: Any, **options: Any) -> Answered:
        """Ask one node after the other until one answers; each that does not is left alone for a while."""
        given = dict(options.pop("params", {}))
        tries = len(self.address.nodes) + 1
        while True:
            check()
            tries -= 1
            params = dict(given)
            if (ends := _ends.get()) is not None:
                left = ends - time.monotonic()
                if left <= 0:
                    raise self._slow()
                # One node that is silent must leave time for another one, and no more than that.
                params["request_timeout"] = left / 2 if len(self.address.nodes) > 1 and left > _SHORT else left
            try:
                return call(*args, params=params, **options)
            except exceptions.TransportError as error:
                if not tries or not _is_of_the_node(error):
                    raise

    def _slow(self) -> AwayError:
        return AwayError(f"The search cluster at {self._where} is too slow now: {_LATER}.")

    def patiently(self, wait: float, call: Callable[[], Answered]) -> Answered:
        """What a build must do: done again for ``wait`` seconds while the cluster is away, after ever longer pauses."""
        ends, pause, told = time.monotonic() + wait, _PAUSE, False
        while True:
            try:
                return call()
            except AwayError as error:
                if time.monotonic() + pause > ends:
                    raise
                if not told:
                    told = True
                    log.warning("%s Waiting up to %g s.", error, wait)
            # Whoever waits for the same cluster shall not come back all at once.
            time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - no secret
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _trouble(self, status: Any, name: str, told: str) -> SearchIndexError:
        if "too_many" in told or "maxClauseCount" in told:
            return SearchIndexError("The cluster's indices.query.bool.max_clause_count is too small: set it to 16384.")
        if status == HTTPStatus.TOO_MANY_REQUESTS or status in _ELSEWHERE or "phase_execution" in name:
            # More requests than it takes, or too little memory for one: which it is, its own word tells the operator.
            trouble = "has too much to do" if status == HTTPStatus.TOO_MANY_REQUESTS else "lacks a part of the index"
            return AwayError(f"The search cluster at {self._where} {trouble} now ({name}): {_LATER}.")
        return SearchIndexError(f"The search cluster at {self._where} answers {status} {name}: {told[:300]}")

    def version(self) -> str:
        """The version of OpenSearch. Raises SearchIndexError for one that we cannot use."""
        told = self.ask(self._client.info).get("version")
        kind, number = (
            (told.get("distribution", "elasticsearch"), str(told.get("number", "")))
            if isinstance(told, Mapping)
            else ("another service", "")
        )
        if kind != "opensearch" or tuple(map(int, number.split(".")[:2])) < OLDEST:
            oldest, what = ".".join(map(str, OLDEST)), f"{kind} {number}".strip()
            raise SearchIndexError(f"At {self._where} is {what}: OpenSearch {oldest} or newer is needed.")
        return number

    @property
    def client(self) -> OpenSearch:
        """Whose functions are asked."""
        return self._client

    def create(self, index: str, body: Json) -> None:
        """A new index; one of that name was made by a call whose answer was lost."""
        try:
            self.ask(self._client.indices.create, index=index, body=body)
        except SearchIndexError as error:
            if "resource_already_exists" not in str(error):
                raise

    def moment(self, index: str) -> Moment:
        """An index as it is now, all of its shards."""
        params = {"keep_alive": _KEPT, "allow_partial_pit_creation": "false"}
        return Moment(self.ask(self._client.create_pit, index=index, params=params)["pit_id"])

    def forget(self, moment: Moment) -> None:
        """Let go of a moment."""
        self.ask(self._client.delete_pit, body={"pit_id": [moment.id]})

    def search(self, where: str | Moment, body: Json) -> Json:
        """One search in an index or a moment of it."""
        return self.searches(where, [body])[0]

    def searches(self, where: str | Moment, bodies: Sequence[Json]) -> list[Json]:
        """Several searches in one go. Raises LostMomentError where the moment is no more."""
        lines: list[Json] = []
        for body in bodies:
            if isinstance(where, Moment):
                lines += _WHOLE, where.of(body)
            else:
                lines += {**_WHOLE, "index": where}, body
        if not lines:
            return []
        answers = self.ask(self._client.msearch, body=lines)["responses"]
        for answer in answers:
            if "error" in answer:
                if isinstance(where, Moment) and _is_lost(answer["error"]):
                    raise LostMomentError(f"The search cluster at {self._where} lacks what was read: {_LATER}.")
                raise self._trouble(answer.get("status"), str(answer["error"].get("type")), str(answer["error"]))
        return list(answers)

    def counts(self, where: str | Moment, queries: Iterable[Json]) -> list[int]:
        """How many reports meet each query."""
        bodies = [{"query": query, "size": 0, "track_total_hits": True} for query in queries]
        return [answer["hits"]["total"]["value"] for answer in self.searches(where, bodies)]

    def walk(self, where: str | Moment, query: Json, page: int, source: list[str] | bool) -> Iterator[Json]:  # noqa: FBT001 - as OpenSearch's own
        """All reports that meet a query, by id, over one state of the index."""
        body = {"query": query, "size": page, "sort": [{"id": "asc"}], "_source": source, "track_total_hits": False}
        for hits in self.pages(where, body):
            yield from hits

    def pages(self, where: str | Moment, body: Json) -> Iterator[list[Json]]:
        """The answer to a sorted search page by page, to its end, over one state of the index."""
        moment = self.moment(where) if isinstance(where, str) else where
        asked = dict(body)
        try:
            while hits := self.search(moment, asked)["hits"]["hits"]:
                yield hits
                asked["search_after"] = hits[-1]["sort"]
        finally:
            if moment is not where:
                self.forget(moment)

    def buckets(self, where: str | Moment, query: Json, sources: Sequence[Json]) -> Iterator[Json]:
        """How many reports have each combination of values, exactly, page by page."""
        composite: dict[str, Any] = {"size": 10_000, "sources": list(sources)}
        while True:
            body = {"query": query, "size": 0, "aggs": {"each": {"composite": composite}}}
            found = self.search(where, body)["aggregations"]["each"]
            yield from found["buckets"]
            if "after_key" not in found:
                return
            composite["after"] = found["after_key"]


def _is_of_the_node(error: exceptions.TransportError) -> bool:
    """Whether another node may answer where this one did not."""
    return isinstance(error, exceptions.ConnectionError) or error.status_code in _ELSEWHERE


def _is_lost(error: Json) -> bool:
    told = str(error)
    return any(sign in told for sign in _LOST)
