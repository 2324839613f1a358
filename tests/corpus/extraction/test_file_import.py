"""Folders with whatever lies in them: the reports are taken, everything else is named with its reason."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.extraction.derivation import Means
from corpus.extraction.file_import import take_in
from corpus.extraction.stage import extract
from corpus.readers.limits import Limits
from corpus.store import Store

GOLDEN = Path(__file__).parents[2] / "golden" / "jiyuan-2022.txt"
ID = "419001-2022-8e5ba35c"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "report.txt").write_bytes(GOLDEN.read_bytes())
    (folder / "report.txt.json").write_text(
        json.dumps({"url": "http://www.example.gov.cn/2022.html", "captured": "2023-01-20T08:00:00+00:00"})
    )
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data") as opened:
        yield opened


def test_a_sidecar_gives_address_and_time(folder: Path, store: Store) -> None:
    assert take_in(store, [folder]).taken == 1
    stored = store.get(ID)
    assert stored is not None
    assert stored.snapshot.url == "http://www.example.gov.cn/2022.html"
    assert stored.snapshot.captured == datetime(2023, 1, 20, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "payload", "said"),
    [
        ("notice.html", "<html><body><p>关于做好年度工作的通知</p></body></html>".encode(), "of another paper"),
        ("empty.txt", b"", "empty"),
        ("rubbish.txt", os.urandom(4000), "no text"),
        ("rubbish.html", bytes(range(256)) * 40, "no text"),
        ("huge.html", b"<p>" + b"x" * 50_000_000, "limit"),
        ("tags.html", b"<html><body>" + b"<b>" * 300_000, "tags"),
        ("scan.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "another type"),
    ],
)
def test_what_is_no_report_is_named_and_the_rest_taken(
    folder: Path, store: Store, name: str, payload: bytes, said: str
) -> None:
    (folder / name).write_bytes(payload)
    outcome = take_in(store, [folder])
    assert outcome.taken == 1
    assert [Path(path).name for path in outcome.skipped] == [name]
    assert said in outcome.skipped[str(folder / name)]
    assert outcome.failed == {}


def test_a_file_named_outright_that_cannot_be_read_is_a_failure(folder: Path, store: Store) -> None:
    outcome = take_in(store, [folder / "none.html", folder / "report.txt"])
    assert outcome.taken == 1
    assert "check its name" in outcome.failed[str(folder / "none.html")]


def test_a_report_in_the_wrong_encoding_is_read_all_the_same(folder: Path, store: Store) -> None:
    text = GOLDEN.read_text("utf-8")
    page = f"<html><head><meta charset='gb2312'></head><body><pre>{text}</pre></body></html>"
    (folder / "report.txt").write_bytes(text.encode("gb18030"))
    (folder / "page.html").write_bytes(page.encode("gb18030"))
    outcome = take_in(store, [folder])
    assert outcome.taken >= 1
    stored = store.get(ID)
    assert stored is not None
    assert stored.report.agency.name == "济源市人民政府办公室"


def test_limits_are_settings(folder: Path, store: Store) -> None:
    outcome = take_in(store, [folder], means=Means(Limits(size=100)))
    assert outcome.taken == 0
    assert "100" in next(iter(outcome.skipped.values()))


@pytest.mark.parametrize("words", ["[", '{"url": "javascript:alert(1)"}', '{"url": 7}', '{"captured": "lately"}'])
def test_a_broken_sidecar_costs_its_file_and_is_named(folder: Path, store: Store, words: str) -> None:
    (folder / "report.txt.json").write_text(words)
    (folder / "other.txt").write_bytes((folder / "report.txt").read_bytes())
    assert take_in(store, [folder / "other.txt"]).taken == 1
    assert "JSON object" in take_in(store, [folder]).skipped[str(folder / "report.txt")]


def test_taking_in_twice_changes_nothing(folder: Path, store: Store) -> None:
    take_in(store, [folder])
    revision = store.revision()
    take_in(store, [folder])
    assert (store.revision(), store.counts().snapshots) == (revision, 1)


def test_a_region_given_with_a_file_settles_its_place_and_is_kept_for_later(store: Store, tmp_path: Path) -> None:
    headings = ("一、总体情况", "二、主动公开政府信息情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项")
    body = "".join(f"<p>{heading}</p><p>全年平稳。</p>" for heading in headings)
    page = f"<html><body><h1>水务局2021年政府信息公开工作年度报告</h1>{body}</body></html>"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "swj.html").write_text(page, encoding="utf-8")
    assert take_in(store, [tmp_path / "in"]).taken == 0
    assert take_in(store, [tmp_path / "in"], hint="410421").taken == 1
    outcome = extract(store, everything=True)
    assert (outcome.accepted, outcome.rejected) == (1, 0)
    (found,) = store.reports()
    assert found.report.agency.name == "宝丰县水务局"
