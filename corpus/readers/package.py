"""The parts of an Office file and how they refer to one another (Open Packaging Conventions, ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Protocol

from corpus.blocks import Content
from corpus.readers.limits import Limits
from corpus.readers.markup import parsed
from corpus.text import clean


class Package(Protocol):
    """Parts by name, whatever holds them: a ZIP file, or one XML text."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""

    def read(self, name: str) -> bytes:
        """One part. Raises UnreadableError where it is missing or damaged."""


Reader = Callable[[bytes, str, Limits], Content]
"""Reads a file inside another: its bytes, its name, the limits."""


def main_part(package: Package, folder: str) -> str:
    """The part with which an application (``folder``: word, xl) begins to read; "" in a file of another."""
    stated = [
        target
        for kind, target in relations(package, "").values()
        if kind.endswith("/officeDocument") and target in package.names
    ]
    usual = [f"{folder}/{name}" for name in ("document.xml", "workbook.xml", "workbook.bin")]
    return next((name for name in (*stated, *usual) if name.startswith(f"{folder}/") and name in package.names), "")


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to, by the id it uses: the kind of relation and the part's name, both "" where not stated."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in package.names:
        return {}
    # Names of parts are the same in capitals (part 2, 6.2.2.3).
    written = {name.lower(): name for name in package.names}
    return {
        relation.get("Id", ""): (
            relation.get("Type", ""),
            written.get((target := _resolved(folder, relation.get("Target", ""))).lower(), target),
        )
        for relation in parsed(package.read(path)).iter("{*}Relationship")
        if relation.get("TargetMode") != "External"
    }


def part_of(package: Package, part: str, kind: str) -> str:
    """The part of a ``kind`` (styles, numbering, sharedStrings …) that belongs to another; "" where there is none."""
    stated = [target for named, target in relations(package, part).values() if named.endswith(f"/{kind}")]
    usual = _resolved(posixpath.dirname(part), f"{kind}.xml")
    return next((name for name in (*stated, usual) if name in package.names), "")


def title_apart(package: Package, document: str = "") -> dict[str, str]:
    """The title that stands apart from the text, as Content.metadata has it; nothing without one.

    It is among the file's properties (ECMA-376 part 2, 11.1), or above every page of its ``document``, in the head's
    first line: neither is much to be relied on.
    """
    stated = [target for kind, target in relations(package, "").values() if kind.endswith("/core-properties")]
    name = next((part for part in (*stated, "docProps/core.xml") if part in package.names), "")
    title = parsed(package.read(name)).findtext("{http://purl.org/dc/elements/1.1/}title") if name else None
    if not title and document and (head := part_of(package, document, "header")):
        first = next(parsed(package.read(head)).iter("{*}p"), None)
        title = "" if first is None else "".join(text.text or "" for text in first.iter("{*}t"))
    return {"documenttitle": clean(title).strip()} if title else {}


def _resolved(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
