"""The short form of ``make faults``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.backups import backups
from tests.faults.kills import kills
from tests.faults.power import power_losses

pytestmark = pytest.mark.slow


def test_a_few_kills_lose_nothing(tmp_path: Path) -> None:
    assert len(list(kills(tmp_path, 20261128, 2, sites=False))) == 2


def test_a_power_cut_loses_nothing(tmp_path: Path) -> None:
    assert len(list(power_losses(tmp_path, 20261129, 1, sites=False))) == 1


def test_backups_of_a_store_that_is_written_restore(tmp_path: Path) -> None:
    assert len(list(backups(tmp_path, 2, sites=False))) == 2
