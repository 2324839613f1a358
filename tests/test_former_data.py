"""A data folder made by an earlier Nianbao opens, or says in one sentence how to renew it; nothing of it is lost.

``golden/data-2026-11.tar.gz`` is one as it was made in November 2026: four reports of the fictional province, crawled.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.checkout import ROOT

FORMER = ROOT / "tests" / "golden" / "data-2026-11.tar.gz"
REPORTS = {"900000-2021-9b1508b3", "900000-2022-9b1508b3", "900000-2023-9b1508b3", "900000-2025-9b1508b3"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with tarfile.open(FORMER) as packed:
        packed.extractall(tmp_path / "data", filter="data")
    return tmp_path / "data"


def nianbao(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "nianbao"), "--data", str(data), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def exported(data: Path) -> set[str]:
    done = nianbao(data, "export", "reports", "--format", "ndjson")
    assert done.returncode == 0, done.stderr
    return {json.loads(line)["id"] for line in done.stdout.splitlines()}


def answers_or_says_how_to_renew(data: Path, *words: str) -> None:
    done = nianbao(data, *words)
    assert done.returncode in (0, 1)
    if done.returncode:
        assert len(done.stderr.strip().splitlines()) == 1
        assert "run `nianbao " in done.stderr


def test_it_opens_or_says_how_to_renew_it_and_loses_nothing(data: Path) -> None:
    answers_or_says_how_to_renew(data, "status")
    answers_or_says_how_to_renew(data, "export", "reports", "--format", "ndjson")
    answers_or_says_how_to_renew(data, "search", "政府信息公开", "--json")
    renewed = nianbao(data, "update")
    assert renewed.returncode == 0, renewed.stderr
    assert nianbao(data, "status").returncode == 0
    assert exported(data) == REPORTS
    shown = nianbao(data, "show", "900000-2021-9b1508b3")
    assert "云泽省人民政府2021年政府信息公开工作年度报告" in shown.stdout
    found = nianbao(data, "search", "政府信息公开", "--json")
    assert json.loads(found.stdout)["total"] == len(REPORTS)
    checked = nianbao(data, "doctor")
    assert checked.returncode == 0, checked.stderr
