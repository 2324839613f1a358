"""What came of crawled sites is told in both languages: a loss of ours is not taken for a body's silence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.extraction.stage import extract
from corpus.sample.generate import sample_regions
from corpus.store import Store
from crawler.outcomes import UNREAD
from indexer.index import update_index
from indexer.whoosh_engine import WhooshEngine
from tests.crawler.crawling import crawl_sites
from tests.web.families import REGISTER
from tests.web.server import serving
from tests.web.town import SIZE
from tests.webui.pages import soup, twin
from webui.app import create_app
from webui.cli import nianbao
from webui.pages.crawled import OUTCOMES, REASONS
from webui.settings import Settings

pytestmark = pytest.mark.slow

STYLES = ("declared_more", "year_alone")
"""A list that declares more than it shows, and one that is whole."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store into which both sites were crawled."""
    data = tmp_path_factory.mktemp("crawled")
    sites = [REGISTER[name].make() for name in STYLES]
    with serving(*sites), Store.open(data) as store:
        store.add_regions(sample_regions(1, SIZE))
        crawl_sites(store, sites)
        extract(store)
        engine = WhooshEngine(data / "index", store.registry())
        update_index(store, engine)
        engine.close()
    return data


def test_the_page_and_its_twin_say_what_the_command_says(data: Path) -> None:
    printed = CliRunner().invoke(nianbao, ["--data", str(data), "sources", "--json"]).stdout
    told = {one["source"]: one for one in map(json.loads, printed.splitlines())}
    client = create_app(Settings(data=data)).test_client()
    body = twin(client, "/coverage/sources.json")
    assert body["total"] == len(STYLES)
    assert body["outcomes"] == {"unfinished": 1, "whole": 1}
    assert [one["outcome"] for one in body["sources"]] == ["unfinished", "whole"], "those that lack something first"
    for one in body["sources"]:
        assert one["lists"] == told[one["source"]]["lists"]
        assert one["reason"] == told[one["source"]]["reason"]
    lacking = next(account for account in body["sources"][0]["lists"] if account["reason"] == "records")
    for language, words in (("zh-CN", "列表声明的条数多于显示的条数"), ("en", "more than it showed")):
        page = soup(client, f"/coverage/sources?lang={language}")
        text = page.get_text(" ")
        assert words in text
        assert str(lacking["declared"]) in text
        assert page.find("a", href=lacking["url"])
        assert soup(client, f"/coverage?lang={language}").find("a", href=f"/coverage/sources?lang={language}")


def test_every_outcome_and_reason_has_words() -> None:
    assert set(OUTCOMES) == {"whole", "empty", "unfinished", "interrupted"}
    assert set(UNREAD) | {"records", "pages", "interface", "gate"} <= set(REASONS)
