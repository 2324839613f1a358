"""The law of the account over some draws; ``make account`` goes on for thousands."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.model import Figure
from corpus.regions import Registry
from tests.accuracy.account import breaches, draw, numbers_lost
from tests.accuracy.harness import FORMATS, LOSSY, papers, sample_registry
from tests.accuracy.paper import Box, Paper

_SEED = 1
_DRAWS = 200
_TEXTS = [
    name for name in (*FORMATS, *LOSSY) if name.startswith("text_") or name in ("html", "csv", "xlsx", "docx", "pdf")
]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return sample_registry(600)


@pytest.fixture(scope="module")
def some() -> list[Paper]:
    return papers(4)


def test_nothing_is_lost_without_a_word(some: list[Paper], registry: Registry) -> None:
    for number in range(_DRAWS):
        drawn = draw(number, _SEED, len(some), _TEXTS)
        assert not breaches(drawn, some, registry), drawn


@pytest.mark.parametrize(
    ("raw", "lost"), [("71", []), ("72", ["number 71 of review.upheld"])], ids=["kept", "read as another"]
)
def test_a_number_read_as_another_breaks_the_law(raw: str, lost: list[str]) -> None:
    made = Paper("one", "", "2021", [[[Box("71", "review.upheld")]]], {})
    figure = Figure("review.upheld", Decimal(raw), raw, "number", None)
    assert list(numbers_lost(made, {"review.upheld": figure}, named=set(), told=set())) == lost
