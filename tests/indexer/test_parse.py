"""The query language: what is typed is read as meant, and what is not is named."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.clauses import (
    And,
    Clause,
    Condition,
    Everything,
    Filter,
    Literal,
    Near,
    Not,
    Or,
    Part,
    Phrase,
    Prefix,
    Reason,
    Scope,
    Term,
    Word,
)
from indexer.describe import describe, meaning, tree
from indexer.names import Names
from indexer.parse import MAX_LENGTH, parse
from indexer.parts import parts_of
from indexer.request import MetricRange, SearchRequest
from indexer.segment import Segmenter
from tests.indexer.thorough import STRINGS

SIGNS = '()（）"“”「」:：*＊~-－!<>=≥≤%.,，。 　\n&|+〔〕与或非ANDORT讨薪停车位年份标题地区公开率0123456789a石溪'


def word(text: str) -> Word:
    return Word(text, (Term(text),))


PARKING = word("停车位")
PAY = Word("讨薪", (Phrase("讨薪", (("讨", 0), ("薪", 1))),))

RATE = Word("公开率", (Phrase("公开率", (("公开", 0), ("率", 2))),))


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("", Everything()),
        ("停车位", PARKING),
        ("讨薪", PAY),
        ("停车位 讨薪", And((PARKING, PAY))),
        ("停车位　AND　讨薪", And((PARKING, PAY))),
        ("停车位 与 讨薪", And((PARKING, PAY))),
        ("停车位 OR 讨薪", Or((PARKING, PAY))),
        ("停车位 或 讨薪 非 公报", Or((PARKING, And((PAY, Not(word("公报"))))))),
        ("（停车位 或 讨薪） －公报", And((Or((PARKING, PAY)), Not(word("公报"))))),
        ("NOT 停车位", Not(PARKING)),
        ("“停车 位”", Literal("停车位", quoted=True)),
        ("「村改」", Literal("村改", quoted=True)),
        ("“停车位 年报”~5", Near("停车位 年报", (Term("停车位"), Term("年报")), 5)),
        ("政务*", Prefix("政务")),
        ("標題：停車位", Scope(("title",), Word("停車位", (Term("停车位"),)))),
        ("agency:“财政局”", Scope(("agency",), Literal("财政局", quoted=True))),
        ("章节:问题 停车位", Scope(("problems",), PARKING)),
        ("章节:问题", Filter("section", ("problems",))),
        ("停车位 －讨薪", And((PARKING, Not(PAY)))),
        ("停车位 –讨薪", And((PARKING, Not(PAY)))),
        ("停车位 —讨薪", And((PARKING, Not(PAY)))),
        ("！停车位", Not(PARKING)),
        ("--停车位", PARKING),
        ("停车位|讨薪", Or((PARKING, PAY))),
        ("停车位 ｜｜ 讨薪", Or((PARKING, PAY))),
        ("-标题:停车位", Not(Scope(("title",), PARKING))),
        ("标题:-停车位", Not(Scope(("title",), PARKING))),
        ("标题：NOT 停车位", Not(Scope(("title",), PARKING))),
        ("标题: 停车位", Scope(("title",), PARKING)),
        ("标题:(停车位 -讨薪)", And((Scope(("title",), PARKING), Not(Scope(("title",), PAY))))),
        ("层级:(县级 或 市级)", Or((Filter("level", ("county",)), Filter("level", ("prefecture",))))),
        ("-年份:2020", Not(Filter("year", ("2020",)))),
        ("-层级:县级", Not(Filter("level", ("county",)))),
        ("-勾稽:I1:broken", Not(Filter("finding", ("I1:broken",)))),
        ("NOT 新收申请>=10", Not(Condition(MetricRange("applications_received", Decimal(10), None)))),
        ("-新收申请>=10", Not(Condition(MetricRange("applications_received", Decimal(10), None)))),
        ("-“停车 位”", Not(Literal("停车位", quoted=True))),
        ("章节:问题 -停车位", Scope(("problems",), Not(PARKING))),
        ("-章节:问题 停车位", And((Not(Filter("section", ("problems",))), PARKING))),
        ("(章节:问题) 停车位", And((Filter("section", ("problems",)), PARKING))),
        ("年份>=2020", Filter("year", ("2020..",))),
        ("年份<2020", Filter("year", ("1900..2019",))),
        ("年份:2022..2019", Filter("year", ("2019..2022",))),
        ("年份:2019..", Filter("year", ("2019..",))),
        ("2019..2021", Filter("year", ("2019..2021",))),
        ("2019..", Filter("year", ("2019..",))),
        ("新收申请:20..10", Condition(MetricRange("applications_received", Decimal(10), Decimal(20)))),
        ("新收申请:10～20", Condition(MetricRange("applications_received", Decimal(10), Decimal(20)))),
        ("年份:2019..2022", Filter("year", ("2019..2022",))),
        ("年份：2019-2022年", Filter("year", ("2019..2022",))),
        ("年:2020", Filter("year", ("2020",))),
        ("地区:石溪", Filter("region", ("900100",))),
        ("地区:云汀省", Filter("region", ("900000",))),
        ("level:县级", Filter("level", ("county",))),
        ("异常:I1:broken", Filter("finding", ("I1:broken",))),
        ("不予公开>100", Condition(MetricRange("refused", Decimal("100.0001"), None))),
        ("公开率 >= 80%", Condition(MetricRange("disclosure_rate", Decimal(80), None))),
        ("公开率≤８０", Condition(MetricRange("disclosure_rate", None, Decimal(80)))),
        ("复议纠正率:10%..50%", Condition(MetricRange("review_correction_rate", Decimal(10), Decimal(50)))),
        ("新收申请:100..", Condition(MetricRange("applications_received", Decimal(100), None))),
        ("refused=1,234", Condition(MetricRange("refused", Decimal(1234), Decimal(1234)))),
        ("新收申请>1万", Condition(MetricRange("applications_received", Decimal("10000.0001"), None))),
    ],
)
def test_read_as_meant(names: Names, segmenter: Segmenter, text: str, clause: Clause) -> None:
    question = parse(text, names, segmenter)
    assert (question.clause, question.ignored) == (clause, ())


@pytest.mark.parametrize(
    ("text", "clause", "ignored"),
    [
        ("*", Everything(), [("*", "nothing_to_search")]),
        ("(", Everything(), [("(", "unbalanced_parenthesis")]),
        ("停车位)", PARKING, [(")", "unbalanced_parenthesis")]),
        ("()", Everything(), [("()", "nothing_to_search")]),
        ("停车位 AND", PARKING, [("AND", "dangling_operator")]),
        ("OR 停车位", PARKING, [("OR", "dangling_operator")]),
        ("停车位 -", PARKING, [("-", "nothing_to_search")]),
        ("停车位 NOT", PARKING, [("NOT", "dangling_operator")]),
        ("“停车位", PARKING, [("“", "unclosed_quote")]),
        ("“”", Everything(), [("“”", "nothing_to_search")]),
        ("？！", Everything(), [("？！", "nothing_to_search")]),
        ("年份:停车位", PARKING, [("年份:停车位", "unknown_value")]),
        ("身高>3", And((word("身高"), word("3"))), [("身高>3", "unknown_metric")]),
        ("公开率>停车位", And((RATE, PARKING)), [("公开率>停车位", "not_a_number")]),
        ("not 停车位", And((word("not"), PARKING)), [("not", "lower_case_operator")]),
        ("时间:停车位", Word("时间:停车位", (Term("时间"), Term("停车位"))), [("时间:停车位", "unknown_field")]),
        ("停车位 上半年", And((PARKING, word("上半年"))), [("上半年", "yearly_only")]),
        ("停车位 - 讨薪", And((PARKING, PAY)), [("-", "nothing_to_search")]),
    ],
)
def test_not_understood_is_named(
    names: Names, segmenter: Segmenter, text: str, clause: Clause, ignored: list[tuple[str, str]]
) -> None:
    question = parse(text, names, segmenter)
    assert question.clause == clause
    assert [(part.text, part.reason) for part in question.ignored] == ignored


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("退役军人局", (Phrase("退役军人局", (("退役军人", 0), ("局", 4))),)),
        ("云政办〔2019〕28号", (Literal("云政办(2019)28号"),)),
        ("5年", (Phrase("5年", (("5", 0), ("年", 1))),)),
        ("1,234件申请", (Term("1234"), Phrase("件申请", (("件", 0), ("申请", 1))))),
        ("讨薪停车位", (PAY.parts[0], Term("停车位"))),
        ("停车位，讨薪", (Term("停车位"), PAY.parts[0])),
    ],
)
def test_lone_characters_keep_their_neighbours(segmenter: Segmenter, text: str, parts: tuple[Part, ...]) -> None:
    assert parts_of(text, segmenter) == parts


def test_a_long_question_is_cut_and_says_so(names: Names, segmenter: Segmenter) -> None:
    question = parse("停车位 " * MAX_LENGTH, names, segmenter)
    assert {part.reason for part in question.ignored} == {"too_long", "too_many_words"}
    deep = parse("(" * 200 + "停车位" + ")" * 200, names, segmenter)
    assert {part.reason for part in deep.ignored} == {"too_deep", "unbalanced_parenthesis"}
    assert deep.clause == PARKING
    assert parse("-" * 201 + "停车位", names, segmenter).clause == Not(PARKING)


@settings(max_examples=STRINGS)
@given(st.one_of(st.text(st.sampled_from(SIGNS), max_size=30), st.text(max_size=30)))
def test_nothing_typed_raises_or_goes_unexplained(names: Names, segmenter: Segmenter, text: str) -> None:
    question = parse(text, names, segmenter)
    explained = describe(SearchRequest(text), question.text, meaning(question))
    assert tree(question.clause)
    assert {part.reason for part in question.ignored} <= set(get_args(Reason))
    # A question that comes to everything has said why, unless nothing was typed.
    if isinstance(question.clause, Everything):
        assert explained["ignored"] or not text.strip()
