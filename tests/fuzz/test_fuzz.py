"""A shortened run of ``make fuzz``: mutated files of every format, the seed in the message."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.run import COUNTS, fuzz, report

_EACH = 100
_PROGRAMS = {"doc"}


@pytest.mark.slow
@pytest.mark.parametrize("format_", [name for name in COUNTS if name not in _PROGRAMS])
def test_mutated_files_do_no_harm(format_: str) -> None:
    seed = random.SystemRandom().randrange(10**6)
    assert not list(report(fuzz(format_, _EACH, seed))), f"make fuzz ARGS='{seed} {format_}={_EACH}'"
