"""What people say in words is read as the signs of the query language say it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.names import Names
from indexer.phrases import phrases
from indexer.phrasing import Phrasing
from tests.indexer.thorough import STRINGS

AGENCIES = ("石溪市云冈镇人民政府", "石溪市长河街道办事处", "白渡县长河街道办事处", "云汀省民政厅")
SAID = (
    *phrases().without, *phrases().ask_first, *phrases().about, "停车位", "讨薪", "石溪", "白渡县", "2021", "50%",
    "公开率超过", "的县", "和", "外", " ", "(", ")", "-", "|", "Shi Xi", "since",
)  # fmt: skip


@pytest.fixture(scope="module")
def phrasing(names: Names) -> Phrasing:
    return Phrasing(names)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("讨薪 不含 停车位", "讨薪 -停车位"),
        ("讨薪 不包括停车位", "讨薪 -停车位"),
        ("除石溪市外 讨薪", "-石溪市  讨薪"),
        ("讨薪 without 停车位", "讨薪 -停车位"),
        ("讨薪 不要求", "讨薪 不要求"),
        ("除夕外出", "除夕外出"),
        ("有关部门", "有关部门"),
        ("涉及国家秘密", "涉及国家秘密"),
        ("2020 2021 讨薪", "2020年、2021年 讨薪"),
        ("讨薪 since 2020", "讨薪 2020.."),
        ("from 2019 to 2021", "2019..2021"),
        ("讨薪 或者 停车位", "讨薪 OR 停车位"),
        ("讨薪 or 停车位 并且 2020年", "讨薪 OR 停车位 AND 2020年"),
        ("或者 停车位", "或者 停车位"),
        ("2018/2019 讨薪", "2018年、2019年 讨薪"),
        ("18-20年 讨薪", "2018..2020 讨薪"),
        ("年份 2019到2021", "2019到2021"),
        ("讨薪 非2019年", "讨薪 -2019年"),
        (">2019 讨薪", "年份>2019 讨薪"),
        ("2014版 讨薪", "版式:2014 讨薪"),
        ("2020版 讨薪", "2020版 讨薪"),
        ("新收申请为0", "新收申请=0"),
        ("非政府组织", "非政府组织"),
        ("公开率 高于 50%", "公开率>50"),
        ("石溪市和白渡县", "(石溪市 OR 白渡县)"),
        ("-石溪市与白渡县", "-(石溪市 OR 白渡县)"),
        ("公开率超过50%", "公开率>50"),
        ("新收申请不少于一百件的县", "新收申请>=100 层级:县级"),
        ("-新收申请10件以上的县", "-(新收申请>=10 层级:县级)"),
        ("公开率在10%到20%之间", "公开率:10..20"),
        ("公开率超过百分之五十", "公开率>50"),
        ("公开率 50%以上 讨薪", "公开率>=50 讨薪"),
        ("讨薪 50%以上", "讨薪 50%以上"),
        ("没有行政复议", "行政复议:0..0"),
        ("没有停车位", "没有停车位"),
        ("省政府", "(层级:省级 类别:政府)"),
        ("市政府办2021年", "(层级:市级 类别:办公室 2021年)"),
        ("县民政局", "(层级:县级 民政局)"),
        ("请问停车位在哪里", "停车位"),
        ("关于停车位的报告", "停车位"),
        ("关于停车位的通知", "关于停车位的通知"),
        ("讨薪的县", "讨薪 层级:县级"),
        ("Shí Xī", "shixi"),
        ("Shixi City government 2020", "石溪市人民政府 2020"),
        ("900100", "地区:900100"),
        ("编号900121-2014-cbf41f05", "900121-2014-cbf41f05"),
        ("云冈镇2020年报", "石溪市云冈镇人民政府 2020年报"),
        ("长河街道", "长河街道"),
        ("“讨薪 不含 停车位”", "“讨薪 不含 停车位”"),
        ("讨薪 不含 “停车位”", '讨薪 -"停车位"'),
        ("停车位", "停车位"),
    ],
)
def test_words_are_read_as_signs(phrasing: Phrasing, typed: str, read: str) -> None:
    assert phrasing.read(typed, AGENCIES) == read


@settings(max_examples=STRINGS // 5)
@given(
    st.lists(st.sampled_from(SAID), max_size=8).map("".join), st.lists(st.sampled_from(SAID), max_size=3).map("".join)
)
def test_quotations_stay_and_brackets_stay_in_pairs(phrasing: Phrasing, said: str, quoted: str) -> None:
    read = phrasing.read(f"{said} “{quoted}”", AGENCIES)
    assert re.search(rf"[\"“]{re.escape(quoted)}[\"”]$", read)
    outside = read[: -len(quoted) - 2]
    assert outside.count("(") - outside.count(")") == said.count("(") - said.count(")")
