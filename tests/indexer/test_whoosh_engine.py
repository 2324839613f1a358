"""The Whoosh engine: the conformance suite, and what only files can show."""

from __future__ import annotations

import gc
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import SearchIndexError
from indexer.document import Document
from indexer.engine import Engine
from indexer.request import SearchRequest
from indexer.segment import Segmenter
from indexer.whoosh_engine import WhooshEngine, document_row, generations, merge, read_ahead, view
from indexer.whoosh_engine.merge import TOGETHER
from indexer.whoosh_engine.storage import opened
from tests.indexer.conformance import Conformance
from tests.indexer.province import REGISTRY, changed, documents

_KILLED = """
    import os, signal, sys
    from pathlib import Path
    from indexer.segment import Segmenter, region_words
    from indexer.whoosh_engine import WhooshEngine
    from tests.indexer.province import REGISTRY, changed, documents
    import whoosh.index, whoosh.writing

    engine = WhooshEngine(Path(sys.argv[1]), REGISTRY)
    kind, point = sys.argv[2:]

    def die(*_, **__):
        os.kill(os.getpid(), signal.SIGKILL)

    def given():
        for number, document in enumerate(documents(60)):
            if point == "documents" and number == 40:
                die()
            yield document

    if point == "postings":
        whoosh.writing.SegmentWriter._flush_segment = die
    if point == "contents":
        whoosh.index.TOC.write = die
    if kind == "write":
        engine.write(given(), [documents(60)[3].id], 9)
    else:
        engine.replace(given(), 9)
"""


