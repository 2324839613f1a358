"""Chance: the distribution is the textbook's, small bodies are not called extreme, and planted outliers are."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.analysis.chance import EXTREME, UNUSUAL, Cases, Expected, expected, limits, percentile, probability


def binomial(events: int, cases: int, rate: float) -> float:
    return math.comb(cases, events) * rate**events * (1 - rate) ** (cases - events)


@settings(max_examples=60)
@given(st.integers(1, 60), st.floats(0.01, 0.99), st.data())
def test_without_spread_it_is_binomial(cases: int, rate: float, data: st.DataObject) -> None:
    events = data.draw(st.integers(0, cases))
    lower = sum(binomial(each, cases, rate) for each in range(events + 1))
    upper = sum(binomial(each, cases, rate) for each in range(events, cases + 1))
    exact = min(1.0, 2 * min(lower, upper))
    assert probability(Cases(events, cases), Expected(rate, 0.0)) == pytest.approx(exact, abs=1e-9)


@settings(max_examples=60)
@given(st.integers(1, 400), st.floats(0.01, 0.99), st.floats(0, 0.5), st.sampled_from([UNUSUAL, EXTREME]))
def test_what_lies_within_the_limits_is_what_is_not_improbable(
    cases: int, rate: float, spread: float, outside: float
) -> None:
    by = Expected(rate, spread)
    low, high = limits(cases, by, outside)
    for events in {0, round(low * cases), round(high * cases), cases}:
        inside = low - 1e-9 <= events / cases <= high + 1e-9
        assert inside is (probability(Cases(events, cases), by) >= outside - 1e-12)


@settings(max_examples=30)
@given(st.integers(2, 300), st.floats(0.05, 0.95), st.floats(0.01, 0.3))
def test_a_spread_widens_the_funnel(cases: int, rate: float, spread: float) -> None:
    narrow, wide = (limits(cases, Expected(rate, each), UNUSUAL) for each in (0.0, spread))
    assert wide[0] <= narrow[0]
    assert wide[1] >= narrow[1]


def drawn(chance: random.Random, bodies: int, spread: float, rate: float = 0.2) -> list[Cases]:
    """Bodies of every size whose own rates differ by so much."""
    found = []
    for _ in range(bodies):
        cases = round(10 ** (3 * chance.random()))
        strength = (1 - spread) / spread if spread else 0
        own = chance.betavariate(rate * strength, (1 - rate) * strength) if spread else rate
        found.append(Cases(sum(chance.random() < own for _ in range(cases)), cases))
    return found


@pytest.mark.parametrize("spread", [0.0, 0.05])
@pytest.mark.parametrize("seed", [6, 7, 8])
def test_chance_alone_makes_few_extreme_and_a_planted_outlier_is_found(seed: int, spread: float) -> None:
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    bodies = drawn(chance, 120, spread)
    told = []
    for at, one in enumerate(bodies):
        by = expected([*bodies[:at], *bodies[at + 1 :]])
        assert by is not None
        told.append(probability(one, by))
    assert sum(each < EXTREME for each in told) <= 2
    assert sum(each < UNUSUAL for each in told) <= 0.09 * len(told)
    by = expected(bodies)
    assert by is not None
    assert probability(Cases(270, 300), by) < EXTREME
    assert probability(Cases(1, 1), by) > UNUSUAL  # one of one is a whole, and says nothing


def test_nothing_is_impossible_because_nobody_had_it() -> None:
    by = expected([Cases(0, 10)] * 12)
    assert by is not None
    assert probability(Cases(1, 40), by) > UNUSUAL
    assert expected([Cases(0, 0)]) is None


def test_a_percentile_counts_equals_by_half() -> None:
    assert percentile(2, [1, 2, 2, 3]) == 0.5
    assert percentile(9, [1, 2]) == 1
    assert percentile(9, []) is None


def test_more_cases_than_are_counted_keep_their_share() -> None:
    by = Expected(0.2, 0.01)
    assert probability(Cases(20_000, 100_000), by) == pytest.approx(probability(Cases(4_000, 20_000), by))
