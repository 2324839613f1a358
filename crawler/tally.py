"""What an answer says of its list: its records and pages in all, whether there are more, the mark to go on from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.counting import names

_SAID = re.compile(
    r"""(?i)(?:共|总共|总计|合计)(?:有)?[:：]?\s*(\d{1,6})\s*(?:条|篇|件)|\b(?:data-)?(?:count|total\w*)=["']?(\d{1,6})\b"""
)
"""A list's length in a piece of HTML."""


def declared(data: Any) -> int | None:
    """How many records a list says that it has; None where it does not."""
    counts = counts_of(data)
    return next((counts[name] for name in counts if name in names().totals), None)


def tells_size(data: Any) -> bool:
    """Whether what says a list's length says the size of its parts, too: a pager, be it an element's attributes."""
    return any(name in names().sizes for name in counts_of(data))


def has_more(data: Any) -> bool:
    """Whether a list's first part says that there are others: a count of pages, or in so many words."""
    counts = counts_of(data)
    paged = any(counts[name] > 1 for name in counts if name in names().pages)
    return paged or _says(data, "hasnextpage", "hasnext", "hasmore")


def tells_pages(data: Mapping[str, Any]) -> bool:
    """Whether some fields are a pager's that is not at its end: there are several pages, and which one is shown."""
    own = dict(_numbers({name: value for name, value in data.items() if not isinstance(value, Mapping)}))
    shown = next((number for name, number in own.items() if names().page.match(name)), None)
    return shown is not None and any(own[name] > max(shown, 1) for name in own if name in names().pages)


def outgrows(data: Mapping[str, Any]) -> bool:
    """Whether some fields are a pager's that is told more records than it shows at once."""
    own = dict(_numbers({name: value for name, value in data.items() if not isinstance(value, Mapping)}))
    size = next((own[name] for name in own if name in names().sizes), 0)
    return 0 < size < next((own[name] for name in own if name in names().totals), 0)


def _says(data: Any, *wanted: str) -> bool:
    if not isinstance(data, Mapping):
        return False
    said = any(value is True and str(name).lower().replace("_", "") in wanted for name, value in data.items())
    return said or any(_says(value, *wanted) for value in data.values())


def mark_of(data: Any) -> tuple[str, str] | None:
    """The mark from which an answer's list goes on, with its name."""
    if not isinstance(data, Mapping):
        return None
    for name, value in data.items():
        if (
            names().cursor.match(str(name))
            and isinstance(value, (str, int))
            and not isinstance(value, bool)
            and str(value)
        ):
            return str(name), str(value)
    return next((found for value in data.values() if (found := mark_of(value))), None)


def counts_of(data: Any) -> dict[str, int]:
    """The counts of an answer; of two with one name, the outer."""
    found: dict[str, int] = {}
    for name, number in _numbers(data):
        found.setdefault(name, number)
    return found


def _numbers(data: Any) -> Iterator[tuple[str, int]]:
    """Every count in an answer under its name in small letters; the outermost stand first."""
    if not isinstance(data, Mapping):
        return
    for name, value in data.items():
        plain = re.sub(r"^data-|[_\-]", "", str(name).lower())
        if isinstance(value, int) and not isinstance(value, bool):
            yield plain, value
        elif isinstance(value, str) and value.isdigit() and len(value) < 9:
            yield plain, int(value)
        elif isinstance(value, str) and (said := _SAID.search(value)):
            yield "total", int(said.group(1) or said.group(2))
    for value in data.values():
        yield from _numbers(_packed(value))


def _packed(value: Any) -> Any:
    """A value, or what a string of JSON holds (Epoint's "custom")."""
    if not isinstance(value, str) or not value.lstrip().startswith("{"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
