"""The laws of sets hold for whatever can be typed (docs/query-language.md, "Laws")."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from indexer.request import SearchRequest
from indexer.segment import Segmenter
from indexer.whoosh_engine import WhooshEngine
from tests.indexer.laws import found, hold_counts, hold_laws
from tests.indexer.province import REGISTRY, documents
from tests.indexer.thorough import LAWS

COUNT = 150


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter) -> WhooshEngine:
    made = WhooshEngine(Path(tmp_path_factory.mktemp("laws")), REGISTRY, segmenter=segmenter)
    made.replace(documents(COUNT, seed=3), 1)
    return made


@pytest.mark.parametrize("share", range(4))
def test_the_laws_of_sets_hold(engine: WhooshEngine, share: int) -> None:
    draw = random.Random(share)  # noqa: S311 - a seeded draw, no secret
    every = engine.ids(SearchRequest())
    assert every == found(engine, SearchRequest())
    assert len(every) == COUNT
    for _ in range(LAWS // 8):  # two queries each, in four shares
        hold_laws(engine.ids, draw, every)


def test_a_facet_counts_what_is_found_when_its_value_is_chosen(engine: WhooshEngine) -> None:
    draw = random.Random(8)  # noqa: S311 - likewise
    for _ in range(LAWS // 8):
        hold_counts(engine, draw)


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("-标题:财政局", "NOT 标题:财政局"),
        ("正文:-讨薪", "NOT 正文:讨薪"),
        ("-年份:2020", "年份:..2019 OR 年份:2021.."),
        ("标题:(财政局 -石溪)", "标题:财政局 -标题:石溪"),
        ("-层级:县级", "NOT 层级:县级"),
        ("-新收申请>=10", "NOT 新收申请>=10"),
        ("新收申请:20..10", "新收申请:10..20"),
        ("-“讨薪”", "NOT “讨薪”"),
        ("讨薪|停车位", "讨薪 OR 停车位"),
    ],
)
def test_two_ways_to_say_one_thing(engine: WhooshEngine, asked: str, same: str) -> None:
    answer = found(engine, SearchRequest(asked))
    assert answer == found(engine, SearchRequest(same))
    assert 0 < len(answer) < COUNT
