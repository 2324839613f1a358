"""What each page of the analyses costs over a store of any size: ``make analyses-pages ARGS=FOLDER``.

Every page is asked for many times, each time for another place, year, body or report, and nothing is remembered between
(no page cache). Printed are processor times of this process, for a clock tells little while others work.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from flask.testing import FlaskClient

from corpus.metrics import load_metrics
from corpus.model import agency_of
from corpus.store import Store
from corpus.store.contradictions import SORTS
from corpus.store.lives import HOWS
from corpus.store.promises import OUTCOMES
from corpus.store.ranking import SHARES
from webui.app import create_app
from webui.pages.calendar import WHATS
from webui.settings import Settings

BOUND = 0.06
"""Seconds at the 95th percentile (issue 20)."""
Ask = Callable[[random.Random], str]


def main(arguments: Sequence[str]) -> int:
    """Print, and return 1 where a page is over the bound."""
    parser = argparse.ArgumentParser(prog="make analyses-pages")
    parser.add_argument("data", type=Path, help="a data folder with an index")
    parser.add_argument(
        "--times", type=int, default=160, help="how often each page is asked for: a column is opened once"
    )
    options = parser.parse_args(arguments)
    chance = random.Random(20)  # noqa: S311 - which pages, not secrets
    pages = _pages(options.data, chance)
    client = create_app(Settings(data=options.data, page_room=0)).test_client()
    client.get("/about")  # templates, labels, the engine: what a site does once
    right = True
    for name, ask in pages.items():
        spent = sorted(_spent(client, ask(chance)) for _ in range(options.times))
        late = spent[max(0, round(0.95 * len(spent)) - 1)]
        print(  # noqa: T201 - the report of a command
            f"{name:26} median {1000 * statistics.median(spent):6.1f} ms   p95 {1000 * late:6.1f} ms", flush=True
        )
        right = right and late <= BOUND
    return 0 if right else 1


def _spent(client: FlaskClient, address: str) -> float:
    start = time.process_time()
    status = client.get(address).status_code
    spent = time.process_time() - start
    assert status in (200, 404), f"{address} answers {status}"  # 404: a body without the metric
    return spent


def _pages(data: Path, chance: random.Random) -> Mapping[str, Ask]:
    """A page's name → how an address of it is drawn."""
    with Store.look(data) as store:
        ids = [row.id for row in store.lives.bodies()]
        reports = [each.id for agency in chance.sample(ids, min(200, len(ids))) for each in store.of_agency(agency)]
    regions = sorted({id_[:2] + "0000" for id_ in reports} | {id_[:6] for id_ in reports})
    years = sorted({int(id_.split("-")[1]) for id_ in reports})
    metrics = list(load_metrics())

    def listed(path: str, what: Sequence[str], name: str = "what") -> Ask:
        def ask(chance: random.Random) -> str:
            parts = {"region": chance.choice(regions), "year": str(chance.choice(years)), name: chance.choice(what)}
            kept = [f"{key}={value}" for key, value in parts.items() if chance.random() < 0.5]
            return f"{path}?{'&'.join(kept)}"

        return ask

    def of_report(what: str) -> Ask:
        return lambda chance: f"/reports/{chance.choice(reports)}/{what}"

    return {
        "/boilerplate": listed("/boilerplate", tuple(SHARES), "by"),
        "/reports/…/boilerplate": of_report("boilerplate"),
        "/calendar": listed("/calendar", WHATS[:-1]),
        "/revisions": listed("/revisions", ("silent", "told")),
        "/contradictions": listed("/contradictions", SORTS),
        "/reports/…/contradictions": of_report("contradictions"),
        "/refusals": listed("/refusals", ("county", "prefecture"), "level"),
        "/reports/…/refusals": of_report("refusals"),
        "/promises": listed("/promises", OUTCOMES),
        "/reports/…/promises": of_report("promises"),
        "/lives": listed("/lives", HOWS),
        "/agencies/…/peers": lambda chance: (
            f"/agencies/{agency_of(chance.choice(reports))}/peers?metric={chance.choice(metrics)}"
        ),
        "/methods": lambda _: "/methods",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
