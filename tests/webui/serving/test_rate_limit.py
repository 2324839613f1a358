from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.serving.rate_limit import RateLimit
from webui.settings import Rate


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def test_so_many_at_once_then_one_as_each_falls_due() -> None:
    clock = Clock()
    limit = RateLimit(Rate(5, 60), clock)
    assert [limit.wait("a") for _ in range(5)] == [0] * 5
    assert limit.wait("a") == pytest.approx(12)
    assert limit.wait("b") == 0, "another visitor has a count of their own"
    clock.now += 12
    assert limit.wait("a") == 0
    assert limit.wait("a") == pytest.approx(12)
    clock.now += 3600
    assert [limit.wait("a") for _ in range(6)][4:] == [0, pytest.approx(12)], "nobody saves up more than one period's"


@given(st.integers(1, 20), st.lists(st.floats(0, 30), max_size=60))
def test_in_no_period_more_than_twice_the_rate_and_who_waits_as_told_is_let_in(rate: int, pauses: list[float]) -> None:
    clock = Clock()
    limit = RateLimit(Rate(rate, 60), clock)
    let_in = []
    for pause in pauses:
        clock.now += pause
        after = limit.wait("a")
        if after:
            assert 0 < after <= 60 / rate * (1 + 1e-6)
            clock.now += after
            assert limit.wait("a") == 0
        let_in.append(clock.now)
    # A burst of one period's at its beginning, and the pace after it.
    for moment in let_in:
        assert sum(moment <= each < moment + 60 for each in let_in) <= 2 * rate


@pytest.mark.parametrize("words", ["", "0/minute", "-1/minute", "10", "10/day", "10 minute", "x/second"])
def test_what_is_no_rate_is_told(words: str) -> None:
    with pytest.raises(ValueError, match="write one as 120/minute"):
        Rate.read(words)


def test_rates_are_read() -> None:
    assert Rate.read("120/minute") == Rate(120, 60)
    assert Rate.read(" 1/second ") == Rate(1, 1)
