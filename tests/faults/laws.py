"""The laws that a store must keep whatever is done to its commands.

What it held before is held *at once*, before anybody completes anything; ``doctor --repair`` leaves no fault and no
orphan; ``update``, and nothing else, brings readings and index to where they must be; only then is what was to be taken
in taken in again, and everything is as if nothing had been.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from click.testing import CliRunner

from corpus.errors import StoreError
from corpus.store import Store
from corpus.store.health import faults
from tests.faults.rooms import BrokenLawError, Room
from webui.cli import nianbao

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What a store gives: (id, SHA-256, title) of each report, (SHA-256, address) of each capture, what is withheld."""

    reports: Counter[Row]
    evidence: Counter[Row]
    withheld: frozenset[str]

    def check(self, least: State, most: State) -> None:
        """Raise BrokenLawError where this lacks what the one has, or has what the other has not."""
        for name, here, low, high in (
            ("evidence", self.evidence, least.evidence, most.evidence),
            ("reports", self.reports, least.reports, most.reports),
        ):
            if lost := low - here:
                raise BrokenLawError(f"lost {name}: {dict(lost)}")
            if more := here - high:
                raise BrokenLawError(f"doubled or made up {name}: {dict(more)}")

    def by_id(self) -> State:
        """The same with nothing said of which text of a report is shown: of a site half read it may be another."""
        return State(Counter((row[0],) for row in self.reports.elements()), self.evidence, self.withheld)

    def without(self, ids: frozenset[str]) -> State:
        """The same with these reports withheld."""
        kept = Counter({row: number for row, number in self.reports.items() if row[0] not in ids})
        return State(kept, self.evidence, ids)


def state(room: Room) -> State:
    """What the store gives now; every original is compared with its digest. Raises BrokenLawError."""
    with Store.look(room.path) as store:
        evidence: Counter[Row] = Counter()
        for digest, place in store.payloads():
            try:
                store.archive.read(place, digest)
            except StoreError as error:
                raise BrokenLawError(str(error)) from error
            evidence.update((digest, each.url or each.source) for each in store.captures(digest))
        reports = Counter[Row]((each.id, each.snapshot.digest, each.report.title) for each in store.reports())
        return State(reports, evidence, frozenset(each.id for each in store.withheld() if each.id))


def ask(room: Room, *words: str) -> str:
    """A command in this process; it may wait for nobody: a lock of the dead would hold it up."""
    done = CliRunner().invoke(nianbao, ["--data", str(room.path), "--wait", "0", *words])
    if done.exit_code:
        raise BrokenLawError(f"{' '.join(words)}: {done.exception!r} {done.stderr}")
    return done.stdout


def said(room: Room) -> frozenset[Row]:
    """(report, cell, value) of each correction that is kept. Raises BrokenLawError where one is shown otherwise."""
    with Store.look(room.path) as store:
        kept = frozenset((each.report, each.figure, str(each.correction.value)) for each in store.corrected())
        shown = frozenset(
            (each.id, figure.id, str(figure.value))
            for each in store.reports()
            for figure in each.report.figures.values()
            if figure.corrected is not None
        )
    if kept != shown:
        raise BrokenLawError(f"corrections are kept as {sorted(kept)} and shown as {sorted(shown)}")
    return kept


def settled(room: Room) -> State:
    """Mend what can be mended, read and index what is there; nothing is taken in. Raises BrokenLawError."""
    ask(room, "doctor", "--repair")
    ask(room, "update")
    ask(room, "doctor")
    with Store.look(room.path) as store:
        # Half a record at the end of a file stays there: archive files are never altered.
        if left := [fault for fault in faults(store) if fault.place != "torn"]:
            raise BrokenLawError(f"doctor still finds: {left}")
    facts: dict[str, Any] = json.loads(ask(room, "status", "--json"))
    here = state(room)
    if facts["to_extract"] or facts["index"]["stale"]:
        raise BrokenLawError(f"an update leaves behind: {facts}")
    found = json.loads(ask(room, "search", "", "--json"))["total"]
    if found != here.reports.total():
        raise BrokenLawError(f"the index has {found} reports, the store {here.reports.total()}")
    if files := leftovers(room):
        raise BrokenLawError(f"left behind: {files}")
    return here


def leftovers(room: Room) -> Sequence[str]:
    """Files and folders of the data folder that nobody will ever read again."""
    index = room.path / "index"
    if not (index / "current").is_file():
        return []
    live = (index / "current").read_text("ascii").strip()
    builds = [each.name for each in index.iterdir() if each.is_dir() and each.name != live]
    return builds + [each.name for each in room.path.iterdir() if each.suffix in (".new", ".tmp")]
