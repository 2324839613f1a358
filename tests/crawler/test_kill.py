"""A crawl killed at any moment goes on where it was: nothing lost, nothing twice, no torn record pointed to."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.extraction.stage import extract
from corpus.sample.generate import sample_regions
from corpus.store import Store
from crawler.plan import Plan
from crawler.source import from_addresses
from tests.corpus.reports import address_of
from tests.crawler.crawling import crawl_sites
from tests.web.hostile import redirecting
from tests.web.server import Site, serving
from tests.web.sites import attached, hanweb, tree, trs

pytestmark = pytest.mark.slow
KILLS = 20 if os.environ.get("NIANBAO_WHOLE") else 5
"""Each costs two starts of a crawl; ``make crawl-sites`` kills twenty times."""
PARENTS = 2
"""So many of the kills fall on the process that asked for the crawl; the others on the crawl's own."""

PROGRAM = """
import sys
from pathlib import Path
from corpus.store import Store
from crawler.plan import Plan
from crawler.source import from_addresses
from crawler.crawl import crawl
with Store.open(Path(sys.argv[1]), sys.argv[2] or None) as store:
    crawl(store, start=sys.argv[3:], delay=0.02, allow_private=True)
"""


Corpus = set[tuple[str, str, str, tuple[tuple[str, str], ...]]]


def _captured(store: Store) -> set[tuple[str, str]]:
    return {(capture.url, digest) for digest, _ in store.payloads() for capture in store.captures(digest)}


def _corpus(store: Store) -> Corpus:
    """The final corpus: each report's id, address, SHA-256 and figures."""
    store.add_regions(sample_regions())
    extract(store)
    return {
        (
            stored.id,
            stored.snapshot.url,
            stored.snapshot.digest,
            tuple((figure.id, figure.raw) for figure in stored.report.figures.values()),
        )
        for stored in store.reports()
    }


def _begin(data: Path, sites: list[Site], *, parent: bool) -> subprocess.Popen[str]:
    address = address_of(data)
    if parent:
        starts = [site.url for site in sites]
        return subprocess.Popen([sys.executable, "-c", PROGRAM, str(data), address or "", *starts], text=True)
    plan = Plan(data, address, from_addresses(site.url for site in sites), delay=0.02, allow_private=True)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "crawler"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    assert process.stdin is not None
    process.stdin.write(plan.to_json() + "\n")
    process.stdin.flush()
    return process


def _crawl_in_pieces(data: Path, sites: list[Site]) -> int:
    """Crawl, killed again and again; how many kills fell into a running crawl."""
    chance = random.Random(20261121)  # noqa: S311 (moments, not secrets)
    kills = 0
    for number in range(KILLS):
        wanted = sum(len(site.asked) for site in sites) + chance.randint(0, 20)
        process = _begin(data, sites, parent=number < PARENTS)
        deadline = time.monotonic() + 30
        while process.poll() is None and sum(len(site.asked) for site in sites) < wanted:
            assert time.monotonic() < deadline
            time.sleep(chance.uniform(0.001, 0.03))
        if process.poll() is None:
            process.kill()
            kills += 1
        process.wait(30)
        if process.stdin is not None:
            process.stdin.close()
    with Store.open(data) as store:
        crawl_sites(store, sites)
    return kills


def test_kills_change_nothing(tmp_path: Path) -> None:
    sites = [trs(), tree(), hanweb(), attached(), redirecting()]
    with serving(*sites):
        with Store.open(tmp_path / "whole") as store:
            crawl_sites(store, sites)
        kills = _crawl_in_pieces(tmp_path / "pieces", sites)
    with Store.open(tmp_path / "whole") as whole, Store.open(tmp_path / "pieces") as pieces:
        assert _captured(pieces) == _captured(whole), "nothing lost"
        captures = [capture for digest, _ in pieces.payloads() for capture in pieces.captures(digest)]
        assert len(captures) == len({(capture.url, capture.digest) for capture in captures}), "nothing twice"
        assert all(pieces.payload(digest) for digest, _ in pieces.payloads()), "no torn record"
        corpus = _corpus(whole)
        assert {id_ for id_, *_ in corpus} == {id_ for site in sites for id_ in site.reports.values()}
        assert _corpus(pieces) == corpus
    assert kills >= KILLS // 2
