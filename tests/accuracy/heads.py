"""How many heads made by rule are read right, manner by manner: ``make heads ARGS="SEED COUNT"``."""

from __future__ import annotations

import sys
from collections import Counter

from corpus.extraction.metadata import parse_metadata
from corpus.regions import Registry
from tests.corpus.extraction.head_manners import heads, wrong

_SHOWN = 20


def main(seed: int = 1, count: int = 5000) -> None:
    """Print a table, the faults by kind, and the first heads that were read otherwise."""
    registry = Registry.load()
    made: Counter[str] = Counter()
    right: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    failed: list[str] = []
    for head in heads(seed, count):
        read = parse_metadata(head.content, registry, url=head.url, hint=head.hint)
        found = wrong(head, read)
        made[head.manner] += 1
        right[head.manner] += not found
        faults.update(found)
        if found:
            failed.append(f"{head.manner}: {', '.join(found)}: {read.title} → {read.agency} {read.year}")
    lines = ["| manner | heads | right |", "|---|---|---|"]
    lines += [f"| {name} | {made[name]} | {100 * right[name] / made[name]:.1f} % |" for name in sorted(made)]
    lines += [f"| all | {count} | {100 * right.total() / count:.2f} % |", "", f"faults: {dict(faults)}"]
    sys.stdout.write("\n".join((*lines, *failed[:_SHOWN], "")))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
