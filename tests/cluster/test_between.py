"""Readers of a site whose cluster is behind a network that fails: answered, or told so, within three seconds."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from itertools import count

import pytest
from flask import Flask

from corpus.store import Store
from indexer.opensearch_engine.address import SECONDS
from tests.cluster.between import TROUBLES, Between
from tests.cluster.clusters import NODES
from tests.cluster.opensearch import Nodes
from tests.webui.shelf import Shelf
from webui.app import create_app
from webui.commands.stages import bring_up_to_date_index
from webui.pages.watching import READY_SECONDS
from webui.settings import Settings

pytestmark = pytest.mark.slow

BOUND = 3 * SECONDS
"""Seconds above what a page takes when all is well: a busy machine may triple what readers are promised, and who waits
without a bound, or in a row behind others, waits longer than that. What they do wait stands in docs/cluster.md."""
PAGES = ("/search?q=讨薪 {}", "/search.json?q=公开 {}", "/coverage?{}")
READERS = 12
HARD = sorted(set(TROUBLES) - {"late"}) if NODES in os.environ else ["cut", "dripping", "silent"]
"""What a node that fails so answers is no answer. Of all eight the short form takes one of each kind."""


@pytest.fixture(name="indexed", scope="module")
def index(shelf: Shelf, cluster: Nodes) -> Settings:
    settings = Settings(data=shelf.data, engine_url=f"{cluster.engine}/between?seconds=60", wait=60)
    with Store.open(shelf.data) as store:
        bring_up_to_date_index(store, settings)
    return settings


@pytest.fixture(name="between")
def proxies(cluster: Nodes) -> Iterator[list[Between]]:
    """Three ways to the cluster, as a site has that names three nodes."""
    with ExitStack() as stack:
        nodes = cluster.addresses
        yield [stack.enter_context(Between(nodes[number % len(nodes)])) for number in range(3)]


@pytest.fixture(name="site")
def app(indexed: Settings, between: list[Between]) -> Iterator[Flask]:
    site = _site(indexed, between)
    _until_well(site)
    yield site
    site.extensions["nianbao"].close()


def _site(indexed: Settings, between: list[Between], seconds: float = SECONDS) -> Flask:
    hosts = ",".join(proxy.address for proxy in between)
    return create_app(replace(indexed, engine_url=f"opensearch+http://{hosts}/between?seconds={seconds}"))


class Reader:
    """Asks what nobody asked before, so that no answer is remembered."""

    _numbers = count()

    def __init__(self, site: Flask) -> None:
        self._client = site.test_client()

    def ask(self, page: str) -> tuple[int, float]:
        """The status of the answer, and how long it took."""
        began = time.monotonic()
        answer = self._client.get(page.format(next(self._numbers)))
        return answer.status_code, time.monotonic() - began


def _until_well(site: Flask, seconds: float = 120) -> float:
    """All pages are answered again; how long the slowest of them takes on this machine now."""
    reader, ends = Reader(site), time.monotonic() + seconds
    while True:
        asked = [reader.ask(page) for page in PAGES]
        if all(status == 200 for status, _ in asked):
            return max(took for _, took in asked)
        assert time.monotonic() < ends, asked
        time.sleep(0.2)


@pytest.mark.parametrize("trouble", HARD)
def test_one_way_of_three_that_fails_costs_no_answer(indexed: Settings, between: list[Between], trouble: str) -> None:
    site = _site(replace(indexed, seconds=60), between, seconds=20)  # however busy the machine is
    _until_well(site)
    between[0].trouble = trouble
    reader = Reader(site)
    assert [(page, reader.ask(page)[0]) for page in PAGES * 2] == [(page, 200) for page in PAGES * 2]
    between[0].trouble = ""
    site.extensions["nianbao"].close()


@pytest.mark.parametrize("trouble", HARD)
def test_a_cluster_that_fails_is_told_in_time_and_found_again(
    site: Flask, between: list[Between], trouble: str
) -> None:
    bound = BOUND + _until_well(site)
    for proxy in between:
        proxy.trouble = trouble
    reader = Reader(site)
    for page, expected in (*((page, 503) for page in PAGES), ("/healthz", 200)):
        status, took = reader.ask(page)
        assert (status, took < bound) == (expected, True), (page, took)
    time.sleep(READY_SECONDS)
    assert reader.ask("/readyz")[0] == 503
    for proxy in between:
        proxy.trouble = ""
    _until_well(site)
    time.sleep(READY_SECONDS)
    assert reader.ask("/readyz")[0] == 200


@pytest.mark.parametrize("trouble", ["silent", "dripping"])
def test_no_reader_waits_for_another_one(site: Flask, between: list[Between], trouble: str) -> None:
    bound = BOUND + _until_well(site)
    for proxy in between:
        proxy.trouble = trouble
    readers = [Reader(site) for _ in range(READERS)]
    with ThreadPoolExecutor(READERS) as pool:
        asked = []
        for reader in readers:
            asked.append(pool.submit(reader.ask, PAGES[0]))
            time.sleep(0.3)
        answers = [each.result() for each in asked]
    assert {status for status, _ in answers} == {503}
    assert max(took for _, took in answers) < bound


def test_a_site_ends_soon_though_its_cluster_is_silent(indexed: Settings, between: list[Between]) -> None:
    site = _site(indexed, between)
    bound = BOUND + _until_well(site)
    for proxy in between:
        proxy.trouble = "silent"
    began = time.monotonic()
    site.extensions["nianbao"].close()
    assert time.monotonic() - began < bound


def test_a_cluster_that_tells_of_itself_and_answers_no_search_is_not_ready(site: Flask, between: list[Between]) -> None:
    _until_well(site)
    for proxy in between:
        proxy.trouble = "late"
    reader = Reader(site)
    time.sleep(READY_SECONDS)
    searched, ready = reader.ask(PAGES[0])[0], reader.ask("/readyz")[0]
    assert (searched, ready) == (503, 503)
