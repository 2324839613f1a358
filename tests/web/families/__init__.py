"""The families of sites that issue and survey name (docs/sites.md), a module each.

Importing this package registers every style.
"""

from tests.web.families import (
    accounts,
    awaited,
    bodies,
    corners,
    crowds,
    files,
    held,
    interfaces,
    links,
    pagers,
    parts,
    records,
    surroundings,
    turns,
    unspoken,
    ways,
    widgets,
    wordless,
    yields,
)
from tests.web.style import REGISTER

FAMILIES = (
    links,
    pagers,
    interfaces,
    records,
    ways,
    parts,
    accounts,
    crowds,
    widgets,
    unspoken,
    wordless,
    yields,
    awaited,
    turns,
    surroundings,
    held,
    files,
    bodies,
    corners,
)

__all__ = ["FAMILIES", "REGISTER"]
