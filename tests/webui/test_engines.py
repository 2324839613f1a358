"""``--engine``: commands and site answer from a search cluster as they do from the index in the data folder."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from corpus.errors import UsageError
from tests.cluster.opensearch import Nodes
from tests.webui.shelf import Shelf
from webui.app import create_app
from webui.cli import nianbao
from webui.settings import Settings

ASKED = (
    "/search?q=公开",
    "/search?q=城中村 -改造",
    "/search?q=政府&year=2021..2023&sort=applications.received.total",
    "/search?q=text:依申请公开",
    "/search?q=政府&region=990200&group=agency",
)
ITS_OWN = {"generation", "took_ms", "ms", "score"}
"""What tells one answer from another of the same: when, how fast, and by which scale."""


@pytest.fixture(name="data")
def copied(shelf: Shelf, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shelf.data, tmp_path / "data"))


def run(data: Path, engine: str, *words: str) -> Result:
    return CliRunner().invoke(nianbao, ["--data", str(data), "--engine", engine, *words])


def answers(settings: Settings) -> Mapping[str, Any]:
    app = create_app(settings)
    given = {asked: app.test_client().get(asked.replace("?", ".json?", 1)).get_json() for asked in ASKED}
    app.extensions["nianbao"].close()
    for asked, answer in given.items():
        assert answer["ok"], (asked, answer)
    return given


def told(answer: Any) -> Any:
    if isinstance(answer, Mapping):
        return {name: told(value) for name, value in answer.items() if name not in ITS_OWN}
    return [told(each) for each in answer] if isinstance(answer, list) else answer


@pytest.mark.slow
def test_a_cluster_answers_as_the_folder_does(data: Path, cluster: Nodes) -> None:
    engine = f"{cluster.engine}/site?seconds=60"
    assert run(data, engine, "index").exit_code == 0
    status = json.loads(run(data, engine, "status", "--json").stdout)
    assert (status["index"]["stale"], status["index"]["reports"]) == (False, status["reports"])
    assert run(data, engine, "doctor").exit_code == 0
    here, there = answers(Settings(data=data)), answers(Settings(data=data, engine_url=engine))
    for asked in ASKED:
        assert told(here[asked]) == told(there[asked]), asked
    words = ("search", "公开", "--json")
    assert told(json.loads(run(data, engine, *words).stdout)) == told(json.loads(run(data, "", *words).stdout))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_cluster_that_is_away_is_told_soon(data: Path, language: str) -> None:
    app = create_app(Settings(data=data, engine_url="opensearch+http://127.0.0.1:9/years"))
    client = app.test_client()
    began = time.monotonic()
    answer = client.get("/search?q=公开", headers={"Accept-Language": language})
    assert time.monotonic() - began < 3
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert ("连不上检索服务" if language == "zh-CN" else "The search cannot be reached") in answer.text
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.get("/search.json?q=公开").get_json()["error"]["code"] == "unavailable"
    app.extensions["nianbao"].close()


@pytest.mark.parametrize("engine", ["http://127.0.0.1:9200/years", "opensearch+http://127.0.0.1:9200", "whoosh"])
def test_an_address_that_is_none_is_told(data: Path, engine: str) -> None:
    done = run(data, engine, "search", "公开")
    assert isinstance(done.exception, UsageError)
    assert "write it as opensearch+http://" in str(done.exception)
