"""An index that is not what was written answers as if nothing had happened, or says that it is damaged: no third."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.errors import SearchIndexError
from indexer.request import SearchRequest, where
from indexer.segment import Segmenter
from indexer.whoosh_engine import WhooshEngine, generations
from tests.indexer.province import REGISTRY, documents

QUERIES = (
    SearchRequest(),
    SearchRequest("讨薪"),
    SearchRequest('"行政复议"'),
    SearchRequest("信息 公开 -讨薪"),
    SearchRequest('"群众 来信"~30'),
    SearchRequest("营商*", sort="-year"),
    SearchRequest("县", {"section": ("problems",)}, sort="refused", facet_metrics=("refused",)),
    where(finding="I1:broken"),
    where(region="900100", level=("county", "prefecture"), year="2016..2020"),
    SearchRequest(like="全面推进政务公开，办理依申请公开件。"),
)

DAMAGED = "damaged"


def answers(engine: WhooshEngine) -> list[object]:
    """The whole of each answer, or the error that names what is wrong."""
    found: list[object] = []
    for query in QUERIES:
        try:
            result = engine.search(query)
        except SearchIndexError as error:
            found.append(DAMAGED if "run `nianbao index" in str(error) else str(error))
        else:
            facets = {name: list(values) for name, values in result.facets.items()}
            found.append((result.total, result.hits, facets))
    return found


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter) -> Path:
    """An index of two segments, with a deletion, whose larger files have several blocks."""
    directory = tmp_path_factory.mktemp("sound") / "index"
    engine = WhooshEngine(directory, REGISTRY, segmenter=segmenter)
    made = documents(260)
    engine.replace(made[:200], 1)
    engine.write(made[200:], [made[3].id], 2)
    return directory


@pytest.fixture(scope="module")
def right(sound: Path, segmenter: Segmenter) -> list[object]:
    found = answers(WhooshEngine(sound, REGISTRY, segmenter=segmenter))
    assert [
        query for query, each in zip(QUERIES, found, strict=True) if not isinstance(each, tuple) or not each[0]
    ] == []
    return found


def files(directory: Path) -> list[Path]:
    """All that an answer is made from."""
    build = generations.live(directory)
    return [directory / "current", *sorted(path for path in build.iterdir() if "LOCK" not in path.name)]


def cut(path: Path, _others: list[Path]) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def begun(path: Path, _others: list[Path]) -> None:
    path.write_bytes(path.read_bytes()[1:])


def flipped(path: Path, _others: list[Path]) -> None:
    data = bytearray(path.read_bytes())
    for place in {len(data) // 3, len(data) // 2, len(data) * 4 // 5}:
        data[place] ^= 0x55
    path.write_bytes(data)


def deleted(path: Path, _others: list[Path]) -> None:
    path.unlink()


def emptied(path: Path, _others: list[Path]) -> None:
    path.write_bytes(b"")


def swapped(path: Path, others: list[Path]) -> None:
    """With the file of its kind in the other segment, or the next one."""
    alike = [each for each in others if each != path and each.suffixes[-2:] == path.suffixes[-2:]]
    other = (alike or [others[others.index(path) - 1]])[0]
    mine, theirs = path.read_bytes(), other.read_bytes()
    path.write_bytes(theirs)
    other.write_bytes(mine)


@contextmanager
def copied(directory: Path, to: Path) -> Iterator[Path]:
    shutil.copytree(directory, to)
    yield to
    shutil.rmtree(to)


@pytest.mark.parametrize("damage", [cut, begun, flipped, deleted, emptied, swapped])
def test_no_damage_goes_unsaid(
    damage: Callable[[Path, list[Path]], None], sound: Path, right: list[object], tmp_path: Path, segmenter: Segmenter
) -> None:
    for number, file in enumerate(files(sound)):
        if not file.stat().st_size:
            continue
        with copied(sound, tmp_path / str(number)) as directory:
            there = files(directory)
            damage(there[number], there)
            engine = WhooshEngine(directory, REGISTRY, segmenter=segmenter)
            given = answers(engine)
            wrong = [q for q, a, r in zip(QUERIES, given, right, strict=True) if a not in (r, DAMAGED)]
            assert not wrong, (file.name, wrong)
            engine.close()


def test_reading_everything_finds_each_damaged_file(sound: Path, tmp_path: Path, segmenter: Segmenter) -> None:
    with copied(sound, tmp_path / "copy") as directory:
        engine = WhooshEngine(directory, REGISTRY, segmenter=segmenter)
        assert list(engine.faults()) == []
        pairs = next(file for file in files(directory) if file.name.endswith(".pairs.col"))
        flipped(pairs, [])
        assert list(engine.faults()) == [pairs.name]


def test_a_damaged_index_is_built_anew_without_being_asked(sound: Path, tmp_path: Path, segmenter: Segmenter) -> None:
    with copied(sound, tmp_path / "copy") as directory:
        next(file for file in files(directory) if file.name.endswith(".pairs.col")).unlink()
        engine = WhooshEngine(directory, REGISTRY, segmenter=segmenter)
        with pytest.raises(SearchIndexError, match=r"damaged \(.*pairs.col\)"):
            engine.status()
        with pytest.raises(SearchIndexError, match="damaged"):
            engine.write(documents(1), [], 3)


def test_nothing_is_unpickled_that_is_not_what_was_written(
    sound: Path, tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unpickled(*_: object, **__: object) -> None:
        raise AssertionError("unpickled")

    with copied(sound, tmp_path / "copy") as directory:
        contents = next(file for file in files(directory) if file.suffix == ".toc")
        flipped(contents, [])
        monkeypatch.setattr("pickle.loads", unpickled)
        monkeypatch.setattr("pickle.load", unpickled)
        for asked in (WhooshEngine.status, lambda engine: engine.search(SearchRequest())):
            with pytest.raises(SearchIndexError, match=r"damaged \(_MAIN_2.toc\)"):
                asked(WhooshEngine(directory, REGISTRY, segmenter=segmenter))
