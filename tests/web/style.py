"""Styles: the register of miniatures, each a name, a family and a few lines that fill a town's site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from tests.web.server import Site
from tests.web.town import Town

Fill = Callable[[Town], None]
Data = TypeVar("Data")


@dataclass(frozen=True)
class Style:
    """One way to build a site. ``number`` is its place in the register: it decides county and shell."""

    name: str
    family: str
    number: int
    fill: Fill

    def make(self) -> Site:
        """The site, not yet served."""
        town = Town(self.name, self.number)
        self.fill(town)
        return town.site


REGISTER: dict[str, Style] = {}


def register(name: str, family: str, fill: Fill) -> None:
    """Add a style. Raises ValueError for a name that is taken."""
    if name in REGISTER:
        raise ValueError(f"two styles are called {name}")
    REGISTER[name] = Style(name, family, len(REGISTER), fill)


def style(family: str) -> Callable[[Fill], Fill]:
    """Register a function as a style under its own name."""

    def add(fill: Fill) -> Fill:
        register(fill.__name__, family, fill)
        return fill

    return add


def styles(family: str, table: Mapping[str, Data]) -> Callable[[Callable[[Town, Data], None]], None]:
    """Register a style for every row of a table; the function is given the town and the row."""

    def add(fill: Callable[[Town, Data], None]) -> None:
        for name, data in table.items():
            register(name, family, lambda town, data=data: fill(town, data))  # type: ignore[misc]  # early binding

    return add
