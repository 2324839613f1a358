"""How much each source of a head says: ``weights.toml``, read once when first needed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Question (title, body, year, place, host) → source → weight."""
    return tomllib.loads((files("corpus.extraction") / "weights.toml").read_text(encoding="utf-8"))
