"""What is planted is what is printed, and the manifest alone says the same as the one beside the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import UsageError
from corpus.sample.generate import generate, write_manifest
from corpus.sample.living import living, sample_lives
from corpus.sample.retelling import MOST_CHANGED


def test_what_is_taken_over_stands_in_both_reports(tmp_path: Path) -> None:
    samples = {sample.id: sample for sample in generate(seed=3, reports=150)}
    retold = [sample.retold for sample in samples.values() if sample.retold and sample.retold.source]
    assert len(retold) > 10
    assert any(each.degree for each in retold)
    for each in retold:
        assert 0 <= each.degree <= MOST_CHANGED
        assert each.year > samples[each.source].year
        for id_, text in ((each.report, each.text), (each.source, each.source_text)):
            assert any(text in section.paragraphs for section in samples[id_].sections if section.kind == "problems")
    file = tmp_path / "manifest.jsonl"
    write_manifest(file, seed=3, reports=150)
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    told = {line["id"]: line for line in lines if line["what"] == "report"}
    lived = {each.id: each for each in living(samples.values(), sample_lives(3, 1, 150))}
    assert told.keys() == lived.keys()
    assert {line["id"] for line in told.values() if line["late"]} == {id_ for id_, each in lived.items() if each.late}
    assert sum(bool(line["retold"] and line["retold"]["source"]) for line in told.values()) == len(retold)
    with pytest.raises(UsageError, match="--manifest"):
        write_manifest(tmp_path, seed=3, reports=10)
