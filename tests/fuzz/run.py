"""The fuzzing run: workers with bounded memory read mutated files one after another, under a clock.

A worker that dies or takes too long is a finding like an exception; the seed of every finding is printed, so that
``mutated(seed_file, Random(seed))`` gives the file again.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import signal
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from corpus.errors import NianbaoError
from corpus.extraction.interpret import interpret
from corpus.readers.formats import read
from tests.accuracy.harness import FORMATS, papers, sample_registry, written
from tests.fuzz.mutate import mutated

SECONDS = 10.0
MEMORY = 1 << 30
COUNTS: Mapping[str, int] = {
    "html": 10_000, "text": 10_000, "csv": 10_000, "docx": 10_000, "xlsx": 10_000, "xls": 10_000, "zip": 10_000,
    "pdf": 2_000,
    "doc": 200,
}  # fmt: skip
"""How many mutated files `make fuzz` reads in each format."""

_WRITERS = {"text": ("text_rows", "text_packed", "text_ladder")}
# LibreOffice is another program: its time has its own limit, its memory is not ours.
_OUTSIDE = frozenset(("doc",))
# A file has SECONDS of the processor; by the wall more, for whoever runs this has other work for the machine too.
_PATIENCE = 70.0
_STARTUP = 120.0
_ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Crash:
    """What one mutated file did."""

    format: str
    seed: str
    what: str


def seeds(format_: str) -> list[tuple[bytes, str]]:
    """A few good files of a format, with their suffixes."""
    some = papers(1)
    return [
        (payload, suffix)
        for writer in _WRITERS.get(format_, (format_,))
        if writer in FORMATS or writer in _OUTSIDE
        for _, payload, suffix in written(writer, some)
    ]


def fuzz(format_: str, count: int, seed: int) -> list[Crash]:
    """Read ``count`` mutated files of a format; what came of it but a NianbaoError or a report, the first few."""
    files = seeds(format_)
    crashes: list[Crash] = []
    start = 0
    while start < count and len(crashes) < _ENOUGH:
        done, what = _worker(format_, files, range(start, count), seed)
        if what:
            crashes.append(Crash(format_, _seed(format_, seed, done), what))
        start = done + 1
    return crashes


def _seed(format_: str, seed: int, number: int) -> str:
    return f"{format_}/{seed}/{number}"


def _worker(format_: str, files: Sequence[tuple[bytes, str]], numbers: range, seed: int) -> tuple[int, str]:
    """Run one worker until it is through or a file stops it: the last number begun, and what it did to the worker."""
    # A fresh interpreter: a fork would inherit the size and the threads of whoever runs this.
    context = multiprocessing.get_context("spawn")
    told, telling = context.Pipe(duplex=False)
    process = context.Process(target=_read_all, args=(format_, files, numbers, seed, telling), daemon=True)
    process.start()
    telling.close()
    at, patience = numbers.start, _STARTUP
    what = ""
    try:
        while at < numbers.stop and not what:
            if told.poll(patience):
                at, what = told.recv()
            else:
                what = f"no answer after {patience:g} s"
            patience = _PATIENCE
    except EOFError:
        process.join()
        what = _ends(process.exitcode)
    finally:
        process.kill()
        process.join()
    return at, what


def _ends(code: int | None) -> str:
    """What the exit of a worker in the middle of a file means."""
    if code == -signal.SIGPROF:
        return f"more than {SECONDS:g} s of the processor"
    return f"the worker ended with {code}"


def _read_all(
    format_: str,
    files: Sequence[tuple[bytes, str]],
    numbers: range,
    seed: int,
    telling: Connection,
) -> None:
    if format_ not in _OUTSIDE:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    registry = sample_registry(600)
    for number in numbers:
        telling.send((number, ""))
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        chance = random.Random(_seed(format_, seed, number))  # noqa: S311 - a test, no secret
        payload, suffix = chance.choice(files)
        try:
            interpret(read(mutated(payload, chance), name=f"fuzz{suffix}"), registry)
        except NianbaoError:
            continue
        except BaseException:  # noqa: BLE001 - whatever else it is, is what is looked for
            telling.send((number, "".join(traceback.format_exc().splitlines(keepends=True)[-12:])))
            return
    telling.send((numbers.stop, ""))


def report(crashes: Sequence[Crash]) -> Iterator[str]:
    """The findings as lines."""
    for crash in crashes:
        yield f"{crash.format} {crash.seed}: {crash.what}"


def main() -> int:
    """``make fuzz``: every format in full, the seed printed."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.SystemRandom().randrange(10**6)
    formats = sys.argv[2:] or list(COUNTS)
    failed = 0
    for format_ in formats:
        name, _, count = format_.partition("=")
        crashes = fuzz(name, int(count or COUNTS[name]), seed)
        failed += len(crashes)
        print(f"{name}: {count or COUNTS[name]} files, seed {seed}: {len(crashes)} crashes", flush=True)  # noqa: T201
        for line in report(crashes):
            print(line)  # noqa: T201 - the report of a command
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
