"""Heads of reports by rule: real places × bodies × years × manners of title × sources of what the title leaves open.

Every head carries enough evidence for a reader to know body, place and year; ``Head`` says what that reader would say.
The sentences are our own. Names of towns are taken from those of counties on purpose: 和平镇 lies anywhere.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from random import Random

from corpus.blocks import Block, Content, Heading, Paragraph
from corpus.extraction.metadata import Metadata
from corpus.model import Kind, Level, Region
from corpus.regions import Registry, valid


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


DEPARTMENTS = _words(
    "公安局 财政局 教育局 水利局 水务局 民政局 审计局 统计局 司法局 商务局 自然资源局 资源规划局 "
    "卫生健康局 应急管理局 农业农村局 住房和城乡建设局 人力资源和社会保障局 市场监督管理局 "
    "发展和改革委员会 发展改革委 交通运输局 生态环境局 文化广电和旅游局 医疗保障局 退役军人事务局 "
    "城市管理综合执法局 政务服务数据管理局 机关事务管理局 信访局 林业和草原局 残疾人联合会 "
    "供销合作社联合社 融媒体中心 住房公积金管理中心 档案馆 公共资源交易中心 地方金融监督管理局 "
    "新闻出版局 机构编制委员会办公室 国有资产监督管理委员会 乡村振兴局 民族宗教事务局 体育局 行政审批局 "
    "教育和科学技术局 科技和工业信息化局 市政公用事业局 城市更新服务中心 招商服务中心 气象局"
)
TOWNS = _words(
    "城关镇 新安镇 高楼乡 会仪镇 张家湾镇 木场乡 杨柳乡 和平镇 和平街道 洛阳镇 东大街街道 "
    "驼峰路街道 桂花坪街道 新华路街道 城区街道 前进街道 东方红街道 长安街道 平安乡 公安镇 资源镇 "
    "红旗乡 北京街道 海南镇 三阳街道 石桥镇 太平镇 永兴乡 金山街道 龙泉街道 双庄街道 湖南镇"
)
ZONES = _words(
    "经济开发区 经济技术开发区 高新技术产业开发区 高新区 循环经济产业园 现代农业示范区 综合保税区 "
    "文化旅游度假区 临港新区"
)
LONGER = {
    "街道": "办事处", "镇": "人民政府", "乡": "人民政府",
}  # fmt: skip

TITLES = (
    "{body}{year}年政府信息公开工作年度报告",
    "{body}{year}年度政府信息公开工作年度报告",
    "{body}{year}年政府信息公开年度报告",
    "{body}{year}年度政府信息公开年报",
    "{body}{year}年政府信息公开工作报告",
    "{year}年{body}政府信息公开工作年度报告",
    "{year}年度{body}政府信息公开年报",
    "{body}政府信息公开工作{year}年度报告",
    "{body}政府信息公开工作年度报告（{year}年度）",
    "{body}关于{year}年度政府信息公开工作的年度报告",
    "{body}{year}政府信息公开工作年度报告",
    "{body} {year} 年政府信息公开工作年度报告",
    "{body}{year}年信息公开年度报告",
    "{body}{year}年政务公开工作年度报告",
    "{body}{year}年政府信息公开工作年度报告（文字版）",
    "{body}{year}年政府信息公开工作年度报告（不含下属单位）",
    "{body}{year}年政府信息公开工作年度报告【修订版】",
    "{body}（本级）{year}年政府信息公开工作年度报告",
    "{body}(本级机关){year}年政府信息公开工作年度报告",
    "《{body}{year}年政府信息公开工作年度报告》",
    "{body}{year}年政府信息公开工作年度报告及统计报表",
    "{body}{year}年政府資訊公開工作年度報告",
    "{body}{chinese}年政府信息公开工作年度报告",
)
LINES = (
    "{}", "{} |", "| {} |", "|{}|", "## {}", "**{}**", "{}.docx", "标题：{}", "  {}  ", "首页 > 政务公开 > 年报 > {}",
)  # fmt: skip
COMPILED = (
    "本报告由{body}编制。统计期限自{year}年1月1日起至{year}年12月31日止。",
    "本年度报告由{body}围绕{year}年度工作编制而成。",
    "本年度报告依《条例》，由{body}组织编制。统计期限为{year}年1月1日至12月31日。",
)
ANNOUNCEMENTS = (
    "依《条例》，现公布{body}{year}年政府信息公开工作年度报告。",
    "特向社会公布{year}年度{body}政府信息公开年度报告。",
    "{body}编制了{year}年政府信息公开年度报告，现予公布。",
    "根据要求，{body}现将{year}年政府信息公开工作年度报告公布如下。",
    "现将{body}{year}年政府信息公开工作情况报告如下。",
)
ACTING = "{year}年，{body}依《条例》办理各项公开事务。"
_TITLED = 0.7
_COLUMN = 0.1
_NOISE = 0.25
SECTIONS = (
    "一、总体情况", "{year}年，栏目按要求更新，平台平稳。", "二、主动公开政府信息情况", "目录已经理顺，渠道没有变化。",
    "三、收到和处理政府信息公开申请情况", "答复都在期限之内。", "五、存在的主要问题及改进情况", "图表偏少，来年补上。",
    "六、其他需要报告的事项", "没有收取信息处理费。",
)  # fmt: skip
_CHINESE = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Head:
    """A document's content, address and hint, and what its head says. ``names`` are the right names of the body."""

    content: Content
    names: frozenset[str]
    region: str
    level: Level
    kind: Kind
    year: int
    url: str = ""
    hint: str = ""
    title: str | None = None
    manner: str = ""


