"""Bodies followed from name to name: what is planted exactly, and nothing that a row alone does not prove."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.analysis.duties import renew_duties
from corpus.analysis.lives import passages, renew_lives
from corpus.lives import Succession
from corpus.model import Agency, Region
from corpus.regions import Registry
from corpus.store import Store
from corpus.store.lives import Life
from tests.analyses.lives import of_a_country, outcome
from tests.corpus.reports import made, take

PLACES = (
    Region("990100", "云岚市", "prefecture", "", aliases=("旧岚市",), fictional=True),
    Region("990121", "鹿鸣县", "county", "990100", valid_to=2018, fictional=True),
    Region("990102", "鹿鸣区", "county", "990100", valid_from=2019, fictional=True),
)
ROWS = (
    Succession("990102", "990121", 2019, "公告"),
    Succession("自然资源局", "国土资源局", 2019, "方案"),
)
REGISTRY = Registry(PLACES)


def life(name: str, region: str, first: int, last: int) -> Life:
    return Life(Agency(name, region, "county", "department").id, name, region, first, last)


def told(*bodies: Life, rows: tuple[Succession, ...] = ROWS) -> list[tuple[str, str, int, str]]:
    return sorted((each.was, each.who, each.since, each.how) for each in passages(bodies, rows, REGISTRY))


@pytest.mark.parametrize("seed", [1, 6, 21])
def test_what_is_planted_is_told_exactly(seed: int) -> None:
    found = of_a_country(seed)
    assert len(found.planted) > 100
    assert found.told == found.planted


def test_it_is_so_through_a_store(tmp_path: Path) -> None:
    found = outcome(3, tmp_path, 300)
    assert found.planted
    assert found.exact


def test_what_is_said_of_lives_is_seen_and_no_report_is_looked_at_again(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add_regions(PLACES)
        for name, year in (("旧岚市财政局", 2016), ("云岚市财政局", 2017), ("云岚市渔业局", 2018)):
            take(store, made(Agency(name, "990100", "prefecture", "department"), year), name.encode(), "")
        renew_duties(store)
        before = store.revision()
        assert renew_lives(store)
        assert not renew_lives(store)
        store.lives.give([Succession("云岚市财政局", "云岚市渔业局", 2019, "局志")])
        assert store.revision() == before + 2
        assert store.duties.behind() == []


def test_two_changes_are_one_step_where_nothing_reported_between() -> None:
    was, who = life("鹿鸣县国土资源局", "990121", 2014, 2018), life("鹿鸣区自然资源局", "990102", 2019, 2024)
    assert told(was, who) == [("鹿鸣县国土资源局", "鹿鸣区自然资源局", 2019, "renamed")]
    between, who = life("鹿鸣区国土资源局", "990102", 2019, 2019), life("鹿鸣区自然资源局", "990102", 2020, 2024)
    assert [(a, b) for a, b, *_ in told(was, between, who)] == [
        ("鹿鸣区国土资源局", "鹿鸣区自然资源局"),
        ("鹿鸣县国土资源局", "鹿鸣区国土资源局"),
    ]


def test_one_that_reports_on_became_nothing_else() -> None:
    was, who = life("鹿鸣区国土资源局", "990102", 2014, 2022), life("鹿鸣区自然资源局", "990102", 2019, 2024)
    assert told(was, who) == []
    assert told(life("鹿鸣区国土资源局", "990102", 2014, 2018), life("鹿鸣区自然资源局", "990102", 2010, 2017)) == []


def test_one_that_reported_already_takes_in_what_comes() -> None:
    was, who = life("鹿鸣区国土资源局", "990102", 2014, 2018), life("鹿鸣区自然资源局", "990102", 2012, 2024)
    assert told(was, who) == [("鹿鸣区国土资源局", "鹿鸣区自然资源局", 2019, "merged")]


def test_a_place_that_took_another_name_kept_its_code() -> None:
    was, who = life("旧岚市财政局", "990100", 2014, 2016), life("云岚市财政局", "990100", 2017, 2024)
    assert told(was, who) == [("旧岚市财政局", "云岚市财政局", 2017, "renamed")]
    assert told(life("旧岚市财政局", "990100", 2014, 2016), life("云岚市教育局", "990100", 2017, 2024)) == []


def test_what_an_operator_says_of_bodies_is_taken_as_it_is_said() -> None:
    was, who = life("云岚市渔业局", "990100", 2014, 2022), life("云岚市水利局", "990100", 2014, 2024)
    other = life("云岚市农业农村局", "990100", 2019, 2024)
    rows = (Succession("云岚市水利局", "云岚市渔业局", 2020, "局志"), Succession(other.id, was.id, 2020, "局志"))
    assert told(was, who, rows=rows[:1]) == [("云岚市渔业局", "云岚市水利局", 2020, "merged")]
    assert {how for *_, how in told(was, who, other, rows=rows)} == {"split"}
