"""Many files on several processors give what one gives, in the same order; a process that dies is named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import NianbaoError
from corpus.extraction.derivation import FEW, Candidate, Means, derive, derive_all
from corpus.model import Report
from corpus.readers.limits import Limits
from corpus.regions import Registry
from corpus.sample.generate import generate
from corpus.sample.render.text import render_text
from tests.checkout import ROOT


class _Deadly(Candidate):
    """Ends the process that receives it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (3,)


@pytest.fixture(scope="module")
def candidates() -> list[tuple[int, Candidate]]:
    """More than are worth a worker's start, one that is no report among them."""
    written = [Candidate(render_text(report), f"{report.id}.txt") for report in generate(reports=FEW + 8)]
    written.insert(5, Candidate(b"", "empty.txt"))
    return list(enumerate(written))


def test_processes_change_nothing(candidates: list[tuple[int, Candidate]]) -> None:
    registry = Registry.load()
    alone = [(key, derive(candidate, registry, Limits())) for key, candidate in candidates]
    together = list(derive_all(candidates, registry, Means(processes=2)))
    assert [key for key, _ in together] == [key for key, _ in alone]
    for (_, one), (_, other) in zip(alone, together, strict=True):
        assert one == other if isinstance(one, Report) else str(one) == str(other)
    assert str(together[5][1])


def test_a_process_that_dies_is_named(candidates: list[tuple[int, Candidate]]) -> None:
    deadly = (-1, _Deadly(b"", "deadly.pdf"))
    with pytest.raises(NianbaoError, match="--processes 1"):
        list(derive_all([*candidates, deadly], Registry.load(), Means(processes=2)))


STARTS_BADLY = """
import multiprocessing, os, sys
if multiprocessing.parent_process() is not None:
    os._exit(3)  # as one that the system ends for want of memory
from corpus.extraction.derivation import FEW, Candidate, Means, derive_all
from corpus.regions import Registry
list(derive_all([(n, Candidate(b"", "empty.txt")) for n in range(FEW + 1)], Registry.load(), Means(processes=2)))
"""


def test_a_process_that_dies_while_it_starts_is_named_too(tmp_path: Path) -> None:
    """A parent that writes to a worker that is gone would wait for ever."""
    script = tmp_path / "starts_badly.py"
    script.write_text(STARTS_BADLY, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, script], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert "NianbaoError: A process that reads files ended near empty.txt" in done.stderr