class TestWhooshEngine(Conformance):
    @classmethod
    def engine(cls, directory: Path, segmenter: Segmenter) -> Engine:
        return WhooshEngine(directory, REGISTRY, segmenter=segmenter)

    @pytest.mark.parametrize("kind", ["write", "replace"])
    @pytest.mark.parametrize("point", ["documents", "postings", "contents"])
    def test_a_killed_writer_leaves_the_former_commit(
        self, tmp_path: Path, segmenter: Segmenter, kind: str, point: str
    ) -> None:
        engine = self.engine(tmp_path, segmenter)
        kept = documents(30, seed=3)
        engine.replace(kept[:20], 1)
        engine.write(kept[20:], [], 2)
        script = textwrap.dedent(_KILLED)
        environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
        command = [sys.executable, "-c", script, str(tmp_path), kind, point]
        died = subprocess.run(command, env=environment, check=False, capture_output=True)
        assert died.returncode == -signal.SIGKILL, died.stderr
        for reader in (engine, self.engine(tmp_path, segmenter)):
            assert {hit.id for hit in reader.search(SearchRequest(size=100)).hits} == {document.id for document in kept}
            assert (reader.status().documents, reader.status().revision) == (30, 2)
        engine.write(documents(60), [], 3)
        assert engine.status().documents == len({document.id for document in (*kept, *documents(60))})
        engine.replace(kept, 4)
        builds = [path for path in tmp_path.iterdir() if path.is_dir()]
        assert builds == [generations.live(tmp_path)]

    def test_a_build_in_several_segments_and_runs_answers_as_one(
        self, tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one = self.engine(tmp_path / "one", segmenter)
        one.replace(documents(50), 1)
        monkeypatch.setattr(document_row, "SEGMENT", 2_000)
        many = WhooshEngine(tmp_path / "many", REGISTRY, segmenter=segmenter, memory=10_000)
        many.replace(documents(50), 1)
        assert len(list(generations.live(tmp_path / "many").glob("*.words.col"))) > 3
        for text in ("", "讨薪", "石溪*", "薪"):
            assert one.search(SearchRequest(text)).hits == many.search(SearchRequest(text)).hits
        with pytest.raises(SearchIndexError, match="twice"):
            many.replace([*documents(20), *documents(1)], 2)
        assert many.status().documents == 50

    def test_a_commit_leaves_the_segments_of_a_build_alone(
        self, tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(merge, "LARGE", 10)
        monkeypatch.setattr(document_row, "SEGMENT", 5_000)
        engine = self.engine(tmp_path, segmenter)
        engine.replace(documents(200), 1)
        built = set(generations.live(tmp_path).glob("*.words.col"))
        assert len(built) > TOGETHER
        for number in range(TOGETHER + 1):
            engine.write([replace(documents(1)[0], id=f"new-{number}")], [], number + 2)
        after = set(generations.live(tmp_path).glob("*.words.col"))
        assert len(built - after) <= 1, "the last segment of a build may be a small one"
        assert engine.search(SearchRequest()).total == 200 + TOGETHER + 1

    def test_an_interrupted_build_leaves_the_former_index_and_nothing_else(
        self, tmp_path: Path, segmenter: Segmenter
    ) -> None:
        engine = self.engine(tmp_path, segmenter)
        engine.replace(documents(3), 1)

        def interrupted() -> Iterator[Document]:
            yield from documents(40)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            engine.replace(interrupted(), 2)
        assert engine.search(SearchRequest()).total == 3
        assert [path for path in tmp_path.iterdir() if path.is_dir()] == [generations.live(tmp_path)]

    def test_one_writer_at_a_time(self, tmp_path: Path, segmenter: Segmenter) -> None:
        engine = self.engine(tmp_path, segmenter)
        with generations.writing(tmp_path), pytest.raises(SearchIndexError, match="Another process"):
            engine.replace([], 1)

    def test_an_index_made_by_other_rules_is_refused(self, tmp_path: Path, segmenter: Segmenter) -> None:
        self.engine(tmp_path, segmenter).replace(documents(2), 1)
        other = self.engine(tmp_path, Segmenter(("另一词典",)))
        with pytest.raises(SearchIndexError, match="other rules"):
            other.search(SearchRequest())
        with pytest.raises(SearchIndexError, match="other rules"):
            other.write([], [], 2)

    def test_a_long_index_of_many_commits_answers_as_one(self, tmp_path: Path, segmenter: Segmenter) -> None:
        engine, whole = self.engine(tmp_path / "many", segmenter), self.engine(tmp_path / "one", segmenter)
        made = documents(40)
        engine.replace([], 0)
        for number, document in enumerate(made, 1):
            engine.write([document], [], number)
            segments = list(generations.live(tmp_path / "many").glob("*.words.col"))
            assert len(segments) < 2 * TOGETHER, "small segments are joined"
        whole.replace(made, 40)
        for text in ("", "讨薪", "政务*", "“信息公”"):
            one, many = whole.search(SearchRequest(text, size=100)), engine.search(SearchRequest(text, size=100))
            assert [(hit.id, hit.score, hit.snippets) for hit in one.hits] == [
                (hit.id, hit.score, hit.snippets) for hit in many.hits
            ]
            assert one.facets == many.facets


def test_a_former_state_lets_go_of_its_memory_as_soon_as_nobody_searches_in_it(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, REGISTRY)
    engine.replace(documents(20), 1)
    requests = (
        SearchRequest(),
        SearchRequest("公开 -讨薪", facet_metrics=("applications.received.total",), sort="applications.received.total"),
        SearchRequest("政务*", group="agency", stats=("applications.received.total",)),
        SearchRequest("“信息公” 公幵信息"),
        SearchRequest(like="依申请公开工作有序开展，答复均在法定期限内"),
    )
    for request in requests:
        engine.search(request)
    engine.suggest("公开")
    former = engine.generation
    gc.collect()
    gc.disable()  # a server with much in memory seldom looks for cycles
    try:
        engine.write(documents(1), [], 2)
        engine.search(SearchRequest("公开"))
        assert former not in {each.name for each in gc.get_objects() if isinstance(each, view.WhooshView)}
    finally:
        gc.enable()
    engine.close()


def _shown(directory: Path) -> view.WhooshView:
    """The live state, opened by itself."""
    sight = generations.look(directory)
    reader = opened(sight.build, generations.load(sight.build, sight.number).files).reader()
    return view.WhooshView(reader, sight.name, REGISTRY, {})


class TestReadingAhead:
    """A server's engine answers from the former state while it reads a new one."""

    REQUESTS = (
        SearchRequest("公开 -讨薪", facet_metrics=("applications.received.total",), sort="applications.received.total"),
        SearchRequest("政务*", group="agency", stats=("applications.received.total",)),
        SearchRequest("“信息公” 公幵信息"),
        SearchRequest(like="依申请公开工作有序开展，答复均在法定期限内"),
    )

    def test_a_search_never_waits_for_a_whole_new_state(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Though its build is gone, the former state answers what it was never asked before as it would have."""
        writer, whole = (WhooshEngine(tmp_path, REGISTRY) for _ in range(2))
        writer.replace(documents(20), 1)
        expected = [whole.search(request) for request in self.REQUESTS]
        served = WhooshEngine(tmp_path, REGISTRY, ahead=True)
        served.search(SearchRequest())
        read, may_go_on = read_ahead.read_ahead, threading.Event()

        def slowly(new: view.WhooshView, former: view.WhooshView) -> None:
            assert may_go_on.wait(60)
            read(new, former)

        monkeypatch.setattr("indexer.whoosh_engine.engine.read_ahead", slowly)
        writer.replace(documents(30), 2)
        assert [served.search(request) for request in self.REQUESTS] == expected
        assert served.search(SearchRequest()).total == 20
        may_go_on.set()
        while served.search(SearchRequest()).total != 30:  # the test's own time limit ends what never comes
            time.sleep(0.01)
        for engine in (writer, whole, served):
            engine.close()

    def test_what_is_taken_over_is_what_would_be_read(self, tmp_path: Path) -> None:
        """Over commits that add, change and remove reports, join segments, and build the index anew."""
        draw = random.Random(20261130)  # noqa: S311 - a seeded draw, no secret
        engine, some = WhooshEngine(tmp_path, REGISTRY), documents(60)
        engine.replace(some[:30], 1)
        former = _shown(tmp_path)
        for revision in range(2, 2 * TOGETHER + 4):
            for text in ("公开", "信息", "讨薪", "政务", str(revision - 1)):
                (
                    former.word(text),
                    former.prefix(text[0]),
                    former.pair(text[:2].ljust(2, "年")),
                    former.character(text[0]),
                )
            former.tagged(f"agency:{draw.choice(some).facets['agency'][0]}")
            if revision == TOGETHER:
                engine.replace(draw.sample(some, 40), revision)
            else:
                news = [changed(each, f"公开信息{revision}") for each in draw.sample(some, draw.randrange(3))]
                gone = {each.id for each in draw.sample(some, draw.randrange(3))} - {each.id for each in news}
                engine.write(news, gone, revision)
            taken, fresh = _shown(tmp_path), _shown(tmp_path)
            read_ahead.read_ahead(taken, former)
            asked = taken.last_asked(read_ahead.AHEAD)
            assert len(asked) > 20
            for stretch in asked:
                assert taken.read(stretch).tolist() == fresh.standing(stretch).tolist(), (revision, stretch)
            deleted = taken.columns.size - taken.columns.count
            for pair in ("公开", "信息", "讨薪", "无此"):
                there = fresh.pair(pair).size
                assert taken.frequency(pair) == there if not deleted else taken.frequency(pair) >= there
            former.close()
            fresh.close()
            former = taken
        former.close()
        engine.close()

    def test_a_small_index_is_read_before_anybody_notices(self, tmp_path: Path) -> None:
        writer, served = WhooshEngine(tmp_path, REGISTRY), WhooshEngine(tmp_path, REGISTRY, ahead=True)
        for count in (3, 5, 8):
            writer.replace(documents(count), count)
            assert served.search(SearchRequest()).total == count
        for engine in (writer, served):
            engine.close()

    def test_a_new_state_that_cannot_be_read_is_told(self, tmp_path: Path) -> None:
        writer, served = WhooshEngine(tmp_path, REGISTRY), WhooshEngine(tmp_path, REGISTRY, ahead=True)
        writer.replace(documents(3), 1)
        served.search(SearchRequest())
        writer.replace(documents(5), 2)
        build = generations.live(tmp_path)
        for state in build.glob("state-*"):
            state.write_bytes(state.read_bytes()[:-1])
        with pytest.raises(SearchIndexError, match="--rebuild"):
            served.search(SearchRequest())
        for engine in (writer, served):
            engine.close()
