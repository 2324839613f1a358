"""Numbers over a result, orders by time, folding and ``since``, held against what reading every document gives."""

from __future__ import annotations

import statistics
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.errors import UsageError
from indexer.document import Document
from indexer.request import SearchRequest, where
from indexer.result import Summary
from indexer.segment import Segmenter
from indexer.whoosh_engine import WhooshEngine
from tests.indexer.province import REGISTRY, documents

DOCUMENTS = {document.id: document for document in documents(150)}
ALL = SearchRequest(size=1000, apart=True, plain=True)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter) -> WhooshEngine:
    engine = WhooshEngine(tmp_path_factory.mktemp("index"), REGISTRY, segmenter=segmenter)
    engine.replace(DOCUMENTS.values(), 1)
    return engine


def found(engine: WhooshEngine, **asked: object) -> list[Document]:
    return [DOCUMENTS[hit.id] for hit in engine.search(SearchRequest(size=1000, apart=True, **asked)).hits]  # type: ignore[arg-type]


def agrees(summary: Summary, reports: list[Document], metric: str) -> None:
    values = [document.metrics[metric] for document in reports if metric in document.metrics]
    assert (summary.reports, summary.valued) == (len(reports), len(values))
    assert summary.missing == len(reports) - len(values)
    if not values:
        assert (summary.sum, summary.quartiles, summary.minimum, summary.maximum) == (None, None, None, None)
        return
    assert (summary.minimum, summary.maximum) == (float(min(values)), float(max(values)))
    assert summary.quartiles is not None
    assert summary.quartiles[1] == pytest.approx(float(statistics.median(values)), abs=1e-4)
    if len(values) > 1:
        expected = [float(each) for each in statistics.quantiles(values, n=4, method="inclusive")]
        assert summary.quartiles == pytest.approx(expected, abs=1e-4)
    if metric == "disclosure_rate":
        assert summary.sum is None
    else:
        assert summary.sum is not None
        assert Decimal(str(summary.sum)) == sum(values)


@pytest.mark.parametrize("text", ["", "讨薪", "-行政复议"])
def test_a_metric_is_summed_up_as_reading_everything_sums_it_up(engine: WhooshEngine, text: str) -> None:
    metrics = ("refused", "fees_amount", "disclosure_rate")
    reports = found(engine, text=text)
    assert len(reports) > 20
    given = engine.search(SearchRequest(text, stats=metrics, size=0)).statistics
    assert tuple(each.metric for each in given) == metrics
    for each in given:
        agrees(each.whole, reports, each.metric)
        assert set(each.years) == {document.year for document in reports}
        for year, summary in each.years.items():
            agrees(summary, [document for document in reports if document.year == year], each.metric)
        assert set(each.regions) == {document.regions[0] for document in reports}
        for code, summary in each.regions.items():
            agrees(summary, [document for document in reports if code in document.regions], each.metric)


def test_below_a_chosen_region_its_parts_are_summed_up(engine: WhooshEngine) -> None:
    given = engine.search(SearchRequest(filters={"region": ("900100",)}, stats=("refused",), size=0)).statistics[0]
    reports = [document for document in DOCUMENTS.values() if "900100" in document.regions]
    assert set(given.regions) == {document.regions[-1] for document in reports}
    for code, summary in given.regions.items():
        agrees(summary, [document for document in reports if document.region == code], "refused")


@pytest.mark.parametrize("column", ["captured", "published"])
def test_orders_by_time(engine: WhooshEngine, column: str) -> None:
    for sort, reverse in ((column, False), (f"-{column}", True)):
        times = [getattr(document, column) for document in found(engine, sort=sort)]
        known = [time for time in times if time is not None]
        assert known == sorted(known, reverse=reverse)
        assert times[len(known) :] == [None] * (len(times) - len(known))  # unknown ones stand last either way
        assert len(times) == len(DOCUMENTS)


def test_since_is_a_day_of_capture(engine: WhooshEngine) -> None:
    day = sorted(document.captured.date() for document in DOCUMENTS.values())[70]
    expected = {id_ for id_, document in DOCUMENTS.items() if document.captured.date() >= day}
    assert {document.id for document in found(engine, since=day)} == expected
    assert found(engine, since=date(2100, 1, 1)) == []


def test_of_each_agency_the_first_hit(engine: WhooshEngine) -> None:
    for text, sort in (("讨薪", "relevance"), ("", "-year"), ("", "-refused")):
        apart = found(engine, text=text, sort=sort)
        first = list({document.facets["agency"]: document for document in reversed(apart)}.values())[::-1]
        folded = engine.search(SearchRequest(text, sort=sort, group="agency", size=1000, apart=True))
        assert {hit.id for hit in folded.hits} == {document.id for document in first}
        assert [hit.id for hit in folded.hits] == [
            document.id for place, document in enumerate(apart)
            if document.facets["agency"] not in {before.facets["agency"] for before in apart[:place]}
        ]  # fmt: skip
        assert (folded.total, folded.groups) == (len(apart), len(first))


def test_wrong_names_are_told(engine: WhooshEngine) -> None:
    for query, parameter in (
        (SearchRequest(stats=("height",)), "stats"),
        (SearchRequest(group="region"), "group"),
        (SearchRequest(sort="-relevance"), "sort"),
    ):
        with pytest.raises(UsageError) as caught:
            engine.search(query)
        assert caught.value.parameter == parameter
    assert where(level="county").choosing(level=()) == SearchRequest()


def test_times_are_kept_over_a_commit(tmp_path: Path, segmenter: Segmenter) -> None:
    made = list(DOCUMENTS.values())[:20]
    engine = WhooshEngine(tmp_path, REGISTRY, segmenter=segmenter)
    engine.replace(made[:10], 1)
    engine.write(made[10:], [], 2)
    newest = max(made, key=lambda document: document.captured)
    hit = engine.search(SearchRequest(sort="-captured")).hits[0]
    assert (hit.id, hit.captured) == (newest.id, newest.captured)
