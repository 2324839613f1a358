"""Two reports of the fictional province that exist as scans alone; files of ours, made by ``make sample-scans``."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

FOLDER = Path(__file__).with_name("scans")
TOLD = FOLDER / "scans.jsonl"
"""What they say, as the manifest says it of other reports."""
CONFIRMED = "applications.received.total"
"""The cell that somebody in the demo looks at."""
_WHO = "演示"
_WHY = "与扫描件核对"


def scans() -> Iterator[Mapping[str, Any]]:
    """What each of the scans says: a line of the manifest, with the name of its ``file`` in FOLDER."""
    with TOLD.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def write_word(out: TextIO) -> None:
    """Write what a person says of one cell of the first scan, as ``nianbao correct`` reads it."""
    first = next(scans())
    writer = csv.writer(out)
    writer.writerow(("cell", "value", "who", "why"))
    writer.writerow((f"{first['id']}#{CONFIRMED}", first["figures"][CONFIRMED][1], _WHO, _WHY))
