"""Title, agency, place and year of a report, from titles seen on real sites and from our own little pages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Content, Heading, Paragraph
from corpus.extraction.metadata import Metadata, parse_metadata
from corpus.extraction.year import address_year
from corpus.model import NATION, Region
from corpus.readers.formats import read
from corpus.regions import Registry

REGISTRY = Registry.load()
PRESENT = sorted((region for region in REGISTRY if region.valid_to is None), key=lambda region: region.code)


def parse(*lines: str, url: str = "", hint: str = "", title: str = "", **metadata: str) -> Metadata:
    return parse_metadata(Content(tuple(map(Paragraph, lines)), title, metadata), REGISTRY, url=url, hint=hint)


# The variants of titles seen on real sites: title, hint of the site, agency, region, kind, year.
VARIANTS = [
    ("2022年上海市政府信息公开工作年度报告", "", "上海市人民政府", "310000", "government", 2022),
    ("〔2022年度〕上海市杨浦区教育局政府信息公开工作年度报告", "", "上海市杨浦区教育局", "310110", "department", 2022),
    ("上海市杨浦区教育局政府信息公开工作年度报告〖2022年〗", "", "上海市杨浦区教育局", "310110", "department", 2022),
    ("2022年上海市人民政府参事室政府信息公开工作年度报告", "", "上海市人民政府参事室", "310000", "department", 2022),
    ("上海市杨浦区政府2022年政府信息公开工作年度报告", "", "上海市杨浦区人民政府", "310110", "government", 2022),
    ("2024年北京市“政府信息公开工作年度报告”集中公开专题页面", "", "北京市人民政府", "110000", "government", 2024),
    ("天津市2017年政府信息公开年度报告", "", "天津市人民政府", "120000", "government", 2017),
    ("天津市应急管理局2020年政府信息公开年度报告", "", "天津市应急管理局", "120000", "department", 2020),
    ("河北省2020年政府信息公开工作年度报告", "", "河北省人民政府", "130000", "government", 2020),
    ("广东省文化和旅游厅2021年度政府信息公开工作年度报告", "", "广东省文化和旅游厅", "440000", "department", 2021),
    ("安徽省人民政府2017年政府信息公开工作报告", "", "安徽省人民政府", "340000", "government", 2017),
    ("西藏自治区政府国资委2020政府信息公开工作年度报告", "", "西藏自治区人民政府国资委", "540000", "department", 2020),
    (
        "额济纳旗工业商务和信息化局2021年度政府信息公开工作年度报告", "",
        "额济纳旗工业商务和信息化局", "152923", "department", 2021,
    ),
    ("道里区经纬街道办事处2022年政府信息公开工作年度报告", "", "道里区经纬街道办事处", "230102", "township", 2022),
    ("五常市背荫河镇2022年政府信息公开工作年度报告", "", "五常市背荫河镇人民政府", "230184", "township", 2022),
    ("水务局2020年政府信息公开工作年度报告", "230883", "抚远市水务局", "230883", "department", 2020),
    ("商务局2023年政府信息公开工作年度报告", "330782", "义乌市商务局", "330782", "department", 2023),
    ("2021年政府信息公开工作年度报告", "460202", "海棠区人民政府", "460202", "government", 2021),
    ("2018年南昌市政府信息公开工作年报", "", "南昌市人民政府", "360100", "government", 2018),
    ("南昌经济技术开发区2019年度政府信息公开工作年报", "", "南昌经济技术开发区管理委员会", "360100", "zone", 2019),
    ("长安区人民政府办公室2022年度政府信息公开年报", "610116", "长安区人民政府办公室", "610116", "office", 2022),
    ("2022年度长春高新开发区政府信息公开工作年度报告", "", "长春高新开发区管理委员会", "220100", "zone", 2022),
    ("谷来镇2022年度政府信息公开年度报告", "330683", "谷来镇人民政府", "330683", "township", 2022),
    ("2022年度嵊州市人民政府办公室政府信息公开工作年度报告", "", "嵊州市人民政府办公室", "330683", "office", 2022),
    ("中意宁波生态园管理委员会2021年政务公开工作年度报告", "", "中意宁波生态园管理委员会", "330281", "zone", 2021),
    ("通城县北港镇2021年度政府信息公开工作报告", "", "通城县北港镇人民政府", "421222", "township", 2021),
    ("伊宁县政府信息公开工作2023年度报告", "", "伊宁县人民政府", "654021", "government", 2023),
    (
        "鄂尔多斯市国有资产监督管理委员会政府信息公开工作2022年度报告", "",
        "鄂尔多斯市国有资产监督管理委员会", "150600", "department", 2022,
    ),
    ("海南省工业和信息化厅2022年度政府信息公开工作报告", "", "海南省工业和信息化厅", "460000", "department", 2022),
    ("2008年度衡阳市政府信息公开工作年度报告", "", "衡阳市人民政府", "430400", "government", 2008),
    ("广州海关关区2021年政府信息公开工作年度报告", "", "广州海关", NATION, "ministry", 2021),
    (
        "北京大兴国际机场临空经济区(廊坊)管理委员会 2022年政府信息公开工作年度报告", "",
        "北京大兴国际机场临空经济区(廊坊)管理委员会", "131000", "zone", 2022,
    ),
    (
        "赣州蓉江新区经济发展局2022年政府\n信息公开工作年度报告", "",
        "赣州蓉江新区经济发展局", "360700", "department", 2022,
    ),
    ("衡阳市发展和改革委员会2021年度政府信息公开年度报告", "", "衡阳市发展和改革委员会", "430400", "department", 2021),
    ("洛阳镇2018年政府信息公开年度报告", "350521", "洛阳镇人民政府", "350521", "township", 2018),
    ("新港街2023年政府信息公开工作年度报告", "120116", "新港街道办事处", "120116", "township", 2023),
    (
        "重庆市规划和自然资源局涪陵区分局2021年政府信息公开工作年度报告", "",
        "重庆市规划和自然资源局涪陵区分局", "500102", "department", 2021,
    ),
    (
        "平顶山市生态环境局宝丰分局2022年政府信息公开年报", "",
        "平顶山市生态环境局宝丰分局", "410421", "department", 2022,
    ),
    (
        "平顶山市公安局高新技术产业开发区分局2022年政府信息公开年报", "",
        "平顶山市公安局高新技术产业开发区分局", "410400", "department", 2022,
    ),
    ("宝丰县经开区（滨江）管委会2022年政府信息公开年报", "", "宝丰县经开区（滨江）管理委员会", "410421", "zone", 2022),
    ("昌吉高新区管委会2023年政府信息公开年报", "", "昌吉高新区管理委员会", "652300", "zone", 2023),
    ("海关总署2012年海关信息公开工作年度报告", "", "海关总署", NATION, "ministry", 2012),
    ("天府新区眉山片区管理委员会2021年政府信息公开年报", "", "天府新区眉山片区管理委员会", "511400", "zone", 2021),
    ("淮河水利委员会2021年政府信息公开工作年度报告", "", "淮河水利委员会", NATION, "ministry", 2021),
    ("自治区北部湾办2022年政府信息公开工作年度报告", "450000", "广西壮族自治区北部湾办", "450000", "department", 2022),
]  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_title_variants(variant: tuple[str, str, str, str, str, int]) -> None:
    title, hint, agency, region, kind, year = variant
    found = parse(*title.split("\n"), hint=hint)
    assert found.reason is None
    assert found.agency is not None
    assert (found.agency.name, found.agency.region, found.agency.kind, found.year) == (agency, region, kind, year)
    assert found.title == title.replace("\n", "").replace(" ", "")


def test_a_title_that_names_neither_body_nor_year_leaves_both_to_the_text() -> None:
    found = parse(
        "政府信息公开工作年度报告",
        "本报告由云溪镇人民政府编制，所列数据的统计期限自2021年1月1日起至2021年12月31日止。",
        "一、总体情况",
        "我县高度重视。",
        "宝丰县云溪镇人民政府",
        "2022年1月20日",
    )
    assert found.agency is not None
    assert (found.agency.name, found.agency.region, found.year) == ("宝丰县云溪镇人民政府", "410421", 2021)
    assert found.published == date(2022, 1, 20)


@pytest.mark.parametrize(
    "title",
    [
        "文字解读:大明湖街道办事处2022年政府信息公开工作年度报告",
        "图解：平顶山市2022年政府信息公开工作年度报告",
        "一图读懂平顶山市2022年政府信息公开工作年度报告",
        "石狮市2021年政府信息公开工作年度报告公布情况",
        "关于做好2018年度政府信息公开工作年度报告编制公布工作的通知",
        "平顶山市2022年政府信息公开工作年度报告（图片版）",
        "平顶山市2022年政府信息公开工作年度报告（超链版）",
        "平顶山市人民政府信息公开指南",
        "2022年政府网站工作年度报表",
        "平顶山市2022年法治政府建设年度报告",
        "襄阳住房公积金2021年年度报告",
    ],
)
def test_near_misses_are_no_reports_and_say_what_they_are(title: str) -> None:
    found = parse(title, "一、总体情况")
    assert found.agency is None
    assert found.reason is not None
    assert found.reason.values["title"] == title


@pytest.mark.parametrize("body", ["珠山区文化广电新闻出版旅游局", "原平市机构编制委员会办公室", "原平市教育培训中心"])
def test_words_of_near_misses_inside_the_name_of_a_body_do_no_harm(body: str) -> None:
    found = parse(f"{body}2022年政府信息公开工作年度报告")
    assert found.agency is not None
    assert found.agency.name == body


@pytest.mark.parametrize(
    ("title", "hint", "name", "region"),
    [
        ("宝丰县2021年政府信息公开工作年度报告", "", "宝丰县人民政府", "410421"),
        ("宝丰2021年政府信息公开工作年度报告", "", "宝丰县人民政府", "410421"),
        ("殷都区人民政府2021年政府信息公开工作年度报告", "", "殷都区人民政府", "410505"),
        ("财政局2021年政府信息公开工作年度报告", "410400", "平顶山市财政局", "410400"),
        ("市财政局2021年政府信息公开工作年度报告", "410400", "平顶山市财政局", "410400"),
        ("市财政局2021年政府信息公开工作年度报告", "410421", "平顶山市财政局", "410400"),
        ("市市场监督管理局2021年政府信息公开工作年度报告", "410400", "平顶山市市场监督管理局", "410400"),
        ("市场监督管理局2021年政府信息公开工作年度报告", "410400", "平顶山市市场监督管理局", "410400"),
        ("市政府2021年政府信息公开工作年度报告", "410400", "平顶山市人民政府", "410400"),
        ("市政府办公室2021年政府信息公开工作年度报告", "410400", "平顶山市人民政府办公室", "410400"),
        ("宝丰县政府2021年政府信息公开工作年度报告", "410400", "宝丰县人民政府", "410421"),
        ("平顶山市人民政府信息公开工作年度报告（2020年度）", "", "平顶山市人民政府", "410400"),
        ("开发区管委会2021年政府信息公开工作年度报告", "410400", "平顶山市开发区管理委员会", "410400"),
        ("海南州2021年政府信息公开工作年度报告", "", "海南州人民政府", "632500"),
        ("鹿泉市2012年政府信息公开工作年度报告", "", "鹿泉市人民政府", "130185"),
        ("重庆两江新区管理委员会2023年政府信息公开工作年度报告", "", "重庆两江新区管理委员会", "500000"),
        ("天水市乡村振兴局2023年政府信息公开工作年度报告", "", "天水市乡村振兴局", "620500"),
        ("崇川区2015年政府信息公开工作年度报告", "", "崇川区人民政府", "320602"),
        ("崇川区2022年政府信息公开工作年度报告", "", "崇川区人民政府", "320613"),
        ("乌鲁木齐高新技术产业开发区(新市区)人民政府2022年政府信息公开工作年度报告", "",
         "乌鲁木齐高新技术产业开发区(新市区)人民政府", "650104"),
        ("中国(福建)自由贸易试验区福州片区管理委员会2022年政府信息公开工作年度报告", "",
         "中国(福建)自由贸易试验区福州片区管理委员会", "350100"),
        ("广州市越秀区北京街道办事处2021年政府信息公开工作年度报告", "", "广州市越秀区北京街道办事处", "440104"),
        ("国家税务总局平顶山市税务局2021年政府信息公开工作年度报告", "", "国家税务总局平顶山市税务局", "410400"),
        ("中华人民共和国水利部2020年政府信息公开工作年度报告", "410400", "中华人民共和国水利部", NATION),
        ("教育部2021年政府信息公开工作年度报告", "410400", "教育部", NATION),
    ],
)  # fmt: skip
def test_names_are_completed_and_a_hint_never_overrides(title: str, hint: str, name: str, region: str) -> None:
    found = parse(title, hint=hint)
    assert found.agency is not None, found.reason
    assert (found.agency.name, found.agency.region) == (name, region)


@pytest.mark.parametrize(
    ("body", "name", "region", "kind"),
    [
        ("本溪市", "本溪市人民政府", "210500", "government"),
        ("内蒙古财政厅", "内蒙古财政厅", "150000", "department"),
        ("科右中旗", "科右中旗人民政府", "152222", "government"),
        ("杭州", "杭州市人民政府", "330100", "government"),
        ("恩施州", "恩施州人民政府", "422800", "government"),
        ("宝丰县残联", "宝丰县残联", "410421", "department"),
        ("宝丰县第一中学", "宝丰县第一中学", "410421", "department"),
        ("宝丰县住房公积金管理中心", "宝丰县住房公积金管理中心", "410421", "department"),
        ("林芝地区", "林芝地区人民政府", "542600", "government"),
        ("兴安盟行政公署", "兴安盟行政公署", "152200", "government"),
        ("新疆生产建设兵团", "新疆生产建设兵团", "650000", "government"),
        ("第八师石河子市", "第八师石河子市人民政府", "659001", "government"),
        ("新疆生产建设兵团第八师石河子市教育局", "新疆生产建设兵团第八师石河子市教育局", "659001", "department"),
        ("陕西省西咸新区开发建设管理委员会", "陕西省西咸新区开发建设管理委员会", "610000", "zone"),
        ("平顶山市航空港区", "平顶山市航空港区管理委员会", "410400", "zone"),
        ("国家语言文字工作委员会", "国家语言文字工作委员会", NATION, "ministry"),
        ("国家统计局昌吉调查队", "国家统计局昌吉调查队", "652300", "department"),
        ("审计署驻郑州特派员办事处", "审计署驻郑州特派员办事处", "410100", "department"),
        ("定州市", "定州市人民政府", "130682", "government"),
    ],
)
def test_bodies_of_all_sorts_are_read(body: str, name: str, region: str, kind: str) -> None:
    found = parse(f"{body}2015年政府信息公开工作年度报告")
    assert found.agency is not None, found.reason
    assert (found.agency.name, found.agency.region, found.agency.kind) == (name, region, kind)


@pytest.mark.parametrize(
    "signature", ["宝丰县红旗镇人民政府", "平顶山市宝丰县红旗镇人民政府", "宝丰县人民政府红旗镇政府"]
)
def test_a_name_that_begins_like_a_region_is_a_township_where_its_signature_says(signature: str) -> None:
    found = parse("红旗镇2022年政府信息公开工作年度报告", "一、总体情况", "本镇扎实推进。", signature, "2023年1月8日")
    assert found.agency is not None, found.reason
    assert (found.agency.name, found.agency.region) == ("红旗镇人民政府", "410421")


def test_places_one_behind_the_other_are_one_place() -> None:
    title = "朝外街道办事处2022年政府信息公开工作年度报告"
    found = parse(title, "一、总体情况", "本街道扎实推进。", "北京市朝阳区人民政府朝外街道办事处")
    assert found.agency is not None, found.reason
    assert found.agency.region == "110105"


@pytest.mark.parametrize(
    ("url", "region"),
    [
        ("http://www.gz.gov.cn/a/1.html", "440100"),
        ("http://gz.cma.gov.cn/a/1.html", "520000"),
        ("http://www.jinan.gov.cn/a/1.html", "370100"),
        ("http://qionghai.hainan.gov.cn/a/1.html", "469002"),
        ("http://js.changchun.gov.cn/a/1.html", "220100"),
    ],
)
def test_a_host_names_the_highest_of_what_it_can_mean(url: str, region: str) -> None:
    found = parse("财政局2022年政府信息公开工作年度报告", url=url)
    assert found.agency is not None, found.reason
    assert found.agency.region == region


def test_a_short_name_behind_one_where_it_does_not_lie_is_no_place() -> None:
    # 东湖区 lies in Nanchang.
    found = parse("劳动分局2022年政府信息公开工作年度报告", "一、总体情况", "设在“武汉东湖产业园政务网”。")
    assert found.agency is not None, found.reason
    assert (found.agency.name, found.agency.region) == ("武汉市劳动分局", "420100")


def test_a_district_without_a_code_is_a_bodys_own_place() -> None:
    found = parse("石龙湖区旅游局2022年政府信息公开工作年度报告", "一、总体情况", "依平顶山市人民政府的安排。")
    assert found.agency is not None, found.reason
    assert (found.agency.name, found.agency.region) == ("石龙湖区旅游局", "410400")


def test_a_provincial_body_on_the_site_of_a_county_is_its_provinces() -> None:
    found = parse("交通运输厅2022年政府信息公开工作年度报告", url="https://dj.longwan.gov.cn/art/1.html")
    assert found.agency is not None, found.reason
    assert (found.agency.name, found.agency.region) == ("浙江省交通运输厅", "330000")


def test_a_text_that_speaks_of_its_district_is_not_the_citys() -> None:
    found = parse("2022年政府信息公开工作年度报告", "一、总体情况", "我区扎实推进。", url="http://shiyan.gov.cn/1.html")
    assert found.agency is None


@pytest.mark.parametrize(
    "page",
    [
        "原平市人民政府-{}",
        "原平市人民政府门户网站 {}",
        "政府信息公开年报_{}",
        "{}--原平市人民政府门户网站",
        "{}_政府信息公开年报_原平市人民政府",
    ],
)
def test_of_the_parts_of_a_page_title_the_one_that_tells_most_counts(page: str) -> None:
    title = "原平市2020年政府信息公开年度报告"
    assert parse("一、总体情况", title=page.format(title)).title == title


@pytest.mark.parametrize(
    "title",
    [
        "《原平市2020年政府信息公开年度报告》",
        "原平市2020年政府信息主动公开工作年度报告",
        "原平市2020年政府信息公开工作总结报告",
        "原平市2020年1-12月政府信息公开工作年度报告",
    ],
)
def test_titles_in_other_words_and_marks(title: str) -> None:
    found = parse(title)
    assert found.agency is not None, found.reason
    assert (found.title, found.agency.name, found.year) == (title, "原平市人民政府", 2020)


@pytest.mark.parametrize(
    "title",
    [
        "原平市（本级）2020年政府信息公开年度报告",
        "原平市本级2020年政府信息公开年度报告",
        "原平市政府系统2020年政府信息公开年度报告",
        "原平市2020年政府信息公开年度报告（含乡镇）",
    ],
)
def test_how_much_a_report_covers_is_no_part_of_a_name(title: str) -> None:
    found = parse(title)
    assert found.agency is not None, found.reason
    assert (found.title, found.agency.name) == (title, "原平市人民政府")


def test_a_heading_broken_by_the_reader_is_one_title() -> None:
    blocks = (Paragraph("原平市"), Heading("2020年政府信息公开年度报告", 1), Paragraph("一、总体情况"))
    assert parse_metadata(Content(blocks), REGISTRY).title == "原平市2020年政府信息公开年度报告"


@pytest.mark.parametrize(
    "period",
    [
        "统计期限从2019年1月1日起，至2019年12月31日止",
        "统计期限为2019年01月01日至12月31日",
        "统计时间：2019.1.1-2019.12.31",
        "统计期限自二〇一九年一月一日至十二月三十一日止",
        "统计期为2019年1月至12月",
        "统计期限为2019年度",
        "本报告数据截至2019年12月31日",
    ],
)
def test_the_period_in_its_manners(period: str) -> None:
    assert parse("原平市政府信息公开年度报告", f"2017年预算。2017年决算。{period}。").year == 2019


@pytest.mark.parametrize(
    ("lines", "region"),
    [
        (("鼓楼区2021年政府信息公开工作年度报告", "根据《福州市人民政府关于年报的通知》要求编制。"), "350102"),
        (("鼓楼区2021年政府信息公开工作年度报告", "一、总体情况", "徐州市鼓楼区人民政府"), "320302"),
        (("长安区2021年政府信息公开工作年度报告", "按照石家庄市部署，我区扎实推进。"), "130102"),
        (("朝阳区2021年政府信息公开工作年度报告", "根据吉政办发〔2021〕3号文件要求编制。"), "220104"),
        (("洛阳镇2018年政府信息公开年度报告", "一、总体情况", "惠安县洛阳镇人民政府"), "350521"),
        (("北京街道2021年政府信息公开年度报告", "一、总体情况", "广州市越秀区北京街道办事处"), "440104"),
    ],
)
def test_places_of_one_name_are_told_apart_by_what_the_text_says(lines: tuple[str, ...], region: str) -> None:
    found = parse(*lines)
    assert found.agency is not None, found.reason
    assert found.agency.region == region


def test_a_place_that_nothing_tells_apart_is_not_guessed() -> None:
    found = parse("鼓楼区2021年政府信息公开工作年度报告")
    assert found.agency is None
    assert found.reason is not None
    assert "江苏省南京市鼓楼区" in str(found.reason.values["places"])


def test_the_site_tells_the_place_unless_the_title_does() -> None:
    site = {"siteidcode": "4104000012", "sitename": "平顶山市人民政府"}
    without = parse("财政局2021年政府信息公开工作年度报告", **site)
    within = parse("原平市2021年政府信息公开工作年度报告", **site)
    assert without.agency is not None
    assert within.agency is not None
    assert (without.agency.region, within.agency.region) == ("410400", "140981")
    host = parse("财政局2021年政府信息公开工作年度报告", url="http://czj.yinchuan.gov.cn/a/t1.html")
    assert host.agency is not None
    assert host.agency.name == "银川市财政局"


def test_an_office_that_signs_for_its_government_is_not_the_agency() -> None:
    signed = ("原平市人民政府办公室", "2021年1月29日")
    title = "2020年政府信息公开年度报告"
    summed = parse(title, "一、总体情况", "我市各部门汇总如下。", *signed)
    own = parse(title, "一、总体情况", "我办认真落实。", *signed)
    assert summed.agency is not None
    assert own.agency is not None
    assert (summed.agency.name, summed.agency.kind) == ("原平市人民政府", "government")
    assert (own.agency.name, own.agency.kind) == ("原平市人民政府办公室", "office")


@pytest.mark.parametrize(
    "lines",
    [
        ("原平市2020年政府信息公开", "年度报告"),
        ("原平市", "2020年政府信息公开年度报告"),
        ("首页", "政务公开", "当前位置：首页>政府信息公开年报", "原平市2020年政府信息公开年度报告", "大 小"),
        ("政府信息公开年报", "2018年政府信息公开年度报告", "原平市 2020 年政府信息公开年度报告"),
    ],
)
def test_the_title_is_found_behind_furniture_and_over_broken_lines(lines: tuple[str, ...]) -> None:
    found = parse(*lines, "一、总体情况", "我市扎实推进。")
    assert found.title == "原平市2020年政府信息公开年度报告"
    assert found.agency is not None
    assert (found.agency.region, found.year) == ("140981", 2020)


@pytest.mark.parametrize("suffix", ["_原平市人民政府", " - 原平市政府门户", "-原平市人民政府网", "|原平市政府信息公开"])
def test_the_title_may_stand_in_the_page_title_alone(suffix: str) -> None:
    title = "原平市2020年政府信息公开年度报告"
    assert parse("一、总体情况", title=title + suffix).title == title
    assert parse("一、总体情况", articletitle=title).title == title


def test_a_heading_beats_a_link_to_another_year() -> None:
    blocks = (
        Paragraph("原平市2018年政府信息公开年度报告"),
        Heading("原平市2020年政府信息公开年度报告", 1),
        Paragraph("原平市2021年政府信息公开年度报告"),
        Paragraph("一、总体情况"),
    )
    assert parse_metadata(Content(blocks), REGISTRY).year == 2020


def test_title_and_period_that_disagree_are_a_warning_and_the_title_wins() -> None:
    found = parse("原平市2020年政府信息公开年度报告", "统计期限自2019年1月1日至2019年12月31日。")
    assert found.year == 2020
    assert len(found.warnings) == 1
    assert 2019 in found.warnings[0].values.values()


def test_without_a_year_in_the_title_period_folder_and_date_are_asked_in_this_order() -> None:
    title = "原平市政府信息公开年度报告"
    address = "http://www.yuanping.gov.cn/zfxxgknb/2021n/202201/t20220118_1.html"
    period = "自2019年1月1日起至12月31日止"
    assert parse(title, period, url=address, pubdate="2019-01-20").year == 2019
    assert parse(title, url=address, pubdate="2019-01-20").year == 2021
    assert parse(title, pubdate="2019-01-20 10:00").year == 2018
    assert parse(title, "2019年1月20日", "一、总体情况", "栏目已更新。").year == 2018
    assert parse("原平市二〇一五年政府信息公开年度报告").year == 2015


@pytest.mark.parametrize(
    ("url", "year"),
    [
        ("http://a.gov.cn/xxgknb/bmxxgknb/2017052662977646594.html", None),
        ("http://a.gov.cn/25222/content_2021096.html", None),
        ("http://a.gov.cn/art/2022/1/12/art_1_2.html", None),
        ("http://a.gov.cn/art/2023/art_39.html", None),
        ("http://a.gov.cn/zfxxgknb/202202/t20220210_1.shtml", None),
        ("http://a.gov.cn/zfxxgknb/2021n/202202/t20220210_1.shtml", 2021),
        ("http://a.gov.cn/zfxxgknb/2022nb/t1.shtml", 2022),
        ("http://a.gov.cn/zfxxgknb/nb_2022/t1.shtml", 2022),
        ("http://a.gov.cn/zfxxgknb/xxgknb2020/t1.shtml", 2020),
        ("http://a.gov.cn/xxgkAnnualReport.jsp?area=1&fbtime=2022", 2022),
    ],
)
def test_only_folders_and_parameters_of_years_count_in_an_address(url: str, year: int | None) -> None:
    assert address_year(url) == year


def test_the_number_of_the_report_is_its_own_not_one_it_cites() -> None:
    title = "原平市2020年政府信息公开年度报告"
    assert parse("原政办〔2021〕5号", title, "一、总体情况").document_number == "原政办〔2021〕5号"
    assert parse(title, "根据忻政办发电〔2020〕1号的要求编制。", "一、总体情况").document_number == ""


def test_fictional_regions_follow_the_same_rules() -> None:
    extra = (
        Region("980000", "云麓省", "province", fictional=True),
        Region("980100", "青崖市", "prefecture", "980000", ("青崖",), fictional=True),
        Region("980121", "渡云县", "county", "980100", ("渡云",), fictional=True),
    )
    registry = REGISTRY.with_regions(extra)
    content = Content((Paragraph("渡云县财政局2021年政府信息公开工作年度报告"),))
    found = parse_metadata(content, registry)
    assert found.agency is not None
    assert (found.agency.name, found.agency.region, found.agency.level) == ("渡云县财政局", "980121", "county")


def test_a_text_without_any_title_gives_a_reason() -> None:
    for lines in ((), ("一、总体情况",), ("今天天气很好。",)):
        found = parse(*lines)
        assert (found.agency, found.year) == (None, None)
        assert found.reason


@given(st.sampled_from(PRESENT), st.integers(2008, 2025), st.sampled_from(["", "人民政府", "财政局", "人民政府办公室"]))
def test_every_full_path_with_a_body_resolves_to_its_region(region: Region, year: int, body: str) -> None:
    if region.valid_from is not None and region.valid_from > year:
        year = region.valid_from
    place = "".join(REGISTRY.path(region.code))
    found = parse(f"{place}{body}{year}年政府信息公开工作年度报告")
    assert found.agency is not None, found.reason
    assert (found.agency.region, found.year) == (region.code, year)
    assert found.agency.name == place + (body or "人民政府")
    assert found.agency.level == region.level


@given(st.text(alphabet="政府信息公开工作年度报告20190市县省局人民\n（）：>", max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    found = parse(*text.split("\n"), url="http://[::1", title=text)
    assert found.agency is not None or found.reason


def test_the_name_of_a_file_tells_what_its_text_leaves_open() -> None:
    content = Content((Paragraph("一、总体情况"), Paragraph("全年平稳。")))
    name = "reports/%E5%AE%9D%E4%B8%B0%E5%8E%BF财政局2021年政府信息公开工作年度报告.docx"
    found = parse_metadata(content, REGISTRY, name=name)
    assert found.agency is not None
    assert (found.agency.name, found.year) == ("宝丰县财政局", 2021)
    assert [doubt.code for doubt in found.warnings] == ["untitled"]


@pytest.mark.parametrize("line", ["首页 > 政府信息公开 > 公开年报\n{}", "7.{}", "* 3、{}", "{}.docx"])
def test_what_stands_before_a_title_is_no_part_of_it(line: str) -> None:
    title = "宝丰县审计局2022年政府信息公开工作年度报告"
    found = parse(*line.format(title).split("\n"))
    assert (found.title, found.agency and found.agency.name) == (title, "宝丰县审计局")


TEXT = ("统计期限自2022年1月1日起至2022年12月31日止。", "一、总体情况", "栏目已更新。")


def test_a_file_without_a_title_line_bears_that_of_its_properties() -> None:
    found = parse(*TEXT, documenttitle="宝丰县审计局2022年政府信息公开工作年度报告")
    assert found.agency is not None
    assert (found.agency.name, found.year, found.titled) == ("宝丰县审计局", 2022, True)


@pytest.mark.parametrize(
    "stale", ["关于做好2020年政府信息公开工作年度报告编制工作的通知", "鲁山县审计局2020年政府信息公开工作年度报告"]
)
def test_a_title_printed_goes_before_that_of_the_properties(stale: str) -> None:
    found = parse("宝丰县审计局2022年政府信息公开工作年度报告", *TEXT, documenttitle=stale)
    assert (found.reason, found.agency and found.agency.name, found.year) == (None, "宝丰县审计局", 2022)


def test_a_list_of_other_reports_beside_the_article_bears_no_title_of_it() -> None:
    links = "".join(
        f'<li><a href="{year}.html">鲁山县审计局{year}年政府信息公开工作年度报告</a><span>{year + 1}-01-19</span></li>'
        for year in (2019, 2020, 2021)
    )
    text = "".join(
        f"<p>{line}</p>" for line in ("现公布宝丰县审计局2022年政府信息公开年报。", *TEXT, "栏目已更新。" * 100)
    )
    page = f"<table><tr><td><ul>{links}</ul></td><td><div>{text}</div></td></tr></table>"
    found = parse_metadata(read(page.encode()), REGISTRY)
    assert (found.agency and found.agency.name, found.year, found.titled) == ("宝丰县审计局", 2022, False)


def test_a_body_is_told_from_a_long_clause_about_what_it_compiled() -> None:
    read = parse(
        "遵照《条例》要求，伊宁县应急管理局紧扣2022年度各项工作编制本报告，一并公布。", "（统计期限为2022年。）"
    )
    assert (read.agency and read.agency.name, read.year) == ("伊宁县应急管理局", 2022)
