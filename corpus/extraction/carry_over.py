"""The identities across years: what one report carries forward, the next one takes up (FIELD.md, "Identities").

The findings belong to the later report. They depend on another report, so they are worked out whenever either of the
two changes, and kept beside the report, not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.form import load_form
from corpus.identities import judge
from corpus.model import Figure, Finding, FormId, Report


@dataclass(frozen=True, slots=True)
class _Carried:
    """One identity across two years: ``before`` are figures of the earlier report, signed; ``now`` one of the later."""

    rule: str
    statement: str
    now: str
    taken_up: tuple[str, ...]
    before: tuple[str, ...]
    spent: tuple[str, ...] = ()


def across_years(before: Report, now: Report) -> tuple[Finding, ...]:
    """The X findings of ``now``, given the same agency's report of the year before; none for other years."""
    if now.year != before.year + 1 or before.agency.id != now.agency.id or not before.form or not now.form:
        return ()
    return tuple(_check(carried, before, now) for carried in _identities(before.form, now.form) if _has(carried, now))


def _has(carried: _Carried, now: Report) -> bool:
    return carried.now in now.figures


def _identities(before: FormId, now: FormId) -> Iterator[_Carried]:
    if "2014" in (before, now):
        return
    for column in next(table for table in load_form(now).tables if table.id == "applications").columns:
        yield _Carried(
            "X1",
            "上年结转 = 上一年报告的结转下年度继续办理",
            f"applications.carried_in.{column.key}",
            (),
            (f"applications.carried_out.{column.key}",),
        )
    if before == now == "2021":
        for kind in ("rules", "normative_documents"):
            yield _Carried(
                "X2",
                "现行有效 = 上年现行有效 + 本年制发 − 本年废止",
                f"disclosure.{kind}.in_force",
                (f"disclosure.{kind}.issued",),
                (f"disclosure.{kind}.in_force",),
                (f"disclosure.{kind}.repealed",),
            )
    if before == now == "2019":
        for kind in ("licensing", "other_services", "penalties", "coercion", "fees"):
            yield _Carried(
                "X2",
                "上一年项目数量 = 上年的上一年项目数量 + 上年增减",
                f"disclosure.{kind}.items_last_year",
                (),
                (f"disclosure.{kind}.items_last_year", f"disclosure.{kind}.change"),
            )


def _check(carried: _Carried, before: Report, now: Report) -> Finding:
    left = [now.figures.get(carried.now), *(now.figures.get(id_) for id_ in carried.spent)]
    right = [*(before.figures.get(id_) for id_ in carried.before), *(now.figures.get(id_) for id_ in carried.taken_up)]
    verdict, total_left, total_right = judge(left, right)
    operands = tuple(id_ for id_ in (carried.now, *carried.taken_up, *carried.spent) if id_ in now.figures)
    printed = "，".join(f"{id_} = {_printed(before.figures.get(id_))}" for id_ in carried.before)
    return Finding(
        carried.rule,
        verdict,
        operands,
        total_left,
        total_right,
        carried.statement,
        quote=f"{before.year} 年报告（{before.id}）：{printed}",
    )


def _printed(figure: Figure | None) -> str:
    return "无此格" if figure is None else figure.raw.strip() or "空白"
