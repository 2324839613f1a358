"""Generated reports as Documents with their token streams, kept in a folder so that every run reads the same.

::

    build/bench/<reports>/documents.pickle   blocks of Documents
    build/bench/<reports>/tokens.pickle      for each of them, field by field: the tokens apart by spaces, their starts

Of the greatest sizes some sections alone may be kept: then the folder is ``<reports>-<section>…``.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.metrics import metric_values
from corpus.model import SECTION_KINDS, Figure, Report, SectionKind
from corpus.regions import Registry
from corpus.sample.generate import SampleReport, generate, sample_regions
from indexer.document import Document, narrative
from indexer.fields import texts
from indexer.segment import Segmenter, region_words
from tests.bench.clock import Clock

SEED = 6
PROVINCES = 10
FROM_YEAR = 2008
BLOCK = 250
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Text:
    """The tokens of one field of a document, apart by spaces, with the character at which each starts."""

    field: int
    tokens: str
    starts: NDArray[np.uint32]


Tokens = tuple[Text, ...]


@cache
def registry(reports: int) -> Registry:
    """The regions of a corpus of this size."""
    return Registry(sample_regions(PROVINCES, reports))


@cache
def segmenter(reports: int) -> Segmenter:
    """The segmenter that knows them."""
    return Segmenter(region_words(registry(reports)))


@dataclass(frozen=True, slots=True)
class Corpus:
    """``segmentation`` is how long it took to cut all reports into tokens, in ``WORKERS`` processes."""

    directory: Path
    reports: int
    segmentation: Mapping[str, float]

    @property
    def name(self) -> str:
        """The number of reports, and which sections they have where not all."""
        return self.directory.name

    def documents(self) -> Iterator[Document]:
        """The documents, in order."""
        for block in _blocks(self.directory / "documents.pickle"):
            yield from block

    def tokens(self) -> Iterator[Tokens]:
        """The token stream of each, in the same order."""
        for block in _blocks(self.directory / "tokens.pickle"):
            yield from block


def prepare(directory: Path, reports: int, sections: Collection[SectionKind] = SECTION_KINDS) -> Corpus:
    """The corpus of this size, of its narrative these sections alone: made on the first call, then read."""
    own = drawn(directory, reports, sections).directory
    seconds = own / "segmentation.json"
    if not seconds.exists():
        clock = Clock()
        with (own / "tokens.pickle").open("wb") as file, ProcessPoolExecutor(WORKERS) as workers:
            blocks = _blocks(own / "documents.pickle")
            for round_ in batches(blocks, WORKERS * 4):
                for cut in workers.map(_cut, [reports] * len(round_), round_):
                    pickle.dump(cut, file, pickle.HIGHEST_PROTOCOL)
        seconds.write_text(json.dumps(clock.read()), encoding="utf-8")
    return Corpus(own, reports, json.loads(seconds.read_text(encoding="utf-8")))


def drawn(directory: Path, reports: int, sections: Collection[SectionKind] = SECTION_KINDS) -> Corpus:
    """The documents of a corpus alone, without their tokens."""
    own = directory / "-".join((str(reports), *(sections if sections != SECTION_KINDS else ())))
    own.mkdir(parents=True, exist_ok=True)
    if not (own / "documents.pickle").exists():
        _generate(own / "documents.pickle", reports, sections)
    return Corpus(own, reports, {})


def _generate(path: Path, reports: int, sections: Collection[SectionKind]) -> None:
    known = registry(reports)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        made = generate(seed=SEED, provinces=PROVINCES, reports=reports, from_year=FROM_YEAR)
        for batch in batches(made, BLOCK):
            kept = [_with(_document(report, known), sections) for report in batch]
            pickle.dump(kept, file, pickle.HIGHEST_PROTOCOL)
    part.rename(path)


def _with(document: Document, sections: Collection[SectionKind]) -> Document:
    kept = {kind: text for kind, text in document.sections.items() if kind in sections}
    return replace(document, sections=kept)


def batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The items in lists of ``size``, the last one shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _cut(reports: int, documents: list[Document]) -> list[Tokens]:
    return [tuple(_text(field, text, segmenter(reports)) for field, text in texts(document)) for document in documents]


def _text(field: int, text: str, cutter: Segmenter) -> Text:
    tokens, starts = cutter.tokens(text)
    return Text(field, " ".join(tokens), np.array(starts, np.uint32))


def _blocks(path: Path) -> Iterator[list[Any]]:
    with path.open("rb") as file:
        while file.peek(1):
            yield pickle.load(file)  # noqa: S301 - written by this module


def _document(report: SampleReport, known: Registry) -> Document:
    """As intake and extraction would make it, without the page between."""
    figures = {
        id_: Figure(id_, value, report.figures[id_], "number", None)
        for id_, value in report.values.items()
        if value is not None
    }
    read = Report(report.agency, report.year, report.title, report.form, report.sections, figures, ())
    return Document(
        id=report.id,
        title=report.title,
        agency=report.agency.name,
        region=report.agency.region,
        regions=known.ancestors(report.agency.region),
        year=report.year,
        facets={
            "level": (report.agency.level,),
            "kind": (report.agency.kind,),
            "form": (report.form,) if report.form else (),
            "original": ("page",),
            "copied": (),
            "agency": (report.agency.id,),
            "finding": tuple(sorted({tag for one in report.broken for tag in (one.rule, f"{one.rule}:broken")})),
        },
        url=report.url,
        captured=datetime(report.year + 1, 2, 1, tzinfo=UTC),
        published=None,
        sections=narrative(report.sections),
        metrics=metric_values(read),
        fictional=True,
    )
