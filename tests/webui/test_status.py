"""``nianbao status`` after a crawl: what each source gave, what it lacks, what could not be read and why."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.extraction.stage import extract
from corpus.sample.generate import sample_regions
from corpus.store import Store
from tests.crawler.crawling import crawl_sites
from tests.web.hostile import soft
from tests.web.pages import YEARS
from tests.web.server import serving
from tests.webui.shelf import Shelf
from webui.cli import nianbao

UNREAD = range(2016, 2020)
"""A dead link, a refusal, a script shell, a picture (tests/web/hostile.py)."""


@pytest.mark.slow
def test_status_tells_what_came_of_each_source(tmp_path: Path) -> None:
    site = soft()
    with serving(site), Store.open(tmp_path) as store:
        store.add_regions(sample_regions())
        crawl_sites(store, [site])
        extract(store)
    name = site.address.removeprefix("http://")

    told = CliRunner().invoke(nianbao, ["--data", str(tmp_path), "status", "--json"])
    (source,) = json.loads(told.stdout)["sources"].items()
    assert source[0] == name
    assert source[1]["found"] == {str(year): 1 for year in YEARS if year not in UNREAD}
    assert [year for year in source[1]["missing"] if year in YEARS] == list(UNREAD)
    unread = source[1]["unread"]
    assert (unread["blocked"], unread["shell"], unread["picture"]) == (1, 1, 1)
    assert unread["gone"] >= 1

    lines = CliRunner().invoke(nianbao, ["--data", str(tmp_path), "status"]).stdout.splitlines()
    mine = [line.strip() for line in lines[lines.index(f"  {name}:") :]]
    assert "2020: 1" in mine
    assert any(line.startswith("missing: 2016 2017 2018 2019") for line in mine)
    assert "shell: 1" in mine


@pytest.mark.parametrize("harm", ["nothing", "emptied", "damaged"])
def test_status_tells_of_the_store_whatever_the_index_is_like(shelf: Shelf, tmp_path: Path, harm: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(shelf.data, data)
    if harm == "emptied":
        shutil.rmtree(data / "index")
        (data / "index").mkdir()
    elif harm == "damaged":
        (data / "index" / "current").write_bytes(b"nowhere")
    told = CliRunner().invoke(nianbao, ["--data", str(data), "status", "--json"])
    facts = json.loads(told.stdout)
    assert (told.exit_code, facts["reports"] > 0) == (0, True)
    assert facts["index"]["stale"] is (harm != "nothing")
    assert ("nianbao index" in facts["index"].get("fault", "")) is (harm != "nothing")
    assert CliRunner().invoke(nianbao, ["--data", str(data), "status"]).exit_code == 0
