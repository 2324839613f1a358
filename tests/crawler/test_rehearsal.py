"""A dry run tells the same reports as the crawl does: eight miniatures drawn anew, all by `make crawl-sites`."""

from __future__ import annotations

import random

import pytest

from tests.crawler.account import crawled
from tests.crawler.rehearsal import stored, told
from tests.web.families import REGISTER

pytestmark = pytest.mark.slow

DRAWN = 8


def test_a_dry_run_tells_what_the_crawl_finds() -> None:
    names = random.SystemRandom().sample(sorted(REGISTER), DRAWN)
    with crawled(names) as (store, sites):
        found = stored(store)
        assert told(sites.values()) == found, names
    assert len(found) >= DRAWN
