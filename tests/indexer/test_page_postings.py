"""Where words stand in the reports of a page: the same whether it is cut out of all places or read alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.postings import documents as documents_of
from indexer.postings import pair_code
from indexer.request import SearchRequest
from indexer.segment import Segmenter
from indexer.whoosh_engine import WhooshEngine
from indexer.whoosh_engine.stretch import Stretch, inside
from indexer.whoosh_engine.view import WhooshView
from tests.indexer.province import REGISTRY, documents

STRETCHES = (
    Stretch("words", "公开"),
    Stretch("words", "不在其中"),
    Stretch("words", "政", "敀"),
    Stretch("pairs", pair_code("公", "开")),
    Stretch("pairs", pair_code("信", chr(0)), pair_code(chr(ord("信") + 1), chr(0))),
)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter) -> Path:
    """An index of several segments, some reports deleted."""
    found = tmp_path_factory.mktemp("pages")
    engine, made = WhooshEngine(found, REGISTRY, segmenter=segmenter), documents(90)
    engine.replace(made[:60], 1)
    engine.write(made[60:], [made[3].id, made[40].id], 2)
    return found


@pytest.fixture(scope="module")
def view(directory: Path, segmenter: Segmenter) -> Iterator[WhooshView]:
    """Its present state."""
    engine = WhooshEngine(directory, REGISTRY, segmenter=segmenter)
    engine.search(SearchRequest())
    yield engine._current()  # noqa: SLF001 - the state by itself
    engine.close()


@given(chosen=st.sets(st.integers(0, 89)), stretch=st.sampled_from(STRETCHES))
def test_a_pages_part_is_read_alone(view: WhooshView, chosen: set[int], stretch: Stretch) -> None:
    live = np.flatnonzero(view.columns.live)
    page = live[np.isin(live, list(chosen))]
    view.forget()
    apart = view.within(stretch, page)
    assert apart.tolist() == inside(view.read(stretch), page).tolist() == view.within(stretch, page).tolist()
    assert np.isin(documents_of(apart), page).all()


@pytest.mark.parametrize("text", ["公开", "“信息公”", "政务*", "“公开 信息”~9", "公开 OR 讨薪", "title:公开 信息"])
def test_who_keeps_nothing_answers_as_who_keeps_all(directory: Path, segmenter: Segmenter, text: str) -> None:
    engines = [WhooshEngine(directory, REGISTRY, segmenter=segmenter, kept=room) for room in (1, 1 << 30)]
    for _ in range(2):
        nothing, everything = (engine.search(SearchRequest(text)) for engine in engines)
        assert nothing == everything
        assert any(hit.snippets for hit in everything.hits)
    for engine in engines:
        engine.close()
