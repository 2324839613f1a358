"""Metrics: formulas over printed cells, and nothing where a cell is missing."""

from __future__ import annotations

import csv
from decimal import Decimal

from corpus.doubts import Doubt
from corpus.form import figure_id, load_form
from corpus.metrics import BROKEN, load_metrics, metric_values
from corpus.model import Agency, Figure, Finding, Report
from tests.checkout import ROOT

METRICS = ROOT / "tests" / "contract" / "metrics.csv"
AGENCY = Agency("云泽省人民政府", "900000", "province", "government")


def _report(values: dict[str, int | None], findings: tuple[Finding, ...] = ()) -> Report:
    figures = {
        id_: Figure(id_, None if value is None else Decimal(value), "", "blank" if value is None else "number", None)
        for id_, value in values.items()
    }
    return Report(AGENCY, 2022, "", "2021", (), figures, findings)


def _ones() -> dict[str, int | None]:
    return {figure_id(row, column): 1 for _, row, column in load_form("2021").cells()}


def test_the_metrics_are_the_contract() -> None:
    with METRICS.open(encoding="utf-8", newline="") as lines:
        contract = {row["id"]: row for row in csv.DictReader(lines)}
    metrics = load_metrics()
    assert contract.keys() <= metrics.keys()
    for id_, row in contract.items():
        metric = metrics[id_]
        assert (metric.name_zh, metric.name_en, metric.unit) == (row["name_zh"], row["name_en"], row["unit"])
        assert list(metric.forms) == row["forms"].split(",")
        if not row["formula"].startswith("count of"):
            assert metric.formula.split() == row["formula"].split()


def test_sums_rates_and_metrics_of_metrics() -> None:
    values = metric_values(_report({**_ones(), "applications.handled.total": 8, "review.total": 4}))
    assert values["refused"] == 8
    assert values["disclosure_rate"] == 25
    assert values["refusal_rate"] == 100
    assert values["review_correction_rate"] == Decimal("33.33")
    assert values["applications.received.total"] == 1


def test_a_blank_operand_leaves_no_value() -> None:
    values = metric_values(_report({**_ones(), "applications.refused.state_secret.total": None}))
    assert "refused" not in values
    assert "refusal_rate" not in values
    assert "granted" in values


def test_nothing_is_divided_by_zero() -> None:
    assert "disclosure_rate" not in metric_values(_report({**_ones(), "applications.handled.total": 0}))


def test_broken_identities_are_counted() -> None:
    broken = Finding("I1", "broken", ("applications.received.total",), None, None, Doubt("sides_differ"))
    assert metric_values(_report(_ones(), (broken, broken)))["broken_identities"] == 2
    assert load_metrics()["broken_identities"].operands == (BROKEN,)


def test_operands_come_before_their_users() -> None:
    seen: set[str] = set()
    for metric in load_metrics().values():
        assert not [name for name in metric.operands if name in load_metrics() and name not in seen | {metric.id}
                    and "." not in name]  # fmt: skip
        seen.add(metric.id)
