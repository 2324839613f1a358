"""A small store and its index, made without extraction, so that every value on a page is known beforehand."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from corpus.analysis.contradictions import find_contradictions
from corpus.analysis.duties import renew_duties
from corpus.analysis.outcomes import count_outcomes
from corpus.analysis.promises import follow_promises
from corpus.analysis.repetition import find_repetitions
from corpus.analysis.revisions import find_revisions
from corpus.doubts import Doubt
from corpus.form import Form, figure_id, load_form
from corpus.model import Agency, CellRef, Figure, Finding, FormId, Level, Region, Report, Section, State
from corpus.store import Store
from indexer.index import update_index
from indexer.whoosh_engine import WhooshEngine

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, 8, tzinfo=UTC)
PLACES: tuple[tuple[str, str, Level, str], ...] = (
    ("990000", "云岚省", "province", ""),
    ("990100", "青汀市", "prefecture", "990000"),
    ("990101", "松陂区", "county", "990100"),
    ("990122", "鹿鸣县", "county", "990100"),
    ("990200", "石梁市", "prefecture", "990000"),
    ("990221", "白鹭县", "county", "990200"),
)
REGIONS = tuple(Region(code, name, level, parent, fictional=True) for code, name, level, parent in PLACES)
YEARS = range(2016, 2024)
TOPICS = (
    "围绕根治欠薪公布投诉电话，讨薪案件逐件回复。",
    "依托政务新媒体发布政策图解，回应群众关切。",
    "学区划分、征地补偿等事项提前征求意见。",
    "营商环境评价结果向社会公开，接受监督。",
)
HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>"
PAGE = "<html><head><meta charset=gb2312></head><body><script>document.title='ours'</script>{}</body></html>"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the data lies, the reports in it, and the ids of the special ones."""

    data: Path
    reports: dict[str, Report]
    former: str
    """An id that redirects to ``renamed``."""
    renamed: str
    conflict: str
    """A report with a variant."""
    changed: str
    """A report with two versions."""
    hostile: str
    broken: str
    old: str
    """A report of before 2014, without any table."""
    real: str
    """The only report from a place that exists."""


def build(data: Path) -> Shelf:
    """Fill a data directory."""
    chance = random.Random(7)  # noqa: S311 - figures, not secrets
    reports: dict[str, Report] = {}
    with Store.open(data) as store:
        store.add_regions(REGIONS)
        with store.batch():
            for code, name, level, _ in PLACES:
                agency = Agency(f"{name}人民政府", code, level, "government")
                for year in YEARS:
                    report = made(agency, year, chance)
                    reports[take(store, report)] = report
            special = _special(store, chance)
        reports |= special
        renew_duties(store)
        find_revisions(store)
        find_contradictions(store)
        count_outcomes(store)
        follow_promises(store)
        find_repetitions(store)
        with_registry = WhooshEngine(data / "index", store.registry())
        update_index(store, with_registry)
        with_registry.close()
    named = list(special)
    first = Agency("松陂区人民政府", "990101", "county", "government")
    return Shelf(
        data=data,
        reports=reports,
        former=made(Agency("鹿鸣县发展和改革", "990122", "county", "department"), 2022, chance).id,
        renamed=named[0],
        conflict=made(first, 2021, chance).id,
        changed=made(first, 2022, chance).id,
        hostile=named[1],
        broken=named[2],
        old=named[3],
        real=named[4],
    )


