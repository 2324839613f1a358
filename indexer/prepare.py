"""Documents made ready for an engine: cut into words, their pairs counted, sketched. Most of a build is spent here.

A whole build shares this among processes; the writer only puts together what they send back, in order.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from corpus.errors import SearchIndexError
from corpus.processes import end_with_parent
from indexer.document import Document
from indexer.fields import FIELDS, texts
from indexer.near_duplicates import Sketch, sketch
from indexer.normal import is_even
from indexer.postings import Numbering, Occurrences, pairs, words
from indexer.segment import Segmenter

WORTH = 2000
"""Documents from which processes pay: each reads its dictionary and learns the words anew, some seconds of work."""
_CHUNK = 64


@dataclass(frozen=True, eq=False, slots=True)
class Prepared:
    """What the text of a document comes to. ``even`` names the sections that normalising leaves in place."""

    words: Occurrences
    pairs: Occurrences
    lengths: Mapping[int, int]
    even: tuple[str, ...]
    sketch: Sketch


def prepare(documents: Iterable[Document], segmenter: Segmenter) -> list[Prepared]:
    """Documents made ready; they share the names of their words."""
    numbers = Numbering()
    names: list[str] = []
    ready = []
    for document in documents:
        fields = list(texts(document))
        normal = {FIELDS[field].name: text for field, text in fields}
        ready.append(
            Prepared(
                words(fields, segmenter, numbers, names),
                pairs(fields),
                {field: len(text) for field, text in fields},
                tuple(name for name, text in document.sections.items() if is_even(text, normal.get(name, ""))),
                sketch(fields),
            )
        )
    names += numbers
    return ready


def prepare_here(documents: Iterable[Document], segmenter: Segmenter) -> Iterator[tuple[Document, Prepared]]:
    """All of them in order, in this process."""
    rest = iter(documents)
    while chunk := list(islice(rest, _CHUNK)):
        yield from zip(chunk, prepare(chunk, segmenter), strict=True)


def prepare_all(
    documents: Iterable[Document], extra: Sequence[str], cache: Path, segmenter: Callable[[], Segmenter]
) -> Iterator[tuple[Document, Prepared]]:
    """All of them in order; many are shared among processes, whose segmenters get the ``extra`` words.

    ``segmenter`` makes the one for few of them: its dictionary takes time and room.
    """
    rest = iter(documents)
    first = deque(islice(rest, WORTH))
    processors = len(os.sched_getaffinity(0))
    many = len(first) == WORTH
    every = chain((first.popleft() for _ in range(len(first))), rest)  # each is let go of once it was made ready
    if not many or processors < 2:
        yield from prepare_here(every, segmenter())
        return
    # Fresh processes: the server's threads may hold locks that a forked one would wait for.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processors, context, _begin, (extra, cache)) as workers:
        try:
            yield from _shared(workers, every, processors * 2)
        except BrokenProcessPool:
            raise SearchIndexError("A process that cuts words was ended: free some memory, then index again.") from None
        finally:
            workers.shutdown(wait=False, cancel_futures=True)


def _shared(
    workers: ProcessPoolExecutor, documents: Iterator[Document], ahead: int
) -> Iterator[tuple[Document, Prepared]]:
    """A few chunks are under way at a time: memory is bounded however many there are."""
    waiting: deque[tuple[list[Document], Future[list[Prepared]]]] = deque()
    while True:
        while len(waiting) < ahead and (chunk := list(islice(documents, _CHUNK))):
            waiting.append((chunk, workers.submit(_prepare_chunk, chunk)))
        if not waiting:
            return
        chunk, done = waiting.popleft()
        yield from zip(chunk, done.result(), strict=True)


_own: list[Segmenter] = []
"""The segmenter of a worker process: made once, by its first lines."""


def _begin(extra: Sequence[str], cache: Path) -> None:
    end_with_parent()
    _own.append(Segmenter(extra, cache=cache))


def _prepare_chunk(documents: list[Document]) -> list[Prepared]:
    return prepare(documents, _own[0])
