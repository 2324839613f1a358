"""From HTML pages to an index, by the commands that people type: ``python -m tests.bench.intake --pages 5000``.

``add``, ``extract`` and ``index``, each in a process of its own with as many helpers as it takes: seconds of the
processor, of the clock, and pages a second of the processor, which is a second of one core.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.sample.generate import generate, sample_regions
from corpus.sample.render.html import render_html
from corpus.store import Store
from tests.bench.reports import PROVINCES, SEED

_COMMAND = Path(sys.executable).with_name("nianbao")


def made(folder: Path, pages: int) -> None:
    """So many pages of the fictional provinces, each with a statutory table."""
    folder.mkdir(parents=True)
    reports = generate(seed=SEED, provinces=PROVINCES, reports=2 * pages)
    for number, report in enumerate(islice((each for each in reports if each.form is not None), pages)):
        (folder / f"{number}.html").write_bytes(render_html(report))


def cost(data: Path, *words: str) -> tuple[float, float]:
    """Seconds of the processor, helpers included, and of the clock. Raises CalledProcessError where it fails."""
    before, begun = os.times(), time.monotonic()
    subprocess.run([_COMMAND, "--data", data, *words], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return spent, time.monotonic() - begun


def main() -> None:
    """Make the pages, run the commands, print the table."""
    given = argparse.ArgumentParser(prog="python -m tests.bench.intake", description="Pages to an index, end to end.")
    given.add_argument("--pages", type=int, default=5_000)
    pages = given.parse_args().pages
    with TemporaryDirectory() as folder:
        place, data = Path(folder) / "pages", Path(folder) / "data"
        made(place, pages)
        with Store.open(data) as store:
            store.add_regions(sample_regions(PROVINCES, 2 * pages))
        sys.stdout.write("| step | processor, s | clock, s | pages a second a core |\n| --- | --- | --- | --- |\n")
        total = [0.0, 0.0]
        for words in (("add", str(place)), ("extract",), ("index",)):
            spent, took = cost(data, *words)
            total = [total[0] + spent, total[1] + took]
            sys.stdout.write(f"| {words[0]} | {spent:.1f} | {took:.1f} | {pages / spent:.0f} |\n")
        sys.stdout.write(f"| all | {total[0]:.1f} | {total[1]:.1f} | {pages / total[0]:.0f} |\n")
        with Store.look(data) as store:
            sys.stdout.write(f"{store.counts().reports} of {pages} pages are reports in the index.\n")


if __name__ == "__main__":
    main()
