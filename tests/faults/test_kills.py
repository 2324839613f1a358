"""The short form of ``make faults``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.kills import kills

pytestmark = pytest.mark.slow


def test_a_few_kills_lose_nothing(tmp_path: Path) -> None:
    assert len(list(kills(tmp_path, 20261128, 2))) == 2
