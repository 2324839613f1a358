"""What the store promises: versions, copies, variants, redirects, batches, and that nothing is lost."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from corpus.doubts import Doubt
from corpus.errors import ArchiveError, StoreError
from corpus.lives import Succession
from corpus.model import Region
from corpus.store import Store
from corpus.store.warc import digest_of
from tests.corpus.reports import COUNTY, MONDAY, TUESDAY, WORDS, made, renamed, take

pytestmark = pytest.mark.usefixtures("either_database")
HOME, MIRROR = "http://www.yunxi.gov.cn/nb/1.html", "http://www.shili.gov.cn/yx/9.html"


@pytest.fixture(name="store")
def opened(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data") as store:
        yield store


def test_a_report_comes_back_equal(store: Store) -> None:
    report = made()
    id_ = take(store, report, b"page", HOME)
    found = store.get(id_)
    assert found is not None
    assert found.report == report
    assert (found.id, found.version, found.extractor, found.snapshot.url) == (report.id, 1, "1", HOME)
    assert found.snapshot.captured == MONDAY
    assert [stored.id for stored in store.reports()] == [id_]
    assert store.of_agency(COUNTY.id) == (found,)


def test_the_same_payload_is_archived_once_and_each_address_noted(store: Store) -> None:
    for url, day in ((HOME, MONDAY), (HOME, TUESDAY), (MIRROR, TUESDAY)):
        store.keep(b"page", url=url, source=url, media_type="text/html", captured=day)
    captures = store.captures(digest_of(b"page"))
    assert [(capture.url, capture.captured, capture.seen) for capture in captures] == [
        (HOME, MONDAY, TUESDAY),
        (MIRROR, TUESDAY, TUESDAY),
    ]
    assert len(list(store.payloads())) == 1
    assert store.payload(digest_of(b"page")) == b"page"


def test_a_changed_text_at_its_address_is_a_new_version(store: Store) -> None:
    id_ = take(store, made(), b"one", HOME)
    take(store, made(words=WORDS + "经核实，补充说明如下。" * 9), b"two", HOME, TUESDAY)
    assert [stored.version for stored in store.versions(id_)] == [1, 2]
    shown = store.get(id_)
    assert shown is not None
    assert (shown.version, shown.snapshot.digest) == (2, digest_of(b"two"))
    assert store.variants(id_) == ()
    take(store, made(), b"one", HOME, TUESDAY.replace(day=9))
    assert [stored.version for stored in store.versions(id_)] == [1, 2, 3], "a text taken back is a change like any"


def test_new_dress_for_the_same_text_is_no_new_version(store: Store) -> None:
    id_ = take(store, made(), b"one", HOME)
    before = store.revision()
    take(store, made(), b"one <footer>", HOME, TUESDAY)
    assert len(store.versions(id_)) == 1
    assert store.revision() == before


def test_a_copy_adds_its_address_and_a_different_text_is_a_variant(store: Store) -> None:
    id_ = take(store, made(), b"one", HOME)
    take(store, made(words=WORDS + "。"), b"copy", MIRROR, TUESDAY)
    assert store.addresses(id_) == (HOME, MIRROR)
    assert store.variants(id_) == ()
    take(store, made(requests="31"), b"other", "http://elsewhere.gov.cn/", TUESDAY)
    assert [stored.snapshot.digest for stored in store.variants(id_)] == [digest_of(b"other")]
    shown = store.get(id_)
    assert shown is not None
    assert shown.snapshot.digest == digest_of(b"one"), "the first captured stays"


def test_what_is_shown_does_not_depend_on_the_order_of_extraction(tmp_path: Path) -> None:
    texts = {
        (HOME, MONDAY): (b"1", made()),
        (HOME, TUESDAY): (b"2", made(words="云溪县重新公布报告。" * 9)),
        (MIRROR, MONDAY): (b"3", made(words=WORDS + "。")),
        ("http://z.gov.cn/", MONDAY): (b"4", made(requests="31")),
    }
    outcomes = set()
    for number, order in enumerate(permutations(texts)):
        with Store.open(tmp_path / str(number)) as store:
            for url, day in order:
                take(store, texts[url, day][1], texts[url, day][0], url, day)
            id_ = made().id
            outcomes.add(
                (
                    tuple((v.version, v.snapshot) for v in store.versions(id_)),
                    tuple(v.snapshot for v in store.variants(id_)),
                )
            )
    assert len(outcomes) == 1


def test_a_better_extraction_redirects_the_former_id(store: Store) -> None:
    old = take(store, made(), b"one", HOME)
    after = store.revision()
    better = renamed(made(), "云溪县人民政府办公室")
    snapshot = store.snapshot(digest_of(b"one"))
    assert snapshot is not None
    new = store.accept(snapshot, better, "2")
    assert new != old
    assert (store.get(old), store.resolve(old), store.resolve(new)) == (None, new, new)
    assert {id_: stored is not None for _, id_, stored in store.changes_since(after)} == {old: False, new: True}
    third = store.accept(snapshot, renamed(made(), "云溪县政务服务局"), "3")
    assert store.resolve(old) == store.resolve(new) == third
    assert store.accept(snapshot, made(), "4") == old
    assert store.resolve(new) == old
    assert store.resolve("990101-2025-00000000") is None


def test_a_payload_that_stops_being_a_report_disappears_as_a_change(store: Store) -> None:
    id_ = take(store, made(), b"one", HOME)
    after = store.revision()
    snapshot = store.snapshot(digest_of(b"one"))
    assert snapshot is not None
    store.reject(snapshot, Doubt("other_document", {"what": "解读", "title": "解读"}), "2")
    assert store.get(id_) is None
    assert [(changed, stored) for _, changed, stored in store.changes_since(after)] == [(id_, None)]
    assert store.counts().rejected == {"other_document": 1}


def test_rederiving_the_same_changes_nothing_and_another_reading_is_a_change(store: Store) -> None:
    id_ = take(store, made(), b"one", HOME)
    before = store.revision()
    snapshot = store.snapshot(digest_of(b"one"))
    assert snapshot is not None
    store.accept(snapshot, made(), "2")
    assert store.revision() == before
    found = store.get(id_)
    assert found is not None
    assert found.extractor == "2"
    store.accept(snapshot, made(requests="14"), "3")
    assert [changed for _, changed, _ in store.changes_since(before)] == [id_]
    assert [stored.version for stored in store.versions(id_)] == [1], "the evidence is the same"


def test_stale_is_what_this_extractor_has_not_seen(store: Store) -> None:
    take(store, made(), b"one", HOME)
    store.keep(b"two", url=MIRROR, source=MIRROR, media_type="", captured=TUESDAY)
    assert [snapshot.digest for snapshot in store.stale("1")] == [digest_of(b"two")]
    assert store.stale_count("1") == 1
    assert store.stale_count("2") == len(list(store.stale("2"))) == 2
    assert len(list(store.stale("1", everything=True))) == 2


def test_an_address_that_vanished_is_marked_until_it_is_back(store: Store) -> None:
    assert not store.gone(HOME, MONDAY)
    store.keep(b"one", url=HOME, source=HOME, media_type="", captured=MONDAY)
    assert store.gone(HOME, TUESDAY)
    assert not store.gone(HOME, TUESDAY)
    assert store.captures(digest_of(b"one"))[0].gone == TUESDAY
    store.keep(b"one", url=HOME, source=HOME, media_type="", captured=TUESDAY)
    assert store.captures(digest_of(b"one"))[0].gone is None


def test_a_batch_takes_back_what_an_exception_interrupts(store: Store) -> None:
    def interrupted() -> None:
        with store.batch(every=2):
            for number in range(3):
                store.keep(b"%d" % number, url=f"{HOME}?{number}", source="", media_type="", captured=MONDAY)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [store.payload(digest) for digest, _ in store.payloads()] == [b"0", b"1"]
    with store.batch():
        take(store, made(), b"3", HOME)
        assert store.get(made().id) is not None
    assert store.counts().reports == 1


def test_it_tells_how_much_room_it_takes(store: Store) -> None:
    before = store.database.size()
    take(store, made(words=random.Random(1).randbytes(1 << 18).hex()), b"one", HOME)  # noqa: S311 - a text that packs ill
    assert store.database.size() - before > 1 << 18


def test_two_stores_share_one_folder(store: Store) -> None:
    with Store.open(store.data) as other:
        take(store, made(), b"one", HOME)
        take(other, made(year=2024), b"two", HOME)
        assert [stored.report.year for stored in store.of_agency(COUNTY.id)] == [2024, 2025]
    assert len(list((store.data / "archive").iterdir())) == 2
    assert store.payload(digest_of(b"two")) == b"two"


def test_the_registry_holds_the_stores_own_regions(store: Store) -> None:
    store.add_regions([Region("990000", "云岭省", "province"), Region("990100", "平湖市", "prefecture", "990000")])
    store.add_regions([Region("990100", "平澜市", "prefecture", "990000", aliases=("平澜",), valid_from=2015)])
    registry = store.registry()
    assert registry.path("990100") == ("云岭省", "平澜市")
    assert registry.get("990100") == Region(
        "990100", "平澜市", "prefecture", "990000", ("平澜",), valid_from=2015, fictional=True
    )
    assert registry.get("410400") is not None


def test_a_registry_is_made_anew_only_for_other_regions_or_lives(store: Store) -> None:
    """A site asks for it after each commit, and its readers wait."""
    seen = store.registry()
    take(store, made(), b"one", HOME)
    assert store.registry() is seen
    with Store.open(store.data) as other:
        other.add_regions([Region("990000", "云岭省", "province")])
    with_a_province = store.registry()
    assert with_a_province.get("990000") is not None
    assert seen.get("990000") is None
    store.lives.give([Succession("990000", "410400", 2016, "said")])
    assert store.registry().other_lives("990000") == ("410400",)
    assert store.registry() is store.registry()


@pytest.mark.sqlite
def test_what_cannot_be_opened_or_found_is_said_in_a_sentence(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        Store.open(tmp_path / "file" / "data")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "nianbao.sqlite").write_text("not a database, but long enough to be mistaken for one" * 50)
    with pytest.raises(StoreError, match="is damaged"):
        Store.open(tmp_path / "broken")
    for address in ("nonsense", "mysql://me:secret@host/store", "oracle+nonsense://me:secret@host/store"):
        with pytest.raises(StoreError, match="no database address") as caught:
            Store.open(tmp_path / "third", address)
        assert "secret" not in str(caught.value)
    with pytest.raises(ArchiveError, match="crawl or add"):
        store.payload("0" * 64)
