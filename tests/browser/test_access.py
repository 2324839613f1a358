"""WCAG 2.2 AA as far as axe can tell, on every kind of page, in both schemes and languages; layout and weight."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Open
from tests.webui.kinds import address_of
from tests.webui.shelf import Shelf

pytestmark = pytest.mark.browser

NAMES = (
    "home", "search", "chosen", "nothing", "trend", "report", "cell", "edited", "statistics", "old", "changes",
    "region", "agency", "metrics", "metric", "compare", "coverage", "conflicts", "about", "download", "source",
    "beside",
)  # fmt: skip
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Open, shelf: Shelf, name: str, scheme: Any) -> None:
    page = visit(address_of(name, shelf), color_scheme=scheme, locale="en" if scheme == "dark" else "zh-CN")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    assert [(each["id"], [node["html"][:160] for node in each["nodes"]][:4]) for each in found] == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_wider_than_the_screen(visit: Open, shelf: Shelf, name: str, width: int, pictures: Path) -> None:
    page = visit(address_of(name, shelf), width=width, locale="en" if width == 390 else "zh-CN")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.screenshot(path=pictures / f"{name}-{width}.png", full_page=True)


def test_a_search_page_weighs_little_and_does_not_move(visit: Open) -> None:
    page = visit("/")
    page.evaluate(
        "() => { window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "entry => window.shift += entry.value)).observe({type: 'layout-shift', buffered: true}); }"
    )
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.__setitem__(response.url, len(response.body())))
    page.goto("/search?q=讨薪&facet_metric=refused")
    page.wait_for_load_state("networkidle")
    weighed = {url: size for url, size in sizes.items() if "icon" not in url}
    assert sum(weighed.values()) <= 150_000, weighed
    assert sum(size for url, size in weighed.items() if ".js" in url) <= 30_000
    moved = page.evaluate(
        "() => new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const entry of "
        "list.getEntries()) sum += entry.value; }).observe({type: 'layout-shift', buffered: true}); "
        "setTimeout(() => done(sum), 300); })"
    )
    assert moved == 0


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_headings_and_landmarks_tell_the_structure(visit: Open, shelf: Shelf, language: str) -> None:
    page = visit(f"/reports/{shelf.broken}?lang={language}")
    levels = page.eval_on_selector_all("h1, h2, h3", "all => all.map(each => Number(each.tagName[1]))")
    assert levels.count(1) == 1
    assert levels[0] == 1 or 1 in levels
    for landmark in ("banner", "main", "contentinfo", "complementary"):
        assert page.get_by_role(landmark).count() >= 1
