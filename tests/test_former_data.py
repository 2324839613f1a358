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


def test_its_reports_are_there_before_anything_is_renewed(data: Path) -> None:
    assert nianbao(data, "status").returncode == 0
    assert exported(data) == REPORTS
    shown = nianbao(data, "show", "900000-2021-9b1508b3")
    assert shown.returncode == 0, shown.stderr
    assert "云泽省人民政府2021年政府信息公开工作年度报告" in shown.stdout
    assert nianbao(data, "doctor").returncode == 0


def test_its_index_answers_or_says_how_to_renew_it(data: Path) -> None:
    before = nianbao(data, "search", "政府信息公开", "--json")
    assert before.returncode in (0, 1)
    if before.returncode:
        assert len(before.stderr.strip().splitlines()) == 1
        assert "nianbao " in before.stderr
    renewed = nianbao(data, "update")
    assert renewed.returncode == 0, renewed.stderr
    after = nianbao(data, "search", "政府信息公开", "--json")
    assert json.loads(after.stdout)["total"] == len(REPORTS)
    assert exported(data) == REPORTS
