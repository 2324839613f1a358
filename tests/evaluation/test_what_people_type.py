"""What people type, each as a relation that must hold on any sample: a complement, an equal total, a card, a first hit.

The first of each class was typed by somebody and answered wrongly once, without a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.sample.generate import SampleReport
from indexer.request import SearchRequest, where
from indexer.result import SearchResult
from indexer.whoosh_engine import WhooshEngine
from tests.evaluation.relevance import corpus

REPORTS = 200


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[WhooshEngine, Sequence[SampleReport]]:
    reports, documents, registry = corpus(REPORTS)
    engine = WhooshEngine(Path(tmp_path_factory.mktemp("typed")), registry)
    engine.replace(documents.values(), 1)
    return engine, reports


@pytest.fixture
def engine(sample: tuple[WhooshEngine, Sequence[SampleReport]]) -> WhooshEngine:
    return sample[0]


def ask(engine: WhooshEngine, text: str, **facets: str) -> SearchResult:
    return engine.search(SearchRequest(text, where(**facets).filters, apart=True))


@pytest.mark.parametrize(
    "thing",
    ["机关:民政局", "标题:人民政府", "正文:讨薪", "年份:2020", "层级:县级", "勾稽:I1:broken", "新收申请>=10", "“讨薪”",
     "2020年", "2019..2021", "章节:问题", "地区:平澜", "县级", "讨薪", "年报", "公开率:10%..50%", "讨薪*"],
)  # fmt: skip
@pytest.mark.parametrize("sign", ["-", "!", "NOT ", "–", "—", "－", "！", "非 "])
def test_a_negation_is_the_complement(engine: WhooshEngine, thing: str, sign: str) -> None:
    assert ask(engine, sign + thing).total == REPORTS - ask(engine, thing).total


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("正文:-讨薪", "-正文:讨薪"),
        ("新收申请:20..10", "新收申请:10..20"),
        ("年份:2022..2019", "年份:2019..2022"),
        ("依 申 请 公 开", "依申请公开"),
        ("松屿县大模型", "松屿县 大模型"),
        ("物业管理纠纷公租房分配", "物业管理纠纷 公租房分配"),
        ("黑臭水体征地补偿", "黑臭水体 征地补偿"),
        ("2021 年 讨薪", "2021年 讨薪"),
        ("讨薪|尾矿库", "讨薪 OR 尾矿库"),
        ("交通局", "交通运输局"),
        ("Pinglan", "pinglan"),
    ],
)
def test_two_ways_to_type_one_thing_find_the_same(engine: WhooshEngine, typed: str, same: str) -> None:
    assert ask(engine, typed).total == ask(engine, same).total


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("{}年", "{}"), ("{} 讨薪", "{}"), ("{}年 讨薪", "{}"), ("年份>={}", "{}.."), ("{}年以后 讨薪", "{}.."),
        ("{}.. 讨薪", "{}.."), ("{}年以前", "1900..{}"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("year", ["2015", "2020"])
def test_a_year_in_words_is_the_year_s_filter(engine: WhooshEngine, typed: str, years: str, year: str) -> None:
    topic = "讨薪" if "讨薪" in typed else ""
    assert ask(engine, typed.format(year)).total == ask(engine, topic, year=years.format(year)).total


def test_other_ways_to_write_years(engine: WhooshEngine) -> None:
    assert ask(engine, "二〇二一年").total == ask(engine, "", year="2021").total
    assert ask(engine, "2019年到2021年 讨薪").total == ask(engine, "讨薪", year="2019..2021").total
    assert ask(engine, "2019-2021年 讨薪").total == ask(engine, "讨薪", year="2019..2021").total
    assert ask(engine, "2019年和2021年 讨薪").total == ask(engine, "讨薪 (年份:2019 OR 年份:2021)").total
    assert ask(engine, "讨薪 最新").total == ask(engine, "讨薪").total
    assert ask(engine, "最新年报").total == REPORTS
    assert ask(engine, "年报").total == ask(engine, "年度报告").total == REPORTS


@pytest.mark.parametrize(
    ("typed", "kind", "id_"),
    [
        ("拒绝率", "metric", "refusal_rate"), ("不予公开率", "metric", "refusal_rate"),
        ("公开率", "metric", "disclosure_rate"),
        ("申请量", "metric", "applications_received"), ("不予公开", "metric", "refused"),
        ("lawsuit", "metric", "lawsuits"),
        ("复议纠正率", "metric", "review_correction_rate"), ("第十四条", "article", "14"),
        ("平澜市", "region", "900100"),
        ("三安全一稳定", "figure", "applications.refused.safety_stability.total"), ("工商局", "body", "市场监督管理局"),
        ("国土局", "body", "自然资源局"), ("Henan", "region", "410000"), ("Pinglan", "region", "900100"),
        ("国家秘密", "figure", "applications.refused.state_secret.total"),
    ],
)  # fmt: skip
def test_what_has_a_name_has_a_card(engine: WhooshEngine, typed: str, kind: str, id_: str) -> None:
    subject = ask(engine, typed).subject
    assert subject is not None
    assert (subject.kind, subject.id, subject.whole) == (kind, id_, True)


@pytest.mark.parametrize(
    ("typed", "id_", "level", "sort"),
    [
        ("哪些县拒绝最多?", "refused", "county", "-refused"),
        ("复议纠正率最高的市 2021", "review_correction_rate", "prefecture", "-review_correction_rate"),
        ("which county has the lowest refusal rate", "refusal_rate", "county", "refusal_rate"),
    ],
)
def test_a_question_chooses_reports_and_order(
    engine: WhooshEngine, typed: str, id_: str, level: str, sort: str
) -> None:
    result = ask(engine, typed)
    assert result.subject is not None
    assert (result.subject.id, result.subject.level, result.subject.sort) == (id_, level, sort)
    assert result.understood["sort"] == sort
    assert {hit.level for hit in result.hits} <= {level}


def test_a_card_is_not_made_of_a_part_of_a_word(engine: WhooshEngine) -> None:
    assert ask(engine, "讨薪 殡葬收费").subject is None


def test_known_items_come_first(sample: tuple[WhooshEngine, Sequence[SampleReport]]) -> None:
    engine, reports = sample
    for report in reports[::7]:
        name, year = report.agency.name, report.year
        for typed in (f"{name}{year}年报", f"{year}年 {name} 年度报告", f"{name} {year}"):
            assert ask(engine, typed).hits[0].id == report.id, typed
        newest = max(each.year for each in reports if each.agency == report.agency)
        assert (ask(engine, name).hits[0].agency, ask(engine, name).hits[0].year) == (name, newest)


def test_words_are_met_where_they_stand_as_words(engine: WhooshEngine) -> None:
    for typed in ("信访", "平澜市 讨薪", "复议"):
        for hit in ask(engine, typed).hits:
            marked = {snippet.text[start:end] for snippet in hit.snippets for start, end in snippet.marks}
            assert not {"上访"} & marked
    assert ask(engine, "信访").total == 0


def test_a_place_within_a_section_is_named_there(engine: WhooshEngine) -> None:
    for section in ("applications", "problems"):
        facets = {value.value: value.count for value in ask(engine, "平澜市").facets["section"]}
        result = ask(engine, "平澜市", section=section)
        assert result.total == facets.get(section, 0)
        for hit in result.hits:
            assert any("平澜" in snippet.text for snippet in hit.snippets)


def test_not_within_a_section_adds_no_reports(engine: WhooshEngine) -> None:
    result = ask(engine, "NOT 讨薪", section="problems")
    count = {value.value: value.count for value in ask(engine, "NOT 讨薪").facets["section"]}["problems"]
    assert result.total == count <= ask(engine, "NOT 讨薪").total


def test_no_zero_is_silent(engine: WhooshEngine) -> None:
    for typed in ("讨薪 尾矿库 殡葬收费 大模型 文物普查", "重发布轻解读", "not 讨薪", "讨薪 年份:1999", "信访"):
        result = ask(engine, typed)
        assert result.total == 0, typed
        assert result.relaxed_hits or result.understood["did_you_mean"] or result.understood["suggestions"], typed
        assert bool(result.relaxed_hits) == bool(result.understood["relaxed"]), typed
    offered = ask(engine, "not 讨薪").understood["did_you_mean"]
    assert isinstance(offered, list)
    assert {"text": "NOT 讨薪", "total": ask(engine, "NOT 讨薪").total} in offered


def test_one_body_takes_two_of_the_first_ten_unless_it_is_named(engine: WhooshEngine) -> None:
    agencies = [hit.agency for hit in ask(engine, "政务新媒体").hits[:10]]
    assert max(agencies.count(agency) for agency in agencies) <= 2
    grouped = engine.search(SearchRequest("政务新媒体", group="agency", apart=True)).hits
    assert len({hit.agency for hit in grouped}) == len(grouped)


def test_what_was_understood_can_be_taken_away(engine: WhooshEngine) -> None:
    understood = ask(engine, "松屿县 2021年 -县级 讨薪 年报").understood["pieces"]
    assert isinstance(understood, list)
    without = {piece["text"]: piece["without"] for piece in understood}
    assert without["2021年"] == "松屿县 -县级 讨薪 年报"
    assert without["县级"] == "松屿县 2021年 讨薪 年报"
    assert without["年报"] == "松屿县 2021年 -县级 讨薪"
    assert without["松屿县"] == "2021年 -县级 讨薪 年报"
