"""Who reports where no title says so: one case for every source, and names that only look like places."""

from __future__ import annotations

import pytest

from corpus.blocks import Content, Paragraph
from corpus.extraction.agency import read_body
from corpus.extraction.metadata import parse_metadata
from corpus.extraction.running_names import body_at
from corpus.regions import Registry

REGISTRY = Registry.load()
PERIOD = "数据统计期限为2022年1月1日至2022年12月31日。"
UNTITLED = [
    ("若有疑问，请与宝丰县财政局联系（地址略）。", "我局更新了栏目。", "宝丰县财政局", "410421", "department"),
    ("依《条例》，宝丰县财政局编制本年度报告。", "栏目已更新。", "宝丰县财政局", "410421", "department"),
    ("本报告由湖南省生态环境厅编制。", "栏目已更新。", "湖南省生态环境厅", "430000", "department"),
    ("宝丰县依《条例》编制本报告。", "全县栏目已更新，各乡镇一致。", "宝丰县人民政府", "410421", "government"),
    ("宝丰县人民政府办公室负责编制本报告。", "全县栏目已更新。", "宝丰县人民政府", "410421", "government"),
    ("本报告由宝丰县人民政府办公室编制。", "我办更新了栏目。", "宝丰县人民政府办公室", "410421", "office"),
    ("发布机构：宝丰县财政局", "栏目已更新。", "宝丰县财政局", "410421", "department"),
    ("填报单位（盖章）：宝丰县财政局", "栏目已更新。", "宝丰县财政局", "410421", "department"),
    ("发文机构：宝丰县财政局", "栏目已更新。", "宝丰县财政局", "410421", "department"),
    ("2022年，在县委、县政府的领导下，宝丰县财政局更新了栏目。", "", "宝丰县财政局", "410421", "department"),
    ("宝丰县财政局网站", "栏目已更新。", "宝丰县财政局", "410421", "department"),
    ("索引号：7 发布机构：宝丰县财政局 发布日期：2023-01-09", "栏目已更新。", "宝丰县财政局", "410421", "department"),
    ("首页 > 部门公开 > 宝丰县财政局 > 政府信息公开年报", "栏目已更新。", "宝丰县财政局", "410421", "department"),
    ("", "2022年，宝丰县财政局（以下简称我局）更新了栏目。", "宝丰县财政局", "410421", "department"),
    ("", "市财政局由办公室牵头。订有《平顶山市财政局公开办法》。", "平顶山市财政局", "410400", "department"),
    ("", "2022年，平顶山经济技术开发区管委会更新了栏目。", "平顶山经济技术开发区管理委员会", "410400", "zone"),
    ("", "2022年，水利部更新了栏目。", "水利部", "000000", "ministry"),
    ("中华人民共和国水利部编制了本年度报告。", "栏目已更新。", "中华人民共和国水利部", "000000", "ministry"),
    ("", "国家税务总局宝丰县税务局更新了栏目。", "国家税务总局宝丰县税务局", "410421", "department"),
    ("", "2022年，宝丰县赵庄镇更新了栏目。", "宝丰县赵庄镇人民政府", "410421", "township"),
    ("依《条例》第五十条，宝丰县统计局写成本报告。", "栏目已更新。", "宝丰县统计局", "410421", "department"),
    (
        "来源：国家统计局平顶山调查队　发布时间：2023-01-09",
        "栏目已更新。", "国家统计局平顶山调查队", "410400", "department",
    ),
    (
        "现公布国家税务总局宝丰县税务局2022年政府信息公开年报。",
        "栏目已更新。", "国家税务总局宝丰县税务局", "410421", "department",
    ),
    ("请与宝丰县财政局办公室联系。", "县财政局更新了栏目。", "宝丰县财政局", "410421", "department"),
    (
        "请与赵庄镇党政办公室联系（地址：宝丰县赵庄镇便民服务中心）。",
        "我镇更新了栏目。", "赵庄镇人民政府", "410421", "township",
    ),
    ("请与宝丰县人民政府办公室政府信息公开中心联系。", "全县栏目已更新。", "宝丰县人民政府", "410421", "government"),
    ("请与平顶山高新区管委会办公室联系。", "栏目已更新。", "平顶山高新区管理委员会", "410400", "zone"),
    ("请与平顶山经济技术开发区综合办公室联系。", "栏目已更新。", "平顶山经济技术开发区管理委员会", "410400", "zone"),
    ("请与宝丰县石桥垦殖场办公室联系。", "我场更新了栏目。", "宝丰县石桥垦殖场", "410421", "department"),
    (
        "请与宝丰县财政局联系。 中华人民共和国政府信息公开工作年度报告格式>",
        "我局更新了栏目。", "宝丰县财政局", "410421", "department",
    ),
    ("首页 > 政务公开 > 乡镇街道 > 赵庄镇 > 年报", "宝丰县政府网站可查。", "赵庄镇人民政府", "410421", "township"),
    ("按县里要求宝丰县财政局编制了本报告。", "栏目已更新。", "宝丰县财政局", "410421", "department"),
    ("有疑问可与宝丰县财政局联系。", "我局更新了栏目。", "宝丰县财政局", "410421", "department"),
    ("由宝丰县赵庄镇信息公开工作办公室编制。", "栏目已更新。", "宝丰县赵庄镇人民政府", "410421", "township"),
    ("请联系水利部（电话略）。", "栏目已更新。", "水利部", "000000", "ministry"),
    ("请联系水利部办公厅（电话略）。", "我部更新了栏目。", "水利部", "000000", "ministry"),
    ("疑问请联系：宝丰县赵庄镇党政办公室。", "我镇更新了栏目。", "宝丰县赵庄镇人民政府", "410421", "township"),
    ("结合宝丰县财政局2022年政府信息公开工作写就。", "栏目已更新。", "宝丰县财政局", "410421", "department"),
    ("现公布2022年民政部门政府信息公开年报。", "宝丰县民政局更新了栏目。", "宝丰县民政局", "410421", "department"),
    (
        "据宝丰县人民政府《关于做好政府信息公开工作年度报告的通知》编制宝丰县烟草专卖局政府信息公开工作年度报告。",
        "栏目已更新。", "宝丰县烟草专卖局", "410421", "department",
    ),
    ("请与宝丰县政务公开办公室联系。", "全县栏目已更新，各乡镇一致。", "宝丰县人民政府", "410421", "government"),
    ("", "我局开通了财政局公众号，经宝丰县电视台公布名单。", "宝丰县财政局", "410421", "department"),
    ("按时完成赵庄镇2022年政府信息公开年报。", "宝丰县人民政府网站可查。", "赵庄镇人民政府", "410421", "township"),
    ("现将赵庄镇2022年政府信息公开年报公布。", "宝丰县人民政府网站可查。", "赵庄镇人民政府", "410421", "township"),
    ("单位名称：宝丰县财政局", "栏目已更新。", "宝丰县财政局", "410421", "department"),
    ("填报单位：宝丰县财政局", "栏目已更新。", "宝丰县财政局", "410421", "department"),
    ("联系单位：宝丰县财政局（电话略）。", "栏目已更新。", "宝丰县财政局", "410421", "department"),
    ("请与宝丰县政务公开管理办公室联系。", "我县更新了栏目。", "宝丰县人民政府", "410421", "government"),
    ("本报告由宝丰县政务公开办编制。", "全县栏目已更新。", "宝丰县人民政府", "410421", "government"),
    ("本报告由宝丰县政务公开领导小组办公室编制。", "全县栏目已更新。", "宝丰县人民政府", "410421", "government"),
    (
        "可与赵庄镇党政办公室联系（宝丰县赵庄镇南街村）。",
        "我镇更新了栏目。", "赵庄镇人民政府", "410421", "township",
    ),
    (
        "完善《赵庄镇人民政府信息公开指南》，见宝丰县人民政府网站。",
        "我镇更新了栏目。", "赵庄镇人民政府", "410421", "township",
    ),
    (
        "", "2022年，石桥工业园区管委会更新了栏目。我委照平顶山市人民政府要求办理，见平顶山市网站。",
        "石桥工业园区管理委员会", "410400", "zone",
    ),
    (
        "名单见宝丰县市场监督管理局公告栏。", "2022年，县市场监管局更新了栏目。",
        "宝丰县市场监督管理局", "410421", "department",
    ),
    (
        "请与宝丰县财政局联系。 中华人民共和国政府信息公开工作年度报告格式>", "我局更新了栏目。",
        "宝丰县财政局", "410421", "department",
    ),
]  # fmt: skip
# Short names of counties (公安县, 资源县, 东方市, 和平县, 城区) that are none here; the place is told by the text.
NO_PLACES = [
    ("公安局", "宝丰县公安局", "department"),
    ("气象部门", "宝丰县气象部门", "department"),
    ("公安分局", "宝丰县公安分局", "department"),
    ("资源局", "宝丰县资源局", "department"),
    ("东方社区管委会", "东方社区管理委员会", "zone"),
    ("和平社区管理委员会", "和平社区管理委员会", "zone"),
    ("城区街道办事处", "城区街道办事处", "township"),
    ("和平街道", "和平街道办事处", "township"),
    ("公安镇", "公安镇人民政府", "township"),
]
SITES = (
    "栏目设在宝丰县人民政府网站。",
    "可登录宝丰县人民政府门户网站(www.baofeng.gov.cn)查阅。",
    "《宝丰县人民政府网》为渠道之一。",
    "经宝丰县政府信息公开网公布。",
    "在宝丰县政务网公布。",
    "宝丰县县委、县政府多次过问。",
)


