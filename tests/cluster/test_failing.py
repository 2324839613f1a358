"""A cluster that is slow, half gone or gone, and one that is written to while it is read: on real nodes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from opensearchpy import OpenSearch

from corpus.errors import AwayError
from corpus.store import Store
from indexer.opensearch_engine import OpenSearchEngine
from indexer.request import SearchRequest
from indexer.segment import Segmenter
from tests.cluster.failing import Load
from tests.cluster.opensearch import Cluster, Nodes
from tests.indexer.oracle import flat
from tests.indexer.province import REGISTRY, changed, documents
from tests.webui.shelf import Shelf
from webui.app import create_app
from webui.commands.stages import bring_up_to_date_index
from webui.settings import Settings

pytestmark = pytest.mark.slow

REPORTS = documents(60)
WORDS = ("河豚", "鲈鱼")
Opened = Callable[..., OpenSearchEngine]


@pytest.fixture(name="opened")
def engines(cluster: Nodes, segmenter: Segmenter, request: pytest.FixtureRequest) -> Iterator[Opened]:
    """Engines over one index, patient ones: the machine may be busy."""
    made: list[OpenSearchEngine] = []

    def opened(seconds: float = 60, wait: float = 0) -> OpenSearchEngine:
        address = f"{cluster.engine}/{request.node.name[5:40].lower()}?seconds={seconds}"
        made.append(OpenSearchEngine(address, REGISTRY, segmenter=segmenter, wait=wait))
        return made[-1]

    yield opened
    for engine in made:
        engine.close()


def test_an_answer_is_of_one_state_though_commits_come_in_between(opened: Opened) -> None:
    reader, writer = opened(), opened()
    writer.replace([changed(report, WORDS[0]) for report in REPORTS], 1)
    seen = set()
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            found = reader.search(SearchRequest(WORDS[0], size=len(REPORTS), plain=True, apart=True))
            assert found.total in {0, len(REPORTS)}
            assert (len(found.hits), sum(flat(found.facets["year"]).values())) == (found.total, found.total)
            seen.add(found.total)

    with ThreadPoolExecutor() as pool:
        reading = [pool.submit(read) for _ in range(2)]
        for revision in range(2, 90):
            writer.write([changed(report, WORDS[revision % 2]) for report in REPORTS], [], revision)
            time.sleep(0.5)
            if revision > 7 and len(seen) > 1:  # a busy machine reads seldom
                break
        over.set()
    for each in reading:
        each.result()
    assert seen == {0, len(REPORTS)}


def test_a_rebuild_is_swapped_in_without_a_refusal(opened: Opened) -> None:
    reader, writer = opened(), opened()
    writer.replace(REPORTS, 1)
    load = Load(
        reader,
        {
            SearchRequest(""): len(REPORTS),
            SearchRequest("讨薪", plain=True): reader.search(SearchRequest("讨薪", plain=True)).total,
        },
    )

    def rebuild() -> None:
        for revision in range(2, 5):
            writer.replace(REPORTS, revision)

    load.during(rebuild)
    assert load.is_well, load.told()
    assert not load.outcomes["asked again"], load.told()


def test_a_moment_that_the_cluster_forgot_is_taken_anew(opened: Opened, cluster: Nodes) -> None:
    engine = opened()
    engine.replace(REPORTS, 1)
    assert engine.search(SearchRequest()).total == len(REPORTS)
    OpenSearch(cluster.addresses).delete_all_pits()
    assert engine.search(SearchRequest()).total == len(REPORTS)


def test_a_writer_waits_for_the_cluster_and_goes_on(opened: Opened, own_cluster: Cluster) -> None:
    writer = opened(wait=600)
    writer.replace(REPORTS[:30], 1)
    killed = range(len(own_cluster.addresses))
    for number in killed:
        own_cluster.kill(number)
    with ThreadPoolExecutor() as pool:
        writing = pool.submit(writer.write, REPORTS[30:], [], 2)
        time.sleep(1)
        assert not writing.done()
        own_cluster.restore()
        assert writing.result().added == len(REPORTS) - 30
    assert writer.search(SearchRequest()).total == len(REPORTS)
    assert not list(writer.faults())


def test_a_node_that_is_killed_costs_no_answer(opened: Opened, own_cluster: Cluster) -> None:
    if len(own_cluster.addresses) < 3:
        pytest.skip("takes three nodes: make test-cluster")
    engine = opened()
    engine.replace(REPORTS, 1)
    own_cluster.await_all()
    asked = [SearchRequest(text, plain=True) for text in ("", "讨薪", "停车位 -讨薪", "标题:财政局")]
    load = Load(engine, {request: engine.search(request).total for request in asked})

    def kill() -> None:
        for number in range(len(own_cluster.addresses)):
            own_cluster.kill(number)
            time.sleep(3)
            own_cluster.restore()

    load.during(kill)
    assert load.is_well, load.told()


@pytest.mark.parametrize("trouble", ["silent", "gone"])
def test_the_site_says_so_soon_and_recovers(shelf: Shelf, own_cluster: Cluster, trouble: str) -> None:
    settings = Settings(data=shelf.data, engine_url=f"{own_cluster.engine}/failing?seconds=60", wait=60)
    with Store.open(shelf.data) as store:
        bring_up_to_date_index(store, settings)
    app = create_app(replace(settings, engine_url=settings.engine_url.removesuffix("?seconds=60")))
    client = app.test_client()
    _until(lambda: client.get("/search.json?q=公开").status_code == 200)
    before = client.get("/search.json?q=公开").get_json()["total"]
    for number in range(len(own_cluster.addresses)):
        (own_cluster.pause if trouble == "silent" else own_cluster.kill)(number)
    for address, status in (
        ("/search?q=讨薪", 503),
        ("/", 503),
        ("/coverage", 503),
        ("/readyz", 503),
        ("/healthz", 200),
    ):
        began = time.monotonic()
        assert client.get(address).status_code == status, address
        # Three seconds, and what a busy machine adds to them; nothing near the minute that a build's step may take.
        assert time.monotonic() - began < 10, address
    own_cluster.restore()
    _until(lambda: client.get("/search.json?q=公开").status_code == 200)
    assert client.get("/search.json?q=公开").get_json()["total"] == before
    time.sleep(5)
    assert client.get("/readyz").status_code == 200
    app.extensions["nianbao"].close()


def test_who_reads_gives_up_a_silent_cluster_in_time(opened: Opened, own_cluster: Cluster) -> None:
    opened().replace(REPORTS, 1)
    engine = opened(seconds=1)
    _until(lambda: _answers(engine))
    for number in range(len(own_cluster.addresses)):
        own_cluster.pause(number)
    with pytest.raises(AwayError, match="too slow now"):
        engine.search(SearchRequest("停车位"))


def _answers(engine: OpenSearchEngine) -> bool:
    try:
        return engine.search(SearchRequest()).total > 0
    except AwayError:
        return False


def _until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.2)
