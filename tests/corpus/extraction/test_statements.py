"""What sentences say of the statutory tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.extraction.numbers_in_text import sentences
from corpus.extraction.statements import check_statements
from corpus.model import Figure, Section


def _figures(**values: int) -> dict[str, Figure]:
    ids = {"received": "applications.received.total", "out": "applications.carried_out.total"}
    return {ids[k]: Figure(ids[k], Decimal(v), str(v), "number", None) for k, v in values.items()}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("全年共收到政府信息公开申请702件。", "holds"),
        ("全年共收到政府信息公开申请七百零二件。", "holds"),
        ("全年共收到政府信息公开申请700余件。", "holds"),
        ("全年共收到政府信息公开申请720件。", "broken"),
        ("通过信函收到申请5件。", "undecidable"),
        ("其中市公安局收到申请30件。全市共收到申请702件。", "holds"),
        ("全年共收到政府信息公开申请0.07万件。", "holds"),
        ("全年共收到政府信息公开申请1,702件。", "broken"),
        ("2022年我市共收到政府信息公开申请720件。", "broken"),
        ("2021年我市共收到政府信息公开申请650件。", "undecidable"),
        ("上年全年共收到政府信息公开申请650件。", "undecidable"),
        ("市教育局全年共收到政府信息公开申请88件。", "undecidable"),
        ("各乡镇共收到政府信息公开申请35件。", "undecidable"),
        ("全市共收到网络申请600件。", "undecidable"),
        ("我局全年共收到政府信息公开申请720件。", "broken"),
        ("本年度受理公众提出的政府信息公开申请720件。", "broken"),
        ("全年共收到公民、法人和其他组织提出的政府信息公开申请720件。", "broken"),
        ("全市共受理行政许可申请2,345件。", "undecidable"),
        ("全市共收到救助申请530件。", "undecidable"),
    ],
)
def test_a_statement_is_broken_only_if_no_sensible_reading_agrees(text: str, verdict: str) -> None:
    narrative = sentences([Section("overview", "", (text,))])
    (finding,) = check_statements(narrative, _figures(received=702), 2022)
    assert (finding.rule, finding.verdict) == ("T1", verdict)
    assert finding.quote in text


def test_a_statement_of_a_total_that_is_blank_in_the_table_is_undecidable() -> None:
    said = sentences([Section("remedies", "", ("因政府信息公开引起的行政复议1件、行政诉讼共0件。",))])
    figures = {"review.total": Figure("review.total", Decimal(1), "1", "number", None)}
    for id_ in ("litigation_direct.total", "litigation_after_review.total"):
        figures[id_] = Figure(id_, None, "", "blank", None)
    found = {finding.rule: finding.verdict for finding in check_statements(said, figures, 2022)}
    assert found == {"T3": "holds", "T4": "undecidable"}


def test_nothing_is_said_where_the_table_has_nothing() -> None:
    narrative = sentences([Section("overview", "", ("全年共收到政府信息公开申请702件。",))])
    assert check_statements(narrative, {}) == ()


def test_what_a_number_only_stands_beside_is_no_statement() -> None:
    for text in ("全年收到申请后20个工作日内答复。", "全年收到申请的98.8%按期答复。"):
        assert check_statements(sentences([Section("overview", "", (text,))]), _figures(received=702), 2022) == ()


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("政府信息公开行政复议、行政诉讼共12件。", "holds"),
        ("全年因政府信息公开引发的行政诉讼共计20件。", "broken"),
        ("全年共办理行政诉讼案件120件，其中涉及政府信息公开6件。", "undecidable"),
        ("政府信息公开行政诉讼案件3个月内审结。", None),
    ],
)
def test_lawsuits_are_those_over_open_government(text: str, verdict: str | None) -> None:
    values = {"review.total": 6, "litigation_direct.total": 4, "litigation_after_review.total": 2}
    figures = {id_: Figure(id_, Decimal(value), str(value), "number", None) for id_, value in values.items()}
    found = check_statements(sentences([Section("remedies", "", (text,))]), figures, 2022)
    assert next((finding.verdict for finding in found if finding.rule == "T4"), None) == verdict