@dataclass(slots=True)
class _Draft:
    """A document on the way: where it stands, who reports about when, and what has been written so far."""

    random: Random
    path: tuple[str, ...]
    codes: tuple[str, ...]
    body: str = ""
    year: int = 0
    lines: list[Block] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    page: str = ""
    url: str = ""
    hint: str = ""

    def content(self) -> Content:
        """What a reader would have made of it."""
        first, *others = (line.format(year=self.year) for line in SECTIONS)
        blocks = [*self.lines, *map(Paragraph, (first, *self.inside, *others, *self.tail, *self.footer))]
        return Content(tuple(blocks), self.page, self.metadata)


def heads(seed: int, count: int) -> Iterator[Head]:
    """So many heads, the same for the same seed."""
    random = Random(seed)  # noqa: S311 - made-up documents are no secrets
    registry = Registry.load()
    places = sorted((r for r in registry if r.valid_to is None and r.code < "71"), key=lambda region: region.code)
    for _ in range(count):
        yield _head(random, registry, random.choice(places))


def _head(random: Random, registry: Registry, region: Region) -> Head:
    draft = _Draft(random, registry.path(region.code), registry.ancestors(region.code))
    draft.year = random.randint(max(2012, region.valid_from or 0), 2025)
    kind, draft.body = _body(random, region)
    carried = _carried(random, kind)
    # 市教育局 leaves open which city.
    word = next(word for word in ("自治区", *"省市县区旗州盟", region.name) if region.name.endswith(word))
    whole = "".join(draft.path)
    place = {"path": whole, "parent": "".join(draft.path[-2:]), "own": region.name, "none": "", "word": word}[carried]
    alone = len([found for found in registry.named(region.name) if valid(found, draft.year)]) == 1
    known = carried == "path" or (carried in ("own", "parent") and (alone or carried == "parent"))
    right, manner = _names(region, kind, draft.body, "" if carried == "word" else place), carried
    if not known:
        source = random.choice(SOURCES)
        source(draft)
        manner += "+" + source.__name__.strip("_")
        # What the text prints in full is a right name too, where the title leaves it open.
        right |= _names(region, kind, draft.body, whole) | _names(region, kind, draft.body, "".join(draft.path[-2:]))
    _surround(draft, region, registry)
    titled = random.random() < _TITLED
    title = _titled(draft, place + draft.body) if titled else None
    if not titled:
        _opened(draft, _spoken(place + draft.body, kind), kind, acting=known)
    level: Level = "township" if kind == "township" else region.level
    manner = ("titled " if titled else "untitled ") + manner
    return Head(draft.content(), right, region.code, level, kind, draft.year, draft.url, draft.hint, title, manner)


