"""What several processes do on one PostgreSQL is what one would do, whatever happens to the server meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.extraction.derivation import Means
from corpus.extraction.file_import import take_in
from corpus.sample.generate import generate, sample_regions
from corpus.sample.render.text import render_text
from corpus.store import Store
from tests.cluster.postgres import PostgresServer
from tests.cluster.together import alone, broken_off, left, together
from tests.web.server import serving
from tests.web.sites import attached, based


def test_two_imports_of_the_same_files_store_each_once(postgres: PostgresServer, tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for report in generate(reports=24):
        (files / f"{report.id}.txt").write_bytes(render_text(report))

    def add(place: tuple[Path, str | None]) -> int:
        with Store.open(*place) as store:
            store.add_regions(sample_regions())
            return take_in(store, [files], means=Means(processes=1)).taken

    shared, own = (tmp_path / "shared", postgres.address(str(tmp_path))), (tmp_path / "own", None)
    with ThreadPoolExecutor() as pool:
        assert list(pool.map(add, [shared, shared, own])) == [24, 24, 24]
    with Store.look(*shared) as store, Store.look(*own) as one:
        assert left(store) == left(one)


@pytest.mark.slow
def test_two_crawls_and_two_extractions_leave_what_one_does_though_the_server_breaks_off(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    sites = [attached(), based()]
    with serving(*sites):
        one = alone(tmp_path / "alone", sites)
        address = postgres.address(str(tmp_path / "together"))
        four = together(tmp_path / "together", address, sites, broken_off(postgres, iter([12, 10**9])))
    assert four == one
    assert {id_ for id_, *_ in one["reports"]} >= {id_ for site in sites for id_ in site.reports.values()}
