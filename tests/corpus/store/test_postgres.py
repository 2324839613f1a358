"""What is peculiar to PostgreSQL: how it is reached, what it says, claims, and a server that goes away."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.errors import StoreError, StoreLostError
from corpus.store import Store
from tests.cluster.postgres import PostgresServer
from tests.corpus.reports import MONDAY, made, take

URL = "http://a.example/"


@pytest.fixture(name="address")
def of_its_own(postgres: PostgresServer, tmp_path: Path) -> str:
    return postgres.address(str(tmp_path))


@pytest.fixture(name="store")
def opened(address: str, tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, address, wait=30) as store:
        yield store


def kept(store: Store, *names: str) -> list[str]:
    return [
        store.keep(name.encode(), url=URL + name, source=name, media_type="", captured=MONDAY).digest for name in names
    ]


def test_what_another_process_claims_is_left_to_it_until_it_ends(store: Store, address: str, tmp_path: Path) -> None:
    one, two, three = kept(store, "1", "2", "3")
    with Store.open(tmp_path, address) as other, other.claims() as theirs:
        with store.claims() as ours:
            assert ours.take([one, two]) == [one, two]
            assert theirs.take([one, two, three]) == [three]
            ours.release([two])
            assert theirs.take([one, two]) == [two]
            assert [snapshot.digest for snapshot in store.stale("1", claims=ours)] == [one]
        while not theirs.take([one]):
            pass  # claims end with whoever made them, as soon as the server has noticed


def test_what_was_read_meanwhile_is_not_read_again(store: Store) -> None:
    kept(store, *map(str, range(40)))
    with store.claims() as claims:
        given = store.stale("1", everything=True, claims=claims)
        first = next(given)
        take(store, made(), b"39", URL + "39")
        assert len([first, *given]) == 39


def test_work_goes_on_where_the_server_went_away(store: Store, postgres: PostgresServer) -> None:
    tries: list[int] = []

    def work() -> None:
        with store.batch():
            kept(store, f"{len(tries)}", "same")
            tries.append(store.counts().snapshots)
            if len(tries) == 1:
                postgres.stop(signal.SIGQUIT)
                postgres.start()

    store.lasting(work)
    assert (tries, store.counts().snapshots) == ([2, 2], 2), "what was under way was taken back"
    postgres.stop()
    postgres.start()
    kept(store, "later")
    assert store.counts().snapshots == 3, "between two transactions nobody notices"


def test_what_begins_while_the_server_is_away_waits_for_it(store: Store, postgres: PostgresServer) -> None:
    kept(store, "before")
    begun: list[Callable[[], object]] = [store.counts, lambda: kept(store, "after"), lambda: claimed(store, "before")]
    for work in begun:
        postgres.stop(signal.SIGQUIT)
        back = threading.Timer(0.5, postgres.start)
        back.start()
        try:
            work()
        finally:
            back.join()
    assert store.counts().snapshots == 2


def claimed(store: Store, name: str) -> None:
    with store.claims() as claims:
        assert claims.take([name]) == [name]


def test_a_server_that_stays_away_is_told_in_a_sentence(tmp_path: Path, postgres: PostgresServer, address: str) -> None:
    with Store.open(tmp_path, address, wait=0) as store:
        postgres.stop()
        try:
            with pytest.raises(StoreLostError, match="see that its server runs"):
                store.lasting(store.counts)
        finally:
            postgres.start()


def test_no_sentence_has_the_password(postgres: PostgresServer, tmp_path: Path) -> None:
    elsewhere = f"postgresql+psycopg://nianbao:secret@127.0.0.1:{postgres.port}/nowhere"
    for address in (elsewhere, elsewhere.replace("+psycopg", "+nonsense"), elsewhere.replace("+psycopg", "+asyncpg")):
        with pytest.raises(StoreError) as caught:
            Store.open(tmp_path, address)
        assert "secret" not in str(caught.value)
        assert "***" in str(caught.value)


def test_text_is_kept_at_any_length_in_the_order_of_its_characters(store: Store, address: str, tmp_path: Path) -> None:
    sources = ["乙" * 3000, "b\0", "B", "é", "a"]
    for source in sources:
        store.keep(source.encode(), url="", source=source, media_type="x" * 999, captured=MONDAY)
    with Store.look(tmp_path, address) as reader, reader.database.reading() as connection:
        found = connection.exec_driver_sql("SELECT source FROM captures ORDER BY source").scalars()
        assert list(found) == sorted(source.replace("\0", "\ufffd") for source in sources)


def test_doctors_words_name_who_checks_the_rest(store: Store, postgres: PostgresServer, tmp_path: Path) -> None:
    with Store.look(tmp_path, postgres.address("nothing there yet")) as nothing:
        assert (nothing.integrity(), nothing.database.unchecked()) == ([], "")
    assert store.integrity() == []
    assert "pg_amcheck" in store.database.unchecked()