@pytest.mark.parametrize(("opening", "inside", "name", "region", "kind"), UNTITLED)
def test_every_source_names_who_reports(opening: str, inside: str, name: str, region: str, kind: str) -> None:
    lines = [line for line in (opening, PERIOD, "一、总体情况", inside) if line]
    found = parse_metadata(Content(tuple(map(Paragraph, lines))), REGISTRY)
    assert found.agency is not None, found.reason
    assert (found.agency.name, found.agency.region, found.agency.kind, found.year) == (name, region, kind, 2022)


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize(("body", "name", "kind"), NO_PLACES)
def test_a_countys_short_name_inside_a_bodys_name_is_no_place(body: str, name: str, kind: str, site: str) -> None:
    title = f"{body}2022年政府信息公开工作年度报告"
    found = parse_metadata(Content(tuple(map(Paragraph, (title, "一、总体情况", site)))), REGISTRY)
    assert found.agency is not None, found.reason
    assert (found.agency.name, found.agency.region, found.agency.kind) == (name, "410421", kind)


@pytest.mark.parametrize(("name", "regions"), [("南湖新区财政局", []), ("兰州新区财政局", ["620100"])])
def test_a_countys_short_name_before_a_new_area_is_no_place(name: str, regions: list[str]) -> None:
    # 南湖新区 is 岳阳's, 南湖区 is 嘉兴's; 兰州新区 is 兰州's.
    body = read_body(name, REGISTRY)
    assert body is not None
    assert [region.code for region in body.regions] == regions


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("西咸新区底张街道办事处", "township"),
        ("西咸新区发展和改革局", "province"),
        ("国家税务总局西咸新区税务局", "province"),
    ],
)
def test_what_lies_in_a_zone_has_its_place(name: str, level: str) -> None:
    found = parse_metadata(Content((Paragraph(f"{name}2022年政府信息公开工作年度报告"),)), REGISTRY)
    assert found.agency is not None, found.reason
    assert (found.agency.name, found.agency.region, found.agency.level) == (name, "610000", level)


