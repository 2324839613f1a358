"""Miniatures of every family: what is found never falls, nothing else is kept, few requests, no loss without a word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crawler.account import Account, accounts, crawled
from tests.crawler.floors import Floor, faults, floors, raised, short
from tests.web.families import FAMILIES, REGISTER

pytestmark = pytest.mark.slow


@pytest.fixture(name="measured", scope="module")
def measured_once() -> Iterator[dict[str, Account]]:
    with crawled(short()) as (store, sites):
        yield {account.name: account for account in accounts(store, sites)}


@pytest.mark.parametrize("name", short())
def test_a_style_is_crawled_as_well_as_before(measured: dict[str, Account], name: str) -> None:
    assert faults(measured[name], floors().get(name, Floor())) == []


def test_every_family_is_in_the_short_form_and_every_style_has_a_floor() -> None:
    assert {REGISTER[name].family for name in short()} == {module.__name__.rpartition(".")[2] for module in FAMILIES}
    assert list(floors()) == list(REGISTER), "make crawl-sites"


def test_a_floor_only_rises() -> None:
    name = next(iter(REGISTER))
    account = Account(name, 5, 3, (), (), 9, 30, told=True, unfinished=True, closed=False, lost=("a", "b"))
    assert raised({name: Floor(4, silent=False)}, [account]) == {name: Floor(4, silent=False)}
    assert raised({name: Floor(2)}, [account]) == {name: Floor(3, silent=False)}
    assert faults(account, Floor(3)) == []
    assert faults(account, Floor(4))
