"""Bytes and characters, settled once."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableError
from corpus.text import clean, compact, decode, decode_property, fold, fold_with_offsets

CHINESE = "政府信息公开工作年度报告，申请一二三条。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16", "utf-32"])
def test_decodes_what_chinese_sites_serve(encoding: str) -> None:
    assert decode(CHINESE.encode(encoding)) == CHINESE


def test_a_declared_encoding_does_not_beat_the_bytes() -> None:
    assert decode(CHINESE.encode("gb18030"), declared="utf-8") == CHINESE


def test_one_broken_byte_does_not_cost_a_page() -> None:
    assert decode((CHINESE * 20).encode() + b"\xff").startswith(CHINESE)


def test_rubbish_is_refused_in_one_sentence() -> None:
    with pytest.raises(UnreadableError, match="no text"):
        decode(bytes(range(256)) * 20)


def test_radicals_become_ideographs_and_punctuation_stays_chinese() -> None:
    assert clean("⼯作，⻅⻓，⺠⻔⻋（１２３）") == "工作，见长，民门车（123）"


def test_radicals_become_what_the_mainland_writes() -> None:
    assert clean("⼾籍，农⼾") == "户籍，农户"


def test_odd_spaces_and_invisible_characters() -> None:
    assert clean("一\u3000二\u00a0\u200b三\x02") == "一 二 三"
    assert compact(" 2022 年\n政府 ") == "2022年政府"


_RIGHT_TO_LEFT = "\u202e"
_FORMATS = [chr(point) for point in (0x61C, *range(0x2000, 0x2070)) if unicodedata.category(chr(point)) == "Cf"]


@pytest.mark.parametrize("mark", [mark for mark in _FORMATS if mark != _RIGHT_TO_LEFT])
def test_a_mark_that_only_says_how_text_runs_is_no_part_of_it(mark: str) -> None:
    assert clean(f"{mark}12{mark}") == "12"


@given(st.text())
def test_clean_is_idempotent(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_fold_agrees_with_its_offsets(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert list(offsets) == sorted(offsets)
    assert offsets[-1] == len(text)


@given(st.text(), st.text())
def test_fold_goes_character_by_character(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


_SIMPLIFIED = "云溪县2024年报告\n一、总体情况\n全年新收到申请12件，栏目更新及时，答复规范，没有收取费用。"
_TRADITIONAL = "雲溪縣2024年報告\n一、總體情況\n全年新收到申請12件，欄目更新及時，答覆規範，沒有收取費用。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_in_every_encoding_that_chinese_comes_in(encoding: str) -> None:
    assert decode(_SIMPLIFIED.encode(encoding)) == _SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030", "utf-16-le"])
def test_traditional_text_is_read_in_big5_too(encoding: str) -> None:
    assert decode(_TRADITIONAL.encode(encoding)) == _TRADITIONAL


def test_a_page_of_two_encodings_is_read_piece_by_piece() -> None:
    part = f"<p>{_SIMPLIFIED}</p>"
    assert decode(part.encode() + part.encode("gb18030")) == part * 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("title", ["云溪县2021年政府信息公开工作年度报告", "水务局2020年年报", "关于公开（2019年度）"])
def test_the_property_of_a_file_is_text_whatever_program_wrote_it(title: str, encoding: str) -> None:
    assert decode_property(title.encode(encoding)) == title


def test_a_property_in_latin_letters_is_read_as_it_is() -> None:
    assert decode_property(b"Annual report 2021") == "Annual report 2021"


def test_a_zero_here_and_there_does_not_make_a_page_unreadable() -> None:
    text = "云溪县人民政府依照条例编制本报告，统计期限为一年。" * 10
    assert decode(text.replace("本报告", "本\0报告", 1).encode()) == text
