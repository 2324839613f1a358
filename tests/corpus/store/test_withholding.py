"""What is withheld is given to nobody, comes back by nothing but one command, and is in no backup."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import StoreError, WithheldError
from corpus.store import Store
from corpus.store.backup import backup, restore
from corpus.store.erasure import empty_member
from corpus.store.health import faults
from corpus.store.records import records
from corpus.store.warc import digest_of
from tests.corpus.reports import MONDAY, TUESDAY, made, take

pytestmark = pytest.mark.usefixtures("either_database")
ID = made().id
HERE, THERE = "http://a.example/1", "http://b.example/1"
PRIVATE = "王某某，身份证号 990101190001010000"


def filled(data: Path) -> Store:
    store = Store.open(data)
    take(store, made(words=PRIVATE), PRIVATE.encode(), HERE)
    take(store, made(words="别的文字。" * 40), b"variant", THERE)
    take(store, made(year=2024), b"other", "http://a.example/2024")
    return store


def test_a_report_goes_with_all_its_texts(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        before = store.revision()
        assert len(store.withhold(ID, "令 1 号")) == 2
        assert (store.get(ID), store.versions(ID), store.variants(ID), store.addresses(ID)) == (None, (), (), ())
        assert (ID, None) in {(id_, stored) for _, id_, stored in store.changes_since(before)}
        assert (store.counts().reports, store.counts().snapshots, store.counts().withheld) == (1, 1, 2)
        assert [listed.digest for listed in store.listed("payloads")[1]] == [digest_of(b"other")]
        for payload in (PRIVATE.encode(), b"variant"):
            with pytest.raises(WithheldError):
                store.payload(digest_of(payload))
        order = store.withheld_report(ID)
        assert order is not None
        assert order.why == "令 1 号"
        assert list(faults(store)) == []


def test_neither_reading_nor_capturing_it_again_brings_it_back(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        store.withhold(ID, "x")
        assert [snapshot.url for snapshot in store.stale("2", everything=True)] == ["http://a.example/2024"]
        take(store, made(words=PRIVATE), PRIVATE.encode(), HERE, TUESDAY)
        take(store, made(words=PRIVATE), PRIVATE.encode(), "http://c.example/", TUESDAY)
        # The same report in another dress, before it is read and afterwards.
        dressed = store.keep(b"<b>" + PRIVATE.encode(), url=HERE, source=HERE, media_type="", captured=TUESDAY)
        assert store.withheld_payload(dressed.digest) is not None
        store.accept(dressed, made(words=PRIVATE), "2")
        assert store.get(ID) is None
        assert len(store.withheld()) == 3


def test_one_command_takes_it_back(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        before = list(store.reports())
        store.withhold(ID, "x")
        store.lift(ID)
        for snapshot in list(store.stale("1")):
            store.accept(snapshot, made(words=PRIVATE if snapshot.url == HERE else "别的文字。" * 40), "1")
        assert [stored.report for stored in store.reports()] == [stored.report for stored in before]
        assert store.payload(digest_of(PRIVATE.encode())) == PRIVATE.encode()
        assert (store.withheld(), store.withheld_report(ID)) == ((), None)


def test_one_payload_alone_leaves_the_other_texts(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        digest = digest_of(PRIVATE.encode())
        store.withhold(digest, "x")
        stored = store.get(ID)
        assert stored is not None
        assert stored.snapshot.digest == digest_of(b"variant")
        assert store.withheld_report(ID) is None
        store.lift(digest)
        assert [snapshot.digest for snapshot in store.stale("1")] == [digest]


def test_said_twice_it_keeps_reason_and_day(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        assert store.withhold(ID, "first") == store.withhold(ID, "second")
        assert {order.why for order in store.withheld()} == {"first"}


def test_a_further_page_goes_with_its_report_and_a_report_without_its_page(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        page = store.keep(b"page 2", url=f"{HERE}_2", source="", media_type="", captured=MONDAY)
        store.note_part(f"{HERE}_2", HERE, 2)
        store.withhold(page.digest, "x")
        assert store.pages_behind(HERE) == ()
        assert digest_of(PRIVATE.encode()) in {snapshot.digest for snapshot in store.stale("1")}
        store.lift(page.digest)
        take(store, made(words=PRIVATE), PRIVATE.encode(), HERE)
        assert page.digest in {order.digest for order in store.withhold(ID, "x")}


def test_a_name_that_nothing_has_is_told(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        before = store.revision()
        with pytest.raises(StoreError, match="64 digits"):
            store.withhold("f" * 64, "x")
        with pytest.raises(StoreError, match="Nothing is withheld"):
            store.lift(ID)
        assert store.revision() == before


@pytest.mark.sqlite
def test_no_later_backup_holds_it_and_a_backup_after_it_is_lifted_does(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy"
    with filled(data) as store:
        backup(data, copy)  # the copy has it, until the next one
        store.withhold(ID, "x")
        backup(data, copy)
        assert PRIVATE not in everything(copy)
        assert "身份证号" not in (copy / "nianbao.sqlite").read_bytes().decode("utf-8", "replace")
        (file,) = (copy / "archive").iterdir()
        assert [digest for kind, _, digest in records(file) if kind == "resource"] == [digest_of(b"other")]
        _, wrong = restore(copy, tmp_path / "again")
        assert wrong == []
        store.lift(ID)
        backup(data, copy)
        assert PRIVATE in everything(copy)
    with Store.look(tmp_path / "again") as restored:
        assert list(faults(restored)) == []
        assert len(restored.withheld()) == 2


def everything(copy: Path) -> str:
    return "".join(
        gzip.decompress(file.read_bytes()).decode("utf-8", "replace") for file in (copy / "archive").iterdir()
    )


@given(st.integers(21, 100_000))
def test_an_empty_member_has_any_length_and_nothing_in_it(length: int) -> None:
    member = empty_member(length)
    assert (len(member), gzip.decompress(member)) == (length, b"")
