"""The crawl itself, in the process that runs it: Scrapy configured, and one run for each source."""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
import threading
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.downloadermiddlewares.defaultheaders import DefaultHeadersMiddleware
from scrapy.downloadermiddlewares.downloadtimeout import DownloadTimeoutMiddleware
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.useragent import UserAgentMiddleware
from scrapy.extensions.throttle import AutoThrottle
from scrapy.spidermiddlewares.referer import RefererMiddleware

from corpus.errors import StoreError, StoreLostError
from corpus.store import Store
from corpus.store.crawl_runs import Run
from crawler.cookies import Cookies
from crawler.courtesy import Courtesy
from crawler.frontier import Frontier
from crawler.plan import Plan, Progress
from crawler.requests import MOST_REDIRECTS
from crawler.resolver import PublicResolver
from crawler.robots import Robots
from crawler.scheduler import Scheduler
from crawler.spider import ReportSpider

_TAKE_OVER = 15.0
"""Seconds to wait for the process of an interrupted crawl to end."""

_CONNECTIONS = 16_384
"""Files that the process may have open, where the system lets it."""


def settings(plan: Plan) -> dict[str, Any]:
    """Scrapy's settings. Of its parts only those named here are loaded: 2.19 lets others run code in the process."""
    return {
        "USER_AGENT": plan.user_agent,
        "ROBOTSTXT_USER_AGENT": plan.user_agent.partition("/")[0],
        "SCHEDULER": Scheduler,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        # One for each host, most of which wait for their delay: at 2 s this is two hundred requests a second.
        "CONCURRENT_REQUESTS": 400,
        # A response's items would be taken by so many tasks, begun for each response; ours has none.
        "CONCURRENT_ITEMS": 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": plan.delay,
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": plan.delay,
        "AUTOTHROTTLE_MAX_DELAY": 60.0,
        "DOWNLOAD_TIMEOUT": plan.timeout,
        "DOWNLOAD_MAXSIZE": plan.largest,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        # County sites still offer what OpenSSL's default level refuses.
        "DOWNLOADER_CLIENT_TLS_CIPHERS": "DEFAULT:@SECLEVEL=0",
        "DOWNLOAD_HANDLERS": dict.fromkeys(("s3", "ftp", "file", "data")),
        "REDIRECT_MAX_TIMES": MOST_REDIRECTS,
        # Scrapy's default knows no IPv6 addresses; ours, for public names, none that is private.
        "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingHostnameResolver" if plan.allow_private else PublicResolver,
        "LOG_LEVEL": plan.log_level,
        "EXTENSIONS_BASE": {AutoThrottle: 0, Courtesy: 900},
        "SPIDER_MIDDLEWARES_BASE": {RefererMiddleware: 700},
        # Which hosts each source allows, what is tried again and what a page refreshes to, the frontier knows.
        "DOWNLOADER_MIDDLEWARES_BASE": {
            Robots: 100,
            DownloadTimeoutMiddleware: 350,
            DefaultHeadersMiddleware: 400,
            UserAgentMiddleware: 500,
            HttpCompressionMiddleware: 590,
            RedirectMiddleware: 600,
            # Inside redirects, whose answers set cookies too.
            Cookies: 700,
            HttpProxyMiddleware: 750,
        },
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
        },
    }


def run(plan: Plan) -> None:
    """Crawl, writing one JSON line for each event to standard output. Raises StoreError if a source is taken."""
    owner = f"{socket.gethostname()}:{os.getpid()}"
    # What a power cut takes back is queued still and asked for again; two syncs a page would double a page's time.
    with Store.open(plan.data, plan.database, durable=False) as store:
        # Scrapy would log the error and go on; a crawl that ends here goes on where it was when it is begun again.
        store.database.on_fault(_end)
        runs = _begin(store, [source.id for source in plan.sources], owner)
        frontier = Frontier(store, plan, runs, done=_tell_done)
        process = AsyncCrawlerProcess(settings(plan))
        # A site that does not answer is an outcome of its own, told in one line, and no error of ours.
        logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
        process.crawl(ReportSpider, frontier=frontier, watch=_tell, browser=plan.browser)
        process.start()
        if process.bootstrap_failed:
            raise StoreError("The crawl could not start: the log above says why.")


def main() -> int:
    """Read a plan from standard input and do it; end at once when the other side of the pipe is gone."""
    plan = Plan.from_json(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _allow_many_connections()
    try:
        run(plan)
    except StoreError as error:
        _end(error)
    return 0


def _allow_many_connections() -> None:
    """Thousands of hosts, each with a connection that is kept for its next page, are more than a shell allows."""
    if os.name == "posix":
        import resource  # noqa: PLC0415 - Windows has none

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, _CONNECTIONS)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def _begin(store: Store, origins: list[str], owner: str) -> dict[str, Run]:
    deadline = time.monotonic() + _TAKE_OVER
    begun: dict[str, Run] = {}
    while True:
        alive = {name: _is_alive(name) for name in store.crawl_runs.owners() if name != owner and _is_here(name)}
        taken = [origin for origin in origins if origin not in begun]
        begun |= store.crawl_runs.begin(taken, owner, datetime.now(UTC), alive)
        taken = [origin for origin in taken if origin not in begun]
        if not taken:
            return begun
        if time.monotonic() > deadline:
            raise StoreError(f"Another process is crawling {taken[0]} into this store: wait for it, or stop it.")
        time.sleep(0.2)


def _is_here(owner: str) -> bool:
    return os.name == "posix" and owner.rpartition(":")[0] == socket.gethostname()


def _is_alive(owner: str) -> bool:
    number = int(owner.rpartition(":")[2])
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    # A dead process whose parent has not asked for it yet still has its number.
    status = Path(f"/proc/{number}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def _tell(event: Progress) -> None:
    sys.stdout.write(json.dumps(asdict(event), ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _tell_done(origin: str) -> None:
    sys.stdout.write(json.dumps({"done": origin}, ensure_ascii=False) + "\n")


def _end(error: StoreError) -> NoReturn:
    """Tell the parent: it waits for a database that went away and begins again, and passes on any other fault."""
    kind = "lost" if isinstance(error, StoreLostError) else "error"
    sys.stdout.write(json.dumps({kind: str(error)}, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    os._exit(4)


def _end_with_parent() -> None:
    """Whoever started this process holds the other end of its standard input; nothing more ever comes."""
    sys.stdin.read()
    os._exit(3)
