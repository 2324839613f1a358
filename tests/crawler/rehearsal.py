"""A dry run of sites by the installed command, to be held against what a crawl of them stored."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.sample.generate import sample_regions
from corpus.store import Store
from tests.web.server import Site
from tests.web.town import SIZE

NIANBAO = str(Path(sys.executable).with_name("nianbao"))


def stored(store: Store) -> set[tuple[str, str]]:
    """The reports of a store: ids and addresses."""
    return {(each.id, each.snapshot.url) for each in store.reports()}


def told(sites: Iterable[Site]) -> set[tuple[str, str]]:
    """Ids and addresses of the reports that a dry run of running sites tells."""
    with TemporaryDirectory(prefix="nianbao-") as folder:
        with Store.open(Path(folder)) as store:
            store.add_regions(sample_regions(1, SIZE))
            place = ["--store", store.url] if store.url else []
        starts = [word for site in sites for word in ("--add", site.url)]
        command = [
            NIANBAO,
            "--data",
            folder,
            *place,
            "sources",
            "--dry-run",
            "--allow-private",
            "--delay",
            "0",
            *starts,
        ]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {(each["id"], each["url"]) for each in map(json.loads, printed.splitlines())}
