"""What people come for, in as few actions as promised: a click, a chosen option, or a text typed with its Enter."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from corpus.metrics import denominator, load_metrics, metric_values
from tests.browser.conftest import Open
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

    def choose(self, selector: str, value: str) -> None:
        """Choose an option."""
        self.page.locator(selector).select_option(value)
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


def test_who_refused_me_and_why(visit: Open) -> None:
    reader = Reader(visit("/"))
    reader.type("鹿鸣县")
    reader.click('.card a[href^="/reports/"]')
    expect(reader.page.locator('[id="applications.refused.safety_stability.total"]')).to_be_visible()
    row = 'tr:has([id="applications.refused.safety_stability.total"])'
    reader.click(f"{row} .why summary")
    expect(reader.page.locator(f"{row} .why")).to_contain_text("不予公开")
    assert reader.actions <= 3


def test_the_highest_correction_rate_over_ten_concluded_reviews_as_a_link(visit: Open, shelf: Shelf) -> None:
    reader = Reader(visit("/"))
    reader.type("复议纠正率")
    reader.click(".card h2 a")
    reader.choose("#year", "2021")
    reader.choose("#least", "10")
    reader.click("text=显示")
    reader.page.wait_for_url("**/metrics/review_correction_rate?*least=10*")
    metric = load_metrics()["review_correction_rate"]
    rates = [
        (metric_values(each)[metric.id], each.agency.name)
        for each in shelf.reports.values()
        if each.year == 2021
        and (over := denominator(metric, each)) is not None
        and over >= 10
        and metric.id in metric_values(each)
    ]
    shared = visit(reader.page.url)
    rows = shared.locator("section:has(#highest) tbody tr")
    expect(rows).to_have_count(len(rates))
    expect(rows.first).to_contain_text(max(rates)[1])
    expect(shared.locator("section:has(#highest)")).to_contain_text("分母不足 10 件的比率不参与排序")
    assert reader.actions <= 5


def test_the_own_county_beside_its_neighbours_shared_and_printed(visit: Open) -> None:
    reader = Reader(visit("/"))
    reader.type("鹿鸣县")
    reader.click(".card >> text=与同级邻近机关比较")
    expect(reader.page.locator(".builder .chips").first.locator("li")).to_have_count(2)
    reader.page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    reader.click("button.print")
    assert reader.page.evaluate("window.printed") == 1
    assert reader.actions <= 4
    shared = visit(reader.page.url)
    assert shared.locator("table.data").first.inner_text() == reader.page.locator("table.data").first.inner_text()
    shared.emulate_media(media="print")
    expect(shared.locator(".builder form").first).to_be_hidden()
    expect(shared.locator(".chart").first).to_be_visible()
    expect(shared.locator(".printed")).to_contain_text("/compare?agency=")


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
