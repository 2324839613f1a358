"""What came of a source, between its crawl and the extraction of what the crawl kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.extraction.stage import extract
from corpus.sample.generate import sample_regions
from corpus.store import Store
from crawler.outcomes import SourceOutcome, outcome
from crawler.source import from_addresses
from tests.crawler.crawling import crawl_sites
from tests.web.families import REGISTER
from tests.web.server import serving
from tests.web.town import SIZE

pytestmark = pytest.mark.slow


def test_what_nobody_has_read_yet_is_no_column_without_reports(tmp_path: Path) -> None:
    site = REGISTER["file_by_its_name"].make()
    with serving(site), Store.open(tmp_path) as store:
        store.add_regions(sample_regions(1, SIZE))

        def came() -> SourceOutcome:
            return outcome(store, from_addresses([site.url])[0], date(2026, 11, 29))

        crawl_sites(store, [site])
        assert came().column
        assert came().unread
        assert (came().verdict, came().reason) == ("whole", "")
        extract(store)
        assert not came().unread
        assert (came().verdict, sum(came().found.values())) == ("whole", len(site.reports))


@pytest.mark.parametrize(
    ("style", "lost"),
    [
        ("report_in_name_only", "/nb/paper.html"),
        ("file_that_is_torn", "/f/torn.docx"),
        ("cover_of_a_file", ""),
        ("rows_that_are_no_reports", ""),
    ],
)
def test_a_kept_report_that_is_read_as_none_is_a_loss_unless_its_file_is_one(
    tmp_path: Path, style: str, lost: str
) -> None:
    site = REGISTER[style].make()
    with serving(site), Store.open(tmp_path) as store:
        store.add_regions(sample_regions(1, SIZE))
        crawl_sites(store, [site])
        extract(store)
        came = outcome(store, from_addresses([site.url])[0], date(2026, 11, 29))
        assert (came.verdict, came.reason) == (("unfinished", "hollow") if lost else ("whole", ""))
        assert [mishap.url for mishap in came.mishaps] == ([f"{site.address}{lost}"] if lost else [])
