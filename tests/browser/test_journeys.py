"""What people come for: a county's report, a filtered list to take away, five lines side by side."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from corpus.store import Store
from indexer.index import update_index
from tests.browser.conftest import Open
from tests.cluster.opensearch import Nodes
from tests.webui.served import served
from tests.webui.shelf import Shelf
from webui.engines import opened
from webui.settings import Settings

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=["embedded", "cluster"], name="site")
def on_either_engine(request: pytest.FixtureRequest, site: str, shelf: Shelf) -> Iterator[str]:
    """Nothing on a page tells which engine answers: the site over the index in its folder, then over a cluster."""
    if request.param == "embedded":
        yield site
        return
    nodes: Nodes = request.getfixturevalue("cluster")
    address = f"{nodes.engine}/journeys?seconds=60"
    settings = {"contact": "corrections@nianbao.example", "engine_url": address, "seconds": 60}
    with Store.open(shelf.data) as store:
        engine = opened(Settings(data=shelf.data, engine_url=address), store.registry())
        update_index(store, engine)
        engine.close()
    with served(shelf.data, settings=settings) as running:
        yield running.address


def test_a_citizen_finds_her_countys_report_in_three_actions(visit: Open) -> None:
    page = visit("/")
    page.locator("#q").fill("鹿鸣县 年份:2023")
    page.keyboard.press("Enter")
    page.locator(".hit h2 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("鹿鸣县人民政府2023年政府信息公开工作年度报告")


def test_a_journalist_filters_a_rate_and_the_file_has_as_many_rows_as_the_page_counts(
    visit: Open, tmp_path: Path
) -> None:
    page = visit("/search?region=990000&metric=review_correction_rate:20%..", accept_downloads=True)
    total = int(page.locator(".summary strong").inner_text())
    assert total > 5
    with page.expect_download() as waiting:
        page.get_by_role("link", name="报告 CSV").click()
    path = tmp_path / "reports.csv"
    waiting.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        assert len(list(csv.DictReader(lines))) == total


def test_a_researcher_compares_lines_that_break_and_lines_that_go_on(visit: Open) -> None:
    page = visit("/compare?metric=otherwise_handled&metric=applications_received")
    for name in ("松陂", "鹿鸣县人民政府", "白鹭县人民政府", "青汀市", "石梁市"):
        page.get_by_label("按名称添加").fill(name)
        page.get_by_role("button", name="查找").click()
        page.locator(".found a").first.click()
    expect(page.locator(".builder section").first.locator(".chips li")).to_have_count(5)
    breaking, running = page.locator(".chart").all()
    assert breaking.locator("circle.anew").count() >= 4  # each line begins anew in 2021
    assert running.locator("line.change").count() == 2  # the forms of 2019 and 2021
    shared = page.url
    again = visit(shared)
    assert again.locator("table.data").first.inner_text() == page.locator("table.data").first.inner_text()


def test_a_passage_found_is_seen_marked_in_its_report_without_javascript(visit: Open) -> None:
    page = visit("/search?q=讨薪&year=2023", java_script_enabled=False)
    snippet = page.locator(".snippet").first
    words = snippet.locator("span[lang]").inner_text()
    snippet.locator("a").click()
    expect(page.locator("#mark")).to_have_text(words)
    expect(page.locator("#mark")).to_be_in_viewport()


def test_with_the_keyboard_alone(visit: Open) -> None:
    page = visit("/about")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    page.goto("/search?year=2023")
    page.keyboard.press("/")
    page.keyboard.type("讨薪")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert "year=2023" in page.url
    focused = []
    for _ in range(60):
        page.keyboard.press("Tab")
        focused.append(page.evaluate("document.activeElement.closest('.hit h2') !== null"))
        if focused[-1]:
            break
    assert focused[-1]
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/**")


def test_without_javascript_everything_works(visit: Open, shelf: Shelf) -> None:
    page = visit("/", java_script_enabled=False)
    page.locator("#q").fill("讨薪")
    page.locator(".search:has(#q) button").click()
    page.locator(".facets a", has_text="云岚省").click()
    page.locator(".facets a", has_text="青汀市").click()
    assert "region=990100" in page.url
    page.locator("#facet_metric").select_option("refused")
    page.locator(".choose:has(#facet_metric) button").click()
    assert page.locator(".facets .counts").count() > 5
    page.goto(f"/reports/{shelf.broken}#applications.granted.total")
    expect(page.locator("td:target .passport")).to_be_visible()


def test_a_cell_tells_what_was_printed(visit: Open, shelf: Shelf) -> None:
    page = visit(f"/reports/{shelf.broken}", width=390)
    cell = page.locator("#applications\\.granted\\.total")
    cell.locator("a").first.click()
    expect(cell.locator(".passport")).to_be_visible()
    expect(cell.locator(".passport")).to_contain_text("applications.granted.total")
    assert page.url.endswith("#applications.granted.total")
    cell.locator('.passport a[href^="#finding"]').click()
    expect(page.locator("#finding-1")).to_be_in_viewport()


def test_what_is_typed_gets_suggestions(visit: Open) -> None:
    page = visit("/")
    page.locator("#q").press_sequentially("鹿鸣")
    expect(page.locator("#offers option")).not_to_have_count(0)
    offered = page.eval_on_selector_all("#offers option", "all => all.map(each => each.value)")
    assert any("鹿鸣县" in each for each in offered)


def test_the_stored_original_cannot_run_anything(visit: Open, shelf: Shelf) -> None:
    page = visit(f"/reports/{shelf.real}")
    page.locator(".evidence .button").click()
    address = str(page.locator("iframe").get_attribute("src"))
    assert page.request.get(address).headers["content-security-policy"].startswith("sandbox")
