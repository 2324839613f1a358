"""A report's values in the facets, and words for each of them in the query language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corpus.metrics import load_metrics
from corpus.model import Snapshot
from corpus.regions import Registry
from corpus.store import Stored
from indexer.clauses import Filter
from indexer.facets import BY_NAME, CHOICES, Facet, identity, values_of
from indexer.names import Names
from indexer.parse import parse
from indexer.segment import Segmenter
from tests.indexer.test_index import REPORT

SNAPSHOT = Snapshot("0" * 64, "http://www.example.gov.cn/1", "1", "text/html", datetime(2022, 3, 1, tzinfo=UTC))
STORED = Stored(REPORT.id, REPORT, SNAPSHOT, 1, "1", SNAPSHOT.captured, 1)


def test_a_report_has_its_values() -> None:
    assert values_of(STORED) == {
        "level": ("prefecture",),
        "kind": ("government",),
        "form": ("2021",),
        "original": ("page",),
        "copied": (),
        "agency": (REPORT.agency.id,),
        "finding": ("I1", "I1:broken"),
    }


@pytest.mark.parametrize(("share", "fifth"), [(0.0, "0-20"), (19.9, "0-20"), (20.0, "20-40"), (100.0, "80-100")])
def test_a_share_lies_in_its_fifth(share: float, fifth: str) -> None:
    assert values_of(replace(STORED, copied=share))["copied"] == (fifth,)


@pytest.mark.parametrize(
    ("media_type", "original"),
    [
        ("text/html; charset=gbk", "page"),
        ("application/xhtml+xml", "page"),
        ("application/pdf", "file"),
        ("application/msword", "file"),
        ("application/octet-stream", "file"),
        ("", "file"),
        ("image/jpeg", "scan"),
    ],
)
def test_an_original_is_a_page_a_file_or_a_scan(media_type: str, original: str) -> None:
    stored = replace(STORED, snapshot=replace(SNAPSHOT, media_type=media_type))
    assert values_of(stored)["original"] == (original,)


@pytest.mark.parametrize("facet", CHOICES, ids=lambda facet: facet.name)
def test_the_query_language_knows_a_choice_and_its_values(facet: Facet, segmenter: Segmenter) -> None:
    names = Names(Registry.load(), load_metrics())
    for value in facet.values:
        assert parse(f"{facet.name}:{value}", names, segmenter).clause == Filter(facet.name, (value,))
    assert parse("原件:扫描件", names, segmenter).clause == Filter("original", ("scan",))


def test_another_facet_is_another_index(monkeypatch: pytest.MonkeyPatch) -> None:
    before = identity()
    monkeypatch.setattr("indexer.facets.FACETS", (*BY_NAME.values(), Facet("seal", "choice", "has a seal", ("yes",))))
    assert identity() != before
