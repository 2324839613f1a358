"""Four processes on one PostgreSQL, two crawls and two extractions, against one process alone on SQLite.

::

    python -m tests.cluster.together --minutes 10 [--restarts] [--seed N]

Each round crawls miniatures drawn anew; it fails where the four leave anything else than the one. ``--restarts`` breaks
the server off, as a crash does, at random moments of each round.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.extraction.stage import extract
from corpus.sample.generate import sample_regions
from corpus.store import Store
from tests.cluster.postgres import MISSING, PostgresServer
from tests.crawler.crawling import crawl_sites
from tests.web.server import Site, serving
from tests.web.sites import attached, hanweb, tree, trs

MANNERS: Sequence[Callable[[], Site]] = (trs, tree, hanweb, attached)

CRAWL = """
import sys
from pathlib import Path
from corpus.store import Store
from crawler.crawl import crawl
with Store.open(Path(sys.argv[1]), sys.argv[2]) as store:
    crawl(store, start=sys.argv[3:], delay=0.02, allow_private=True)
"""
EXTRACT = """
import sys, time
from pathlib import Path
from corpus.extraction.stage import Means, extract
from corpus.store import Store
with Store.open(Path(sys.argv[1]), sys.argv[2]) as store:
    while True:
        crawled = Path(sys.argv[1], "crawled").exists()
        extract(store, means=Means(processes=1))
        if crawled:
            break
        time.sleep(0.2)
"""

Left = dict[str, set[tuple[object, ...]]]
"""What is in a store, by kind; without times, which differ."""


def left(store: Store) -> Left:
    """What a store holds; every original is read and checked."""
    captures = [(each.url, each.digest) for digest, _ in store.payloads() for each in store.captures(digest)]
    if len(captures) != len(set(captures)) or not all(store.payload(digest) for _, digest in captures):
        raise AssertionError("a capture stands twice, or an original is empty")
    reports = {
        (
            each.id,
            each.version,
            each.snapshot.url,
            each.snapshot.digest,
            tuple((figure.id, figure.raw) for figure in each.report.figures.values()),
            tuple((finding.rule, finding.verdict) for finding in each.report.findings),
        )
        for each in store.reports()
    }
    return {"captures": set(captures), "reports": set(reports), "rejected": set(store.counts().rejected.items())}


def alone(data: Path, sites: Sequence[Site]) -> Left:
    """What one process leaves."""
    with Store.open(data) as store:
        store.add_regions(sample_regions())
        crawl_sites(store, sites)
        extract(store)
        return left(store)


def together(
    data: Path, address: str, sites: Sequence[Site], meanwhile: Callable[[int], None] = lambda _: None
) -> Left:
    """What four processes leave; ``meanwhile`` is told again and again how many requests were made so far."""
    with Store.open(data, address) as store:
        store.add_regions(sample_regions())
    before = sum(len(site.asked) for site in sites)
    with ExitStack() as stack:

        def begun(program: str, *words: str) -> subprocess.Popen[bytes]:
            process = subprocess.Popen([sys.executable, "-c", program, str(data), address, *words])
            stack.callback(process.kill)
            return process

        crawls = [begun(CRAWL, *(site.url for site in sites[half::2])) for half in range(2)]
        extracts = [begun(EXTRACT) for _ in range(2)]
        while any(process.poll() is None for process in crawls):
            meanwhile(sum(len(site.asked) for site in sites) - before)
            time.sleep(0.05)
        (data / "crawled").touch()
        ended = [process.wait(300) for process in (*crawls, *extracts)]
    if any(ended):
        raise AssertionError(f"the four processes ended with {ended}")
    with Store.open(data, address) as store:
        return left(store)


def broken_off(server: PostgresServer, moments: Iterator[int]) -> Callable[[int], None]:
    """Break the server off, and start it again, each time that so many requests were made."""
    due = next(moments)

    def meanwhile(requests: int) -> None:
        nonlocal due
        if requests >= due:
            server.stop(signal.SIGQUIT)
            time.sleep(0.3)
            server.start()
            due = next(moments)

    return meanwhile


def _moments(chance: random.Random) -> Iterator[int]:
    moment = 0
    while True:
        moment += chance.randint(40, 160)
        yield moment


def main() -> None:
    """Go round until the minutes are over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--restarts", action="store_true")
    parser.add_argument("--seed", type=int, default=20261129)
    asked = parser.parse_args()
    programs = PostgresServer.find()
    if programs is None:
        sys.exit(MISSING)
    chance = random.Random(asked.seed)  # noqa: S311 - moments, not secrets
    deadline = time.monotonic() + 60 * asked.minutes
    rounds = 0
    with PostgresServer(programs) as server, TemporaryDirectory(prefix="nianbao-") as folder:
        while time.monotonic() < deadline:
            rounds += 1
            here = Path(folder, str(rounds))
            sites = [chance.choice(MANNERS)() for _ in range(4)]
            disturb = broken_off(server, _moments(chance)) if asked.restarts else lambda _: None
            with serving(*sites):
                one = alone(here / "alone", sites)
                four = together(here / "together", server.address(str(here)), sites, disturb)
            _say(f"round {rounds}: {', '.join(f'{len(four[kind])} {kind}' for kind in four)}; equal: {one == four}")
            if one != four:
                sys.exit(str({kind: one[kind] ^ four[kind] for kind in one}))
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    _say(f"{rounds} rounds, none lost, none doubled; {usage.ru_utime + usage.ru_stime:.0f} s of processor")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
