from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.webui.served import served
from tests.webui.shelf import Shelf, build

# Chromium as root in a container has no sandbox of its own; nothing here leaves the loopback interface.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SANDBOXED = "Blocked script execution"
"""What the browser says when the frame of a stored original keeps its scripts from running, as it must."""
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The small store with its index."""
    return build(tmp_path_factory.mktemp("browsed"))


@pytest.fixture(scope="session")
def site(shelf: Shelf) -> Iterator[str]:
    """The address of the served site."""
    with served(shelf.data, settings={"contact": "corrections@nianbao.example"}) as running:
        yield running.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Open]:
    """Open an address in a fresh profile; what the browser complains of fails the test."""
    contexts = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if SANDBOXED not in message.text:
            complaints.append(f"{message.page.url if message.page else ''}: {message.text}")

    def go(address: str, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale=options.pop("locale", "zh-CN"), base_url=site, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("request", lambda asked: None if asked.url.startswith(site) else complaints.append(asked.url))
        page.goto(address)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where screenshots are kept as build output."""
    folder = Path("build") / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
