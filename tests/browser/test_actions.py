"""What people come for, in as few actions as promised: a click, a chosen option, or a text typed with its Enter."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.webui.kinds import COUNTY
from tests.webui.shelf import Shelf

pytestmark = pytest.mark.browser
CELL = "applications.granted.total"


class Reader:
    """Somebody at a page, whose actions are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def type(self, words: str) -> None:
        """Write into the search box and press Enter."""
        self.page.locator("#q").fill(words)
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()
        self.actions += 1

    def click(self, selector: str) -> None:
        """Click the first of what a selector finds."""
        self.page.locator(selector).first.click()
        self.actions += 1


def test_a_countys_newest_report_and_its_original(visit: Open) -> None:
    reader = Reader(visit("/"))
    reader.type("鹿鸣县")
    original = reader.page.locator(".card a[rel~=external]").first
    assert str(original.get_attribute("href")).startswith("https://www.990122.gov.example/")
    reader.click('.card a[href^="/reports/"]')
    expect(reader.page.get_by_role("heading", level=1)).to_contain_text("鹿鸣县人民政府2023年")
    assert reader.actions <= 2


def test_the_own_county_beside_its_neighbours(visit: Open) -> None:
    reader = Reader(visit(f"/agencies/{COUNTY}"))
    reader.click("text=与同级邻近机关比较")
    expect(reader.page.locator(".builder .chips").first.locator("li")).to_have_count(2)
    assert reader.actions <= 4


def test_what_changed_since_publication(visit: Open, shelf: Shelf) -> None:
    reader = Reader(visit(f"/reports/{shelf.changed}"))
    reader.click(".edited a")
    expect(reader.page.locator("#figures")).to_be_visible()
    reader.click("text=左右对照")
    expect(reader.page.locator(".beside").first).to_be_visible()
    assert reader.actions <= 2


def test_an_error_in_a_cell_is_reported_and_the_card_closes(visit: Open, shelf: Shelf) -> None:
    reader = Reader(visit(f"/reports/{shelf.broken}", width=390))
    reader.click(f'[id="{CELL}"] > a')
    card = reader.page.locator(f'[id="{CELL}"] .passport')
    expect(card).to_be_visible()
    wanted = f"mailto:corrections@nianbao.example?subject={shelf.broken}%23{CELL}%20v1"
    expect(card.locator("a[href^=mailto]")).to_have_attribute("href", wanted)
    assert reader.actions + 1 <= 2  # the click on it opens the mail program
    reader.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    reader.page.keyboard.press("Enter")  # the cell has kept the focus
    expect(card).to_be_visible()
    card.locator(".close").click()
    expect(card).to_be_hidden()


def test_a_figure_is_cited(visit: Open, shelf: Shelf) -> None:
    reader = Reader(visit(f"/reports/{shelf.broken}"))
    reader.click(f'[id="{CELL}"] > a')
    reader.click(f'[id="{CELL}"] .passport a[href*="/cells/"]')
    expect(reader.page.locator(".citation")).to_contain_text("[EB/OL]")
    assert reader.actions <= 2


@pytest.mark.parametrize("words", ["讨薪", "没有这样的字句"])
def test_a_search_is_subscribed_to(visit: Open, words: str) -> None:
    reader = Reader(visit("/"))
    reader.type(words)
    found = reader.page.locator(".results a[type='application/atom+xml']")
    expect(found).to_have_count(1 if words == "讨薪" else 2)
    with reader.page.expect_response(lambda answer: "/search.atom" in answer.url) as heard:
        reader.click(".results a[type='application/atom+xml']")
    assert heard.value.headers["content-type"].startswith("application/atom+xml")
    assert reader.actions <= 2


def test_the_original_is_framed_and_sandboxed(visit: Open, shelf: Shelf) -> None:
    page = visit(f"/reports/{shelf.broken}/source?cell={CELL}")
    body = page.frame_locator("iframe").locator("body")
    expect(body).to_contain_text(shelf.reports[shelf.broken].title)
    expect(page).not_to_have_title("ours")
