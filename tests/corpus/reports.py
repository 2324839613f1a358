"""Small made-up reports for tests of what keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import text

from corpus.doubts import Doubt
from corpus.model import Agency, CellRef, Figure, Finding, Quantity, Report, Section
from corpus.store import Store

COUNTY = Agency("云溪县人民政府", "990101", "county", "government")
MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, 8, tzinfo=UTC)
WORDS = (
    "云溪县人民政府依法公开各类政府信息，办理群众申请，回应社会关切，接受监督。全县各乡镇和县直部门按照统一部署，"
    "及时更新公开目录，规范登记、审核、答复、送达和归档流程，组织业务培训三期。县政务服务大厅设立查阅点，"
    "为老年人提供代为填写表格的帮助，并在年底对各单位公开质量作了抽查，结果已经通报。"
)


def made(agency: Agency = COUNTY, year: int = 2025, words: str = WORDS, requests: str = "13") -> Report:
    """A report with one section, a number, a blank and a broken finding."""
    return Report(
        agency=agency,
        year=year,
        title=f"{agency.name}{year}年政府信息公开工作年度报告",
        form="2021",
        sections=(Section("overview", "一、总体情况", (words, "二是继续改进。")),),
        figures={
            "requests.new.total": Figure(
                "requests.new.total", Decimal(requests), f" {requests}", "number", CellRef(2, 3, 8)
            ),
            "requests.new.other": Figure("requests.new.other", None, "\xa0", "blank", None),
        },
        findings=(
            Finding(
                "I1",
                "broken",
                ("requests.new.total",),
                Decimal("0.10"),
                None,
                Doubt("sides_differ", {"statement": "甲 = 乙；丙", "left": "0.10"}),
            ),
        ),
        warnings=(Doubt("year_conflict", {"title": 2023, "period": 2022}),),
        published=date(2026, 1, 20),
        document_number="云政办〔2026〕1号",
        quantities=(
            Quantity("press_conferences", Decimal(3), Decimal(3), "场", "overview", "召开新闻发布会3场。", 0, 7, 9),
        ),
    )


def take(store: Store, report: Report, payload: bytes, url: str, day: datetime = MONDAY) -> str:
    """Keep a payload and accept a report for it."""
    snapshot = store.keep(payload, url=url, source=url, media_type="text/html", captured=day)
    return store.accept(snapshot, report, "1")


def address_of(data: Path) -> str | None:
    """The address of a data folder's store, for another process; None for the SQLite file in it."""
    with Store.look(data) as store:
        return store.url


def change(data: Path, statement: str, **values: object) -> None:
    """Change the rows of a store as nobody should; ``:name`` in the statement stands for a value."""
    with Store.open(data) as store, store.database.writing() as connection:
        connection.execute(text(statement), values)


def renamed(report: Report, name: str) -> Report:
    """The same report of a body with another name: another id."""
    return replace(report, agency=replace(report.agency, name=name))
