"""Words: the lexicon and rjieba agree; positions are true; what must be whole is whole."""

from __future__ import annotations

import random
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.regions import Registry
from indexer.normal import is_even, normalise, normalise_with_offsets
from indexer.segment import Segmenter, region_words, terms
from tests.indexer.province import REGIONS, documents

DICTIONARY = [
    normalise(line.split(" ", 1)[0]) for line in (files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Segmenter, Segmenter]:
    pytest.importorskip("rjieba", reason="rjieba is optional: without it there is nothing to compare")
    words = tuple(region_words(Registry.load().with_regions(REGIONS)))
    room = tmp_path_factory.mktemp("lexicon")
    return Segmenter(words, cache=room / "lexicon", native=False), Segmenter(words, native=True)


def test_both_segmenters_give_the_same_tokens(pair: tuple[Segmenter, Segmenter]) -> None:
    prepared, native = pair
    for document in documents(60):
        for text in (document.title, *document.sections.values()):
            normal = normalise(text)
            assert prepared.tokens(normal) == native.tokens(normal)
    assert prepared.fingerprint == native.fingerprint


@settings(max_examples=200)
@given(
    st.text(st.sampled_from("讨薪县政府信息公开人民石溪市行复议工大会〔2019〕28号1,234.5 ab，。薰𠮷〇"), max_size=40)
)
def test_tokens_stand_where_they_say(pair: tuple[Segmenter, Segmenter], text: str) -> None:
    normal = normalise(text)
    covered = 0
    for token in pair[1].words(normal):
        assert normal[token.start : token.end].replace(",", "") == token.text
        assert token.start >= covered
        covered = token.end
    tokens, starts = pair[1].tokens(normal)
    for text_, start in zip(tokens, starts, strict=True):
        assert normal[start:].replace(",", "").startswith(text_)
    assert {(word.text, word.start) for word in pair[1].words(normal)} <= set(zip(tokens, starts, strict=True))
    assert pair[0].tokens(normal) == (tokens, starts)


@given(st.lists(st.integers(0, 349_045), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_runs_of_dictionary_words_are_cut_alike(
    pair: tuple[Segmenter, Segmenter], places: list[int], chance: random.Random
) -> None:
    words = [DICTIONARY[place][: chance.choice((1, 2, 9))] for place in places]
    assert pair[0].tokens("".join(words)) == pair[1].tokens("".join(words))


def test_terms_of_the_field_are_words(segmenter: Segmenter) -> None:
    assert len(terms()) >= 150
    assert len(set(terms())) == len(terms())
    for term in terms():
        if term.isalpha():
            assert [token.text for token in segmenter.words(normalise(term))] == [normalise(term)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("依申请公开的规范性文件", ["依申请公开", "的", "规范性文件"]),
        ("共1,234件，占80.5%", ["共", "1234", "件", "占", "80.5"]),
        ("云政办〔2019〕28号", ["云", "政", "办", "(2019)28号"]),
        ("新增5G基站12个", ["新增", "5g", "基站", "12", "个"]),
        ("石溪市讨薪", ["石溪市", "讨", "薪"]),
    ],
)
def test_words(segmenter: Segmenter, text: str, words: list[str]) -> None:
    assert [token.text for token in segmenter.words(normalise(text))] == words


def test_words_inside_and_across_words_are_indexed_only_at_borders(segmenter: Segmenter) -> None:
    tokens = set(segmenter.tokens("县政府信息公开与工人大会")[0])
    assert {"县政府", "政府信息公开", "信息公开", "政府"} <= tokens
    assert "人大" not in tokens


def test_a_lexicon_is_kept_where_it_is_told_and_made_anew_where_it_is_another_or_damaged(tmp_path: Path) -> None:
    kept = tmp_path / "own" / "lexicon"
    first = Segmenter(("云汀江大桥",), cache=kept, native=False)
    whole = kept.read_bytes()
    assert [path.name for path in kept.parent.iterdir()] == ["lexicon"]
    assert first.tokens("过云汀江大桥")[0][-1] == "云汀江大桥"
    for damaged in (whole[:-1], whole.replace(b"\xe5", b"\xe6", 1), b"another " + whole.split(b" ", 1)[1]):
        kept.write_bytes(damaged)
        again = Segmenter(("云汀江大桥",), cache=kept, native=False)
        assert again.tokens("过云汀江大桥") == first.tokens("过云汀江大桥")
        assert kept.read_bytes() == whole


def test_a_changed_dictionary_changes_the_fingerprint(segmenter: Segmenter) -> None:
    assert Segmenter(("云汀江大桥",)).fingerprint != Segmenter().fingerprint != segmenter.fingerprint


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("政府資訊與行政復議", "政府资讯与行政复议"),
        ("豫政办〔2019〕28号", "豫政办(2019)28号"),
        ("２０２１　年 工 作 报 告", "2021年工作报告"),
        ("Open  Data 12 34", "open data 12 34"),
        ("⼯作", "工作"),
    ],
)
def test_normalise(text: str, normal: str) -> None:
    assert normalise(text) == normal


@settings(max_examples=300)
@given(st.text(max_size=30), st.data())
def test_what_occurs_in_a_text_occurs_in_its_normalised_form(text: str, data: st.DataObject) -> None:
    line = text.replace("\n", "").replace("\r", "")
    start = data.draw(st.integers(0, len(line)))
    piece = line[start : data.draw(st.integers(start, len(line)))]
    assert normalise(piece).strip() in normalise(line)


@settings(max_examples=300)
@given(st.text(max_size=30))
def test_offsets_lead_back_to_the_text(text: str) -> None:
    normal, offsets = normalise_with_offsets(text)
    assert normal == normalise(text)
    assert len(offsets) == len(normal) + 1
    assert list(offsets) == sorted(offsets)
    assert offsets[-1] == len(text)
    assert not is_even(text, normalise(text)) or list(offsets) == list(range(len(text) + 1))


def test_ordinary_text_keeps_its_places() -> None:
    text = "（一）主动公开：2021年，共受理12件；《条例》第二十条。"
    assert is_even(text, normalise(text))
    assert not is_even("第 1 条", normalise("第 1 条"))
