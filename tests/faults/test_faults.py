"""The short form of ``make faults``: a few harms of each kind, without sites."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
import pytest

from tests.faults.__main__ import Done
from tests.faults.backups import backups
from tests.faults.full import limited, limits
from tests.faults.kills import kills
from tests.faults.laws import State, state
from tests.faults.power import power_losses
from tests.faults.rooms import BrokenLawError, Room
from tests.faults.stages import Beginnings, Stage
from tests.results import code

pytestmark = pytest.mark.slow


def test_kills_lose_nothing(known: Beginnings) -> None:
    assert len(list(kills(known, 20261129, 0, 2))) == 2


def test_a_migration_killed_within_loses_nothing(known: Beginnings) -> None:
    at = [stage.name for stage in known.stages()].index("migrate")
    (told,) = kills(known, 20261129, at, at + 1)
    assert told.startswith("migrate at statement")


def test_a_power_cut_loses_nothing(known: Beginnings) -> None:
    assert len(list(power_losses(known, 20261129, 0, 1))) == 1


def test_files_that_may_not_grow_are_told_and_lose_nothing(known: Beginnings) -> None:
    told = list(limits(known, 0, 2))
    assert [line.partition(" with")[0] for line in told] == ["add", "extract"]
    assert all("make room" in line for line in told)


def test_a_crawl_whose_disk_fills_up_ends_and_goes_on_later(tmp_path: Path) -> None:
    with Room.made(tmp_path, sites=True) as room:
        room.furnish()
        said = limited(room, Stage("crawl", ("crawl",), "nothing"), kilobytes=60)
        assert "make room" in said
        room.run("crawl")
        assert state(room).evidence.total() > 10


def test_backups_of_a_store_that_is_written_restore(known: Beginnings) -> None:
    assert len(list(backups(known, 0, 2))) == 2


def test_what_was_done_is_gone_on_from(tmp_path: Path) -> None:
    begun = Done(tmp_path / "done.ndjson", 7)
    begun.add("kills", "add after 1.00 s")
    again = Done(tmp_path / "done.ndjson", None)
    assert (again.seed, again.number("kills"), again.number("power")) == (7, 1, 0)
    with pytest.raises(click.UsageError, match="goes on with seed 7"):
        Done(tmp_path / "done.ndjson", 8)


def test_what_was_done_to_other_code_does_not_count(tmp_path: Path) -> None:
    Done(tmp_path / "done.ndjson", 7).add("kills", "add after 1.00 s")
    file = tmp_path / "done.ndjson"
    file.write_text(file.read_text("utf-8").replace(code(), "0" * 12), "utf-8")
    assert (Done(file, 8).seed, Done(file, None).number("kills")) == (8, 0)
    assert "kills" in (tmp_path / f"done.{'0' * 12}.ndjson").read_text("utf-8"), "put aside, not lost"


def test_the_laws_see_what_is_lost_and_what_is_doubled(known: Beginnings) -> None:
    whole = known.whole
    for more, less in ((whole.reports, Counter[tuple[str, ...]]()), (whole.reports + whole.reports, whole.reports)):
        with pytest.raises(BrokenLawError, match="lost reports"):
            State(less, whole.evidence, frozenset()).check(State(more, whole.evidence, frozenset()), whole)
    with pytest.raises(BrokenLawError, match="doubled"):
        State(whole.reports, whole.evidence + whole.evidence, frozenset()).check(whole, whole)
