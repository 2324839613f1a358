from __future__ import annotations

from pathlib import Path

import pytest

from corpus.budget import began, budget, check
from corpus.errors import OverBudgetError
from corpus.store import Store


def test_without_a_budget_anything_may_take_its_time() -> None:
    check()
    with budget(0):
        check()


def test_who_is_over_time_hears_it_once_and_can_still_answer() -> None:
    with budget(1e-9):
        with pytest.raises(OverBudgetError):
            check()
        check()
    check()


def test_a_budget_inside_another_gives_way_to_it() -> None:
    with budget(1e-9):
        with budget(100):
            check()
        with pytest.raises(OverBudgetError):
            check()


def test_the_store_is_not_read_for_somebody_who_has_no_time_left(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store, budget(1e-9), pytest.raises(OverBudgetError):
        store.counts()


def test_who_waits_has_asked_at_a_moment_and_others_have_not() -> None:
    assert began() is None
    with budget(100):
        asked = began()
        assert asked is not None
        with budget(0):
            assert began() is not None
        assert began() == asked
    assert began() is None
