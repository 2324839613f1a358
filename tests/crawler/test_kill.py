"""A crawl killed at any moment goes on where it was: nothing lost, nothing twice, no torn record pointed to."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.store import Store
from tests.crawler.crawling import crawl_sites
from tests.web.hostile import redirecting
from tests.web.server import Site, serving
from tests.web.sites import attached, hanweb, tree, trs

pytestmark = pytest.mark.slow
KILLS = 20
PROGRAM = """
import sys
from pathlib import Path
from corpus.store import Store
from crawler.crawl import crawl
with Store.open(Path(sys.argv[1])) as store:
    crawl(store, start=sys.argv[2:], delay=0.05, allow_private=True)
"""


def _state(store: Store) -> set[tuple[str, str]]:
    return {(capture.url, digest) for digest, _ in store.payloads() for capture in store.captures(digest)}


def _crawl_in_pieces(data: Path, sites: list[Site]) -> int:
    """Crawl, killed again and again; how many kills fell into a running crawl."""
    chance = random.Random(20261121)  # noqa: S311 (moments, not secrets)
    command = [sys.executable, "-c", PROGRAM, str(data), *(site.url for site in sites)]
    kills = 0
    for _ in range(KILLS):
        seen = sum(len(site.asked) for site in sites)
        process = subprocess.Popen(command, cwd=Path(__file__).parents[2])
        deadline = time.monotonic() + 30
        wanted = seen + chance.randint(0, 12)
        while (
            process.poll() is None and sum(len(site.asked) for site in sites) < wanted and time.monotonic() < deadline
        ):
            time.sleep(chance.uniform(0.001, 0.03))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.wait(30)
    subprocess.run(command, cwd=Path(__file__).parents[2], check=True, timeout=300)
    return kills


def test_twenty_kills_change_nothing(tmp_path: Path) -> None:
    sites = [trs(), tree(), hanweb(), attached(), redirecting()]
    with serving(*sites):
        with Store.open(tmp_path / "whole") as store:
            crawl_sites(store, sites)
            whole = _state(store)
        kills = _crawl_in_pieces(tmp_path / "pieces", sites)
        with Store.open(tmp_path / "pieces") as store:
            assert _state(store) == whole
            assert all(store.payload(digest) for digest, _ in store.payloads())
            places = [place for _, place in store.payloads()]
            assert len({(place.name, place.offset) for place in places}) == len(places)
            assert all(
                len(store.captures(digest)) == len({c.url for c in store.captures(digest)})
                for digest, _ in store.payloads()
            )
    assert kills >= KILLS // 2
