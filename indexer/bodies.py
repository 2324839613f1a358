"""Administrative bodies under their present, short and former names: bodies.toml, and an operator's own beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import msgspec

from corpus.datafile import Entry, decoded, read_table
from corpus.errors import DataFileError, UsageError
from corpus.lives import Succession, is_code


class Body(Entry, frozen=True):
    """An administrative body: its present name, short names, and former ones with the year in which they ended."""

    name: str
    short: tuple[str, ...] = ()
    former: dict[str, int] = msgspec.field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, the present one first."""
        return (self.name, *self.short, *self.former)


class _Bodies(Entry, frozen=True):
    """bodies.toml."""

    body: tuple[Body, ...] = ()


@cache
def bodies() -> tuple[Body, ...]:
    """Those that we know."""
    return read_table("indexer", "bodies.toml", _Bodies).body


def own_bodies(path: Path) -> tuple[Body, ...]:
    """Those of an operator's file; none where there is no file. Raises UsageError where it cannot be read."""
    try:
        return decoded(path.read_bytes(), str(path), _Bodies).body
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, DataFileError) as error:
        raise UsageError(f"{path} is no list of bodies: write it like indexer/bodies.toml ({error}).") from error


def former_bodies(successions: Iterable[Succession]) -> Iterator[Body]:
    """The bodies among the lives that are known; places have names of their own."""
    for row in successions:
        if not is_code(row.was):
            yield Body(row.who, former={row.was: row.since - 1})
