"""The laws of search at full length: ``python -m tests.indexer.long``, or ``make thorough`` with the rest.

100,000 random queries for the laws of sets, 20,000 for the counts of facets, 2,000 against reading everything. Each
block of rounds has a seed of its own, and what is done is kept in build/thorough for the code that did it: a run that
was broken off goes on where it stopped, changed code begins anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypedDict

from corpus.metrics import load_metrics
from indexer.names import Names
from indexer.request import SearchRequest
from indexer.segment import Segmenter, region_words
from indexer.whoosh_engine import WhooshEngine
from tests.indexer.laws import ByReading, hold_counts, hold_laws
from tests.indexer.oracle import Oracle
from tests.indexer.province import REGISTRY, documents


class Done(TypedDict):
    """A block that was run: what broke in it, empty for nothing."""

    block: int
    failed: str
    seconds: float


BLOCK = 250
"""Rounds that are done, or not done, together."""
QUERIES = {"laws": 100_000, "reading": 2_000, "counts": 20_000}
EACH = {"laws": 2, "counts": 1, "reading": 1}
"""Random queries of a round."""
REPORTS = {"laws": 150, "counts": 150, "reading": 300}


def main() -> int:
    """Run what is left; 1 where a law was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--directory", type=Path, default=Path("build/thorough"))
    parser.add_argument("--share", type=float, default=1, help="of the full length")
    options = parser.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    broken = 0
    for name, queries in QUERIES.items():
        log = options.directory / f"{name}-{code()}.ndjson"
        blocks = range(-(-int(queries * options.share) // (BLOCK * EACH[name])))
        done = {entry["block"]: entry for entry in _entries(log)}
        if left := [block for block in blocks if block not in done]:
            with tempfile.TemporaryDirectory() as room:
                rounds = _rounds(name, Path(room))
                for block in left:
                    done[block] = _block(block, rounds)
                    with log.open("a", encoding="utf-8") as file:
                        file.write(json.dumps(done[block], ensure_ascii=False) + "\n")
        entries = [done[block] for block in blocks]
        failed = [entry["failed"] for entry in entries if entry["failed"]]
        broken += len(failed)
        seconds = sum(entry["seconds"] for entry in entries)
        asked = len(entries) * BLOCK * EACH[name]
        sys.stdout.write(
            f"{name}: {asked:,} random queries, {len(failed)} blocks broken, {seconds:.0f} s of processor\n"
        )
        sys.stdout.writelines(f"  {text}\n" for text in failed)
        sys.stdout.flush()
    return int(bool(broken))


def _block(block: int, rounds: Callable[[random.Random], None]) -> Done:
    draw, began = random.Random(block), time.process_time()  # noqa: S311 - a seeded draw, no secret
    failed = ""
    try:
        for _ in range(BLOCK):
            rounds(draw)
    except AssertionError as error:
        failed = f"block {block}: {error}"
    return {"block": block, "failed": failed, "seconds": round(time.process_time() - began, 1)}


def _rounds(name: str, room: Path) -> Callable[[random.Random], None]:
    segmenter = Segmenter(region_words(REGISTRY))
    engine = WhooshEngine(room, REGISTRY, segmenter=segmenter)
    held = documents(REPORTS[name], seed=3)
    engine.replace(held, 1)
    if name == "counts":
        return lambda draw: hold_counts(engine, draw)
    if name == "reading":
        reading = ByReading(Oracle(held, segmenter), Names(REGISTRY, load_metrics()), segmenter)
        return lambda draw: reading.agrees(engine, draw)
    every = engine.ids(SearchRequest())
    return lambda draw: hold_laws(engine.ids, draw, every)


def _entries(log: Path) -> Iterator[Done]:
    """What was done; a last line that was cut off was not."""
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True) if log.exists() else []
    return (json.loads(line) for line in lines if line.endswith("\n"))


def code() -> str:
    """Names the code that is tried."""
    digest = hashlib.sha256()
    for path in sorted(p for folder in ("indexer", "tests/indexer") for p in Path(folder).rglob("*") if p.is_file()):
        if path.suffix in (".py", ".toml", ".txt"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main())