def _surround(draft: _Draft, region: Region, registry: Registry) -> None:
    """What stands around and inside real reports and names other years, other places and other bodies than its own."""
    random, place = draft.random, draft.path[-1]
    other = random.choice(
        [found for found in registry.children(draft.codes[0]) if found.code != region.code] or [region]
    )
    above = (
        "首页 > 政务公开 > 政府信息公开年报",
        f"发布时间：{draft.year + 1}-01-2{random.randint(0, 9)} 09:30 浏览次数：128",
        "字体：[大 中 小] 打印 关闭",
        "政府信息公开年报",
        "无障碍 关怀版",
    )
    within = (
        f"{draft.year - 1}年度存在的问题已经整改。",
        f"接待{other.name}考察团一批，交流了经验。",
        f"落实《{draft.path[0]}人民政府办公厅关于做好政务公开工作的通知》，责任到人。",
        "依据国办公开办函〔2021〕30号所附格式填报。",
        f"参加{other.name}财政局举办的培训一次。",
    )
    below = (
        f"上一篇：{other.name}{draft.year}年政府信息公开工作年度报告",
        f"{other.name}{draft.year - 1}年政府信息公开工作年度报告",
        "版权所有 网站地图 联系我们",
        "网站标识码：0000000000",
    )
    draft.lines += [Paragraph(line) for line in above if random.random() < _NOISE]
    draft.inside += [line for line in within if random.random() < _NOISE]
    draft.footer += [line for line in below if random.random() < _NOISE and place]


def _carried(random: Random, kind: Kind) -> str:
    """How much of the place a name carries: the whole path, the parent too, its own name, 市 for it, nothing."""
    carried = random.choice(("path", "parent", "own", "own", "own", "none", "word"))
    if carried == "word" and kind in ("zone", "township"):
        return "none" if kind == "township" else "own"
    return "own" if carried == "none" and kind in ("zone", "government", "office") else carried


def _opened(draft: _Draft, body: str, kind: Kind, *, acting: bool) -> None:
    """Opening words instead of a title. Who only compiled may be the office of the one who reports."""
    openings = list(ANNOUNCEMENTS)
    if acting:
        openings.append(ACTING)
    if kind != "office":
        openings += COMPILED
    draft.lines.append(Paragraph(draft.random.choice(openings).format(body=body, year=draft.year)))


def _body(random: Random, region: Region) -> tuple[Kind, str]:
    """A kind of body, and the name behind the place's; ``""`` for a government that is called by its place alone."""
    kinds: list[Kind] = ["government", "office", "department", "department", "department"]
    if region.level == "county":
        kinds += ["township", "township"]
    if region.level in ("county", "prefecture"):
        kinds += ["zone"]
    kind = random.choice(kinds)
    if kind == "government":
        return kind, random.choice(("", "人民政府", "政府"))
    if kind == "office":
        high = region.level == "province"
        return kind, random.choice(("人民政府办公厅",) if high else ("人民政府办公室", "政府办公室", "政府办"))
    if kind == "township":
        town = random.choice(TOWNS)
        ending = next(ending for ending in LONGER if town.endswith(ending))
        return kind, town + random.choice(("", LONGER[ending]))
    if kind == "zone":
        return kind, random.choice(ZONES) + random.choice(("", "管理委员会", "管委会"))
    return kind, random.choice(DEPARTMENTS)


def _spoken(said: str, kind: Kind) -> str:
    """A name as running text has it: whole."""
    if kind == "township" and not said.endswith(("人民政府", "办事处")):
        return said + next(more for ending, more in LONGER.items() if said.endswith(ending))
    if kind == "government" and not said.endswith("政府"):
        return said + "人民政府"
    return said + "管理委员会" if kind == "zone" and not said.endswith("会") else said


def _names(region: Region, kind: Kind, body: str, place: str) -> frozenset[str]:
    """The names that docs/contract.md, "agency", allows: completed, a superior place neither added nor removed."""
    whole = {"": "人民政府", "政府": "人民政府", "政府办公室": "人民政府办公室", "政府办": "人民政府办公室"}.get(
        body, body
    )
    if kind == "township" and not whole.endswith(("人民政府", "办事处")):
        whole += next(more for ending, more in LONGER.items() if whole.endswith(ending))
    if kind == "zone":
        whole = whole.replace("管委会", "管理委员会")
        whole += "" if whole.endswith("管理委员会") else "管理委员会"
    if place:
        return frozenset((place + whole,))
    return frozenset((whole, region.name + whole) if kind in ("township", "zone") else (region.name + whole,))


