"""Who owed which year's report: planted gaps and late days are told exactly, and nobody is late who has no day."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.analysis.duties import renew_duties
from corpus.deadline import due
from corpus.model import Agency, Kind
from corpus.store import Store
from tests.analyses.calendar import TODAY, outcome
from tests.webui.shelf import made, take

BUREAU = Agency("鹿鸣县水利局", "990122", "county", "department")
TOWN = Agency("鹿鸣县石桥镇人民政府", "990122", "township", "township")


@pytest.mark.parametrize(
    ("kind", "name", "year", "day"),
    [
        ("department", "鹿鸣县水利局", 2019, date(2020, 1, 31)),
        ("department", "鹿鸣县水利局", 2018, date(2019, 3, 31)),
        ("government", "鹿鸣县人民政府", 2024, date(2025, 3, 31)),
        ("department", "鹿鸣县市场监管局", 2024, date(2025, 1, 31)),
        ("department", "鹿鸣县市场监督管理局", 2024, date(2025, 1, 31)),
        ("township", "鹿鸣县石桥镇人民政府", 2024, None),
        ("department", "国家税务总局鹿鸣县税务局", 2024, None),
        ("department", "青汀海事局", 2024, None),
        ("department", "国家金融监督管理总局青汀监管分局", 2024, None),
        ("department", "国家统计局青汀调查队", 2024, None),
    ],
)
def test_the_day_is_the_statutes(kind: Kind, name: str, year: int, day: date | None) -> None:
    assert due(kind, year, name) == day


def test_planted_gaps_and_late_days_are_told_exactly(tmp_path: Path) -> None:
    found = outcome(1, tmp_path, reports=300)
    assert found.planted_missing
    assert found.planted_late
    assert found.exact


def test_every_status_has_its_reason(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - figures, not secrets
    days = {2019: date(2020, 1, 31), 2020: date(2021, 2, 1), 2021: None, 2023: date(2024, 1, 5)}
    with Store.open(tmp_path) as store:
        for year, day in days.items():
            take(store, replace(made(BUREAU, year, chance), published=day))
        take(store, replace(made(TOWN, 2020, chance), published=date(2022, 12, 31)))
        assert renew_duties(store) == 2
        assert renew_duties(store) == 0

        def told(agency: Agency, today: date) -> dict[int, str]:
            found = store.duties.listed(
                ("in_time", "late", "undated", "missing", "silent", "without_day"),
                region="9901", year=None, today=today,
            )  # fmt: skip
            return {each.year: each.status for each in found if each.agency_id == agency.id}

        whole = {2019: "in_time", 2020: "late", 2021: "undated", 2022: "missing", 2023: "in_time"}
        assert told(BUREAU, date(2025, 1, 31)) == whole  # the report for 2024 is not due before the day is over
        assert told(BUREAU, date(2025, 2, 1)) == whole | {2024: "silent"}
        assert told(TOWN, TODAY) == {2020: "without_day", 2021: "silent"}
        assert store.duties.years("99", TODAY)[2020] == {"late": 1, "without_day": 1}
        assert store.duties.provinces(2020, TODAY) == {"99": {"late": 1, "without_day": 1}}
        # A report that comes later fills the gap.
        take(store, made(BUREAU, 2022, chance))
        renew_duties(store)
        assert told(BUREAU, TODAY)[2022] == "undated"
