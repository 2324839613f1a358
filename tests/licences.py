"""``make licences``: what every package that is installed here says of its licence, and whether we may build on it.

The rule: nothing under a GPL or AGPL, whatever else it is under besides; an LGPL only as a library left as it is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions

from tests.checkout import locked, normalised

_FREE_CHOICE = re.compile(r"\bOR\b")
_FORBIDDEN = re.compile(r"(?<!L)\bA?GPL|(?<!Lesser )General Public License|Affero", re.IGNORECASE)
_TEXTS = {
    "MIT": "Permission is hereby granted, free of charge",
    "Apache-2.0": "Apache License",
    "BSD": "Redistribution and use in source and binary forms",
}
"""How the licences begin of packages that name none but bring its text."""


def licence_of(package: Distribution) -> str:
    """The licence as the package's own metadata say it (PEP 639 first), empty where they say none."""
    metadata = package.metadata
    expressions = metadata.get_all("License-Expression")
    if expressions:
        return str(expressions[0])
    classifiers = [each for each in metadata.get_all("Classifier") or () if each.startswith("License ::")]
    named = [each.rpartition(" :: ")[2] for each in classifiers if each.count("::") > 1 and "DFSG" not in each]
    if named:
        return " AND ".join(named)
    said = "".join(metadata.get_all("License") or ()).strip()
    return said.splitlines()[0] if said else _by_text(package)


def _by_text(package: Distribution) -> str:
    for file in package.files or ():
        if "licen" in file.name.lower():
            text = file.read_text()
            return next((name for name, words in _TEXTS.items() if words in text), "")
    return ""


def may_be_used(licence: str) -> bool:
    """Whether the rule lets us build on it; of several to choose from one is enough.

    >>> may_be_used("MIT"), may_be_used("GPL-3.0-only OR MIT"), may_be_used("GPLv2+"), may_be_used("LGPL-3.0")
    (True, True, False, True)
    """
    return bool(licence) and any(not _FORBIDDEN.search(choice) for choice in _FREE_CHOICE.split(licence))


def report(packages: Iterable[Distribution]) -> list[tuple[str, str, str, str]]:
    """Name, version, licence, and "runtime" or "development", by name."""
    runtime = locked("runtime.txt")
    lines = {
        normalised(package.metadata["Name"]): (
            package.version,
            licence_of(package),
            "runtime" if normalised(package.metadata["Name"]) in runtime else "development",
        )
        for package in packages
    }
    return [(name, *lines[name]) for name in sorted(lines)]


def main() -> int:
    """Print the report; 1 where a licence is none that we may build on."""
    lines = report(distributions())
    for line in lines:
        sys.stdout.write("\t".join(line) + "\n")
    wrong = [name for name, _, licence, _ in lines if not may_be_used(licence)]
    if wrong:
        sys.stderr.write(f"licences: {', '.join(wrong)}: take another package, or none.\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