def _special(store: Store, chance: random.Random) -> dict[str, Report]:
    bureau = Agency("鹿鸣县发展和改革局", "990122", "county", "department")
    right = made(bureau, 2022, chance)
    wrong = replace(right, agency=replace(bureau, name="鹿鸣县发展和改革"))
    take(store, wrong, url="https://www.990122.gov.example/fgj.html")
    take(store, right, url="https://www.990122.gov.example/fgj.html")

    first = Agency("松陂区人民政府", "990101", "county", "government")
    conflict = made(first, 2021, chance, words="另一网址上的文本全然不同，只说了供水、供气和绿化三件事，没有别的内容。")
    take(store, conflict, url="https://other.gov.example/2021.html", moment=TUESDAY)
    later = made(first, 2022, chance, words="更正后的文本：补充了行政许可事项的说明，并更正了两处数字，其余不变。")
    take(store, later, moment=TUESDAY)

    office = Agency(f"白鹭县{HOSTILE}办公室", "990221", "county", "office")
    hostile = made(office, 2020, chance, words=f"先贤说：{HOSTILE} & “引号” 奇怪的文本。")
    transport = Agency("白鹭县交通运输局", "990221", "county", "department")
    broken = _with_slip(made(transport, 2023, chance))
    past = replace(made(transport, 2011, chance), form=None, figures={}, findings=())
    there = made(Agency("平顶山市卫生健康委员会", "410400", "prefecture", "department"), 2023, chance)
    found = {right.id: right}
    for report in (hostile, broken, past, there):
        found[take(store, report)] = report
    return found | {later.id: later}


def made(agency: Agency, year: int, chance: random.Random, words: str = "") -> Report:
    """A report in the form of its year, its figures drawn by chance but adding up in I3 by row."""
    id_: FormId = "2014" if year < 2019 else "2019" if year < 2021 else "2021"
    form = load_form(id_)
    topics = chance.sample(TOPICS, 2)
    sections = tuple(
        Section(
            chapter.kind,
            f"{'一二三四五六七八'[at]}、{chapter.heading}",
            (words or topics[at % 2], topics[(at + 1) % 2]),
        )
        for at, chapter in enumerate(form.chapters)
    )
    return Report(
        agency=agency,
        year=year,
        title=f"{agency.name}{year}年政府信息公开工作年度报告",
        form=id_,
        sections=sections,
        figures=_figures(form, chance),
        findings=(
            Finding(
                "I1",
                "holds",
                ("applications.received.total",),
                Decimal(3),
                Decimal(3),
                Doubt("sides_agree", {"statement": "一 + 二 = 三 + 四", "left": "3"}),
            ),
        )
        if id_ != "2014"
        else (),
    )


def _figures(form: Form, chance: random.Random) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for place, (_, row, column) in enumerate(form.cells()):
        value = chance.choice((0, 0, 1, 2, 5, 17, 236, 1204))
        state: State = chance.choices(("number", "blank", "dash", "text"), (92, 4, 2, 2))[0]
        raw = {"number": str(value), "blank": "\u00a0", "dash": "—", "text": "详见附表"}[state]
        id_ = figure_id(row, column)
        figures[id_] = Figure(id_, Decimal(value) if state == "number" else None, raw, state, CellRef(0, place, 0))
    return figures


def _with_slip(report: Report) -> Report:
    """A total of 0 beside 13 applications, said so by a finding; and a cell that we may have misread."""
    figures = dict(report.figures)
    for name, value in (("natural_person", 13), ("total", 0)):
        id_ = f"applications.granted.{name}"
        figures[id_] = Figure(id_, Decimal(value), str(value), "number", CellRef(0, 3, 1))
    cells = ("applications.granted.natural_person", "applications.granted.total")
    findings = (
        Finding(
            "I3",
            "broken",
            cells,
            Decimal(13),
            Decimal(0),
            Doubt("sides_differ", {"statement": "各类申请人之和 = 总计", "left": "13", "right": "0"}),
        ),
        Finding("reading", "undecidable", ("applications.handled.total",), None, None, Doubt("row_out_of_place")),
    )
    warnings = (Doubt("year_conflict", {"title": 2023, "period": 2022}),)
    return replace(report, figures=figures, findings=findings, warnings=warnings)


def take(store: Store, report: Report, url: str = "", moment: datetime = MONDAY) -> str:
    """Keep a page for a report, in the encoding of its time, and accept the report."""
    address = url or f"https://www.{report.agency.region}.gov.example/{report.agency.fingerprint}/{report.year}.html"
    payload = PAGE.format(f"{report.title}{report.sections[0].text if report.sections else ''}").encode("gb18030")
    snapshot = store.keep(payload, url=address, source=address, media_type="text/html", captured=moment)
    return store.accept(snapshot, report, "1")
