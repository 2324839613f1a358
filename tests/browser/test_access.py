"""WCAG 2.2 AA as far as axe can tell, on every kind of page, in both schemes and languages; layout and weight."""

from __future__ import annotations

import gzip
import os
import re
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.webui.kinds import KINDS, address_of
from tests.webui.shelf import Shelf

pytestmark = pytest.mark.browser

NAMES = tuple(KINDS)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASKED = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
"""Only what is wrong is described node by node: of all that is right, axe would make a selector for every cell."""

WHOLE = bool(os.environ.get("NIANBAO_WHOLE"))
"""Every combination, as ``make axe`` and ``make screenshots`` ask for; else one for each page, in turn."""
WAYS = tuple(product(("zh-CN", "en"), ("light", "dark"), (390, 1440)))
"""Language, scheme and width."""
SIZES = (320, 390, 1440) if WHOLE else (320, 1440)
"""320 px is the width of reflow (WCAG 2.2, 1.4.10)."""


def _looks() -> list[tuple[str, tuple[str, str, int]]]:
    """Every page in every way, or in one, which changes from page to page."""
    if WHOLE:
        return list(product(NAMES, WAYS))
    return [(name, WAYS[at % len(WAYS)]) for at, name in enumerate(NAMES)]


@pytest.mark.parametrize(("name", "way"), _looks())
def test_axe_finds_nothing(visit: Open, shelf: Shelf, name: str, way: tuple[str, str, int]) -> None:
    language, scheme, width = way
    page = visit(address_of(name, shelf), width=width, color_scheme=scheme, locale=language)
    found = Axe().run(page, options=ASKED).response["violations"]
    assert [(each["id"], [node["html"][:160] for node in each["nodes"]][:4]) for each in found] == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", list(product(SIZES, ("light", "dark") if WHOLE else ("light",))))
def test_nothing_is_wider_than_the_screen(
    visit: Open, shelf: Shelf, name: str, size: tuple[int, str], pictures: Path
) -> None:
    width, scheme = size
    page = visit(address_of(name, shelf), width=width, color_scheme=scheme, locale="zh-CN" if width == 1440 else "en")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert moved(page) == 0
    page.screenshot(path=pictures / f"{name}-{width}-{scheme}.png", full_page=True)


def moved(page: Page) -> float:
    """How far what was seen already has moved since the page began to load (Layout Instability, W3C)."""
    shift: float = page.evaluate(
        "() => new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const entry of "
        "list.getEntries()) sum += entry.value; }).observe({type: 'layout-shift', buffered: true}); "
        "setTimeout(() => done(sum), 100); })"
    )
    return shift


def test_what_is_printed_says_where_and_when(visit: Open, shelf: Shelf) -> None:
    page = visit(address_of("report", shelf), color_scheme="dark")
    printed = page.locator(".printed")
    expect(printed).to_be_hidden()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(printed).to_contain_text(f"/reports/{shelf.broken}")
    assert re.search(r"20\d\d-\d\d-\d\d$", printed.inner_text().strip())
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_a_search_page_weighs_little_and_does_not_move(visit: Open) -> None:
    page = visit("/")
    bodies: dict[str, bytes] = {}
    page.on("response", lambda response: bodies.__setitem__(response.url, response.body()))
    page.goto("/search?q=讨薪&facet_metric=refused")
    page.wait_for_load_state("networkidle")
    weighed = {url: len(body) for url, body in bodies.items() if "icon" not in url}
    assert sum(weighed.values()) <= 150_000, weighed
    assert sum(size for url, size in weighed.items() if ".js" in url) <= 30_000
    (html,) = [body for url, body in bodies.items() if "/search?" in url]
    assert len(gzip.compress(html)) <= 30_000
    assert moved(page) == 0


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_headings_and_landmarks_tell_the_structure(visit: Open, shelf: Shelf, language: str) -> None:
    page = visit(f"/reports/{shelf.broken}?lang={language}")
    levels = page.eval_on_selector_all("h1, h2, h3", "all => all.map(each => Number(each.tagName[1]))")
    assert levels.count(1) == 1
    assert levels[0] == 1 or 1 in levels
    for landmark in ("banner", "main", "contentinfo", "complementary"):
        assert page.get_by_role(landmark).count() >= 1
