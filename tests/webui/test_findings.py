"""What a finding says: the audit's own words in the language of the page, the report's as they stand."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.doubts import Doubt
from corpus.extraction.carry_over import across_years
from corpus.extraction.statements import statements
from corpus.form import load_form
from corpus.identities import audit
from corpus.model import FORMS, Agency, Finding, Report
from tests.webui.pages import soup
from tests.webui.shelf import Shelf, made
from webui.findings import told
from webui.language import load_labels
from webui.messages import message

CJK = re.compile("[\u4e00-\u9fff]")
AGENCY = Agency("鹿鸣县水利局", "990122", "county", "department")


def two_years() -> tuple[Report, Report]:
    chance = random.Random(5)  # noqa: S311 - figures, not secrets
    return made(AGENCY, 2021, chance), made(AGENCY, 2022, chance)


def test_every_rule_has_a_name_of_its_own() -> None:
    rules = {identity.rule for form in FORMS for identity in load_form(form).identities}
    rules |= {statement.rule for statement in statements()} | {"I5", "X1", "X2", "reading"}
    assert rules <= set(load_labels()["rule"])


def test_nothing_that_the_audit_says_stays_chinese_on_an_english_page(app: Flask) -> None:
    before, now = two_years()
    figures = dict(now.figures)
    odd = next(figure for figure in figures.values() if figure.value is not None)
    figures[odd.id] = replace(odd, value=Decimal("2.5"), raw="2.5")
    found = (*audit("2021", figures), *across_years(before, now))
    assert {finding.rule for finding in found} >= {"I1", "I2", "I3", "I4", "I5", "X1", "X2"}
    assert any(finding.note for finding in found)
    with app.test_request_context("/?lang=en"):
        for finding in found:
            words = told(finding)
            assert not [each for each in words.doubts if CJK.search(message(each))], words
            assert not words.quote
            assert bool(words.elsewhere) == finding.rule.startswith("X")


def test_cells_of_the_year_before_are_told_apart() -> None:
    before, now = two_years()
    carried = next(f for f in across_years(before, now) if f.figures == ("applications.carried_in.total",))
    (cell,) = told(carried).elsewhere
    assert (cell.year, cell.report, cell.figure) == (2021, before.id, "applications.carried_out.total")
    assert cell.raw == (before.figures[cell.figure].raw.strip() or "空白")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_sentence_of_the_narrative_is_quoted(app: Flask, language: str) -> None:
    finding = Finding(
        "T1", "broken", (), Decimal(1), Decimal(2), Doubt("text_differs"), "text_or_table", "共收到申请1件。"
    )
    words = told(finding)
    assert words.quote == "共收到申请1件。"
    with app.test_request_context(f"/?lang={language}"):
        assert bool(CJK.search(message(words.doubts[0]))) == (language == "zh-CN")


def test_the_page_has_them(client: FlaskClient, shelf: Shelf) -> None:
    page = soup(client, f"/reports/{shelf.broken}?lang=en")
    (first, _) = page.select(".findings > li")
    assert "13 ≠ 0" in first.get_text()
    assert [cell["href"] for cell in first.select(".cells a")] == [
        "#applications.granted.natural_person",
        "#applications.granted.total",
    ]
    assert not CJK.search(first.get_text())
