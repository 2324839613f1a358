"""Pictures among the words of a web page or a Word file: where they are the report's own pages, they are read in place.

::

    title                          title
    [scan of page 1]       →       paragraphs, a table
    [scan of page 2]               the rest of the table, paragraphs
    上一篇 下一篇                   上一篇 下一篇

Of a page that says more itself than its pictures do, only their tables are taken: a chart's words are none of the
report's. One whose tables stand there as text needs no picture read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import chain, count, groupby
from typing import Any, NamedTuple
from urllib.parse import urljoin

from corpus.blocks import Block, Content, Grid
from corpus.doubts import Doubt
from corpus.readers.embedded import picture_of_address
from corpus.readers.limits import Limits
from corpus.readers.pictures import UNREAD

# Tables with so many numbers are the report's own.
_ENOUGH_NUMBERS = 20
_NUMBER = re.compile(r"\s*-?[\d,.]+\s*")

Held = Callable[[str], bytes | None]
"""The bytes of a picture by the address that a page gives it; None where they are not at hand."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may be a page, where it stands among the blocks of an article."""

    payload: bytes


Item = Block | Picture


class _Run(NamedTuple):
    """Blocks of an article; ``is_seen``: all of them in pictures, of which ``unread`` could not be read."""

    blocks: Sequence[Block]
    unread: int = 0
    is_seen: bool = False


def beside(base: str, files: Mapping[str, bytes]) -> Held:
    """The pictures of an article at ``base``: those that it carries itself, and ``files`` by their addresses."""
    return lambda address: picture_of_address(address) or files.get(urljoin(base, address))


def pictures_at(addresses: Iterable[str], held: Held) -> Iterator[Picture]:
    """The picture under the first of its addresses at which one is at hand that may be a page; none without."""
    payloads = (held(address) for address in addresses if address)
    yield from (Picture(payload) for payload in payloads if payload is not None and _pages().is_page(payload))


def content_of(items: Iterable[Item], limits: Limits) -> Content:
    """An article with its pictures read in their places, as many as the limits let.

    ``Content.pictures`` holds them all: the page of a cell that was read from one counts them from 1.
    """
    items = list(items)
    own = [item for item in items if not isinstance(item, Picture)]
    pages = tuple(item.payload for item in items if isinstance(item, Picture))
    if not pages or _numbers(own) >= _ENOUGH_NUMBERS:
        return Content(tuple(own))
    runs = list(_runs(items, limits))
    tables_alone = _letters(own) > sum(_letters(run.blocks) for run in runs if run.is_seen)
    kept = chain.from_iterable(_tables(run.blocks) if run.is_seen and tables_alone else run.blocks for run in runs)
    unread = sum(run.unread for run in runs)
    warnings = (Doubt(UNREAD, {"count": unread}),) if unread else ()
    return Content(tuple(_counted(kept)), warnings=warnings, pictures=pages)


def _runs(items: Iterable[Item], limits: Limits) -> Iterator[_Run]:
    """What stands together: pictures one after another as what they show, or blocks between two pictures."""
    done = 0
    for is_seen, run in groupby(items, lambda item: isinstance(item, Picture)):
        if not is_seen:
            yield _Run([item for item in run if not isinstance(item, Picture)])
            continue
        some = [item.payload for item in run if isinstance(item, Picture)]
        blocks, unread = _pages().read_pages(some, done + 1, limits)
        yield _Run(blocks, unread, is_seen=True)
        done += len(some)


def _pages() -> Any:
    """What knows pictures, and with them PDFs: loaded when an article has one."""
    return import_module("corpus.readers.page_picture")


def _counted(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, tables counted through."""
    numbers = count()
    for block in blocks:
        yield replace(block, index=next(numbers)) if isinstance(block, Grid) else block


def _numbers(blocks: Sequence[Block]) -> int:
    return sum(_NUMBER.fullmatch(cell.raw) is not None for grid in _tables(blocks) for row in grid.rows for cell in row)


def _tables(blocks: Iterable[Block]) -> Iterator[Grid]:
    return (block for block in blocks if isinstance(block, Grid))


def _letters(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks if not isinstance(block, Grid))
