"""The forms against the contract: every cell, unit and concept, and labels only in the data."""

from __future__ import annotations

import csv

import pytest

from corpus.form import figure_id, indicators, label_key, load_form
from corpus.model import FORMS, FormId
from tests.checkout import ROOT

FIGURES = ROOT / "tests" / "contract" / "figures.csv"
CELLS = {"2014": 58, "2019": 198, "2021": 200}


@pytest.mark.parametrize("form", FORMS)
def test_every_cell_has_an_id_of_its_own(form: FormId) -> None:
    ids = [figure_id(row, column) for _, row, column in load_form(form).cells()]
    assert len(ids) == len(set(ids)) == CELLS[form]


@pytest.mark.parametrize("form", FORMS)
def test_identities_speak_only_of_cells_that_the_form_has(form: FormId) -> None:
    ids = {figure_id(row, column) for _, row, column in load_form(form).cells()}
    assert all(set(identity.left) | set(identity.right) <= ids for identity in load_form(form).identities)


def test_the_leaves_of_table_three() -> None:
    """19 leaves in 2019, 21 from 2021 (docs/field.md, "Identities")."""
    leaves = {
        form: {len(i.right) for i in load_form(form).identities if i.rule == "I2"} for form in FORMS if form != "2014"
    }
    assert leaves == {"2019": {19}, "2021": {21}}


def test_only_equal_concepts_compare() -> None:
    concepts: dict[str, list[str]] = {}
    for indicator in indicators().values():
        concepts.setdefault(indicator.concept, []).append(indicator.id)
    assert concepts["applications_received"] == ["statistics.applications.received", "applications.received.total"]
    assert concepts["disclosure.fees.amount"] == ["disclosure.fees.amount"]


def test_the_forms_are_the_contract() -> None:
    with FIGURES.open(encoding="utf-8", newline="") as lines:
        contract = {row["id"]: row for row in csv.DictReader(lines)}
    assert indicators().keys() == contract.keys()
    for id_, indicator in indicators().items():
        assert (indicator.table, indicator.unit, indicator.concept) == tuple(
            contract[id_][name] for name in ("table", "unit", "concept")
        )
        assert {form for form in FORMS if contract[id_][f"column_{form}"]} == indicator.labels.keys()


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开"),
        ("(二) 部分公开 (区分处理的, 只计这一情形, 不计其他情形)", "部分公开"),
        ("3.危及“三安全一稳定”", "危及三安全一稳定"),
        ("1. 属于国家\n秘密", "属于国家秘密"),
        ("其中：1.涉及国家秘密", "涉及国家秘密"),
        ("采购总金额(单位:万元,保留4位小数)", "采购总金额"),
        ("本年增/减", "本年增减"),
    ],
)
def test_spellings_of_one_label_have_one_key(printed: str, key: str) -> None:
    assert label_key(printed) == key
