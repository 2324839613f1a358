"""Bodies under their present, short and former names, and an operator's own list beside ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UsageError
from corpus.metrics import load_metrics
from indexer.names import Names
from tests.indexer.province import REGISTRY


def test_a_body_has_all_its_names(names: Names) -> None:
    assert "市场监督管理局" in names.other_bodies("工商局")
    assert "交通运输局" in names.other_bodies("交通局")
    assert "石溪市交通运输局" in names.agencies("石溪交通局")
    assert "石溪市人民政府" in names.agencies("石溪市政府")


def test_every_spoken_metric_is_one(names: Names) -> None:
    assert all(names.spoken_metric(name) is not None for name in names.metric_names)


def test_an_operator_s_own_bodies_stand_beside_ours(tmp_path: Path) -> None:
    own = tmp_path / "bodies.toml"
    own.write_text('[[body]]\nname = "渔业局"\nshort = ["渔局"]\nformer = { "水产局" = 2012 }\n', encoding="utf-8")
    names = Names(REGISTRY, load_metrics(), own)
    assert set(names.other_bodies("水产局")) == {"渔业局", "渔局"}
    assert names.other_bodies("交通局")


@pytest.mark.parametrize("text", ["[[body]", "[[body]]\nshort = []\n"])
def test_a_list_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    own = tmp_path / "bodies.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="is no list of bodies"):
        Names(REGISTRY, load_metrics(), own)