def test_one_body_in_long_and_in_short_is_one_agency() -> None:
    def agency(body: str) -> str:
        found = parse_metadata(Content((Paragraph(f"{body}2022年政府信息公开年报"),)), REGISTRY).agency
        assert found is not None
        return found.id

    zone = "平顶山高新技术产业开发区"
    assert len({agency(zone + ending) for ending in ("管委会", "管理委员会", "")}) == 1
    assert len({agency(f"宝丰县{office}") for office in ("人民政府办公室", "政府办公室", "政府办", "府办")}) == 1
    assert len({agency(f"宝丰县赵庄镇{ending}") for ending in ("", "政府", "人民政府")}) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("宝丰县人民政府办公室照此办理", "宝丰县人民政府办公室"),
        ("宝丰县人民政府办公室组织编写", "宝丰县人民政府办公室"),
        ("宝丰县机构编制委员会办公室编制", "宝丰县机构编制委员会办公室"),
        ("宝丰县公安局交通警察支队按期", "宝丰县公安局交通警察支队"),
        ("宝丰县国有资产监督管理委员会现", "宝丰县国有资产监督管理委员会"),
        ("参加宝丰县财政局的培训", ""),
        ("宝丰县加强对各镇政府的督导", ""),
        ("宝丰县委、县政府", ""),
    ],
)
def test_a_name_in_running_text_ends_where_its_grammar_does(text: str, name: str) -> None:
    body = body_at(text, REGISTRY)
    assert (body.printed if body is not None else "") == name


