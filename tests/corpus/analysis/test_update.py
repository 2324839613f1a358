"""The command that measures new reports adds them to a copy: the store that it is given stays as it is."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from corpus.sample.generate import generate
from corpus.store import Store
from tests.analyses.planted import fill
from tests.analyses.update import main


def test_new_reports_are_added_to_a_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    with fill(data, islice(generate(seed=6, reports=600), 40)) as store:
        revision = store.revision()
    assert main([str(data), "--reports", "1", "--no-index"]) == 0
    said = capsys.readouterr().out
    assert "1 new reports" in said
    assert all(f"\n{name} " in said for name in ("missing and late", "contradictions", "promises", "boilerplate"))
    assert [each.name for each in tmp_path.iterdir()] == ["data"]
    with Store.look(data) as store:
        assert store.revision() == revision
