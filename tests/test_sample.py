"""The whole default sample, through every stage: what was written comes back, and nothing else does."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.extraction.file_import import take_in
from corpus.extraction.interpret import interpret
from corpus.model import Report
from corpus.readers.formats import read
from corpus.regions import Registry
from corpus.sample.generate import sample_regions, write_corpus
from corpus.sample.manifest import Entry, Manifest
from corpus.store import Store
from indexer.index import update_index
from indexer.request import SearchRequest
from indexer.result import FacetValue
from indexer.whoosh_engine import WhooshEngine

Findings = set[tuple[str, frozenset[str]]]


@dataclass(frozen=True)
class Sample:
    """The default sample, taken in as HTML."""

    directory: Path
    entries: tuple[Entry, ...]
    store: Store
    registry: Registry


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    directory = tmp_path_factory.mktemp("sample")
    entries = tuple(write_corpus(directory).entries())
    with Store.open(tmp_path_factory.mktemp("data")) as store:
        store.add_regions(sample_regions())
        outcome = take_in(store, [directory / "html"])
        assert (outcome.taken, outcome.skipped, outcome.failed) == (len(entries), {}, {})
        yield Sample(directory, entries, store, store.registry())


def test_about_six_hundred(sample: Sample) -> None:
    assert len(sample.entries) == 600
    assert sample.store.counts().reports == 600
    assert sum(1 for _ in Manifest(sample.directory).missing()) > 0


def test_every_figure_comes_back_through_html(sample: Sample) -> None:
    for entry in sample.entries:
        stored = sample.store.get(entry.id)
        assert stored is not None, entry.files["html"]
        assert _head(stored.report) == (entry.agency, entry.year, entry.title, entry.form), entry.files["html"]
        assert _figures(stored.report) == _written(entry), entry.files["html"]


def test_every_planted_breach_comes_back_as_broken_and_nothing_else(sample: Sample) -> None:
    for entry in sample.entries:
        stored = sample.store.get(entry.id)
        assert stored is not None
        assert _broken(stored.report) == _planted(entry), entry.files["html"]
        contradicted = {fault.kind for fault in entry.faults} & {"narrative"}
        assert bool(_contradictions(stored.report)) <= bool(contradicted), entry.files["html"]
        assert not [finding for finding in stored.report.findings if finding.rule == "reading"], entry.files["html"]


def test_every_figure_comes_back_through_text(sample: Sample) -> None:
    for entry in sample.entries[:: 1 if os.environ.get("NIANBAO_WHOLE") else 3]:
        payload = (sample.directory / entry.files["text"]).read_bytes()
        report = interpret(read(payload, name=entry.files["text"]), sample.registry, url=entry.url)
        assert _head(report) == (entry.agency, entry.year, entry.title, entry.form), entry.files["text"]
        assert _figures(report) == _written(entry), entry.files["text"]
        within = {breach for breach in _planted(entry) if not breach[0].startswith("X")}
        assert _broken(report) == within, entry.files["text"]


def test_region_and_year_facets_are_plain_counts(sample: Sample, tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "index", sample.registry)
    update_index(sample.store, engine)
    facets = engine.search(SearchRequest()).facets
    engine.close()
    assert {value.value: value.count for value in facets["year"]} == Counter(str(e.year) for e in sample.entries)
    regions = Counter(code for entry in sample.entries for code in sample.registry.ancestors(entry.agency.region))
    assert dict(_counts(facets["region"])) == regions


def _head(report: Report) -> tuple[object, ...]:
    return report.agency, report.year, report.title, report.form


def _figures(report: Report) -> dict[str, Decimal | None]:
    return {id_: figure.value for id_, figure in report.figures.items()}


def _written(entry: Entry) -> dict[str, Decimal | None]:
    return {id_: value for id_, (_, value) in entry.figures.items()}


def _broken(report: Report) -> Findings:
    return {
        (f.rule, frozenset(f.figures)) for f in report.findings if f.verdict == "broken" and not f.rule.startswith("T")
    }


def _contradictions(report: Report) -> list[str]:
    return [f.rule for f in report.findings if f.verdict == "broken" and f.rule.startswith("T")]


def _planted(entry: Entry) -> Findings:
    return {(breach.rule, frozenset(breach.figures)) for breach in entry.broken}


def _counts(values: Sequence[FacetValue]) -> Iterator[tuple[str, int]]:
    for value in values:
        yield value.value, value.count
        yield from _counts(value.children)
