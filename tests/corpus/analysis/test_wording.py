"""What is folded away of a sentence, and what makes two sentences one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.likeness import ALIKE, likeness, sketches
from corpus.analysis.wording import sentences
from corpus.model import Agency, Report, Section
from corpus.regions import Registry
from corpus.sample.generate import sample_regions

REGISTRY = Registry.load().with_regions(sample_regions(1, 600))
COUNTY = next(region for region in REGISTRY if region.fictional and region.level == "county")


def folded(text: str, name: str = COUNTY.name, code: str = COUNTY.code) -> list[str]:
    agency = Agency(f"{name}人民政府", code, "county", "government")
    section = Section("problems", "五、存在的主要问题", (text,))
    return [each.wording for each in sentences(Report(agency, 2021, "", None, (section,), {}, ()), REGISTRY)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2021年我县新收政府信息公开申请17件。", "2022年我县新收政府信息公开申请 1,209 件。"),
        ("二〇二一年全年公开信息三千余条，群众满意。", "2023年全年公开信息5余条，群众满意。"),
        (f"{COUNTY.name}的部分栏目更新滞后，有待改进。", "北京市的部分栏目更新滞后，有待改进。"),
        ("一是公开目录多年没有梳理，内容陈旧；", "三是公开目录多年没有梳理，内容陈旧。"),
    ],
)
def test_numbers_years_and_names_are_no_difference(one: str, other: str) -> None:
    assert folded(one) == folded(other) != []


def test_every_other_character_is() -> None:
    assert folded("部分栏目更新滞后，有待改进。") != folded("部分栏目更新及时，有待改进。")


def test_a_short_sentence_is_nobodys() -> None:
    assert folded("特此报告。有待改进。") == []


def test_offsets_are_those_of_the_paragraph() -> None:
    text = "特此报告。部分栏目更新滞后，还有待改进。对外解读的形式比较单一！"
    agency = Agency(f"{COUNTY.name}人民政府", COUNTY.code, "county", "government")
    report = Report(
        agency, 2021, "", None, (Section("problems", "", ("一", text)), Section("problems", "", (text,))), {}, ()
    )
    found = list(sentences(report, REGISTRY))
    assert [each.paragraph for each in found] == [1, 1, 2, 2]
    assert [text[each.start : each.end] for each in found[:2]] == text.split("。", 1)[1].replace("。", "。|").split("|")


def test_a_denial_repeats_nothing() -> None:
    assert likeness("本年度没有发生因政府信息公开引起的行政诉讼", "本年度发生因政府信息公开引起的行政诉讼N件") == 0
    assert likeness("对申请人作出予以公开的决定并送达", "对申请人作出不予公开的决定并送达") == 0


@given(
    st.text("公开信息群众政务目录更新栏目N", min_size=10, max_size=60), st.integers(0, 59), st.sampled_from("甲乙丙")
)
def test_one_changed_character_leaves_two_wordings_one(text: str, place: int, new: str) -> None:
    place %= len(text)
    changed = text[:place] + new + text[place + 1 :]
    assert likeness(text, changed) >= ALIKE
    assert likeness(changed, text) == likeness(text, changed)


@given(st.lists(st.text("公开信息群众政务", min_size=3, max_size=30), max_size=6))
def test_a_sketch_depends_on_its_own_wording_alone(texts: list[str]) -> None:
    assert sketches(texts) == [sketches([text])[0] for text in texts]
