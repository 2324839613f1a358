"""The floors of the miniatures: how much of each style is found, a measure that only rises.

``python -m tests.crawler.floors`` (`make crawl-sites`) crawls every style, prints what came of each, raises the floors
in floors.csv, and fails if a style fell below its own, gave what is no report, entered what is forbidden, cost more
than three requests for each page that a reader would open, or if a dry run tells other reports than the crawl.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.crawler.account import Account, accounts, crawled
from tests.crawler.rehearsal import stored, told
from tests.web.families import FAMILIES, REGISTER

FILE = Path(__file__).with_name("floors.csv")


@dataclass(frozen=True)
class Floor:
    """How many of a style's reports must be found, and whether a loss may still go untold."""

    found: int = 0
    silent: bool = True


def floors() -> dict[str, Floor]:
    """The floors by style. A style that is missing has none."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["style"]: Floor(int(row["found"]), row["silent"] == "yes") for row in csv.DictReader(file)}


def faults(account: Account, floor: Floor) -> list[str]:
    """What is wrong with a style's account, in words."""
    unsaid, owing = account.silent and not floor.silent, account.whole and account.unfinished and not account.closed
    told = {
        f"found {account.found} of {account.wanted}, {floor.found} before: {', '.join(account.lost)}": (
            account.found < floor.found
        ),
        f"no reports: {', '.join(account.extra)}": bool(account.extra),
        f"forbidden: {', '.join(account.forbidden)}": bool(account.forbidden),
        f"{account.requests} requests, {account.allowed} allowed": account.requests > account.allowed,
        "something is missing and the outcome does not say so": unsaid,
        "nothing is missing and the outcome says that something is": owing,
    }
    return [words for words, holds in told.items() if holds]


def raised(held: Mapping[str, Floor], measured: Iterable[Account]) -> dict[str, Floor]:
    """The floors after a measurement: never lower, never silent again."""
    new = dict(held)
    for account in measured:
        old = new.get(account.name, Floor())
        new[account.name] = Floor(max(old.found, account.found), old.silent and account.silent)
    return {name: new[name] for name in REGISTER if name in new}


def short() -> tuple[str, ...]:
    """Every third style of each family, at least two: what the tests crawl; the rest is `make crawl-sites`."""
    names: list[str] = []
    for family in (module.__name__.rpartition(".")[2] for module in FAMILIES):
        own = [style.name for style in REGISTER.values() if style.family == family]
        names += own[::3] if len(own) > 3 else own[:2]
    return tuple(names)


def table(measured: Iterable[Account], held: Mapping[str, Floor]) -> Iterator[str]:
    """A line for each style, and below it what is wrong with it."""
    for account in measured:
        wrong = faults(account, held.get(account.name, Floor()))
        state = "WRONG" if wrong else "whole" if account.whole and not account.silent else "short"
        yield (
            f"{state}  {REGISTER[account.name].family:<10} {account.name:<28} {account.found:>3}/{account.wanted:<3}"
            f" {account.requests:>3} requests{'  untold' if account.silent else ''}"
        )
        yield from (f"       {words}" for words in wrong)


def main() -> int:
    """Measure every style, or those named."""
    began = time.monotonic()
    held = floors()
    if unknown := [name for name in sys.argv[1:] if name not in REGISTER]:
        sys.stderr.write(f"No style is called {', '.join(unknown)}: {FILE.name} lists them all.\n")
        return 2
    with crawled(sys.argv[1:] or REGISTER) as (store, sites):
        measured = accounts(store, sites)
        asked = sum(len(site.asked) for site in sites.values())
        otherwise = sorted(stored(store) ^ told(sites.values()))
    for line in table(measured, held):
        sys.stdout.write(line + "\n")
    sys.stdout.write(
        f"{sum(a.found for a in measured)} of {sum(a.wanted for a in measured)} reports,"
        f" {sum(a.whole for a in measured)} of {len(measured)} styles whole,"
        f" {sum(a.silent for a in measured)} losses untold, {asked} requests, {time.monotonic() - began:.0f} s\n"
    )
    for id_, address in otherwise:
        sys.stdout.write(f"WRONG  {id_} at {address}: a dry run and the crawl tell otherwise\n")
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("style", "found", "silent"))
        for name, floor in raised(held, measured).items():
            writer.writerow((name, floor.found, "yes" if floor.silent else "no"))
    return bool(otherwise) or any(faults(account, held.get(account.name, Floor())) for account in measured)


if __name__ == "__main__":
    sys.exit(main())