def test_whose_document_is_cited_does_not_report() -> None:
    lines = (
        "照《河南省人民政府信息公开办公室关于2022年政府信息公开工作年度报告有关事项的通知》编写。", PERIOD,
        "一、总体情况", "2022年，河南省审计厅更新了栏目。",
    )  # fmt: skip
    found = parse_metadata(Content(tuple(map(Paragraph, lines))), REGISTRY)
    assert found.agency is not None
    assert found.agency.name == "河南省审计厅"


def test_a_word_for_a_place_stands_for_none_of_another_place_of_its_name() -> None:
    title = Paragraph("区财政局2022年政府信息公开工作年度报告")
    found = parse_metadata(Content((title,)), REGISTRY, url="http://gk.ziyang.gov.cn/show?id=7")
    assert found.agency is None


BYLINES = [
    (("宝丰县交通运输局",), "宝丰县交通运输局"),
    (("平顶山市宝丰县人民政府办公室",), "平顶山市宝丰县人民政府"),
    (("宝丰县财政局", "宝丰县教育局", "宝丰县民政局"), None),
]


@pytest.mark.parametrize(("lines", "name"), BYLINES)
def test_a_line_that_is_a_name_tells_who_reports_unless_it_is_one_of_a_menu(lines: tuple[str, ...], name: str) -> None:
    text = ("政府信息公开工作年度报告", *lines, PERIOD, "一、总体情况", *["栏目已更新。"] * 7)
    found = parse_metadata(Content(tuple(map(Paragraph, text))), REGISTRY)
    agency = found.agency.name if found.agency else None
    assert agency == name or (name is None and agency == "宝丰县人民政府")


COVERS = [
    ("政府信息公开", "年度报告", "（2021年）", "宝丰县人民政府办公室"),
    ("政府信息公开工作年度报告", "宝丰县人民政府办公室", "（2021年）"),
    ("2021年政府信息公开工作年度报告", "宝丰县人民政府办公室"),
    ("2021年政府信息公开工作年度报告-宝丰县人民政府办公室",),
    ("2021年政府信息公开工作年度报告_宝丰县人民政府办公室_平顶山市人民政府",),
    ("2021年政府信息公开工作年度报告（宝丰县人民政府办公室）",),
    ("年度：2021", "单位：宝丰县人民政府办公室", "政府信息公开工作年度报告"),
    ("公开年报：宝丰县人民政府办公室2021年年度政府信息公开工作报告",),
]


