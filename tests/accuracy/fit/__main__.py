"""``make fit``: sets the weights of corpus/extraction/weights.toml, and shows what a margin is worth then.

What can be counted is counted (``filled``); the others are set by descent on the half of the files that fits. Prints
each step, what the half that is held out costs before and after, and how many cells of each range of margins are wrong
in either half, and in the real pages of ``--pages FOLDER``. ``--write`` puts the weights into the file, unless what
fits one half makes the other dearer; ``--passes 0`` only shows how the file does as it is.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from corpus.extraction.weights import weights
from tests.accuracy.fit.calibration import pages, table
from tests.accuracy.fit.cases import Case, cases, distinct
from tests.accuracy.fit.descent import Weight, descend, put
from tests.accuracy.fit.filled import fitted, halves
from tests.accuracy.fit.score import cost, hanging_on_weights

DESCENDED: Sequence[Weight] = (
    *(
        ("row", name)
        for name in (
            "under", "swallowed", "beside", "blank_between", "strange", "strange_number", "stray", "more",
            "more_elsewhere", "zero",
        )
    ),
    *(("rows", name) for name in ("moved", "stray", "missing", "no_numbers")),
)  # fmt: skip
"""The rest are bounds: no evidence, but from which margin on something is said."""

_FILE = Path("corpus/extraction/weights.toml")


def counted() -> list[Weight]:
    """Set what counting gives."""
    found = fitted(halves()[0])
    values = {("row", "sum"): round(found.sum, 1), ("row", "not_sum"): round(found.not_sum, 1)}
    values.update((("filled", key), round(share, 2)) for key, share in found.filled.items())
    for weight, value in values.items():
        put(weight, value)
    return list(values)


def written(text: str, some: Iterable[Weight]) -> str:
    """The text of weights.toml with these weights as they stand."""
    for section, name in some:
        line = re.compile(rf"(^\[{section}\]\n(?:(?!\[).*\n)*?{name} = )[\d.]+$", re.MULTILINE)
        text = line.sub(rf"\g<1>{weights()[section][name]}", text)
    return text


def main(arguments: Sequence[str]) -> None:
    """Fit, print, and write if asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.fit")
    parser.add_argument("--seeds", type=int, nargs="+", default=[11, 12, 13])
    parser.add_argument("--pairs", type=int, default=6, help="pairs of faults in each format")
    parser.add_argument("--files", type=int, default=250, help="at most so many of each half, drawn by the first seed")
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--pages", type=Path, help="a folder of real pages with expected.json")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    some = distinct(case for seed in options.seeds for case in cases(seed, options.pairs))
    random.Random(options.seeds[0]).shuffle(some)  # noqa: S311 - a test, no secret
    fitting, held_out = (
        list(islice(hanging_on_weights(case for case in some if case.held_out is half), options.files))
        for half in (False, True)
    )
    before = cost(held_out)
    _say(f"{len(fitting)} files that fit, {len(held_out)} held out: {before:.1f} nats")
    by_counting = counted() if options.passes else []
    for least, step in descend(DESCENDED, lambda: cost(fitting), options.passes):
        _say(f"{least:10.1f} {step}")
    after = cost(held_out)
    _say(f"held out: {after:.1f} nats")
    _say(_calibration(some, options.pages))
    if options.write and after > before:
        _say("what fits one half makes the other dearer: the weights stay as they were")
    elif options.write:
        _FILE.write_text(written(_FILE.read_text(encoding="utf-8"), [*by_counting, *DESCENDED]), encoding="utf-8")


def _calibration(some: Iterable[Case], folder: Path | None) -> str:
    columns: dict[str, list[Case]] = {"fitted": [], "held out": []}
    for case in some:
        columns["held out" if case.held_out else "fitted"].append(case)
    if folder is not None:
        columns["real pages"] = list(pages(folder))
    return "\n".join(table(columns))


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the report of a command


if __name__ == "__main__":
    main(sys.argv[1:])
