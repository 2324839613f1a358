"""A report whose address stopped answering: its page, `show` and every export say since when, and keep what it said."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.extraction.stage import extract
from corpus.sample.generate import sample_regions
from corpus.store import Store
from indexer.index import update_index
from indexer.whoosh_engine import WhooshEngine
from tests.crawler.crawling import crawl_sites
from tests.web.server import Site, serving
from tests.web.style import Style
from tests.web.town import SIZE, Town
from tests.webui.pages import soup, twin
from webui.app import create_app
from webui.cli import nianbao
from webui.settings import Settings

pytestmark = pytest.mark.slow


def _site() -> Site:
    def fill(town: Town) -> None:
        town.column("/gk/nb/", town.reports("/gk/nb/", bodies=1))

    return Style("vanishing", "", 1, fill).make()


def test_a_report_that_vanished_says_so_wherever_it_is_shown(tmp_path: Path) -> None:
    site = _site()
    lost = min(site.reports)
    with serving(site), Store.open(tmp_path) as store:
        store.add_regions(sample_regions(1, SIZE))
        crawl_sites(store, [site])
        extract(store)
        del site.routes[lost]
        crawl_sites(store, [site])
        engine = WhooshEngine(tmp_path / "index", store.registry())
        update_index(store, engine)
        engine.close()
        [stored] = [one for one in store.reports() if one.vanished is not None]
        assert stored.snapshot.url == site.address + lost
        assert stored.vanished is not None
        day = stored.vanished.isoformat()
    _page_says_it(tmp_path, stored.id, day)
    _commands_say_it(tmp_path, stored.id, day)


def _page_says_it(data: Path, id_: str, day: str) -> None:
    app = create_app(Settings(data=data))
    client = app.test_client()
    try:
        others = set()
        for language, words in (("zh-CN", "原网址已失效"), ("en", "Vanished at the source")):
            page = soup(client, f"/reports/{id_}?lang={language}")
            told = page.find("dt", string=words)
            assert told is not None
            assert told.find_next("time")["datetime"] == day  # type: ignore[index]
        assert twin(client, f"/reports/{id_}.json")["vanished"] == day
        for one in twin(client, "/search.json")["hits"]:
            others.add(twin(client, f"/reports/{one['id']}.json")["vanished"])
        assert others == {day, None}, "and of no other report"
        rows = csv.DictReader(io.StringIO(client.get("/search.csv").data.decode("utf-8-sig")))
        assert {row["vanished"] for row in rows if row["id"] == id_} == {day}
    finally:
        app.extensions["nianbao"].close()


def _commands_say_it(data: Path, id_: str, day: str) -> None:
    def printed(*arguments: str) -> str:
        done = CliRunner().invoke(nianbao, ["--data", str(data), *arguments])
        assert done.exit_code == 0, done.output
        return done.output

    assert json.loads(printed("show", id_))["vanished"] == day
    rows = [json.loads(line) for line in printed("export", "reports", "--format", "ndjson").splitlines()]
    assert {row["id"]: row["vanished"] for row in rows if row["vanished"]} == {id_: day}
    table = csv.DictReader(io.StringIO(printed("export", "reports", "--format", "csv").removeprefix("\ufeff")))
    assert {row["id"]: row["vanished"] for row in table if row["vanished"]} == {id_: day}
