"""Whether a body's share is more than chance beside the shares of others: the arithmetic of a funnel plot.

Cases are drawn from a beta-binomial distribution: a rate that all have in common, and a spread ρ (intra-class
correlation) by which bodies differ among themselves; 0 makes it binomial. Without the spread nearly every large body
would be called extreme (D. Spiegelhalter, Funnel plots for comparing institutional performance, 2005, §§ 3-4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

UNUSUAL, EXTREME = 0.05, 0.002
"""Probabilities of lying so far out, on either side: the usual limits of a funnel plot."""
MOST = 20_000
"""Cases beyond which the limits hardly narrow: more are counted as so many, their share kept."""
_WIDEST = 0.99
_NEGLIGIBLE = 1e-6


@dataclass(frozen=True, slots=True)
class Cases:
    """``events`` of ``cases``."""

    events: int
    cases: int


@dataclass(frozen=True, slots=True)
class Expected:
    """What others make one expect: their common rate (0 to 1), and by how much they differ (ρ, 0 to 1)."""

    rate: float
    spread: float


def expected(others: Sequence[Cases]) -> Expected | None:
    """The rate of others together, and their spread by the method of moments; None where they have no cases.

    Half an event and half a non-event are added (Jeffreys), so that nothing is impossible because nobody had it.
    """
    having = [each for each in others if each.cases > 0]
    whole = sum(each.cases for each in having)
    if not whole:
        return None
    rate = (sum(each.events for each in having) + 0.5) / (whole + 1)
    scatter = sum(each.cases * (each.events / each.cases - rate) ** 2 for each in having) / (rate * (1 - rate))
    room = sum((each.cases - 1) * (1 - each.cases / whole) for each in having)
    spread = (scatter - (len(having) - 1)) / room if room else 0.0
    return Expected(rate, min(_WIDEST, max(0.0, spread)))


def probability(one: Cases, by: Expected) -> float:
    """How probable it is by chance to lie at least so far out, on either side: twice the smaller tail, 1 at most."""
    cases = min(one.cases, MOST)
    events = one.events if cases == one.cases else round(one.events * cases / one.cases)
    weights = _weights(cases, by)
    return min(1.0, 2 * min(sum(weights[: events + 1]), sum(weights[events:])))


def limits(cases: int, by: Expected, outside: float) -> tuple[float, float]:
    """The least and the greatest share of so many cases that is not outside; see ``UNUSUAL`` and ``EXTREME``."""
    counted = min(cases, MOST)
    below = _below(counted, by)
    low = next(at for at, sum_ in enumerate(below) if 2 * sum_ >= outside)
    high = next(at for at, sum_ in enumerate(below) if 2 * (1 - sum_) < outside)
    return low / counted, high / counted


def percentile(value: float, others: Sequence[float]) -> float | None:
    """The share of others (0 to 1) that lie below a value, those equal to it by half; None where there are none."""
    if not others:
        return None
    return sum(1.0 if each < value else 0.5 if each == value else 0.0 for each in others) / len(others)


@lru_cache(128)  # a funnel asks for two pairs of limits at each number of cases
def _below(cases: int, by: Expected) -> tuple[float, ...]:
    """The probability of at most 0, 1, … events."""
    return tuple(accumulate(_weights(cases, by)))


def _weights(cases: int, by: Expected) -> list[float]:
    """The probability of 0, 1, … events: each from its neighbour, outwards from the middle, so that none is lost."""
    middle = min(cases, int(by.rate * cases))
    up, down = [1.0], [1.0]
    for at in range(middle, cases):
        up.append(up[-1] * _step(at, cases, by))
    for at in range(middle - 1, -1, -1):
        down.append(down[-1] / _step(at, cases, by))
    weights = [*reversed(down[1:]), *up]
    whole = sum(weights)
    return [weight / whole for weight in weights]


def _step(at: int, cases: int, by: Expected) -> float:
    """How much more probable one event more than ``at`` is."""
    chosen = (cases - at) / (at + 1)
    if by.spread < _NEGLIGIBLE:
        return chosen * by.rate / (1 - by.rate)
    bodies = (1 - by.spread) / by.spread
    return chosen * (at + by.rate * bodies) / (cases - at - 1 + (1 - by.rate) * bodies)
