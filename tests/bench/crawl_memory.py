"""The memory of a long crawl: `python -m tests.bench.crawl_memory [REQUESTS]`, a million unless said otherwise.

Made answers go through the real frontier, the real queue and the crawl step, as they come from the network in a crawl:
lists without end, each with twenty links of which one is a report, one is gone and the others lead to nothing.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from scrapy import Request
from scrapy.http import HtmlResponse, Response

from corpus.store import Store
from crawler.frontier import Frontier
from crawler.plan import Budget, Plan
from crawler.response_handler import ResponseHandler
from crawler.source import from_addresses
from tests.web.town import Town

START = "http://long.example.gov.cn/nb/list_0.html"
LINKS = 20


def answer(url: str, town: Town) -> Response:
    """What the endless site says."""
    found = re.search(r"/(list|report|page)_(\d+)\.html", url)
    kind, number = (found[1], int(found[2])) if found else ("", 0)
    request = Request(url)
    if kind == "list":
        links = [
            (f"page_{number * LINKS + n}.html", f"{2010 + n % 15}年年报第{number}-{n}号") for n in range(LINKS - 1)
        ]
        links += [(f"report_{number}.html", town.title("财政局", 2025)), (f"list_{number + 1}.html", "下一页")]
        return HtmlResponse(url, request=request, body=town.listing(links).encode())
    if kind == "report":
        body = town.article("财政局", 2025).replace("全年", f"全年{number}次")
        return HtmlResponse(url, request=request, body=body.encode())
    if number % LINKS:
        return HtmlResponse(url, request=request, body=town.page("页面", f"<p>第{number}号内容。</p>").encode())
    return HtmlResponse(url, status=404, request=request, body=b"<title>404</title>")


def main() -> None:
    """Print the memory at every tenth of the way, and what a request of that tenth and of all up to it took."""
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    town = Town("long", 0)
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        data = Path(folder)
        with Store.open(data, durable=False) as store:
            sources = from_addresses([START])
            runs = store.crawl_runs.begin((one.id for one in sources), "bench:1", datetime.now(UTC), {})
            plan = Plan(data, None, sources, allow_private=True, budget=Budget(requests, requests, requests))
            frontier = Frontier(store, plan, runs)
            handler = ResponseHandler(frontier)
            frontier.start()
            began, done = time.process_time(), 0
            stretch, step = began, max(1, requests // 10)
            while done < requests and (queued := frontier.next()) is not None:
                response = answer(queued.request.url, town)
                with store.batch(10**9):
                    handler.take(queued, response)
                frontier.release(queued, len(response.body))
                done += 1
                if done % step == 0:
                    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
                    now = time.process_time()
                    each, lately = 1000 * (now - began) / done, 1000 * (now - stretch) / step
                    stretch = now
                    sys.stdout.write(
                        f"{done:>9,} requests  {pages * 4096 >> 20} MB  {lately:.1f} ms of processor each lately,"
                        f" {each:.1f} ms since the start\n"
                    )
                    sys.stdout.flush()


if __name__ == "__main__":
    main()
