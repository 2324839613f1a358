"""The list of divisions and its look-ups."""

from __future__ import annotations

import csv
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Region
from corpus.regions import Registry, valid

REGISTRY = Registry.load()
REGIONS = sorted(REGISTRY, key=lambda region: region.code)


def test_every_division_has_a_code_a_parent_and_no_pseudo_level() -> None:
    assert len(REGISTRY.provinces()) == 34
    assert sum(region.level == "county" and region.valid_to is None for region in REGIONS) > 2800
    for region in REGIONS:
        assert re.fullmatch(r"\d{6}", region.code)
        parent = REGISTRY.get(region.parent)
        assert (parent is None) == (region.level == "province")
        assert region.name not in ("市辖区", "县")
        assert "直辖" not in region.name
        assert all(len(alias) > 1 for alias in region.aliases)


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("140981", ("山西省", "忻州市", "原平市")),
        ("419001", ("河南省", "济源市")),
        ("429004", ("湖北省", "仙桃市")),
        ("469002", ("海南省", "琼海市")),
        ("659001", ("新疆维吾尔自治区", "石河子市")),
        ("110105", ("北京市", "朝阳区")),
        ("441900", ("广东省", "东莞市")),
        ("371202", ("山东省", "莱芜市", "莱城区")),
        ("000000", ()),
    ],
)
def test_path(code: str, path: tuple[str, ...]) -> None:
    assert REGISTRY.path(code) == path
    assert len(REGISTRY.ancestors(code)) == len(path)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("平顶山", ["410400"]),
        ("新疆", ["650000"]),
        ("恩施州", ["422800"]),
        ("恩施", ["422800", "422801"]),
        ("海南州", ["632500"]),
        ("海南", ["460000"]),
        ("河北", ["130000"]),
        ("河北区", ["120105"]),
        ("鼓楼区", ["320106", "320302", "350102", "410204"]),
        ("长安区", ["130102", "610116"]),
        ("沙", []),
        ("鹿泉市", ["130185"]),
        ("藁城", ["130109", "130182"]),
    ],
)
def test_names_and_short_names(name: str, codes: list[str]) -> None:
    assert [region.code for region in REGISTRY.named(name)] == codes


def test_a_year_decides_between_a_former_and_a_present_division() -> None:
    assert [region.code for region in REGISTRY.named("藁城", 2010)] == ["130182", "130109"]
    assert [region.code for region in REGISTRY.named("藁城", 2020)] == ["130109", "130182"]
    former = REGISTRY.get("130182")
    assert former is not None
    assert valid(former, 2010)
    assert not valid(former, 2020)
    assert former not in REGISTRY.children("130100")


def test_a_sample_adds_its_regions_and_leaves_the_registry_as_it_was() -> None:
    extra = (Region("980000", "云麓省", "province", fictional=True), Region("980100", "青崖市", "prefecture", "980000"))
    merged = REGISTRY.with_regions(extra)
    assert merged.path("980100") == ("云麓省", "青崖市")
    assert REGISTRY.get("980000") is None
    assert len(merged) == len(REGISTRY) + 2


def test_the_longest_name_is_found_and_none_inside_another() -> None:
    text = "天津市河北区与河北省、海南州"
    mentions = REGISTRY.find(text)
    assert [text[mention.start : mention.end] for mention in mentions] == ["天津市", "河北区", "河北省", "海南州"]
    assert [mention.full for mention in mentions] == [True, True, True, False]


@given(st.sampled_from(REGIONS))
def test_every_path_leads_to_its_region(region: Region) -> None:
    assert REGISTRY.path(region.code)[-1] == region.name
    assert region in REGISTRY.named(region.name)
    mention = REGISTRY.at(region.name)
    assert mention is not None
    assert mention.end == len(region.name)
    assert region in mention.regions


@given(st.text(alphabet="河北省市区天津海南州县鼓楼", max_size=30))
def test_mentions_are_in_order_and_apart(text: str) -> None:
    end = 0
    for mention in REGISTRY.find(text):
        assert mention.start >= end
        assert REGISTRY.named(text[mention.start : mention.end])
        end = mention.end


def test_no_other_name_is_the_name_of_a_neighbour() -> None:
    """A code that passed from one division to another must not carry the first one's name along."""
    present = [region for region in REGISTRY if region.valid_to is None]
    names = {(region.parent, region.name) for region in present}
    assert not [region.name for region in present for alias in region.aliases if (region.parent, alias) in names]


def test_every_region_has_the_sound_of_its_name_syllable_by_syllable() -> None:
    rows = csv.DictReader((files("corpus") / "pinyin.csv").read_text(encoding="utf-8").splitlines())
    sounds = {row["code"]: row["pinyin"] for row in rows}
    assert set(sounds) == {region.code for region in Registry.load()}
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", sound) for sound in sounds.values())
    assert sounds["410400"] == "ping-ding-shan"
