"""The site under load: ``python -m tests.bench.serve``. A real store, a real server, real requests on loopback.

The server has one core, whoever asks has another. Requests leave at their time whether or not earlier ones have been
answered, and count from then: a slow answer makes the next ones wait, as it would readers.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import statistics
import sys
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient

from corpus.model import Figure, Report
from corpus.sample.generate import SampleReport, generate, sample_regions
from corpus.store import Store
from tests.bench.questions import METRIC, Question, questions
from tests.bench.reports import FROM_YEAR, PROVINCES, SEED
from tests.bench.site import served
from webui.app import create_app
from webui.commands.stages import bring_up_to_date_index
from webui.settings import Settings

ASKERS = 32
WORDS = 400
"""Words of the dictionary that are asked besides the fixed mix, each once: not everything is remembered already."""


def stocked(data: Path, reports: int) -> Path:
    """A data directory with so many generated reports, read together and indexed; made on the first call.

    One that an older Nianbao made is brought to the present schema, and what is derived to what it is now, as by
    ``nianbao index``: else the first update beside a measurement would do it.
    """
    with Store.open(data) as store:
        if not (data / "ready").exists():
            sys.stderr.write(f"making {reports} reports\n")
            store.add_regions(sample_regions(PROVINCES, reports))
            with store.batch():
                for report in generate(seed=SEED, provinces=PROVINCES, reports=reports, from_year=FROM_YEAR):
                    keep(store, report)
        bring_up_to_date_index(store, Settings(data=data))
    (data / "ready").touch()
    return data


def keep(store: Store, made: SampleReport) -> None:
    """A report as extraction would have left it; its original is its own text."""
    figures = {
        id_: Figure(id_, value, made.figures[id_], "number", None)
        for id_, value in made.values.items()
        if value is not None
    }
    report = Report(made.agency, made.year, made.title, made.form, made.sections, figures, ())
    text = "\n".join((made.title, *(section.text for section in made.sections)))
    moment = datetime(made.year + 1, 3, 1, tzinfo=UTC)
    snapshot = store.keep(text.encode(), url=made.url, source="", media_type="text/plain", captured=moment)
    store.accept(snapshot, report, "bench")


def addresses(reports: int) -> list[str]:
    """What is asked: the fixed mix of the engine's benchmark and many single words."""
    mix = [_address(question) for question in questions(reports)]
    lines = (Path("indexer") / "dictionary.txt").read_text(encoding="utf-8").splitlines()
    words = [line.strip() for line in lines if line.strip() and not line.startswith("#")][:WORDS]
    return mix * 3 + [f"/search?{urlencode({'q': word})}" for word in words]


def _address(question: Question) -> str:
    filters = question.filters
    given: list[tuple[str, str]] = [("q", question.text), ("facet_metric", METRIC)]
    if filters.years:
        given.append(("year", "{}..{}".format(*filters.years)))
    given += [("region", filters.region)] if filters.region else []
    given += [("level", filters.level)] if filters.level else []
    return f"/search?{urlencode(given)}"


def asked(host: str, paths: Sequence[str], rate: float) -> list[float]:
    """The milliseconds from when each request was due until its answer was there. Raises for any other than 200."""
    begun = time.perf_counter()

    def ask(number: int, path: str) -> float:
        due = begun + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        connection = http.client.HTTPConnection(host, timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return (time.perf_counter() - due) * 1000

    with ThreadPoolExecutor(ASKERS) as askers:
        return list(askers.map(ask, range(len(paths)), paths))


def answered(site: FlaskClient, paths: Sequence[str]) -> list[float]:
    """The milliseconds that the site itself takes for each, without a socket."""
    times = []
    for path in paths:
        begun = time.perf_counter()
        site.get(path)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def said(times: Sequence[float]) -> dict[str, float]:
    """Median, upper percentiles, worst and mean of some times."""
    ordered = sorted(times)
    shares = {"median": 0.5, "p95": 0.95, "p99": 0.99}
    found = {name: ordered[min(len(ordered) - 1, int(len(ordered) * share))] for name, share in shares.items()}
    return {**found, "worst": ordered[-1], "mean": statistics.mean(ordered)}


def throughput(host: str, paths: Sequence[str], askers: int = 8) -> dict[str, float]:
    """Pages a second that a site makes for so many readers who never pause, and the share of a core that they took.

    Whoever has an answer takes the next address: a connection stays with the worker that took it, and workers seldom
    take as many each.
    """
    rest = deque(paths)
    begun, spent = time.perf_counter(), time.process_time()

    def ask(_: int) -> None:
        connection = http.client.HTTPConnection(host, timeout=60)
        with suppress(IndexError):  # nothing is left
            while path := rest.popleft():
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    raise RuntimeError(f"{path}: {answer.status}")
        connection.close()

    with ThreadPoolExecutor(askers) as threads:
        list(threads.map(ask, range(askers)))
    seconds = time.perf_counter() - begun
    return {"pages a second": len(paths) / seconds, "askers' share of a core": (time.process_time() - spent) / seconds}


def side_by_side(data: Path, paths: Sequence[str]) -> dict[str, Any]:
    """One worker and two, each on all cores, making every page anew."""
    found: dict[str, Any] = {}
    for workers in (1, 2):
        # Two askers' worth of known words first, so that neither is measured while it decodes them.
        with served(data, os.sched_getaffinity(0), workers, "--page-memory", "0") as site:
            throughput(site.host, list(paths) * workers)
            found[f"{workers} at once"] = throughput(site.host, list(paths) * 3)
    found["two to one"] = found["2 at once"]["pages a second"] / found["1 at once"]["pages a second"]
    return found


def main() -> None:
    """Serve, ask one after the other, then at a steady rate; print both."""
    given = argparse.ArgumentParser(prog="python -m tests.bench.serve", description="The site under load.")
    given.add_argument("--reports", type=int, default=54_000)
    given.add_argument("--rate", type=float, default=50.0, help="requests a second")
    given.add_argument("--seconds", type=float, default=60.0)
    given.add_argument("--pages", type=int, default=400, help="of the mix, for workers side by side")
    given.add_argument("--directory", type=Path, default=Path("build/bench"))
    options = given.parse_args()
    data = stocked(options.directory / str(options.reports) / "data", options.reports)
    both = os.sched_getaffinity(0)
    server, asker = sorted(both)[:2]
    os.sched_setaffinity(0, {asker})
    mix = addresses(options.reports)
    draw = random.Random(SEED)  # noqa: S311 - a seeded draw, no secret
    found: dict[str, Any] = {"reports": options.reports}
    draw.shuffle(mix)
    once = list(dict.fromkeys(mix))
    # Without answers kept from before: every page is made.
    site = create_app(Settings(data=data, page_room=0)).test_client()
    site.get("/search")
    found["server side, words new to it"] = said(answered(site, once))
    found["server side, known words"] = said(answered(site, once))
    with served(data, {server}) as running:
        host = running.host
        found["first"] = asked(host, once[:1], 1000)[0]
        found["one by one"] = said([asked(host, [path], 1000)[0] for path in once])
        load = draw.choices(mix, k=int(options.rate * options.seconds))
        found[f"{options.rate:g} a second"] = said(asked(host, load, options.rate))
        found["resident MB"] = running.resident()
    os.sched_setaffinity(0, both)
    found["workers"] = side_by_side(data, once[: options.pages])
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
