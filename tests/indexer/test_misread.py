"""Words that a machine mistook: found in scans alone, behind those that it read, and never where text was printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.document import Document
from indexer.misread import confusable, misreadings
from indexer.request import SearchRequest
from indexer.result import Hit
from indexer.segment import Segmenter
from indexer.whoosh_engine import WhooshEngine
from tests.indexer.province import REGISTRY, documents

TEXT = "全年收到信息公开{}二十八件，均已答复。"
READ, MISREAD, PRINTED = "100000-2020-00000001", "100000-2021-00000002", "100000-2022-00000003"


def test_near_characters_are_near_each_other_and_one_of_a_word_is_mistaken() -> None:
    for one, others in confusable().items():
        assert one not in others
        assert all(one in confusable()[other] for other in others)
    assert "中请" in set(misreadings("申请"))
    assert all(sum(a != b for a, b in zip("申请公开", other, strict=True)) == 1 for other in misreadings("申请公开"))
    assert not list(misreadings("申"))


@pytest.fixture(name="engine", scope="module")
def of_three(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter) -> Iterator[WhooshEngine]:
    """A scan read well, a scan whose 申请 was taken for 中请, and a page in which 中请 was printed."""
    folder: Path = tmp_path_factory.mktemp("misread")
    engine = WhooshEngine(folder, REGISTRY, segmenter=segmenter)
    engine.replace(_documents(), 1)
    yield engine
    engine.close()


def _documents() -> Iterator[Document]:
    one = next(iter(documents(1)))
    for id_, word, original in ((READ, "申请", "scan"), (MISREAD, "中请", "scan"), (PRINTED, "中请", "page")):
        facets = {**one.facets, "original": (original,)}
        yield replace(one, id=id_, facets=facets, title="报告", sections={"applications": TEXT.format(word)})


def hits(engine: WhooshEngine, text: str) -> tuple[Hit, ...]:
    return engine.search(SearchRequest(text, apart=True)).hits


def test_a_pair_of_near_characters_costs_rank_and_not_the_hit(engine: WhooshEngine) -> None:
    found = hits(engine, "申请")
    assert [hit.id for hit in found] == [READ, MISREAD]
    assert all(hit.scanned for hit in found)
    (snippet,) = found[1].snippets
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["中请"]


def test_quotation_marks_and_a_negation_mean_what_they_say(engine: WhooshEngine) -> None:
    assert [hit.id for hit in hits(engine, '"申请"')] == [READ]
    assert [hit.id for hit in hits(engine, "答复 -申请")] == [PRINTED]
    assert {hit.id for hit in hits(engine, '"中请"')} == {MISREAD, PRINTED}
    assert not next(hit for hit in hits(engine, '"中请"') if hit.id == PRINTED).scanned
