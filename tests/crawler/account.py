"""The account of a crawl of miniatures: for each style what was to be found, what was, and at what cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.extraction.stage import extract
from corpus.sample.generate import sample_regions
from corpus.store import Store
from crawler.address import key
from crawler.outcomes import SourceOutcome, outcome
from crawler.source import sources
from tests.crawler.crawling import crawl_sites, pages
from tests.web.families import REGISTER
from tests.web.server import Site, serving
from tests.web.town import SIZE

TODAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Account:
    """One style after a crawl.

    ``found`` counts the reports that extraction made of what the site should give, ``extra`` are the addresses of what
    it made besides, ``lost`` those of what it did not make; ``told`` is whether the outcome names a loss,
    ``unfinished`` whether it calls the site so.
    """

    name: str
    wanted: int
    found: int
    extra: tuple[str, ...]
    forbidden: tuple[str, ...]
    requests: int
    allowed: int
    told: bool
    unfinished: bool
    closed: bool
    lost: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """All is found that the site shows."""
        return self.found == self.wanted

    @property
    def silent(self) -> bool:
        """Something is missing, and the outcome does not say so."""
        return not self.told and (self.closed or not self.whole)


@contextmanager
def crawled(names: Iterable[str]) -> Iterator[tuple[Store, dict[str, Site]]]:
    """The sites of these styles, crawled together into a store of their own and extracted."""
    sites = {name: REGISTER[name].make() for name in names}
    with (
        TemporaryDirectory(prefix="nianbao-") as folder,
        serving(*sites.values()),
        Store.open(Path(folder)) as store,
    ):
        store.add_regions(sample_regions(1, SIZE))
        crawl_sites(store, sites.values())
        extract(store)
        yield store, sites


def accounts(store: Store, sites: dict[str, Site]) -> list[Account]:
    """What came of each site."""
    at = {key(address): report.id for report in store.reports() for address in store.addresses(report.id)}
    hosts: dict[str, dict[str, str]] = {}
    for address, id_ in at.items():
        hosts.setdefault(address.partition("/")[0], {})[address] = id_
    by_start = {source.starts[0]: source for source in sources(store)}
    return [
        account(
            site, hosts.get(key(site.address + "/").partition("/")[0], {}), outcome(store, by_start[site.url], TODAY)
        )
        for site in sites.values()
    ]


def account(site: Site, found: dict[str, str], came: SourceOutcome) -> Account:
    """One site's: ``found`` are the ids of its reports by the key of their addresses."""
    wanted = {key(site.address + path): id_ for path, id_ in site.reports.items()}
    hit = {address for address, id_ in wanted.items() if found.get(address) == id_}
    parts = {key(site.address + path) for path in site.parts}
    return Account(
        name=site.name,
        wanted=len(wanted),
        found=len(hit),
        extra=tuple(sorted(found.keys() - wanted.keys() - parts)),
        forbidden=tuple(one.target for one in site.asked if site.forbidden and one.target.startswith(site.forbidden)),
        requests=len(pages(site.asked)),
        # One request more may try what the site says to an address that does not exist.
        allowed=3 * len(site.reports.keys() | site.lists | site.parts) + 1,
        told=came.verdict in {"unfinished", "interrupted"} or any(came.counts.values()),
        unfinished=came.verdict == "unfinished",
        closed=site.closed,
        lost=tuple(sorted(wanted.keys() - hit)),
    )