@pytest.mark.parametrize("lines", COVERS)
def test_the_name_beside_a_title_with_a_year_belongs_to_it(lines: tuple[str, ...]) -> None:
    found = parse_metadata(Content(tuple(map(Paragraph, (*lines, "一、总体情况", "栏目已更新。")))), REGISTRY)
    assert found.agency is not None
    assert (found.agency.name, found.year) == ("宝丰县人民政府办公室", 2021)


BARRED = [
    "宝丰县人民政府网|宝丰县财政局2021年政府信息公开工作年度报告|年报",
    "宝丰县人民政府｜宝丰县财政局2021年政府信息公开工作年度报告",
    "宝丰县财政局 | 2021年政府信息公开工作年度报告 |",
]


@pytest.mark.parametrize("line", BARRED)
def test_of_a_line_in_bars_the_piece_that_says_most_is_the_title(line: str) -> None:
    found = parse_metadata(Content((Paragraph(line), Paragraph("一、总体情况"))), REGISTRY)
    assert found.title == "宝丰县财政局2021年政府信息公开工作年度报告"
    assert found.agency is not None
    assert found.agency.name == "宝丰县财政局"


def test_a_title_that_says_our_leaves_open_whose() -> None:
    lines = ("我局2022年政府信息公开工作年度报告", "发布单位：宝丰县财政局", "一、总体情况", "栏目已更新。")
    found = parse_metadata(Content(tuple(map(Paragraph, lines))), REGISTRY)
    assert found.agency is not None
    assert found.agency.name == "宝丰县财政局"


def test_the_statute_is_no_body_that_acts() -> None:
    opening = ("向社会公布2021年度我局信息公开工作年度报告。", "一、总体情况", "2021年，宝丰县林业局按期更新。")
    statute = Paragraph("中华人民共和国政府信息公开条例第二十条第（一）项")
    found = parse_metadata(Content((*map(Paragraph, opening), statute)), REGISTRY)
    assert found.agency is not None
    assert found.agency.name == "宝丰县林业局"


def test_a_body_called_by_a_lake_needs_no_place() -> None:
    lines = ("青海湖景区管理局2021年政府信息公开工作年度报告", "一、总体情况")
    site = {"sitename": "青海省人民政府"}
    found = parse_metadata(Content(tuple(map(Paragraph, lines)), metadata=site), REGISTRY)
    assert found.agency is not None
    assert (found.agency.name, found.agency.region) == ("青海湖景区管理局", "630000")


def test_a_body_that_nobody_can_read_is_not_its_place_s_government() -> None:
    title = "宝丰县石桥甲乙丙2022年政府信息公开工作年度报告"
    found = parse_metadata(Content((Paragraph(title), Paragraph("一、总体情况"))), REGISTRY)
    assert found.agency is None


@pytest.mark.parametrize(
    ("head", "imprint", "name"),
    [
        ("", "主办单位：宝丰县财政局", "宝丰县财政局"),
        ("", "版权所有：宝丰县财政局", "宝丰县财政局"),
        ("", "主办：宝丰县人民政府", "宝丰县人民政府"),
        ("", "主办：宝丰县人民政府办公室", "宝丰县人民政府"),
        ("来源：宝丰县水利局", "主办：宝丰县人民政府办公室", "宝丰县水利局"),
        ("首页 > 宝丰县水利局 > 政府信息公开年报", "主办：宝丰县人民政府", "宝丰县水利局"),
    ],
)
def test_whose_site_it_is_tells_who_reports_where_nothing_nearer_does(head: str, imprint: str, name: str) -> None:
    lines = ["2022年政府信息公开工作年度报告", *filter(None, [head]), "一、总体情况", "栏目已更新。"]
    for content in (
        Content(tuple(map(Paragraph, [*lines, imprint]))),
        Content(tuple(map(Paragraph, lines)), metadata={"imprint": imprint}),
    ):
        found = parse_metadata(content, REGISTRY)
        assert found.agency is not None, found.reason
        assert found.agency.name == name
