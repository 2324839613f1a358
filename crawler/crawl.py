"""Stage 1: crawl sources into a store.

Scrapy's reactor can run once in a process, so each crawl gets a process of its own. It holds a pipe to this one and
ends when the pipe does: a killed crawl leaves nothing running, and the next one goes on where it was.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import crawler
from corpus.errors import StoreError, StoreLostError, UsageError
from corpus.model import Region
from corpus.store import Store
from crawler.browser import find_browser
from crawler.plan import Budget, Plan, Progress
from crawler.source import Source, add_sources, check, from_addresses, is_private

LEAST_DELAY = 2.0
"""Seconds; less only on private hosts (docs/contract.md)."""


@dataclass(frozen=True, slots=True)
class CrawlOutcome:
    """What a crawl did. ``stored`` counts captured pages and files, ``outcomes`` all requests by what came of them.

    ``unfinished`` are the sources that have something queued still: their budget was spent, or they were stopped.
    ``unreachable`` are the starts that gave no answer at all, with why.
    """

    requests: int
    stored: int
    unchanged: int
    bytes: int
    outcomes: Mapping[str, int]
    unfinished: tuple[str, ...]
    unreachable: Mapping[str, str]


def crawl(  # noqa: PLR0913 (a crawl's manners, each by name)
    store: Store,
    sources: Iterable[Source] = (),
    *,
    start: Iterable[str] = (),
    region: str = "",
    delay: float = LEAST_DELAY,
    allow_private: bool = False,
    contact: str = "",
    night: tuple[int, int] | None = None,
    budget: Budget | None = None,
    render: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
    done: Callable[[str], None] = lambda _: None,
) -> CrawlOutcome:
    """Crawl the sources, and addresses outside the registry (``start``, standing in ``region``), into the store.

    ``delay`` is in seconds, ``night`` two hours of the day in China; ``contact`` is how a site's keeper reaches the
    operator, needed for public hosts. ``render`` asks Chromium for the links of pages that only a script fills.
    ``progress`` is told of each request, ``done`` the id of each source with which the crawl is done; neither is kept.

    A database that goes away is waited for, and the crawl goes on where it was (Database.lasting).

    Raises UsageError for what may not be crawled so or where Chromium is missing, StoreError if another process is
    crawling one of the sources or the crawl broke down.
    """
    own = from_addresses(start, region)
    chosen = tuple({source.id: source for source in (*sources, *own)}.values())
    _check(chosen, delay=delay, allow_private=allow_private, contact=contact)
    store.lasting(partial(add_sources, store, own))
    plan = Plan(
        data=store.data.absolute(),
        database=store.url,
        sources=chosen,
        delay=delay,
        allow_private=allow_private,
        contact=contact,
        night=night,
        budget=budget or Budget(),
        browser=find_browser() if render else "",
    )
    outcomes: Counter[str] = Counter()
    size = 0

    def follow() -> None:
        nonlocal size
        for event in _run(plan):
            if isinstance(event, str):
                done(event)
                continue
            outcomes[event.outcome] += 1
            size += event.size
            progress(event)

    def outcome() -> CrawlOutcome:
        runs = store.crawl_runs.last(source.id for source in chosen)
        return CrawlOutcome(
            requests=outcomes.total(),
            stored=outcomes["kept"] + outcomes["picture"],
            unchanged=outcomes["unchanged"],
            bytes=size,
            outcomes=dict(outcomes),
            unfinished=tuple(source.id for source in chosen if runs[source.id].finished is None),
            unreachable={url: why for source in own for url, why in store.crawl_findings.silent_starts(source.id)},
        )

    store.lasting(follow)
    return store.lasting(outcome)


@contextmanager
def rehearsal(  # noqa: PLR0913 (a crawl's manners, each by name)
    sources: Iterable[Source],
    *,
    pages: int = Budget().pages,
    delay: float = LEAST_DELAY,
    allow_private: bool = False,
    contact: str = "",
    regions: Iterable[Region] = (),
) -> Iterator[tuple[Store, list[Progress]]]:
    """Crawl into a store that is thrown away: what would be fetched, and a store in which to see what it would give.

    It knows what the real one would: where the sources stand, and its own ``regions``.
    """
    sources = tuple(sources)
    with TemporaryDirectory(prefix="nianbao-") as folder, Store.open(Path(folder)) as store:
        store.add_regions(regions)
        add_sources(store, sources)
        seen: list[Progress] = []
        budget = Budget(pages=pages)
        crawl(
            store,
            sources,
            delay=delay,
            allow_private=allow_private,
            contact=contact,
            budget=budget,
            progress=seen.append,
        )
        yield store, seen


def _check(sources: tuple[Source, ...], *, delay: float, allow_private: bool, contact: str) -> None:
    if not sources:
        raise UsageError("Nothing to crawl: name a source (`nianbao sources` lists them) or an address with --from.")
    for source in sources:
        check(source)
        if is_private(source) and not allow_private:
            raise UsageError(
                f"{source.starts[0]} is on this machine or a private network: say --allow-private if that is meant.",
                "from",
            )
    if delay < 0 or (delay < LEAST_DELAY and not allow_private):
        raise UsageError("A delay under 2 seconds is for private hosts only: give 2 or more.", "delay")
    if not contact and any(not is_private(source) for source in sources):
        raise UsageError(
            "Say who crawls before asking public sites: set NIANBAO_CONTACT to an address or page that reaches you.",
            "contact",
        )


def _run(plan: Plan) -> Iterable[Progress | str]:
    """Each request, and the id of each source that is done."""
    root = str(Path(crawler.__file__).parent.parent)
    path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
    with subprocess.Popen(
        # -P: whoever stands in a folder that has a crawler/ of its own does not mean that one.
        [sys.executable, "-P", "-m", "crawler"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        text=True,
        encoding="utf-8",
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise StoreError("The crawl's process has no pipes: try again.")
        process.stdin.write(plan.to_json() + "\n")
        process.stdin.flush()
        for line in process.stdout:
            event = json.loads(line)
            if "error" in event:
                raise StoreError(event["error"])
            if "lost" in event:
                raise StoreLostError(event["lost"])
            yield event["done"] if "done" in event else Progress(**event)
        process.stdin.close()
        if process.wait() != 0:
            raise StoreError(
                f"The crawl broke down (exit {process.returncode}): run it again, it goes on where it was."
            )
