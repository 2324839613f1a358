"""A written sample: files, sidecars, regions, and a manifest that says what is in them."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path

import pytest

from corpus.sample.generate import generate, sample_regions, write_corpus
from corpus.sample.manifest import Manifest


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    return write_corpus(tmp_path_factory.mktemp("sample"), reports=70)


def test_the_manifest_tells_every_report(written: Manifest) -> None:
    entries = list(written.entries())
    reports = list(generate(reports=70))
    assert len(entries) == 70
    for entry, report in zip(entries, reports, strict=True):
        assert (entry.id, entry.agency, entry.year, entry.form) == (report.id, report.agency, report.year, report.form)
        assert (entry.title, entry.url) == (report.title, report.url)
        assert entry.published == report.published.isoformat()
        assert entry.figures == {f: (raw, report.values[f]) for f, raw in report.figures.items()}
        assert (entry.faults, entry.broken, entry.topics) == (report.faults, report.broken, report.topics)


def test_every_file_is_there_with_its_sidecar(written: Manifest) -> None:
    named = set()
    for entry in written.entries():
        assert set(entry.files) == {"html", "text"}
        for path in entry.files.values():
            file = written.directory / path
            assert file.stat().st_size > 1_000
            sidecar = json.loads(file.with_name(file.name + ".json").read_text(encoding="utf-8"))
            assert sidecar["url"] == entry.url
            assert datetime.fromisoformat(sidecar["captured"]).tzinfo is not None
            named |= {file, file.with_name(file.name + ".json")}
    others = {file.name for file in written.directory.rglob("*") if file.is_file() and file not in named}
    assert others == {"manifest.jsonl", "regions.csv"}


def test_regions_are_listed_as_in_the_registry(written: Manifest) -> None:
    with (written.directory / "regions.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["code"] for row in rows] == [region.code for region in sample_regions(1, 70)]


def test_missing_years_have_no_file(written: Manifest) -> None:
    missing = set(written.missing())
    assert missing
    assert not missing & {(entry.agency, entry.year) for entry in written.entries()}


def test_one_format_alone(tmp_path: Path) -> None:
    manifest = write_corpus(tmp_path, reports=3, formats=("text",))
    assert [set(entry.files) for entry in manifest.entries()] == [{"text"}] * 3
    assert not (tmp_path / "html").exists()
