"""``make bench-read``: what read + parse + audit of a report cost, beside the parsing of the same file alone.

The bounds: a page of 40 KB or more at most twice what BeautifulSoup with lxml needs to parse it; a PDF at most one and
a half times pdfplumber's own extraction of its tables. Every file is read once, one after the other like the pages of a
crawl, beside its rival: nothing that was kept of a file helps to read it. Processor time.

``make bench-read ARGS=parallel``: 2,000 pages by one process, then by two; at least 1.7 times as fast on a machine that
does nothing else. Seconds on the clock.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import lxml.html
import pdfplumber
from bs4 import BeautifulSoup

from corpus.extraction.derivation import Candidate, Means, derive_all
from corpus.extraction.interpret import interpret
from corpus.readers.formats import read
from corpus.regions import Registry
from corpus.sample.generate import generate
from corpus.sample.render.html import render_html
from corpus.text import decode
from tests.accuracy.formats.print import pdf
from tests.accuracy.harness import papers, sample_registry

_LEAST = 40_000
_PAGES = 200
_BEFORE = 5
_HTML_BOUND = 2.0
_PDF_BOUND = 1.5
_MANY = 2_000
_LEAST_GAIN = 1.7

T = TypeVar("T")


def main(words: Sequence[str]) -> int:
    """Measure, print, and return 1 where a bound does not hold."""
    registry = sample_registry(600)
    return _parallel(registry) if "parallel" in words else int(_html(registry) or _pdf(registry))


def _html(registry: Registry) -> bool:
    """Whether pages are read too slowly."""
    pages = list(islice(_pages(least=_LEAST), _BEFORE + _PAGES))
    ours, soup, alone = _seconds(
        pages,
        lambda page: interpret(read(page), registry),
        lambda page: BeautifulSoup(decode(page), "lxml"),
        lambda page: lxml.html.fromstring(decode(page)),
    )
    print(  # noqa: T201 - the report of a command
        f"html, {len(pages) - _BEFORE} pages of {_LEAST:,} bytes and more, each once: {ours * 1000:.1f} ms a page,"
        f" {ours / soup:.2f} × BeautifulSoup with lxml ({soup * 1000:.1f} ms),"
        f" {ours / alone:.1f} × lxml alone ({alone * 1000:.1f} ms)"
    )
    return ours > _HTML_BOUND * soup


def _pdf(registry: Registry) -> bool:
    printed = [pdf(paper) for paper in papers(_BEFORE)]
    ours, tables = _seconds(printed, lambda file: interpret(read(file), registry), _pdfplumber)
    print(  # noqa: T201 - the report of a command
        f"pdf, {len(printed) - _BEFORE} reports, each once: {ours * 1000:.0f} ms a report,"
        f" {ours / tables:.2f} × pdfplumber's extraction of the tables ({tables * 1000:.0f} ms)"
    )
    return ours > _PDF_BOUND * tables


def _parallel(registry: Registry) -> int:
    candidates = [(i, Candidate(page, f"{i}.html")) for i, page in enumerate(islice(_pages(), _MANY))]
    taken = []
    for processes in (1, 2):
        start = time.perf_counter()
        for _ in derive_all(candidates, registry, Means(processes=processes)):
            pass
        taken.append(time.perf_counter() - start)
    one, two = taken
    print(f"{_MANY:,} pages: {one:.1f} s by one process, {two:.1f} s by two: {one / two:.2f} ×")  # noqa: T201
    return int(one < _LEAST_GAIN * two)


def _pages(least: int = 0) -> Iterator[bytes]:
    """Reports of the sample as pages, all of them different."""
    for seed in range(1, 20):
        rendered = (render_html(report) for report in generate(seed=seed, reports=600) if report.form is not None)
        yield from (page for page in rendered if len(page) >= least)


def _pdfplumber(payload: bytes) -> object:
    with pdfplumber.open(io.BytesIO(payload)) as document:
        return [page.extract_tables() for page in document.pages]


def _seconds(files: Sequence[T], *works: Callable[[T], object]) -> list[float]:
    """Processor time of each work for one file. The first files are not counted: they load what is loaded once."""
    totals = [0.0] * len(works)
    for number, file in enumerate(files):
        for index, work in enumerate(works):
            start = time.process_time()
            work(file)
            totals[index] += (time.process_time() - start) * (number >= _BEFORE)
    return [total / (len(files) - _BEFORE) for total in totals]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
