"""What was measured, as tables in Markdown: milliseconds, and ratios to our engine's rivals in the same run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

MEASURES = ("median", "p95", "worst")


def tables(measured: Mapping[str, Any], clock: str = "cpu") -> str:
    """All tables of one run by one clock, ``wall`` or ``cpu``."""
    every = _warm(measured, clock), _floor(measured, clock), _cold(measured, clock), _build(measured, clock)
    return "\n".join("\n".join((*each, "")) for each in (*every, _parts(measured)))


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and worst, in milliseconds."""
    values = np.array(seconds) * 1000
    return {"median": float(np.median(values)), "p95": float(np.percentile(values, 95)), "worst": float(values.max())}


def classes(measured: Mapping[str, Any]) -> list[str]:
    """The classes of the mix, in order, and the mix itself without substrings, which not every engine answers."""
    return [*dict.fromkeys(entry["kind"] for entry in measured["warm"]), "all"]


def times(measured: Mapping[str, Any], engine: str, kind: str, clock: str, what: str = "took") -> list[float]:
    """The seconds of one engine over one class."""
    return [
        entry[what][clock]
        for entry in measured["warm"]
        if entry["engine"] == engine and (entry["kind"] == kind or (kind == "all" and entry["kind"] != "substring"))
    ]


def _warm(measured: Mapping[str, Any], clock: str) -> Iterator[str]:
    engines = list(dict.fromkeys(entry["engine"] for entry in measured["warm"]))
    yield f"Warm, {measured['corpus']} reports, milliseconds ({clock}): median / 95th percentile / worst"
    yield ""
    yield _line(["class", *engines, "passages"])
    yield _line("---" for _ in range(len(engines) + 2))
    for kind in classes(measured):
        cells = [_cell(times(measured, engine, kind, clock)) for engine in engines]
        yield _line([kind, *cells, _cell(times(measured, "nianbao", kind, clock, "showing"))])


def _floor(measured: Mapping[str, Any], clock: str) -> Iterator[str]:
    """What a known question reads, and how long that takes where nothing else is done."""
    speed, asked = measured["floor"]["speed"], measured["floor"]["questions"]
    yield f"The physical floor: kilobytes read, milliseconds at {speed / 1e9:.1f} GB/s, and our median over it"
    yield ""
    yield _line(("class", "KB", "floor", "median", "ratio"))
    yield _line(("---",) * 5)
    for kind in classes(measured):
        read = [each["bytes"] for each in asked if kind in (each["kind"], "all")]
        least = float(np.median(read)) / speed * 1000
        median = spread(times(measured, "nianbao", kind, clock))["median"]
        ratio = f"{median / least:.0f}" if least else "–"
        yield _line((kind, f"{np.median(read) / 1000:.0f}", f"{least:.4f}", f"{median:.2f}", ratio))


def _parts(measured: Mapping[str, Any]) -> Iterator[str]:
    """What each part of our index takes."""
    found = measured["build"]["nianbao"]
    yield f"Our index, bytes a report: {found['bytes'] / measured['reports']:.0f}"
    yield ""
    yield _line(("part", "bytes a report", "share"))
    yield _line(("---",) * 3)
    for part, size in found["parts"].items():
        yield _line((part, f"{size / measured['reports']:.1f}", f"{100 * size / found['bytes']:.1f}%"))


def _cold(measured: Mapping[str, Any], clock: str) -> Iterator[str]:
    yield "Cold, a fresh process: milliseconds to open, for the first question (median of three), and resident memory"
    yield ""
    yield _line(("engine", "open", "first question", "MB"))
    yield _line(("---",) * 4)
    for engine, found in measured["cold"].items():
        opened, first = (float(np.median([turn[key][clock] for turn in found])) * 1000 for key in ("open", "first"))
        resident = max(turn["resident"] for turn in found)
        yield _line((engine, f"{opened:.1f}", f"{first:.1f}", _mb(resident)))


def _build(measured: Mapping[str, Any], clock: str) -> Iterator[str]:
    yield f"Building, seconds (segmentation by itself, two processes: {measured['segmentation'][clock]:.1f})"
    yield ""
    yield _line(("engine", "from tokens", "from reports", "index MB", "peak MB"))
    yield _line(("---",) * 5)
    for engine, found in measured["build"].items():
        seconds = f"{found[clock]:.1f}", f"{found['from_reports'][clock]:.1f}"
        yield _line((engine, *seconds, _mb(found["bytes"]), _mb(found["peak"])))
    yield ""
    yield f"100 more reports, until they are found: {measured['add'][clock]:.2f} s"


def _cell(seconds: Sequence[float]) -> str:
    return " / ".join(f"{value:.2f}" for value in spread(seconds).values()) if seconds else "–"


def _mb(size: float) -> str:
    return f"{size / (1 << 20):.0f}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
