"""The line of a crawl's progress: what is done, running, left, and how long that will take."""

from __future__ import annotations

from crawler.plan import Progress
from webui.commands.crawl_progress import CrawlProgress


def test_the_line_counts_sources_requests_and_time() -> None:
    now, shown = [0.0], list[str]()
    counted = CrawlProgress(4, shown.append, every=60, clock=lambda: now[0])
    for origin, outcome in (("a", "listed"), ("a", "kept"), ("b", "kept"), ("b", "gone")):
        counted.request(Progress(origin, "http://x/", outcome, 200, 1))
    assert shown == [], "less than a minute"
    counted.done("a")
    counted.done("c")
    now[0] = 100.0
    counted.request(Progress("b", "http://x/", "picture", 200, 1))
    assert shown == [
        "sources: 2 done, 1 running, 1 left · 5 requests, 3 possible reports, 0.1 a second · time left: 0:01:40"
    ]
    counted.request(Progress("b", "http://x/", "kept", 200, 1))
    assert len(shown) == 1, "one line a minute"


def test_the_time_is_unknown_until_a_source_is_done() -> None:
    assert str(CrawlProgress(9, lambda _: None, every=0)).endswith(
        "9 left · 0 requests, 0 possible reports, 0.0 a second · time left: unknown"
    )
