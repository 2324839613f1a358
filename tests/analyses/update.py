"""What 100 new reports cost in a large store, analysis by analysis: ``make analyses-update ARGS=FOLDER``.

In a copy of the store each of so many bodies reports once more: its last report in another year's name. What reads
reports together is brought up to date before, so that only the new ones count; printed are seconds of the
processor, workers included.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.analysis.contradictions import find_contradictions
from corpus.analysis.duties import renew_duties
from corpus.analysis.lives import renew_lives
from corpus.analysis.outcomes import count_outcomes
from corpus.analysis.promises import follow_promises
from corpus.analysis.repetition import find_repetitions
from corpus.analysis.revisions import find_revisions
from corpus.store import Store
from indexer.index import update_index
from webui.engines import opened
from webui.settings import Settings

BOUND = 30.0
"""Seconds of the processor for 100 new reports at 54,000 (issue 20)."""


def main(arguments: Sequence[str]) -> int:
    """Print, and return 1 where all together take longer than they may."""
    parser = argparse.ArgumentParser(prog="make analyses-update")
    parser.add_argument("data", type=Path, help="a data folder; it is copied, and stays as it is")
    parser.add_argument("--reports", type=int, default=100, help="new reports, each of another body")
    parser.add_argument("--no-index", dest="index", action="store_false", help="the analyses alone")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(dir=options.data.parent) as folder:
        settings = Settings(data=Path(folder))
        _copy(options.data, settings.data, index=options.index)
        with Store.open(settings.data) as store:
            steps = _analyses(store)
            if options.index:
                steps["index"] = lambda: _index(store, settings)
            for name, step in steps.items():
                _say(f"before: {name}", step)
            print(f"{_report_once_more(store, options.reports)} new reports")  # noqa: T201 - the report of a command
            spent = sum(_say(name, step) for name, step in steps.items())
    print(f"{'all':24} {spent:8.2f} s")  # noqa: T201 - the report of a command
    return 0 if spent <= BOUND else 1


def _copy(data: Path, folder: Path, *, index: bool) -> None:
    """The database as it is at one moment, and the index where there is one."""
    with (
        closing(sqlite3.connect(f"file:{data / 'nianbao.sqlite'}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(folder / "nianbao.sqlite")) as target,
    ):
        source.backup(target)
    if index and (data / "index").is_dir():
        shutil.copytree(data / "index", folder / "index")


def _analyses(store: Store) -> dict[str, Callable[[], object]]:
    """What ``update`` does before the index when everything is fetched and extracted, in its order."""
    return {
        "missing and late": lambda: renew_duties(store),
        "lives": lambda: renew_lives(store),
        "revisions": lambda: find_revisions(store),
        "contradictions": lambda: find_contradictions(store),
        "outcomes": lambda: count_outcomes(store),
        "promises": lambda: follow_promises(store),
        "boilerplate": lambda: find_repetitions(store),
    }


def _index(store: Store, settings: Settings) -> None:
    """The reports that changed, into the index; all of them where it is of another version of the code."""
    with closing(opened(settings, store.registry())) as engine:
        update_index(store, engine)


def _report_once_more(store: Store, reports: int) -> int:
    """As many bodies as that, or all that there are, report for the year after their last."""
    bodies = store.lives.bodies()
    chance = random.Random(20)  # noqa: S311 - which bodies, not secrets
    chosen = chance.sample(bodies, min(reports, len(bodies)))
    with store.batch(1 << 40):
        for body in chosen:
            last = store.of_agency(body.id)[-1].report
            url = f"https://www.gov.example/{body.id}/{last.year + 1}.html"
            snapshot = store.keep(
                url.encode(), url=url, source=url, media_type="text/html", captured=datetime(2026, 6, 1, tzinfo=UTC)
            )
            title = last.title.replace(str(last.year), str(last.year + 1))
            store.accept(snapshot, replace(last, year=last.year + 1, title=title), "1")
    return len(chosen)


def _say(name: str, step: Callable[[], object]) -> float:
    start = sum(os.times()[:4])
    step()
    spent = sum(os.times()[:4]) - start
    print(f"{name:24} {spent:8.2f} s", flush=True)  # noqa: T201 - the report of a command
    return spent


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
