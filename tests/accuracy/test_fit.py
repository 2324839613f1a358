"""How the weights are fitted: the score rewards who claims what is true, descent stops where nothing is cheaper."""

from __future__ import annotations

import math
from collections.abc import Iterator
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.extraction.weights import weights
from tests.accuracy.fit.__main__ import DESCENDED, written
from tests.accuracy.fit.calibration import counted
from tests.accuracy.fit.cases import cases, distinct
from tests.accuracy.fit.descent import descend, put
from tests.accuracy.fit.score import UNKNOWN, Said, cost, hanging_on_weights


@pytest.fixture(autouse=True)
def _weights_of_the_file() -> Iterator[None]:
    yield
    weights.cache_clear()


@given(st.floats(0.51, 0.99), st.floats(0.0, 6.0))
def test_who_claims_the_odds_that_are_true_pays_least(share: float, margin: float) -> None:
    def expected(claimed: float) -> float:
        right, wrong = (Said(is_right, claimed, doubted=False).cost for is_right in (True, False))
        return share * right + (1 - share) * wrong

    assert expected(math.log(share / (1 - share))) <= expected(margin) + 1e-9


def test_a_margin_of_nothing_costs_as_much_as_saying_nothing() -> None:
    silent = Said(None, 5.0, doubted=False)
    assert silent.cost == UNKNOWN == Said(right=True, margin=0.0, doubted=False).cost


def test_descent_goes_to_the_cheapest_of_the_grid_and_leaves_what_changes_nothing() -> None:
    moved = weights()["rows"]["moved"]
    steps = list(descend([("row", "under"), ("rows", "moved")], lambda: 1 + abs(weights()["row"]["under"] - 2.1), 3))
    assert weights()["row"]["under"] == 2.0
    assert weights()["rows"]["moved"] == moved
    assert [found for found, _ in steps] == sorted((found for found, _ in steps), reverse=True)


def test_what_was_fitted_is_written_where_it_stands_and_nothing_else() -> None:
    before = (files("corpus.extraction") / "weights.toml").read_text(encoding="utf-8")
    assert written(before, DESCENDED) == before
    put(("rows", "stray"), 0.125)
    changed = [
        new for old, new in zip(before.split("\n"), written(before, DESCENDED).split("\n"), strict=True) if old != new
    ]
    assert changed == ["stray = 0.125"]
    assert before.count("\nstray = ") > 1


def test_readings_with_the_weights_of_the_file_are_cheaper_than_with_weights_turned_round() -> None:
    some = list(hanging_on_weights(distinct(cases(1, 0, ["text_rows"]))))
    before = cost(some)
    assert not sum(wrong for bound, _, wrong in counted(some) if bound >= weights()["row"]["sure"])
    put(("row", "under"), 0.1)
    put(("row", "swallowed"), 0.1)
    assert cost(some) > before
