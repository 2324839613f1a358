"""What a page costs, part by part: ``python -m tests.bench.pages``. Milliseconds of the processor, each page made anew.

The site answers in this process, without a socket. A part's time is without that of the parts inside it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from flask.testing import FlaskClient

from corpus.model import agency_of
from corpus.store import Store
from tests.bench.reports import SEED
from tests.bench.serve import addresses, stocked
from webui.app import create_app
from webui.settings import Settings

PARTS = {
    "parse": "webui.pages.search.parse",
    "search": "indexer.whoosh_engine.WhooshEngine.search",
    "passages": "indexer.hits.hit",
    "facets": "webui.pages.search.Facets.groups",
    "render": "webui.respond.render_template",
}
"""What is measured by itself, and the function that does it."""


class Parts:
    """Adds up what each part takes; what runs inside another part is its own."""

    def __init__(self) -> None:
        self.taken: defaultdict[str, float] = defaultdict(float)
        self._inside: list[float] = []

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time added up under a name."""

        def run(*given: Any, **named: Any) -> Any:
            self._inside.append(0.0)
            begun = time.thread_time()
            try:
                return function(*given, **named)
            finally:
                took = time.thread_time() - begun
                self.taken[name] += took - self._inside.pop()
                if self._inside:
                    self._inside[-1] += took

        return run

    @contextmanager
    def measured(self) -> Iterator[None]:
        """While this lasts, every part is."""
        with ExitStack() as stack:
            for name, place in PARTS.items():
                patched = patch(place)
                original, _ = patched.get_original()
                stack.enter_context(patch(place, self.timed(name, original)))
            yield


def costs(site: FlaskClient, paths: Sequence[str]) -> list[dict[str, float]]:
    """For each page its parts, and what is left, in milliseconds. Raises RuntimeError for any answer but 200."""
    found = []
    for path in paths:
        parts = Parts()
        with parts.measured():
            answer = parts.timed("rest", site.get)(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        found.append({name: parts.taken[name] * 1000 for name in (*PARTS, "rest")})
    return found


def line(title: str, found: Sequence[dict[str, float]]) -> str:
    """The median of the whole, of the 95th percentile, and of each part."""
    whole = sorted(sum(page.values()) for page in found)
    parts = ((name, statistics.median(page[name] for page in found)) for name in found[0])
    said = " | ".join(f"{median:.2f}" for _, median in parts)
    return f"| {title} | {statistics.median(whole):.2f} / {whole[len(whole) * 95 // 100]:.2f} | {said} |\n"


def others(data: Path, draw: random.Random, pages: int) -> tuple[list[str], list[str]]:
    """Pages of reports, and comparisons of three agencies in three metrics."""
    with Store.look(data) as store:
        ids = draw.sample(sorted(stored.id for stored in store.reports()), pages)
    agencies = [agency_of(id_) for id_ in ids]
    metrics = [("metric", name) for name in ("applications_received", "granted", "refused")]
    return [f"/reports/{id_}" for id_ in ids], [
        f"/compare?{urlencode([*(('agency', each) for each in agencies[at : at + 3]), *metrics])}"
        for at in range(pages - 2)
    ]


def main() -> None:
    """Ask each kind of page and print the table."""
    given = argparse.ArgumentParser(prog="python -m tests.bench.pages", description="What a page costs.")
    given.add_argument("--reports", type=int, default=2_000)
    given.add_argument("--pages", type=int, default=100, help="how many of each kind")
    given.add_argument("--directory", type=Path, default=Path("build/bench"))
    options = given.parse_args()
    place = options.directory / str(options.reports) / "data"
    place.mkdir(parents=True, exist_ok=True)
    data = stocked(place, options.reports)
    draw = random.Random(SEED)  # noqa: S311 - a seeded draw, no secret
    site = create_app(Settings(data=data, page_room=0)).test_client()
    site.get("/search")
    mix = list(dict.fromkeys(addresses(options.reports)))
    mix = draw.sample(mix, min(options.pages, len(mix)))
    reports, comparisons = others(data, draw, options.pages)
    names = " | ".join((*PARTS, "rest"))
    sys.stdout.write(f"| page | median / 95th | {names} |\n|{' --- |' * (len(PARTS) + 3)}\n")
    for title, paths in (
        ("search, new words", mix),
        ("search, known words", mix),
        ("report", reports),
        ("compare", comparisons),
    ):
        sys.stdout.write(line(title, costs(site, paths)))


if __name__ == "__main__":
    main()
