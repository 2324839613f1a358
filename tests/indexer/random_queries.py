"""Queries at random, of everything that the language can say."""

from __future__ import annotations

import random

from tests.indexer.province import REGIONS

WORDS = (
    "讨薪", "停车位", "城中村改造", "政务新媒体", "规范性文件", "行政复议", "12345热线", "1234", "县政府", "薪",
    "依申请公开", "欠薪", "石溪", "云汀省", "白渡县", "财政局", "人民政府", "讨薪停车位", "石溪市讨薪", "2021",
    "上访", "工作 有序", "2019年", "年报", "二〇二〇年", "公开率", "县级", "松岗县停车位", "云政办〔2021〕28号",
    "校园午餐", "河道采砂", "人大", "讨薪 不含 停车位", "石溪市和柳湾市", "2020 2021", "公开率超过50%", "市政府",
    "县财政局", "除石溪市外", "没有行政复议", "Shi Xi", "关于讨薪的报告", "讨薪和停车位", "讨薪的县", "十三五",
    "新收申请10件以上的县",
)  # fmt: skip
FIELDS = ("标题", "正文", "机关", "问题", "overview", "申请")
VALUES = (
    "年份:2019..2021", "年份:2021..2019", "年份>=2020", "年份<2018", "2019..", "层级:县级", "层级:(县级 OR 省级)",
    "类别:部门", "地区:石溪", "勾稽:I1:broken", "勾稽:I3", "章节:问题", "版式:2019", "新收申请>=10", "新收申请:900..20",
    "公开率>50%", "不予公开<100",
)  # fmt: skip
DASHES = ("-", "!", "NOT ", "－", "–", "—", "！", "非 ")


def text(draw: random.Random, depth: int = 2) -> str:
    """A query that is whole: put into brackets it is one thing."""
    shape = draw.random()
    if depth == 0 or shape < 0.3:
        return _one(draw)
    if shape < 0.45:
        return draw.choice(DASHES) + _bracketed(text(draw, depth - 1))
    joined = draw.choice((" ", " AND ", " OR ", " 与 ", "|"))
    return joined.join(_bracketed(text(draw, depth - 1)) for _ in range(draw.randint(2, 3)))


def _one(draw: random.Random) -> str:
    word = draw.choice(WORDS)
    match draw.randrange(6):
        case 0:
            return f"“{word}”"
        case 1:
            return f"“{word} {draw.choice(WORDS)}”~{draw.randint(0, 30)}"
        case 2:
            return f"{draw.choice(FIELDS)}:{draw.choice(('', '-'))}{word.split()[0]}"
        case 3:
            return draw.choice(VALUES)
        case 4:
            return f"{word.split()[0][:2]}*"
    return word


def _bracketed(asked: str) -> str:
    return f"({asked})"


def filters(draw: random.Random) -> dict[str, tuple[str, ...]]:
    """Filters beside the text, few enough that something is left."""
    chosen: dict[str, tuple[str, ...]] = {}
    if draw.random() < 0.3:
        chosen["region"] = (draw.choice(REGIONS).code,)
    if draw.random() < 0.3:
        first = draw.randint(2013, 2022)
        chosen["year"] = (f"{first}..{first + 3}",)
    if draw.random() < 0.3:
        chosen["section"] = tuple(draw.sample(("overview", "problems", "applications"), draw.randint(1, 2)))
    return chosen
