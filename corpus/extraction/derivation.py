"""Payloads → reports, on as many processors as are given, in the order in which they came.

Reading and parsing know nothing of the store: what they need goes to a worker by value, and a report or the reason
why there is none comes back. A few payloads are not worth the start of a worker and are derived right here.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from corpus.blocks import Content
from corpus.errors import NianbaoError, NotAReportError, UnreadableError
from corpus.extraction.interpret import interpret
from corpus.extraction.joining import join_pages
from corpus.media import is_picture
from corpus.model import Report
from corpus.processes import end_with_parent
from corpus.readers.article_pictures import beside
from corpus.readers.formats import read
from corpus.readers.limits import Limits
from corpus.regions import Registry

FEW = 64
"""Payloads that take about as long as workers take to start."""

_AHEAD = 4
"""Payloads handed out for each worker: enough to keep it busy, few enough to hold in memory."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Bytes that may be a report. ``name`` and ``media_type`` are as given, ``url`` ``""`` where nobody knows it.

    ``hint`` is the code of the region where the source stands (docs/contract.md, ``--region``). ``behind`` are the
    further pages of a report that a site prints over several, and the pictures of its pages; ``part_of`` says of one of
    these which report it belongs to, and which of its pages it is.
    """

    payload: bytes
    name: str
    media_type: str = ""
    url: str = ""
    hint: str = ""
    behind: tuple[Candidate, ...] = ()
    part_of: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Means:
    """How large a file may be that is read, and by how many processes; None: one a processor."""

    limits: Limits = field(default_factory=Limits)
    processes: int | None = None


Derived = Report | UnreadableError | NotAReportError
"""A report, or why there is none."""

K = TypeVar("K")
T = TypeVar("T")


def derive(candidate: Candidate, registry: Registry, limits: Limits) -> Derived:
    """Read and interpret one payload, together with its further pages."""
    if candidate.part_of is not None:
        first, number = candidate.part_of
        return NotAReportError("part_of_report", url=first, number=number)
    try:
        content = contents(candidate, limits)
        return interpret(content, registry, url=candidate.url, hint=candidate.hint, name=candidate.name)
    except (UnreadableError, NotAReportError) as error:
        return error


def contents(candidate: Candidate, limits: Limits) -> Content:
    """What a payload says, its further pages behind it, their pictures in their places. Raises UnreadableError."""
    pictures = {one.url: one.payload for one in candidate.behind if is_picture(one.payload)}
    pages = (candidate, *(one for one in candidate.behind if one.url not in pictures))
    return join_pages(
        [
            read(one.payload, name=one.name, media_type=one.media_type, limits=limits, held=beside(one.url, pictures))
            for one in pages
        ]
    )


def derive_all(
    candidates: Iterable[tuple[K, Candidate]], registry: Registry, means: Means
) -> Iterator[tuple[K, Derived]]:
    """Derive each candidate and give it back under its key, in order.

    Raises NianbaoError if a worker dies, which is a fault of ours or a lack of memory.
    """
    candidates = iter(candidates)
    processes = means.processes or os.cpu_count() or 1
    first = list(islice(candidates, FEW))
    if processes == 1 or len(first) < FEW:
        for key, candidate in _chain(first, candidates):
            yield key, derive(candidate, registry, means.limits)
        return
    # Started anew: a fork would inherit the store's connections and the threads of whoever runs this.
    context = multiprocessing.get_context("spawn")
    with _lent(registry) as lent:
        pool = ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(lent, means.limits))
        try:
            yield from _shared_out(pool, processes, _chain(first, candidates))
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _lent(registry: Registry) -> Iterator[Path]:
    """A file that holds the registry for as long as workers start.

    What a worker is started with is written into a pipe that its parent holds both ends of: more than the pipe takes
    would keep the parent waiting for ever for a worker that died while it started.
    """
    with TemporaryDirectory(prefix="nianbao-") as folder:
        lent = Path(folder) / "registry.pickle"
        lent.write_bytes(pickle.dumps(registry))
        yield lent


def _shared_out(
    pool: ProcessPoolExecutor, processes: int, candidates: Iterable[tuple[K, Candidate]]
) -> Iterator[tuple[K, Derived]]:
    """Each candidate handed to whichever worker is free, and what came of it in order."""
    under_way: deque[tuple[K, str, Future[Derived]]] = deque()
    try:
        for key, candidate in candidates:
            under_way.append((key, candidate.name, pool.submit(_derive, candidate)))
            if len(under_way) > _AHEAD * processes:
                yield _next(under_way)
        while under_way:
            yield _next(under_way)
    except BrokenProcessPool as error:
        near = f" near {under_way[0][1]}" if under_way else ""
        raise NianbaoError(
            f"A process that reads files ended{near}: give the machine more memory, or find the file with "
            "--processes 1."
        ) from error


def _next(under_way: deque[tuple[K, str, Future[Derived]]]) -> tuple[K, Derived]:
    """The oldest that is under way; it stays there until it is done."""
    key, _, future = under_way[0]
    derived = future.result()
    under_way.popleft()
    return key, derived


def bundles(results: Iterable[T], most: int = 100, seconds: float = 2.0) -> Iterator[list[T]]:
    """What was derived, in bundles to be stored at once: the store is locked to write, never while anything is read."""
    bundle: list[T] = []
    began = time.monotonic()
    for result in results:
        bundle.append(result)
        if len(bundle) >= most or time.monotonic() - began > seconds:
            yield bundle
            bundle, began = [], time.monotonic()
    if bundle:
        yield bundle


def _chain(first: list[tuple[K, Candidate]], rest: Iterator[tuple[K, Candidate]]) -> Iterator[tuple[K, Candidate]]:
    """What was taken to count, then the rest; nothing is held longer than needed."""
    while first:
        yield first.pop(0)
    yield from rest


_worker: tuple[Registry, Limits]


def _begin(lent: Path, limits: Limits) -> None:
    """Set a worker up. An interrupt from the keyboard is for the process that gives out the work."""
    global _worker  # noqa: PLW0603 - what a worker holds for its life
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    _worker = pickle.loads(lent.read_bytes()), limits  # noqa: S301 - what our own parent has just written


def _derive(candidate: Candidate) -> Derived:
    return derive(candidate, *_worker)
