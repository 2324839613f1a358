"""The benchmark on a few reports: it runs, every engine agrees, and its tables can be drawn. No time is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.reports import prepare
from tests.bench.run import MAKERS, build, warm
from tests.bench.table import tables


@pytest.mark.slow
def test_all_engines_answer_the_mix_alike(tmp_path: Path) -> None:
    corpus = prepare(tmp_path, 60)
    built = {name: build(corpus, name) for name in MAKERS if name != "FTS5 LIKE"}
    asked, disagreements, least = warm(corpus, list(MAKERS), 1)
    assert not disagreements, "\n".join(disagreements)
    measured = {
        "reports": 60,
        "corpus": corpus.name,
        "warm": asked,
        "cold": {},
        "floor": least,
        "build": {
            name: {**found, "from_reports": found, "bytes": 1, "parts": {"pairs.col": 1}}
            for name, found in built.items()
        },
        "segmentation": corpus.segmentation,
        "add": corpus.segmentation,
    }
    drawn = tables(measured)
    assert all(kind in drawn for kind in ("common", "rare", "words", "phrase", "substring", "prefix", "boolean"))
    assert all(name in drawn for name in MAKERS)
