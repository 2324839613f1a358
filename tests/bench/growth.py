"""How cost grows with the reports: ``python -m tests.bench.growth`` draws every size that was measured as one SVG."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.table import spread, times

Measured = Mapping[str, Any]
Reading = Callable[[Measured, str], float | None]

WIDTH, HEIGHT, GAP = 300, 240, 70
COLOURS = {
    "nianbao": "#8a1c1c",
    "tantivy": "#1f5a7a",
    "FTS5": "#5b7a1f",
    "FTS5 trigrams": "#9aa86b",
    "FTS5 LIKE": "#c2a24d",
    "whoosh": "#777777",
}
"""One line each; ours is the strong one."""


def _warm(measure: str) -> Reading:
    def read(measured: Measured, engine: str) -> float | None:
        found = times(measured, engine, "all", "cpu") or times(measured, engine, "substring", "cpu")
        return spread(found)[measure] if found else None

    return read


def _cold(measured: Measured, engine: str) -> float | None:
    turns = measured["cold"].get(engine)
    return float(np.median([turn["first"]["cpu"] for turn in turns])) * 1000 if turns else None


def _built(measured: Measured, engine: str) -> Measured | None:
    """Nothing of reports with fewer fields of text: they take less to build, and less room."""
    whole = "-" not in measured.get("corpus", "")
    found: Measured | None = measured["build"].get(engine) if whole else None
    return found


def _build(measured: Measured, engine: str) -> float | None:
    found = _built(measured, engine)
    return float(found["from_reports"]["cpu"]) if found else None


def _size(measured: Measured, engine: str) -> float | None:
    found = _built(measured, engine)
    return float(found["bytes"]) / (1 << 20) if found else None


PANELS: Mapping[str, Reading] = {
    "a warm question, median, ms": _warm("median"),
    "a warm question, 95th percentile, ms": _warm("p95"),
    "the first question of a process, ms": _cold,
    "building from reports, s of processor": _build,
    "the index, MB": _size,
}


def picture(runs: Sequence[Measured]) -> str:
    """All panels side by side, both axes logarithmic."""
    sizes = [run["reports"] for run in runs]
    width = (WIDTH + GAP) * len(PANELS) + GAP
    drawn = [name for name in COLOURS if any(name in run["cold"] for run in runs)]
    legend = "".join(_key(place, name) for place, name in enumerate(drawn))
    panels = "".join(_panel(place, title, read, runs, sizes) for place, (title, read) in enumerate(PANELS.items()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT + 130}" font-family="sans-serif" '
        f'font-size="12" fill="#222"><rect width="100%" height="100%" fill="#fff"/>{panels}{legend}</svg>\n'
    )


def _panel(place: int, title: str, read: Reading, runs: Sequence[Measured], sizes: Sequence[int]) -> str:
    lines = {name: [(run["reports"], read(run, name)) for run in runs] for name in COLOURS}
    values = [value for points in lines.values() for _, value in points if value]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))

    def x(reports: float) -> float:
        span = math.log10(sizes[-1] / sizes[0]) or 1
        return WIDTH * math.log10(reports / sizes[0]) / span

    def y(value: float) -> float:
        return HEIGHT * (1 - (math.log10(value) - low) / ((high - low) or 1))

    parts = [f'<text y="-14" font-weight="bold">{title}</text>']
    for power in range(low, high + 1):
        at = y(10.0**power)
        parts.append(f'<path d="M0 {at:.1f}H{WIDTH}" stroke="#ddd"/>')
        parts.append(f'<text x="-6" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    parts += [f'<text x="{x(size):.1f}" y="{HEIGHT + 18}" text-anchor="middle">{size:,}</text>' for size in sizes]
    for name, points in lines.items():
        parts += _line(name, [(x(reports), y(value)) for reports, value in points if value])
    return f'<g transform="translate({GAP + place * (WIDTH + GAP)} 40)">{"".join(parts)}</g>'


def _line(name: str, points: Sequence[tuple[float, float]]) -> Iterator[str]:
    if points:
        way = " ".join(f"{left:.1f},{top:.1f}" for left, top in points)
        thick = 3 if name == "nianbao" else 1.5
        yield f'<polyline points="{way}" fill="none" stroke="{COLOURS[name]}" stroke-width="{thick}"/>'
        for left, top in points:
            yield f'<circle cx="{left:.1f}" cy="{top:.1f}" r="{thick + 1}" fill="{COLOURS[name]}"/>'


def _key(place: int, name: str) -> str:
    left = GAP + place * 150
    return (
        f'<path d="M{left} {HEIGHT + 100}h24" stroke="{COLOURS[name]}" stroke-width="3"/>'
        f'<text x="{left + 30}" y="{HEIGHT + 104}">{name}</text>'
    )


def main() -> None:
    """Read what ``make bench`` left, write the picture."""
    given = argparse.ArgumentParser(prog="python -m tests.bench.growth", description="Draw how cost grows.")
    given.add_argument("--directory", type=Path, default=Path("build/bench"))
    given.add_argument("--to", type=Path, default=Path("docs/growth.svg"))
    options = given.parse_args()
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in options.directory.glob("*.json")]
    options.to.write_text(picture(sorted(runs, key=lambda run: int(run["reports"]))), encoding="utf-8")


if __name__ == "__main__":
    main()