def _titled(draft: _Draft, said: str) -> str:
    """A title in some manner, on some kind of line, or only in the page's own name; returned as it is to be read."""
    chinese = "".join(_CHINESE[int(digit)] for digit in str(draft.year))
    random = draft.random
    title = random.choice(TITLES).format(body=said, year=draft.year, chinese=chinese)
    where = random.random()
    if where < 0.7:
        draft.lines.append(Paragraph(random.choice(LINES).format(title)))
        if random.random() < _COLUMN:
            # The page is called after its site and its column, whoever's report stands in it.
            draft.page = f"{''.join(draft.path)}人民政府 {random.choice(('信息公开年报', '政府信息公开年报'))}"
        elif random.random() < _COLUMN:
            # Or after these and the title, whatever stands between them.
            site, column = f"{''.join(draft.path)}人民政府", random.choice(("年度报告", "政府信息公开年报", "年报"))
            draft.page = random.choice((" ", "  ", "")).join((site, column, title))
    elif where < 0.8:
        draft.lines.append(Heading(title, 1))
    elif where < 0.9 and "《" not in title:
        draft.page = title + random.choice(("", "_门户网站", "-政府信息公开"))
    else:
        cut = title.find("政府")
        draft.lines += [Paragraph(part) for part in (title[:cut], title[cut:]) if part]
    return title.replace(" ", "")


# What tells the place where the name leaves it open: each adds its evidence to the draft.


def _signature(draft: _Draft) -> None:
    named = {"": "人民政府", "政府": "人民政府", "政府办": "人民政府办公室"}.get(draft.body, draft.body)
    draft.tail += ["".join(draft.path) + named, f"{draft.year + 1}年1月20日"]


def _site_named(draft: _Draft) -> None:
    manners = (
        "本年度经{}人民政府网站放出信息。",
        "电子版可从“{}人民政府门户网站”下载。",
        "《{}人民政府网》为主要渠道。",
    )
    draft.inside.append(draft.random.choice(manners).format("".join(draft.path[-2:])))


def _site_name(draft: _Draft) -> None:
    site = draft.random.choice(("人民政府", "政府网", "人民政府门户网站"))
    draft.metadata["sitename"] = "".join(draft.path[-2:]) + site


def _site_code(draft: _Draft) -> None:
    draft.metadata["siteidcode"] = f"{draft.codes[-1]}{draft.random.randint(1, 99):04}"


def _hint(draft: _Draft) -> None:
    draft.hint = draft.codes[-1]


def _host(draft: _Draft) -> None:
    """The address spells the place in full, below its superior."""
    *above, own = (_pinyin()[code].replace("-", "") for code in draft.codes)
    host = ".".join((own, *above[-1:]))
    draft.url = f"http://{draft.random.choice(('www.', ''))}{host}.gov.cn/zwgk/zfxxgknb/202401/t20240118_123.html"


SOURCES: tuple[Callable[[_Draft], None], ...] = (_signature, _site_named, _site_name, _site_code, _hint, _host)


@cache
def _pinyin() -> dict[str, str]:
    rows = csv.DictReader((files("corpus") / "pinyin.csv").read_text(encoding="utf-8").splitlines())
    return {row["code"]: row["pinyin"] for row in rows}


def wrong(head: Head, read: Metadata) -> list[str]:
    """What was read otherwise than a reader would: body, region, kind, level, year, title; or that it was refused."""
    agency = read.agency
    if agency is None:
        return ["refused"]
    faults = {
        "name": agency.name not in head.names,
        "region": agency.region != head.region,
        "kind": agency.kind != head.kind,
        "level": agency.level != head.level,
        "year": read.year != head.year,
        "title": head.title is not None and read.title != head.title,
    }
    return [fault for fault, found in faults.items() if found]
