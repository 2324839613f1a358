"""Place names in Latin letters, on English pages and on no other."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from corpus.model import Level, Region
from tests.webui.pages import soup
from webui.romanised import romanised


@pytest.mark.parametrize(
    ("code", "name", "level", "latin"),
    [
        ("610100", "西安市", "prefecture", "Xi'an City"),
        ("341500", "六安市", "prefecture", "Lu'an City"),
        ("500000", "重庆市", "province", "Chongqing City"),
        ("522300", "黔西南布依族苗族自治州", "prefecture", "Qianxinan Autonomous Prefecture"),
        ("990122", "鹿鸣县", "county", "Luming County"),
        ("990000", "云岚省", "province", "Yunlan Province"),
    ],
)
def test_a_name_sounds_as_its_place_is_called(code: str, name: str, level: Level, latin: str) -> None:
    assert romanised(Region(code, name, level, "")) == latin


@pytest.mark.parametrize(
    "address", ["/regions/990100", "/agencies/990101-d6fd728d", "/search?region=990100", "/coverage", "/"]
)
def test_english_pages_say_places_in_latin_letters_and_chinese_ones_do_not(client: FlaskClient, address: str) -> None:
    mark = "&" if "?" in address else "?"
    said = [each.get_text() for each in soup(client, f"{address}{mark}lang=en").select(".latin[lang=en]")]
    assert {"Yunlan Province", "Qingting City"} & set(said)
    assert all(re.fullmatch(r"[A-Z][A-Za-z' ]+", each) for each in said)
    assert soup(client, f"{address}{mark}lang=zh-CN").select(".latin") == []
