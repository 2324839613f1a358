"""Commands killed at random moments: nothing is lost, doubled or left behind.

Each command begins with a store of its own and is killed somewhere between its start and its usual end, alone, so that
its workers must notice, or together with them. A migration takes milliseconds: it is killed at one of its statements.
The seed and the number of a kill draw its moment.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import replace

from tests.checkout import ROOT
from tests.faults.recovery import copied, recover
from tests.faults.rooms import Room
from tests.faults.stages import Beginnings, Stage

AT_STATEMENT = (sys.executable, "-m", "tests.faults.killed_migration")
STATEMENTS = 60
"""More than a migration from the first schema has."""


def kills(known: Beginnings, seed: int, first: int, number: int) -> Iterator[str]:
    """Do the kills from ``first`` to ``number``; of each, what was killed and when. Raises BrokenLawError."""
    stages = known.stages()
    usual: dict[str, float] = {}
    for at in range(first, number):
        stage, tries = stages[at % len(stages)], 0
        while not (told := _kill(known, stage, random.Random(f"{seed}:{at}:{tries}"), usual)):  # noqa: S311 - moments
            tries += 1
        yield told


def _kill(known: Beginnings, stage: Stage, chance: random.Random, usual: dict[str, float]) -> str:
    """Kill one command and hold the laws; what was done, empty where the command came to its end first."""
    room = known.begin(stage.begins)
    if stage.name == "migrate":
        statement = chance.randrange(1, STATEMENTS)
        killed = _at_statement(room, stage, statement)
        moment = f"at statement {statement}"
    else:
        after, alone = chance.uniform(0.15, usual.get(stage.name, 3.0)), chance.random() < 0.5
        killed = room.killed(stage.words, after, alone=alone)
        if not killed:
            usual[stage.name] = max(0.3, after)
        moment = f"after {after:.2f} s, {'alone' if alone else 'with its workers'}"
    if not killed:
        return ""
    recover(known, stage, room)
    if stage.name == "backup":
        copied(known, room, room.folder / "copy")
    return f"{stage.name} {moment}"


def _at_statement(room: Room, stage: Stage, statement: int) -> bool:
    """Have the command kill itself before a statement that changes the schema; whether it came so far."""
    environment = (("PYTHONPATH", str(ROOT)), ("NIANBAO_TEST_STATEMENT", str(statement)))
    process = replace(room, program=AT_STATEMENT, environment=environment).begun(stage.words)
    _, said = process.communicate(timeout=300)
    if process.returncode > 0:
        raise AssertionError(said)
    return process.returncode < 0
