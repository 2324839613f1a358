"""What every Engine must do: subclass ``Conformance`` and say how to make one."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.errors import SearchIndexError, UsageError
from corpus.model import SECTION_KINDS
from indexer.clauses import Query
from indexer.engine import Engine
from indexer.facets import CHOICES, FACETS, spelled_years
from indexer.names import Names
from indexer.request import MetricRange, SearchRequest, where
from indexer.segment import Segmenter
from indexer.trend import trend
from tests.indexer.laws import ByReading
from tests.indexer.oracle import Oracle, flat
from tests.indexer.province import FINDINGS, METRICS, REGIONS, changed, documents
from tests.indexer.thorough import ASKED, QUERIES, SUBSTRINGS

QUESTIONS = (
    "", "讨薪", "薪", "停车位 讨薪", "“村改”", "城中村改造 -讨薪", "讨薪 OR 停车位", "政务*", "1234", "“1,2”", "县政府",
    "标题:财政局", "(讨薪 或 停车位) 非 规范性文件", "章节:问题 讨薪", "新收申请>=100 讨薪", "公开率>80%", "地区:石溪",
    "年份:2019..2021 行政复议", "云政办〔2021〕28号", "工作有序", "2021年", "open data", "信息公开", "人大", "国会",
    "行政復議",
)  # fmt: skip


class Conformance:
    """The tests. ``engine`` makes an empty engine in a directory."""

    @classmethod
    def engine(cls, directory: Path, segmenter: Segmenter) -> Engine:
        raise NotImplementedError

    @pytest.fixture(scope="class")
    @classmethod
    def full(cls, tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, oracle: Oracle) -> Engine:
        """The documents of the oracle, in two commits, with some of them renewed and some removed on the way."""
        engine = cls.engine(tmp_path_factory.mktemp("index"), segmenter)
        first, second = oracle.documents[::2], oracle.documents[1::2]
        gone = documents(20, seed=99)
        known = {document.id for document in oracle.documents}
        gone = [document for document in gone if document.id not in known]
        engine.replace([*gone, *(changed(document, "讨薪") for document in first[:50]), *first[50:]], 1)
        engine.write([*first[:50], *second], [document.id for document in gone], 2)
        return engine

    @pytest.mark.parametrize("text", QUESTIONS)
    def test_finds_what_reading_everything_finds(
        self, full: Engine, oracle: Oracle, names: Names, segmenter: Segmenter, text: str
    ) -> None:
        question = read(text, names, segmenter, oracle)
        query = SearchRequest(text, size=1000, sort="year")
        expected = oracle.met(question.clause, query)
        result = full.search(query)
        assert result.total == len(expected)
        assert {hit.id for hit in result.hits} == {document.id for document in expected}
        years = [hit.year for hit in result.hits]
        assert years == sorted(years)

    def test_answers_random_queries_as_reading_everything_does(
        self, full: Engine, oracle: Oracle, names: Names, segmenter: Segmenter
    ) -> None:
        draw = random.Random(23)  # noqa: S311 - likewise
        reading = ByReading(oracle, names, segmenter)
        for _ in range(ASKED):
            reading.agrees(full, draw)

    def test_words_near_each_other_are_marked_and_nothing_else(self, full: Engine) -> None:
        for text, words in (("“讨薪 停车位”~6", {"讨薪", "停车位"}), ("“停车位 讨薪”~20", {"讨薪", "停车位"})):
            hits = full.search(SearchRequest(text, size=1000)).hits
            assert hits
            for snippet in (snippet for hit in hits for snippet in hit.snippets):
                assert {snippet.text[start:end] for start, end in snippet.marks} <= words

    @pytest.mark.slow
    def test_counts_what_reading_everything_counts(
        self, full: Engine, oracle: Oracle, names: Names, segmenter: Segmenter
    ) -> None:
        draw = random.Random(11)  # noqa: S311 - a seeded draw, no secret
        for _ in range(QUERIES):
            query = random_query(draw)
            question = read(query.text, names, segmenter, oracle)
            result = full.search(query)
            assert result.total == len(oracle.met(question.clause, query)), query
            for name in (facet.name for facet in FACETS if facet.counted):
                counted = {value: count for value, count in flat(result.facets[name]).items() if count}
                expected = oracle.facet(name, question.clause, query)
                if name == "finding":
                    counted = {value: count for value, count in counted.items() if ":" in value}
                assert counted == expected, (name, query)

    def test_metric_buckets_are_ranges_that_find_their_own_count(self, full: Engine, oracle: Oracle) -> None:
        for metric in METRICS:
            buckets = full.search(SearchRequest(facet_metrics=(metric,))).facets["metric"]
            having = [document for document in oracle.documents if metric in document.metrics]
            assert sum(bucket.count for bucket in buckets) == len(having)
            for bucket in buckets:
                low, high = (Decimal(end) for end in bucket.value.split(".."))
                result = full.search(SearchRequest(metrics=(MetricRange(metric, low, high),), facet_metrics=(metric,)))
                assert result.total == bucket.count
                assert [value.value for value in result.facets["metric"] if value.selected] == [bucket.value]
                assert sum(value.count for value in result.facets["metric"]) == len(having)

    def test_sorting_by_a_metric_puts_missing_values_last(self, full: Engine, oracle: Oracle) -> None:
        having = sum("reviews" in document.metrics for document in oracle.documents)
        for sort in ("reviews", "-reviews"):
            hits = full.search(SearchRequest(sort=sort, size=1000)).hits
            values = [Decimal(hit.metrics["reviews"]) for hit in hits[:having]]
            assert values == sorted(values, reverse=sort.startswith("-"))
            assert not any(hit.metrics for hit in hits[having:])

    def test_pages_join_to_the_whole_without_repetition(self, full: Engine) -> None:
        whole = [hit.id for hit in full.search(SearchRequest("讨薪", size=1000)).hits]
        pages = [hit.id for page in range(1, 9) for hit in full.search(SearchRequest("讨薪", page=page, size=13)).hits]
        assert pages == whole[: len(pages)]
        assert len(pages) == min(len(whole), 104)

    def test_selected_values_are_listed_though_nothing_is_left(self, full: Engine) -> None:
        query = SearchRequest(
            "讨薪",
            {"region": ("900101",), "year": ("1999",), "level": ("national",), "section": ("fees",)},
        )
        result = full.search(query)
        assert result.total == 0
        for name, value in (("region", "900101"), ("year", "1999"), ("level", "national"), ("section", "fees")):
            assert flat(result.facets[name])[value] == 0

    def test_marks_show_the_words_where_they_stand(self, full: Engine) -> None:
        for text in ("讨薪", "“村改”", "1234", "行政復議 停车位"):
            result = full.search(SearchRequest(text, size=50, plain=True))
            assert result.hits
            for hit in result.hits:
                assert hit.snippets
                for snippet in hit.snippets:
                    assert snippet.section in SECTION_KINDS
                    for start, end in snippet.marks:
                        marked = snippet.text[start:end]
                        assert marked.replace(",", "") in {"讨薪", "村改", "1234", "行政复议", "停车位"}, (
                            text,
                            marked,
                            snippet,
                        )

    def test_a_word_of_single_characters_matches_only_as_typed(self, full: Engine, oracle: Oracle) -> None:
        found = {hit.id for hit in full.search(SearchRequest("讨薪", size=1000, plain=True)).hits}
        apart = [d for d in oracle.documents if "讨论薪酬" in "".join(d.sections.values())]
        assert any(document.id not in found for document in apart)
        assert all("讨薪" in "".join(d.sections.values()) for d in oracle.documents if d.id in found)

    def test_every_substring_is_found_in_quotes(self, full: Engine, oracle: Oracle) -> None:
        draw = random.Random(5)  # noqa: S311 - likewise
        for _ in range(SUBSTRINGS):
            document = draw.choice(oracle.documents)
            line = draw.choice([line for text in document.sections.values() for line in text.split("\n")])
            start = draw.randrange(len(line) - 1)
            piece = line[start : start + draw.randint(2, 12)]
            if len(piece.strip()) < 2:
                continue
            query = SearchRequest(f'"{piece}"', {"agency": document.facets["agency"], "year": (str(document.year),)})
            assert document.id in {hit.id for hit in full.search(query).hits}, piece

    def test_commits_add_renew_and_remove(self, tmp_path: Path, segmenter: Segmenter) -> None:
        engine = self.engine(tmp_path, segmenter)
        with pytest.raises(SearchIndexError):
            engine.status()
        first, second, third = documents(3)
        engine.replace([first, second], 5)
        before = engine.search(SearchRequest())
        assert (before.total, engine.status().revision) == (2, 5)
        written = engine.write([changed(first, "此处提到河豚养殖。"), third], [second.id], 6)
        assert (written.added, written.changed, written.removed) == (1, 1, 1)
        after = engine.search(SearchRequest())
        assert {hit.id for hit in after.hits} == {first.id, third.id}
        assert after.generation != before.generation
        assert [hit.id for hit in engine.search(SearchRequest("河豚养殖")).hits] == [first.id]
        assert engine.search(where(agency=second.facets["agency"])).total == 0
        engine.replace([], 7)
        assert (engine.search(SearchRequest("讨薪")).total, engine.status().documents) == (0, 0)

    def test_a_faulty_document_leaves_the_index_as_it_was(self, tmp_path: Path, segmenter: Segmenter) -> None:
        engine = self.engine(tmp_path, segmenter)
        first, second = documents(2)
        engine.replace([first], 1)
        broken = replace(second, metrics={"height": Decimal(1)})
        with pytest.raises(SearchIndexError, match="nobody knows"):
            engine.write([changed(first, "x"), broken], [], 2)
        with pytest.raises(SearchIndexError, match="nobody knows"):
            engine.replace([broken], 2)
        assert (engine.search(SearchRequest()).total, engine.status().revision) == (1, 1)
        engine.write([second], [], 2)
        assert engine.search(SearchRequest()).total == 2

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [("行政付议", "行政复议"), ("营商还境", "营商环境"), ("规范性文建", "规范性文件"), ("停车為", "停车位")],
    )
    def test_another_spelling_is_offered_where_it_finds_more(self, full: Engine, typed: str, meant: str) -> None:
        result = full.search(SearchRequest(typed))
        expected = full.search(SearchRequest(meant)).total
        assert result.total == 0
        offered = result.understood["did_you_mean"]
        assert isinstance(offered, list)
        assert {"text": meant, "total": expected} in offered
        assert "did_you_mean" not in full.search(SearchRequest(meant)).understood

    def test_near_duplicates_stand_behind_the_first(self, tmp_path: Path, segmenter: Segmenter) -> None:
        engine = self.engine(tmp_path, segmenter)
        first, other, *_ = documents(2)
        text = "".join(
            f"第{number}项工作已经完成并向社会公布，群众可以到窗口查询办理结果。" for number in "甲乙丙丁戊己"
        )
        copies = [replace(first, id=f"copy-{number}", sections={"overview": text + str(number)}) for number in range(3)]
        engine.replace([*copies, other], 1)
        folded = engine.search(SearchRequest())
        assert folded.total == 4
        assert [(hit.id, hit.similar) for hit in folded.hits if hit.id.startswith("copy")] == [
            ("copy-0", ("copy-1", "copy-2"))
        ]
        apart = engine.search(SearchRequest(apart=True))
        assert len(apart.hits) == 4
        assert folded.facets == apart.facets

    def test_a_trend_counts_against_what_exists(self, full: Engine, oracle: Oracle) -> None:
        course = trend(full, SearchRequest("行政复议", {"level": ("county",)}, plain=True))
        county = [document for document in oracle.documents if document.one("level") == "county"]
        for point in course.years:
            year = [document for document in county if str(document.year) == point.value]
            mention = [d for d in year if "行政复议" in "".join(d.sections.values())]
            assert (point.count, point.existing) == (len(mention), len(year))
            assert point.share == 100 * len(mention) / len(year)
        assert [point.value for point in course.years] == sorted(point.value for point in course.years)
        assert course.regions[0].value == "900000"
        assert course.regions[0].count == course.total

    @pytest.mark.parametrize("typed", ["石", "石溪", "shixi", "sxs", "ShiX"])
    def test_a_place_is_suggested_however_it_is_typed(self, full: Engine, typed: str) -> None:
        offered = full.suggest(typed)
        assert ("region", "900100") in {(entry.kind, entry.value) for entry in offered}
        assert len(offered) <= 10

    def test_agencies_metrics_and_words_are_suggested(self, full: Engine) -> None:
        assert any(entry.kind == "agency" for entry in full.suggest("石溪市人民"))
        assert ("metric", "refused") in {(entry.kind, entry.value) for entry in full.suggest("bygk")}
        assert ("word", "营商环境") in {(entry.kind, entry.value) for entry in full.suggest("yingsh")}
        assert full.suggest(" ") == []

    def test_more_like_a_passage(self, full: Engine, oracle: Oracle) -> None:
        passage = "关于河道采砂和校园午餐，已在网站公布。"
        result = full.search(SearchRequest(like=passage))
        best = {document.id: "".join(document.sections.values()) for document in oracle.documents}
        assert 0 < result.total < len(oracle.documents)
        assert all("采砂" in best[hit.id] or "午餐" in best[hit.id] for hit in result.hits[:5])
        narrowed = full.search(SearchRequest("停车位", like=passage))
        assert 0 < narrowed.total < result.total

    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            (where(level="city"), "level"),
            (SearchRequest(sort="height"), "sort"),
            (SearchRequest(page=0), "page"),
            (SearchRequest(page=501), "page"),
            (SearchRequest(metrics=(MetricRange("height"),)), "metric"),
            (SearchRequest(facet_metrics=("height",)), "facet_metric"),
        ],
    )
    def test_parameters_that_mean_nothing_are_named(self, full: Engine, query: SearchRequest, parameter: str) -> None:
        with pytest.raises(UsageError) as caught:
            full.search(query)
        assert caught.value.parameter == parameter


def random_query(draw: random.Random) -> SearchRequest:
    """Words and filters at random, some of which leave nothing."""

    def some(values: tuple[str, ...], chance: float = 0.3) -> tuple[str, ...]:
        return tuple(draw.sample(values, draw.randint(1, min(3, len(values))))) if draw.random() < chance else ()

    first = draw.randint(2013, 2024)
    low = Decimal(draw.randint(0, 200))
    return SearchRequest(
        text=draw.choice(QUESTIONS),
        metrics=(MetricRange(draw.choice(METRICS), low, low + draw.randint(0, 500)),) if draw.random() < 0.2 else (),
        size=5,
    ).choosing(
        region=some(tuple(region.code for region in REGIONS)),
        year=(spelled_years(first, first + draw.randint(0, 4)),) if draw.random() < 0.3 else (),
        section=some(SECTION_KINDS, 0.2),
        finding=some((*FINDINGS, "I1:broken", "I3:holds")),
        **{facet.name: some(facet.values) for facet in CHOICES},
    )


def read(text: str, names: Names, segmenter: Segmenter, oracle: Oracle) -> Query:
    """A query as an engine over the oracle's documents reads it."""
    return ByReading(oracle, names, segmenter).read(text)
