"""An answer that takes too long is cut and says so; who waits too long for a thread hears that the site is busy."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from tests.webui.pages import soup
from tests.webui.shelf import Shelf
from webui.app import create_app
from webui.serving import gateway, refusals
from webui.serving.gateway import Gateway, Terms
from webui.serving.record import Record
from webui.serving.refusals import RefusedError
from webui.serving.wsgi import Answer
from webui.settings import Settings


@pytest.mark.parametrize(
    "address", ["/search?q=讨薪", "/regions/990100", "/coverage", "/metrics/refused", "/search.csv"]
)
def test_a_page_beyond_its_budget_says_that_it_was_cut(shelf: Shelf, address: str) -> None:
    app = create_app(Settings(data=shelf.data, seconds=1e-9))
    client = app.test_client()
    chinese, english = (client.get(address, headers={"Accept-Language": each}) for each in ("zh", "en"))
    assert (chinese.status_code, english.status_code) == (503, 503)
    assert chinese.headers["Retry-After"]
    assert "超出时限" in chinese.get_data(as_text=True)
    app.extensions["nianbao"].close()


def test_its_twin_says_so_too(shelf: Shelf) -> None:
    app = create_app(Settings(data=shelf.data, seconds=1e-9))
    answer = app.test_client().get("/search.json?q=讨薪&lang=en")
    assert answer.get_json()["error"]["code"] == "over_budget"
    assert "was cut" in answer.get_json()["error"]["message"]
    assert "was cut" in soup(app.test_client(), "/search?q=讨薪&lang=en", status=503).get_text()
    app.extensions["nianbao"].close()


def whole() -> Answer:
    return Answer(200, [], b"", None, lambda: None)


def refused(make: Callable[[], Answer], busy: Callable[[Gateway], None] = lambda _: None) -> tuple[str, Record]:
    """What is said where ``make`` answers, and the record of it; ``busy`` takes the one thread before."""

    async def ask() -> str:
        site = Gateway(Flask("x"), Terms(threads=1, seconds=0.1), lambda _: None, lambda: None, 0)
        busy(site)
        try:
            await site._made(make, record)  # noqa: SLF001 - a whole server would take seconds where this takes none
        except RefusedError as error:
            return error.refusal.code
        return ""

    record = Record("GET", "/", "", "", "id")
    # In a thread of its own: where tests in a browser ran before, this one has a loop that runs.
    with ThreadPoolExecutor(1) as own:
        return own.submit(asyncio.run, ask()).result(), record


def test_work_that_does_not_ask_for_the_time_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "GRACE", 0.05)
    ends = threading.Event()

    def make() -> Answer:
        ends.wait(20)
        return whole()

    threading.Timer(0.5, ends.set).start()
    code, record = refused(make)
    assert (code, record.cut) == (refusals.CUT.code, True)


def test_who_waited_too_long_for_a_thread_is_not_answered_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "GRACE", 30)
    made = []

    def make() -> Answer:
        made.append(1)
        return whole()

    ends = threading.Event()
    threading.Timer(0.3, ends.set).start()
    code, record = refused(make, lambda site: site._pages.submit(ends.wait, 20))  # type: ignore[arg-type]  # noqa: SLF001
    assert (code, record.cut, made) == (refusals.BUSY.code, False, [])
    assert refused(whole)[0] == ""
