"""Small documents about a province that does not exist, seeded; and what every search over them must find."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from corpus.model import SECTION_KINDS, Agency, Kind, Region, SectionKind
from corpus.regions import Registry
from indexer.document import Document

PROVINCE = Region("900000", "云汀省", "province", aliases=("云汀",), fictional=True)


def _regions() -> Iterator[Region]:
    yield PROVINCE
    names = map(
        "".join, zip(*[iter("石溪柳湾青屿沙泉松岗白渡长汀雁洲麦城枫桥竹浦桃坞银滩霞岭芦塘月河")] * 2, strict=True)
    )
    for city in range(1, 5):
        name = next(names)
        yield Region(f"90{city:02d}00", f"{name}市", "prefecture", "900000", (name,), fictional=True)
        for county in range(1, 4):
            own = next(names)
            parent = f"90{city:02d}00"
            yield Region(f"90{city:02d}{county:02d}", f"{own}县", "county", parent, (own,), fictional=True)


REGIONS = tuple(_regions())
REGISTRY = Registry(REGIONS)
TOPICS = (
    "讨薪", "停车位", "城中村改造", "政务新媒体", "规范性文件", "营商环境", "农民工工资", "信息公开条例",
    "县政府信息公开", "老旧小区加装电梯", "讨论薪酬", "行政复议", "三安全一稳定", "河道采砂", "校园午餐", "12345热线",
    "工人大会",
    "全国会议",
)  # fmt: skip
FRAMES = (
    "全年围绕{0}和{1}开展工作。", "群众反映{0}的来信共1,2{2}4件；",
    "关于{0}，已在网站公布。", "（一）{0}方面：{1}仍需加强，",
    "依据云政办〔20{2}〕28号文件推进{0}！", "{0}占80.{2}%，较上年增长。", "Open Data 与{0}", "2021 年{0}工 作 有序。",
)  # fmt: skip
METRICS = ("applications_received", "refused", "disclosure_rate", "reviews", "fees_amount")
FINDINGS = ("I1", "I3", "X2")


def documents(count: int, seed: int = 7) -> list[Document]:
    """Reports of several bodies and years; texts, metrics and findings drawn at random."""
    draw = random.Random(seed)  # noqa: S311 - a seeded draw, no secret
    made: dict[str, Document] = {}
    while len(made) < count:
        document = _document(draw)
        made[document.id] = document
    return list(made.values())


def changed(document: Document, text: str) -> Document:
    """The same report with another overview."""
    return replace(document, sections={**document.sections, "overview": text})


def _document(draw: random.Random) -> Document:
    region = draw.choice(REGIONS)
    level = region.level
    kind: Kind = draw.choice(("government", "office", "department"))
    body = {"government": "人民政府", "office": "人民政府办公室", "department": draw.choice(("财政局", "教育局"))}[kind]
    agency = Agency(region.name + body, region.code, level, kind)
    year = draw.randint(2014, 2023)
    kinds: list[SectionKind] = draw.sample(SECTION_KINDS[:6], draw.randint(2, 6))
    findings = {f"{rule}:{draw.choice(('holds', 'broken'))}" for rule in draw.sample(FINDINGS, draw.randint(0, 3))}
    metrics = {}
    for id_ in draw.sample(METRICS, draw.randint(0, len(METRICS))):
        if id_ == "disclosure_rate":
            metrics[id_] = Decimal(draw.choice((0, 1000, 3333, 8000, 9999, 10000))) / 100
        elif id_ == "fees_amount":
            metrics[id_] = Decimal(draw.randint(0, 99999)) / 10
        else:
            metrics[id_] = Decimal(int(10 ** (draw.random() * 4)) - 1)
    return Document(
        id=f"{region.code}-{year}-{agency.fingerprint}",
        title=f"{region.name}{body}{year}年政府信息公开工作年度报告",
        agency=agency.name,
        region=region.code,
        regions=REGISTRY.ancestors(region.code),
        year=year,
        facets={
            "level": (level,),
            "kind": (kind,),
            "form": () if draw.random() < 0.1 else ("2014" if year < 2019 else "2019" if year < 2021 else "2021",),
            "original": (draw.choice(("page", "file", "scan")),),
            "copied": draw.choice(((), ("0-20",), ("60-80",))),
            "agency": (agency.id,),
            "finding": tuple(sorted({part for each in findings for part in (each, each.partition(":")[0])})),
        },
        captured=datetime(year + 1, draw.randint(1, 12), draw.randint(1, 28), draw.randint(0, 23), tzinfo=UTC),
        published=date(year + 1, draw.randint(1, 3), draw.randint(1, 28)) if draw.random() < 0.6 else None,
        url=f"http://www.example.gov.cn/{year}.html",
        sections={kind_: _text(draw) for kind_ in kinds},
        metrics=metrics,
        fictional=True,
    )


def _text(draw: random.Random) -> str:
    paragraphs = []
    for _ in range(draw.randint(1, 3)):
        sentences = (
            draw.choice(FRAMES).format(draw.choice(TOPICS), draw.choice(TOPICS), draw.randint(1, 9))
            for _ in range(draw.randint(1, 4))
        )
        paragraphs.append("".join(sentences))
    return "\n".join(paragraphs)
