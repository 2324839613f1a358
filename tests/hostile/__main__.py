"""``make hostile``: 100,000 requests to the real server, by our own fuzz and schemathesis; it goes on where it stopped.

It fails where an answer is a fault of ours (5xx), takes longer than its budget, or where the memory of the server grows
by more than a twentieth once it is warm. Requests are drawn from numbered seeds in rounds of a thousand; of twenty
rounds one is schemathesis', from the OpenAPI description. What each round gave stands in a file of the folder.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.core.result import Ok

from tests.hostile.asking import Answered, Asker
from tests.hostile.draw import request
from tests.results import Results
from tests.webui.served import Served, served
from tests.webui.shelf import build

BUDGET = 10.0
"""Seconds that an answer may take: the default of ``serve --time-budget``."""
ROOM = 1 << 20
"""Bytes of answers kept, and of words: so few that they are taken within the first rounds; what grows then is
something else."""
ROUND = 1000
ASKERS = 4
EVERY = 20
"""Of so many rounds one is schemathesis'."""
WARM = EVERY
"""Rounds of a server after which its memory is what it keeps: each kind was asked once, by every thread."""
GROWTH = 1.05
STEADY = 5
"""So many rounds in a row give one figure of the memory, their median: malloc gives back what is free now and then, so
a single look is some megabytes above or below."""
REFUSED = {501, 505}
"""What a server must say of a method or version that there is not (RFC 9110, § 15.6.2)."""


@dataclass
class Round:
    """What a thousand requests gave."""

    number: int
    kind: str
    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)
    resident: int = 0

    def note(self, answered: Answered, request: str) -> None:
        """Count an answer; keep the request of one that must not be."""
        self.statuses[answered.status] += 1
        self.slowest = max(self.slowest, answered.seconds)
        if (answered.status >= 500 and answered.status not in REFUSED) or answered.seconds > BUDGET:
            self.faults.append(f"{answered.status} in {answered.seconds:.1f} s: {request}")


def own(site: Served, number: int, count: int = ROUND) -> Round:
    """A round of our own fuzz, over several connections at once."""
    done = Round(number, "own")

    def ask(part: int) -> list[tuple[Answered, str]]:
        asker = Asker(site.port)
        drawn = [request(f"{number}:{part}:{at}") for at in range(count // ASKERS)]
        answered = [(asker.ask(each), repr(each[:300])) for each in drawn]
        asker.close()
        return answered

    with ThreadPoolExecutor(ASKERS) as askers:
        for answers in askers.map(ask, range(ASKERS)):
            for answered, words in answers:
                done.note(answered, words)
    return done


def described(site: Served, number: int, count: int = ROUND) -> Round:
    """A round of schemathesis: each address that the description names, valid and not."""
    done = Round(number, "described")
    description = schemathesis.openapi.from_url(f"{site.address}/openapi.json")
    operations = [result.ok() for result in description.get_all_operations() if isinstance(result, Ok)]
    each = max(1, count // len(operations))
    for operation in operations:

        @seed(number)
        @settings(
            max_examples=each,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            database=None,
            deadline=None,
        )
        @given(case=operation.as_strategy())
        def asked(case: schemathesis.Case[Any]) -> None:
            response = case.call(base_url=site.address, headers={"Accept-Encoding": "identity"})
            done.note(Answered(response.status_code, response.elapsed), case.as_curl_command()[:300])

        asked()
    return done


def resident(site: Served) -> int:
    """Kilobytes of its own that the server's workers hold, without what is mapped from files."""
    total = 0
    for process in site.workers():
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
        total += int(next(line for line in lines if line.startswith("RssAnon")).split()[1])
    return total


def verdict(rounds: Sequence[Round], run: Iterable[Round]) -> list[str]:
    """What is wrong with all rounds, and with the memory over those of this run of the server."""
    wrong = [fault for each in rounds for fault in each.faults]
    warm = [each.resident for each in run][WARM:]
    held = [median(warm[at : at + STEADY]) for at in range(len(warm) - STEADY + 1)]
    if held and max(held) > held[0] * GROWTH:
        wrong.append(f"memory grew from {held[0]} kB, warm, to {max(held)} kB")
    return wrong


def main(arguments: Sequence[str]) -> int:
    """Ask what is still to be asked, and print what all of it gave."""
    parser = argparse.ArgumentParser(prog="make hostile")
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--directory", type=Path, default=Path("build/hostile"))
    options = parser.parse_args(arguments)
    options.directory.mkdir(parents=True, exist_ok=True)
    kept = Results(options.directory / "rounds.ndjson")
    rounds = [_read(line) for line in kept.lines]
    data = options.directory / "data"
    if not rounds:
        shutil.rmtree(data, ignore_errors=True)
        build(data)
    run: list[Round] = []
    with served(data, settings={"seconds": BUDGET, "page_room": ROOM, "word_room": ROOM}) as site:
        while sum(each.statuses.total() for each in rounds) < options.requests:
            number = len(rounds)
            done = described(site, number) if number % EVERY == EVERY - 1 else own(site, number)
            done.resident = resident(site)
            rounds.append(done)
            run.append(done)
            kept.add({**vars(done), "statuses": dict(done.statuses)})
            sys.stderr.write(f"\r{sum(each.statuses.total() for each in rounds)} requests, {done.resident} kB")
    wrong = verdict(rounds, run)
    statuses = sum((each.statuses for each in rounds), Counter[int]())
    told = {
        "requests": statuses.total(),
        "statuses": dict(sorted(statuses.items())),
        "slowest": round(max(each.slowest for each in rounds), 2),
        "resident kB, each round of this run": [each.resident for each in run],
        "wrong": wrong,
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    return 1 if wrong else 0


def _read(said: dict[str, Any]) -> Round:
    return Round(**{**said, "statuses": Counter({int(key): value for key, value in said["statuses"].items()})})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
