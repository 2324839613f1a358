"""What is withheld answers 410 with its reason, in both languages and as JSON, at once and wherever it stood."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.store import Store
from tests.webui.pages import twin
from tests.webui.shelf import Shelf
from webui.app import create_app
from webui.cli import nianbao
from webui.settings import Settings

WHY = "涉及个人信息 <b>"


@pytest.fixture(name="data")
def copied(shelf: Shelf, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shelf.data, tmp_path / "data"))


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(nianbao, ["--data", str(data), *words])


def test_a_report_is_gone_from_a_site_that_runs(data: Path, shelf: Shelf) -> None:
    app = create_app(Settings(data=data))
    client = app.test_client()
    with Store.look(data) as store:
        stored = store.get(shelf.changed)
        assert stored is not None
    places = (
        f"/reports/{shelf.changed}",
        f"/reports/{shelf.changed}.json",
        f"/reports/{shelf.changed}/changes",
        f"/reports/{shelf.changed}/original",
        f"/snapshots/{stored.snapshot.digest}",
    )
    assert {client.get(place).status_code for place in places} == {200}
    total = twin(client, "/search.json")["total"]
    done = run(data, "withhold", shelf.changed, "--why", WHY)
    assert (done.exit_code, done.exception) == (0, None)
    assert stored.snapshot.digest in done.stderr
    assert {client.get(place).status_code for place in places} == {410}
    gone = client.get(places[1]).get_json()
    assert (gone["ok"], gone["error"]["code"], gone["withheld"]["why"]) == (False, "withheld", WHY)
    assert "不予提供" in client.get(places[0] + "?lang=zh-CN").text
    english = client.get(places[0] + "?lang=en").text
    assert "&lt;b&gt;" in english
    assert "Withheld" in english
    assert twin(client, "/search.json")["total"] == total - 1
    for place in ("/search.ndjson", "/search.atom", "/coverage/payloads.json", "/sitemaps/2022.xml"):
        assert f"/reports/{shelf.changed}" not in client.get(place).text
        assert stored.snapshot.digest not in client.get(place).text
    assert {each["report"] for each in twin(client, "/withheld.json")["withheld"]} == {shelf.changed}
    assert "&lt;b&gt;" in client.get("/withheld").text
    app.extensions["nianbao"].close()


def test_no_command_gives_it_and_status_lists_it(data: Path, shelf: Shelf) -> None:
    assert run(data, "withhold", shelf.conflict, "--why", WHY).exit_code == 0
    assert WHY in str(run(data, "show", shelf.conflict).exception)
    assert shelf.conflict not in run(data, "export", "reports").stdout
    listed = json.loads(run(data, "status", "--json").stdout)["withheld"]
    assert [each["report"] for each in listed.values()] == [shelf.conflict] * 2
    assert run(data, "doctor").exit_code == 0
    assert run(data, "withhold", shelf.conflict, "--lift").exit_code == 0
    assert json.loads(run(data, "status", "--json").stdout)["withheld"] == {}


def test_a_reason_is_asked_for(data: Path, shelf: Shelf) -> None:
    assert "--why" in str(run(data, "withhold", shelf.conflict).exception)
    assert "64 digits" in str(run(data, "withhold", "nothing", "--why", "x").exception)
