"""What long runs gave, a line of JSON each: the next run goes on where the last one stopped, over the same code."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.checkout import PACKAGES, ROOT, tracked


def code() -> str:
    """One name for everything in the packages."""
    digest = hashlib.sha256()
    for name in tracked():
        if name.partition("/")[0] in PACKAGES:
            digest.update(name.encode() + b"\0" + hashlib.sha256((ROOT / name).read_bytes()).digest())
    return digest.hexdigest()[:12]


class Results:
    """The lines of a file. Those of other code say nothing of this one: they are put aside, and it is begun anew."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.lines: list[dict[str, Any]] = []
        present = code()
        if file.exists():
            head, *self.lines = (json.loads(line) for line in file.read_text("utf-8").splitlines())
            if head.get("code") == present:
                return
            aside = file.with_suffix(f".{head.get('code', 'former')}{file.suffix}")
            file.rename(aside)
            sys.stderr.write(f"What {aside} tells is of other code: begun anew.\n")
            self.lines = []
        self._write({"code": present})

    def add(self, line: Mapping[str, Any]) -> None:
        """Keep one more."""
        self.lines.append(dict(line))
        self._write(line)

    def _write(self, line: Mapping[str, Any]) -> None:
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
