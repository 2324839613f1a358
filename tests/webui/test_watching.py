"""What whoever watches over the site is told: that it runs, whether it can answer, what it counts."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.webui.samples import values
from tests.webui.shelf import Shelf, build
from webui.app import create_app
from webui.settings import Settings


def test_what_is_held_is_told(client: FlaskClient, shelf: Shelf) -> None:
    told = values(client.get("/-/metrics").text)
    assert told["nianbao_reports"] == told["nianbao_index_reports"] == len(shelf.reports)
    assert told["nianbao_index_revision"] == told["nianbao_store_revision"]
    assert {told[f"nianbao_up,{part}"] for part in ("store", "index", "disk")} == {1}
    assert told["nianbao_disk_free_bytes"] > 0 < told["nianbao_disk_bytes,archive"]


@pytest.mark.parametrize(
    ("address", "headers"),
    [("8.8.8.8", {}), ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}), ("127.0.0.1", {"Forwarded": "for=x"})],
)
def test_counters_are_for_those_near_by(client: FlaskClient, address: str, headers: dict[str, str]) -> None:
    answer = client.get("/-/metrics", headers=headers, environ_overrides={"REMOTE_ADDR": address})
    assert answer.status_code == 404


def test_a_site_that_cannot_answer_names_what_fails(tmp_path: Path) -> None:
    build(tmp_path)
    archive, index = tmp_path / "archive", tmp_path / "index"
    for damage, failing in ((archive, {"originals"}), (index, {"index"})):
        kept = damage.rename(tmp_path / "kept")
        app = create_app(Settings(data=tmp_path))
        answer = app.test_client().get("/readyz")
        assert answer.status_code == 503
        assert {name for name, whole in answer.get_json()["checks"].items() if not whole} == failing
        assert not re.search(re.escape(str(tmp_path)), answer.text), "paths are for the log"
        assert app.test_client().get("/healthz").status_code == 200
        app.extensions["nianbao"].close()
        shutil.rmtree(damage, ignore_errors=True)
        kept.rename(damage)
    app = create_app(Settings(data=tmp_path))
    assert app.test_client().get("/readyz").get_json()["ok"]
    app.extensions["nianbao"].close()


def test_who_watches_need_not_know_the_name_of_the_site(shelf: Shelf) -> None:
    app = create_app(Settings(data=shelf.data, trusted_hosts=("nianbao.example",)))
    client = app.test_client()
    for address in ("/healthz", "/readyz", "/-/metrics"):
        assert client.get(address, headers={"Host": "127.0.0.1:8000"}).status_code == 200
        assert client.get(address, headers={"Host": "a" * 70 + ".example"}).status_code == 400
    assert client.get("/", headers={"Host": "127.0.0.1:8000"}).status_code == 400
    app.extensions["nianbao"].close()
