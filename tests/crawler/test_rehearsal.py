"""A dry run tells the same reports as the crawl does: on a sample of the miniatures, by the installed command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.extraction.stage import extract
from corpus.sample.generate import sample_regions
from corpus.store import Store
from tests.crawler.crawling import crawl_sites
from tests.web.families import REGISTER
from tests.web.server import serving
from tests.web.town import SIZE

pytestmark = pytest.mark.slow

SAMPLED = ("year_alone", "next_is_an_image", "json_from_zero", "nested_with_extras", "tree_by_script", "declared_more")
NIANBAO = str(Path(sys.executable).with_name("nianbao"))


def test_a_dry_run_tells_what_the_crawl_finds(tmp_path: Path) -> None:
    sites = [REGISTER[name].make() for name in SAMPLED]
    with serving(*sites):
        with Store.open(tmp_path) as store:
            store.add_regions(sample_regions(1, SIZE))
            crawl_sites(store, sites)
            extract(store)
            found = {(each.id, each.snapshot.url) for each in store.reports()}
        starts = [word for site in sites for word in ("--add", site.url)]
        command = [NIANBAO, "--data", str(tmp_path), "sources", "--dry-run", "--allow-private", "--delay", "0", *starts]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert {(each["id"], each["url"]) for each in map(json.loads, told.stdout.splitlines())} == found
    assert len(found) == sum(len(site.reports) for site in sites)
