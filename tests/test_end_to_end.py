"""The whole line, as a person drives it: the installed command, a folder of reports, the site over HTTP."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.checkout import ROOT

NIANBAO = Path(sys.executable).parent / "nianbao"
GOLDEN = sorted((ROOT / "tests" / "golden").glob("*.txt"))


@dataclass(frozen=True)
class Line:
    """A data folder and the command over it, run outside the checkout."""

    room: Path

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [NIANBAO, "--data", "data", *arguments]
        return subprocess.run(command, cwd=self.room, check=False, capture_output=True, text=True, timeout=300)

    def json(self, *arguments: str | Path) -> Any:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def lines(self, *arguments: str | Path) -> list[Any]:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Line:
    """The golden reports among files that are none, taken in and brought up to date."""
    room = tmp_path_factory.mktemp("room")
    folder = room / "reports"
    folder.mkdir()
    for report in GOLDEN:
        shutil.copy(report, folder)
    (folder / "empty.html").write_bytes(b"")
    (folder / "rubbish.txt").write_bytes(hashlib.sha512(b"rubbish").digest() * 100)
    (folder / "notice.html").write_text("<html><body><p>关于召开会议的通知</p></body></html>", encoding="utf-8")
    made = Line(room)
    for stage in (("add", "reports"), ("update",)):
        done = made.run(*stage)
        assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="module")
def site(line: Line) -> Iterator[str]:
    """The address of the site, served on a free port."""
    command = [str(NIANBAO), "--data", "data", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=line.room, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip().rstrip("/")
        server.terminate()


def fetch(address: str) -> bytes:
    with urlopen(address, timeout=30) as answer:  # noqa: S310 - always the address that our own server printed
        body: bytes = answer.read()
        return body


def test_what_is_a_report_is_taken_in_and_the_rest_is_counted(line: Line) -> None:
    exported = line.lines("export", "reports", "--format", "ndjson")
    inspected = line.lines("inspect", *GOLDEN)
    assert {(each["agency"], each["year"], each["title"]) for each in exported} == {
        (each["agency"], each["year"], each["title"]) for each in inspected
    }
    assert {each["sha256"] for each in exported} == {hashlib.sha256(file.read_bytes()).hexdigest() for file in GOLDEN}
    status = line.json("status", "--json")
    assert status["reports"] == len(GOLDEN)
    assert status["to_extract"] == 0
    assert status["index"]["stale"] is False


def test_words_and_filters_find_a_report_with_its_words_marked(line: Line) -> None:
    found = line.json("search", "叙述", "--year", "2019", "--region", "410000", "--json")
    assert found["total"] == 1
    (hit,) = found["hits"]
    assert (hit["region"]["code"], hit["year"]) == ("410400", 2019)
    for snippet in hit["snippets"]:
        assert snippet["marks"]
        assert all("叙述" in snippet["text"][start:end] for start, end in snippet["marks"])
    years = {value["value"]: value["count"] for value in found["facets"]["year"]}
    assert sum(years.values()) == sum(each["year"] > 0 for each in line.lines("export", "reports") if _in_henan(each))


def _in_henan(exported: dict[str, Any]) -> bool:
    return str(exported["region"]).startswith("41")


def test_what_search_finds_can_be_shown(line: Line) -> None:
    (hit,) = line.json("search", "叙述", "--year", "2019", "--json")["hits"]
    shown = line.json("show", hit["id"])
    assert shown["title"] == hit["title"]
    assert shown["figures"]


def test_running_again_changes_nothing(line: Line) -> None:
    before = line.run("export", "reports").stdout
    assert line.run("add", "reports").returncode == 0
    assert "0 added, 0 changed, 0 removed" in line.run("update").stderr
    assert line.run("export", "reports").stdout == before


def test_the_index_can_be_made_again_from_the_store(line: Line) -> None:
    found = line.json("search", "叙述", "--json")
    shutil.rmtree(line.room / "data" / "index")
    assert line.run("index").returncode == 0
    assert line.json("search", "叙述", "--json") == found


def test_the_site_and_the_command_say_the_same(line: Line, site: str) -> None:
    served = json.loads(fetch(f"{site}/search.json?q={quote('叙述')}"))
    assert served == line.json("search", "叙述", "--json")


def test_every_hit_has_a_page_and_a_stored_original(line: Line, site: str) -> None:
    for exported in line.lines("export", "reports"):
        page = fetch(f"{site}/reports/{exported['id']}?lang=zh-CN").decode()
        assert exported["agency"] in page
        assert exported["sha256"] in page
        twin = json.loads(fetch(f"{site}/reports/{exported['id']}.json"))
        assert twin["title"] == exported["title"]


def test_what_is_not_there_is_said_in_one_sentence(line: Line, site: str) -> None:
    shown = line.run("show", "000000-2020-00000000")
    assert (shown.returncode, shown.stdout, shown.stderr.count("\n")) == (1, "", 1)
    with pytest.raises(HTTPError) as refused:
        fetch(f"{site}/reports/000000-2020-00000000.json")
    body = json.load(refused.value)
    assert (refused.value.code, body["ok"]) == (404, False)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["add", "reports/empty.html"], 1),
        (["add", "no-such-file.html"], 1),
        (["add", "reports", "--url", "ftp://example.com/"], 2),
        (["search", "x", "--year", "last"], 2),
        (["no-such-command"], 2),
    ],
)
def test_bad_input_has_its_exit_code_and_no_traceback(line: Line, arguments: list[str], code: int) -> None:
    done = line.run(*arguments)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
