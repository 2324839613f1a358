"""The physical floor under a question: the bytes that it reads, at the speed at which this machine reads memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.clock import Clock
from tests.bench.engines.ours import Ours
from tests.bench.questions import Question

_BYTES = 1 << 28
"""Far more than any cache holds."""


def parts(index: Path) -> dict[str, int]:
    """The bytes of an index by the kind of file."""
    found: Counter[str] = Counter()
    for path in index.rglob("*"):
        if path.is_file():
            found[path.name.partition(".")[2] or path.name.partition("-")[0]] += path.stat().st_size
    return dict(found.most_common())


def memory_speed() -> float:
    """Bytes a second of the processor, read once from one end to the other; the best of three."""
    numbers = np.ones(_BYTES // 8, np.int64)
    return max(_BYTES / _seconds(numbers) for _ in range(3))


def _seconds(numbers: np.ndarray[Any, np.dtype[np.int64]]) -> float:
    clock = Clock()
    numbers.max()
    return clock.read()["cpu"]


def floor(engine: Ours, mix: Sequence[Question]) -> dict[str, Any]:
    """For each question the bytes that it reads once its words are known, and how fast memory is."""
    return {
        "speed": memory_speed(),
        "questions": [{"kind": question.kind, "bytes": engine.bytes_read(question)} for question in mix],
    }
