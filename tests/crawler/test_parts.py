"""Reports that a site prints over several pages: found page by page, kept page by page, read as one document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.extraction.stage import extract
from corpus.sample.generate import sample_regions
from corpus.store import Store
from crawler.parts import part_number
from tests.crawler.crawling import captured, crawl_sites, keys
from tests.web.home import home, html
from tests.web.pages import bodies, list_page, report_id, report_page, sample, title
from tests.web.server import Site, serving

YEARS = (2021, 2022)


@pytest.mark.parametrize(
    ("first", "url", "number"),
    [
        ("http://a.gov.cn/nb/t2_17.html", "http://a.gov.cn/nb/t2_17_1.html", 1),
        ("http://a.gov.cn/nb/t2_17.html", "http://a.gov.cn/nb/t2_18.html", None),
        ("http://a.gov.cn/nb/t2_17.html", "http://a.gov.cn/nb/t2_17_1.htm", None),
        ("http://a.gov.cn/show.jsp?id=5", "http://a.gov.cn/show.jsp?id=5&page=2", 2),
        ("http://a.gov.cn/show.jsp?id=5&page=1", "http://a.gov.cn/show.jsp?id=5&page=3", 3),
        ("http://a.gov.cn/show.jsp?id=5", "http://a.gov.cn/show.jsp?id=6&page=2", None),
        ("http://a.gov.cn/show.jsp?id=5", "http://b.gov.cn/show.jsp?id=5&page=2", None),
    ],
)
def test_addresses_of_further_pages(first: str, url: str, number: int | None) -> None:
    assert part_number(first, url) == number


def _paged() -> Site:
    """Reports over two pages each; the first names the second, and so does a pager at its foot."""
    site = Site("paged")
    column = "/zwgk/zfxxgknb/"
    home(site, column)
    body, rows = bodies()[1], []
    for year in YEARS:
        whole = report_page(body, year)
        before, inner, after = re.split(r"(?<=<body>)|(?=</body>)", whole)
        cut = next(match.start() for match in re.finditer(r"<(?:p|h2|h3)\b[^>]*>(?:<[^>]+>)*[四五]、", inner))
        pager = f"<div>共2页 <a href='t{year}0120_1.html'>1</a> <a href='t{year}0120_1_1.html'>2</a></div>"
        site.routes[f"{column}t{year}0120_1.html"] = html(f"{before}{inner[:cut]}{pager}{after}")
        site.routes[f"{column}t{year}0120_1_1.html"] = html(f"{before}{inner[cut:]}{pager}{after}")
        site.reports[f"{column}t{year}0120_1.html"] = report_id(body, year)
        rows.append((f"t{year}0120_1.html", title(body, year)))
    site.routes[column] = html(list_page("政府信息公开年报", rows))
    site.lists |= {column}
    return site


@pytest.mark.slow
def test_a_report_over_two_pages_is_one_document(tmp_path: Path) -> None:
    site = _paged()
    with serving(site), Store.open(tmp_path) as store:
        crawl_sites(store, [site])
        second = {path.replace("_1.html", "_1_1.html") for path in site.reports}
        assert captured(store, site) == keys(site, {*site.reports, *second}), "each page is evidence of its own"
        store.add_regions(sample_regions())
        outcome = extract(store)
        assert (outcome.accepted, outcome.rejected) == (2, 2)
        for stored in store.reports():
            truth = sample()[bodies()[1], stored.report.year]
            assert stored.id == truth.id
            assert [section.kind for section in stored.report.sections] == [s.kind for s in truth.sections]
            assert [url for url, _ in store.pages_behind(stored.snapshot.url)] == [
                stored.snapshot.url.replace("_1.html", "_1_1.html")
            ]
        assert extract(store).accepted == 0
        one = min(second)
        site.routes[one] = html(report_page(bodies()[1], YEARS[0]).replace("一、", "七、"))
        crawl_sites(store, [site])
        assert extract(store).accepted == 1, "a changed page has its report read again"
