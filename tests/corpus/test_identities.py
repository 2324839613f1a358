"""Verdicts over identities (docs/contract.md, "findings")."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.form import figure_id, load_form
from corpus.identities import audit, judge
from corpus.model import Figure, FormId, State

Printed = int | str | None


def _figure(printed: Printed, id_: str = "x") -> Figure | None:
    """A number, "" for a blank, "/" for a dash, other words, None for a cell that is not there."""
    if printed is None:
        return None
    if isinstance(printed, int):
        return Figure(id_, Decimal(printed), str(printed), "number", None)
    states: dict[str, State] = {"": "blank", "/": "dash"}
    return Figure(id_, None, printed, states.get(printed, "text"), None)


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ([1, 2], [3], "holds"),
        ([1, 2], [4], "broken"),
        ([3, ""], [3], "holds_if_blank_is_zero"),
        ([3, "/"], [3], "holds_if_blank_is_zero"),
        ([1, ""], [3], "undecidable"),
        ([4, ""], [3], "broken"),
        ([3], [4, ""], "broken"),
        (["", ""], [""], "undecidable"),
        (["", ""], [3], "undecidable"),
        ([3, "若干"], [3], "undecidable"),
        ([4, "若干"], [3], "broken"),
        ([3, None], [3], "undecidable"),
        ([5, None], [3], "broken"),
        (["", ""], [0], "holds_if_blank_is_zero"),
    ],
)
def test_verdicts(left: list[Printed], right: list[Printed], verdict: str) -> None:
    assert judge([_figure(p) for p in left], [_figure(p) for p in right])[0] == verdict


@given(st.lists(st.one_of(st.integers(0, 4), st.sampled_from(["", "/"])), min_size=1, max_size=5), st.data())
def test_verdicts_follow_the_letter_of_the_contract(addends: list[Printed], data: st.DataObject) -> None:
    total: Printed = data.draw(st.one_of(st.integers(0, 8), st.sampled_from(["", "/"])))
    known = [addend for addend in addends if isinstance(addend, int)]
    if len(known) == len(addends) and isinstance(total, int):
        expected = "holds" if sum(known) == total else "broken"
    elif not known and not isinstance(total, int):
        expected = "undecidable"
    elif isinstance(total, int) and sum(known) > total:
        expected = "broken"
    elif sum(known) == (total if isinstance(total, int) else 0):
        expected = "holds_if_blank_is_zero"
    else:
        expected = "undecidable"
    assert judge([_figure(p) for p in addends], [_figure(total)])[0] == expected


@pytest.mark.parametrize(("left", "right", "verdict"), [(2, 3, "holds"), (3, 3, "holds"), (4, 3, "broken")])
def test_of_which(left: int, right: int, verdict: str) -> None:
    assert judge([_figure(left)], [_figure(right)], at_most=True)[0] == verdict


@given(st.lists(st.integers(0, 999), min_size=1), st.data())
def test_blanking_a_cell_never_turns_truth_into_a_breach(addends: list[int], data: st.DataObject) -> None:
    blanked: list[Printed] = ["" if data.draw(st.booleans()) else addend for addend in addends]
    verdict, _, _ = judge([_figure(p) for p in blanked], [_figure(sum(addends))])
    assert verdict != "broken"


def test_every_identity_of_the_form_is_listed() -> None:
    figures = {figure_id(row, column): _zero(figure_id(row, column)) for _, row, column in load_form("2021").cells()}
    findings = audit("2021", figures)
    assert [finding.verdict for finding in findings] == ["holds"] * (len(load_form("2021").identities) + 1)
    assert {finding.rule for finding in findings} == {"I1", "I2", "I3", "I4", "I5"}


def test_identities_over_cells_that_the_report_does_not_have_are_undecidable() -> None:
    row = load_form("2021").identities
    assert [finding.verdict for finding in audit("2021", {})] == ["undecidable"] * (len(row) + 1)
    assert [finding.figures for finding in audit("2021", {})] == [()] * (len(row) + 1)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_counts_are_whole_and_not_negative(form: FormId) -> None:
    figures = {id_: _zero(id_, value) for id_, value in {
        "disclosure.licensing.change": "-15", "disclosure.procurement.amount": "0.5",
        "disclosure.rules.made": "-1", "disclosure.licensing.decisions": "2.5"}.items()}  # fmt: skip
    broken = [finding.figures for finding in audit(form, figures) if finding.rule == "I5"]
    assert broken == [("disclosure.rules.made",), ("disclosure.licensing.decisions",)]


def _zero(id_: str, value: str = "0") -> Figure:
    return Figure(id_, Decimal(value), value, "number", None)
