"""``make bench-read``: what read + parse + audit of a report cost, beside the parsing of the same file alone.

The bounds: a page of 40 KB or more at most twice what BeautifulSoup with lxml needs to parse it; a PDF at most twice
pdfplumber's own extraction of its tables. All in one run, processor time, the best of several rounds.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import lxml.html
import pdfplumber
from bs4 import BeautifulSoup

from corpus.extraction.interpret import interpret
from corpus.readers.formats import read
from corpus.sample.generate import generate
from corpus.sample.render.html import render_html
from corpus.text import decode
from tests.accuracy.formats.print import pdf
from tests.accuracy.harness import papers, sample_registry

_LEAST = 40_000
_PAGES = 20
_ROUNDS = 5
_BOUND = 2.0

T = TypeVar("T")


def main() -> int:
    """Measure, print, and return 1 where a bound does not hold."""
    registry = sample_registry(600)
    rendered = (render_html(report) for report in generate(reports=600) if report.form in ("2019", "2021"))
    pages = [page for page in rendered if len(page) >= _LEAST][:_PAGES]
    texts = [decode(page) for page in pages]
    whole = _seconds(lambda page: interpret(read(page), registry), pages)
    soup = _seconds(lambda text: BeautifulSoup(text, "lxml"), texts)
    alone = _seconds(lxml.html.fromstring, texts)
    printed = [pdf(paper) for paper in papers(1)]
    read_pdf = _seconds(lambda file: interpret(read(file), registry), printed)
    tables = _seconds(_pdfplumber, printed)
    print(  # noqa: T201 - the report of a command
        f"html, {len(pages)} pages of {min(map(len, pages)):,} bytes and more: {whole * 1000:.1f} ms a page,"
        f" {whole / soup:.2f} × BeautifulSoup with lxml ({soup * 1000:.1f} ms),"
        f" {whole / alone:.1f} × lxml alone ({alone * 1000:.1f} ms)\n"
        f"pdf, {len(printed)} reports: {read_pdf * 1000:.0f} ms a report,"
        f" {read_pdf / tables:.2f} × pdfplumber's extraction of the tables ({tables * 1000:.0f} ms)"
    )
    return int(whole > _BOUND * soup or read_pdf > _BOUND * tables)


def _pdfplumber(payload: bytes) -> object:
    with pdfplumber.open(io.BytesIO(payload)) as document:
        return [page.extract_tables() for page in document.pages]


def _seconds(work: Callable[[T], object], files: Sequence[T]) -> float:
    """Processor time for one file, the best round of several."""
    rounds = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        for file in files:
            work(file)
        rounds.append(time.process_time() - start)
    return min(rounds) / len(files)


if __name__ == "__main__":
    sys.exit(main())
