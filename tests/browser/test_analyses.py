"""What the analyses are for: a journalist's three leads with their evidence, a researcher's table with its method."""

from __future__ import annotations

import csv
from pathlib import Path
from statistics import mean

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.webui.shelf import Shelf

pytestmark = pytest.mark.browser


def taken(page: Page, path: Path) -> list[dict[str, str]]:
    """The rows of the file that a page of an analysis offers."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").last.click()
    waiting.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_journalist_takes_three_leads_of_a_province_with_their_evidence(
    visit: Open, shelf: Shelf, tmp_path: Path
) -> None:
    leads = []
    for what, asked in (("contradictions", ""), ("revisions", "&what=told"), ("calendar", "")):
        page = visit("/coverage", accept_downloads=True)
        page.locator(f"a[href='/{what}']").first.click()
        page.goto(f"{page.url}?region=990000{asked}")
        if what == "calendar":
            expect(page.locator(".documents li").first).to_be_visible()
        leads.append((taken(page, tmp_path / f"{what}.csv"), page.locator(".documents li a").first))
        if what == "contradictions":
            page.locator(".documents li a").first.click()
            expect(page.locator("a[href^='/snapshots/']").first).to_be_visible()
            assert shelf.broken in page.url
    assert all(rows for rows, _ in leads)


def test_a_researcher_takes_boilerplate_by_year_for_all_counties_with_its_method(visit: Open, tmp_path: Path) -> None:
    page = visit("/boilerplate?region=990000", accept_downloads=True)
    rows = [row for row in taken(page, tmp_path / "boilerplate.csv") if row["level"] == "county"]
    by_year = {year: mean(float(r["copied"]) for r in rows if r["year"] == year) for year in {r["year"] for r in rows}}
    assert len(by_year) > 5
    assert all(0 <= share <= 100 for share in by_year.values())
    page.locator("a[href*='methods#boilerplate']").first.click()
    expect(page.locator("#boilerplate")).to_be_visible()
