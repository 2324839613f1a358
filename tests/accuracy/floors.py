"""The floors of accuracy, pinned in floors.toml and never lowered without saying why there."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.accuracy.harness import Score


def load_floors() -> Mapping[str, Any]:
    """The data file."""
    return tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))


def breaches(format_: str, names: Sequence[str], score: Score, floors: Mapping[str, Any]) -> list[str]:
    """What a score falls short of, each as a short sentence."""
    floor = dict(floors["pair" if len(names) > 1 else "single"])
    of_format = floors.get(format_, {})
    floor.update(of_format.get("pair", {}) if len(names) > 1 else {})
    floor.update(of_format.get("+".join(names), {}))
    floor.update(floors["together"].get("+".join(sorted(names)), {}))
    found = []
    if score.accuracy < floor["accuracy"]:
        found.append(f"accuracy below {floor['accuracy']:.3%}")
    cells = score.right + score.flagged + score.silent
    if score.silent > floor["silent"] * cells:
        found.append(f"silent above {floor['silent']:.3%}")
    if score.alarms:
        found.append("false alarms")
    return found
