"""A store with a sample of a seed, put there without pages: what is tested is what reads reports against each other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from corpus.model import Figure, Report
from corpus.sample.generate import SampleReport, sample_regions
from corpus.store import Store


def as_report(sample: SampleReport) -> Report:
    """A sample report as extraction must give it."""
    figures = {
        id_: Figure(id_, value, sample.figures[id_], "blank" if value is None else "number", None)
        for id_, value in sample.values.items()
    }
    return Report(
        agency=sample.agency,
        year=sample.year,
        title=sample.title,
        form=sample.form,
        sections=sample.sections,
        figures=figures,
        findings=(),
        published=sample.published,
    )


def fill(data: Path, samples: Iterable[SampleReport], provinces: int = 1, reports: int = 600) -> Store:
    """An open store with the reports."""
    store = Store.open(data)
    store.add_regions(sample_regions(provinces, reports))
    with store.batch():
        for sample in samples:
            captured = datetime(2026, 6, 1, tzinfo=UTC)
            payload = sample.id.encode()
            snapshot = store.keep(payload, url=sample.url, source=sample.url, media_type="text/html", captured=captured)
            store.accept(snapshot, as_report(sample), "1")
    return store
