"""What people take away, in as few actions as promised (tests/browser/test_actions.py)."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.test_actions import Reader

pytestmark = pytest.mark.browser


def saved(page: Page, click: str, path: Path) -> Path:
    """The file that a click downloads."""
    with page.expect_download() as waiting:
        page.locator(click).first.click()
    waiting.value.save_as(path)
    return path


def test_a_provinces_wage_reports_as_csv(visit: Open, tmp_path: Path) -> None:
    reader = Reader(visit("/", accept_downloads=True))
    reader.type("云岚省 讨薪")
    total = int(reader.page.locator(".summary strong").inner_text())
    path = saved(reader.page, '.take a[href*=".csv"]', tmp_path / "reports.csv")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == total > 0
    assert {row["region"][:2] for row in rows} == {"99"}
    assert reader.actions + 1 <= 3


def test_the_counties_of_a_city_by_year_as_a_workbook(visit: Open, tmp_path: Path) -> None:
    reader = Reader(visit("/"))
    reader.type("青汀市")
    reader.click('.card a[href^="/regions/"]')
    reader.click("text=比较其历年情况")
    path = saved(reader.page, '.take a[href*=".xlsx"]', tmp_path / "counties.xlsx")
    header, *rows = openpyxl.load_workbook(path)["wide"].iter_rows(values_only=True)
    region, year = header.index("region"), header.index("year")
    assert {row[region] for row in rows} == {"990101", "990122"}
    assert len({(row[region], row[year]) for row in rows}) == len(rows) > 10
    assert reader.actions + 1 <= 4
