"""Sources: whose site, where it stands, where to begin, where it may go. The starter registry is sources.csv.

Its addresses come from a survey of published reports and have not been opened since: they are marked unverified.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from corpus.errors import UsageError
from corpus.store import Store
from crawler.address import house, private


@dataclass(frozen=True, slots=True)
class Source:
    """A site to crawl.

    ``region`` is the GB/T 2260 code of the place where it stands, ``""`` where nobody said. ``hosts`` are those a
    crawl may ask, with or without www, by http or https; ``.x`` stands for every host under x. ``expected`` is the
    number of reports that are known to be there, at least.
    """

    id: str
    agency: str
    region: str
    starts: tuple[str, ...]
    hosts: tuple[str, ...]
    expected: int = 0
    verified: bool = False


@cache
def registry() -> tuple[Source, ...]:
    """The starter registry."""
    with (files("crawler") / "sources.csv").open(encoding="utf-8") as lines:
        return tuple(_from_row(row) for row in csv.DictReader(lines))


def sources(store: Store) -> tuple[Source, ...]:
    """The registry and what the operator added to this store, which counts where both name an id."""
    own = {id_: _from_definition(id_, entry) for id_, entry in store.crawl_runs.source_definitions().items()}
    return tuple(({source.id: source for source in registry()} | own).values())


def add_sources(store: Store, added: Iterable[Source]) -> None:
    """Keep sources in the store. Raises UsageError if one has no start or a start that is no web address."""
    definitions: dict[str, dict[str, Any]] = {}
    for source in added:
        check(source)
        definitions[source.id] = {name: value for name, value in asdict(source).items() if name != "id"}
    store.crawl_runs.define_sources(definitions)


def from_addresses(starts: Iterable[str], region: str = "") -> tuple[Source, ...]:
    """Sources for addresses outside the registry: one for each site, allowed on its own host only."""
    by_house: dict[str, list[str]] = {}
    for start in starts:
        _check_address(start)
        by_house.setdefault(house(start), []).append(start)
    return tuple(
        Source(id=name, agency="", region=region, starts=tuple(dict.fromkeys(found)), hosts=(name,))
        for name, found in by_house.items()
    )


def choose(store: Store, names: Iterable[str]) -> tuple[Source, ...]:
    """The sources with these ids, agencies or region codes. Raises UsageError for a name that fits none."""
    known: dict[str, list[Source]] = {}
    for source in sources(store):
        for name in {source.id, source.agency, source.region}:
            known.setdefault(name, []).append(source)
    chosen: dict[str, Source] = {}
    for name in names:
        fitting = known.get(name, []) if name else []
        if not fitting:
            raise UsageError(
                f"No source is called {name!r}: `nianbao sources` lists them, `crawl --from URL` takes any address.",
                "source",
            )
        chosen |= {source.id: source for source in fitting}
    return tuple(chosen.values())


def check(source: Source) -> None:
    """Raise UsageError for a source that cannot be crawled."""
    if not source.starts:
        raise UsageError(f"The source {source.id} has no start address: give one.", "starts")
    for start in source.starts:
        _check_address(start)
    if source.region and not re.fullmatch(r"\d{6}", source.region):
        raise UsageError(f"{source.region!r} is no region code: give six digits, like 410400.", "region")


def is_private(source: Source) -> bool:
    """Whether a source stands on this machine or a private network, by its looks.

    Names are resolved when they are asked for (resolver.py): thousands of them at the start would take minutes.
    """
    return any(private(urlsplit(start).hostname or "") for start in source.starts)


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise UsageError(f"{address!r} is no web address: give one that begins with http:// or https://.", "from")


def _from_row(row: Mapping[str, str]) -> Source:
    return Source(
        id=row["id"],
        agency=row["agency"],
        region=row["region"],
        starts=tuple(row["starts"].split()),
        hosts=(row["id"],),
        expected=int(row["expected"]),
        verified=row["verified"] == "yes",
    )


def _from_definition(id_: str, entry: Mapping[str, Any]) -> Source:
    return Source(
        id=id_,
        agency=entry["agency"],
        region=entry["region"],
        starts=tuple(entry["starts"]),
        hosts=tuple(entry["hosts"]),
        expected=entry["expected"],
        verified=entry["verified"],
    )
