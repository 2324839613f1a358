"""Reports changed after publication: a cell, a sentence, with a notice or without; or only the page around."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from corpus.model import Section
from corpus.sample.imprint import styles
from corpus.sample.model import SampleReport

How = Literal["figure", "sentence", "dropped", "told", "layout"]
HOWS: tuple[How, ...] = ("figure", "sentence", "dropped", "told", "layout")

_NOTICES = ("（本报告已作更正）", "勘误：原文个别数字有误，现予改正。", "本报告于发布后重新公布，以此为准。")
_NEW = (
    "另有部分事项因材料不全，延至次年办理。",
    "上述情况已向上级主管部门作了书面说明。",
    "有关栏目的访问数据按新的办法统计。",
)


@dataclass(frozen=True, slots=True)
class Revised:
    """A later state of a report: how it was changed, the cells that say something else, the sentences that came."""

    report: SampleReport
    how: How
    figures: tuple[str, ...]
    came: tuple[str, ...]
    went: tuple[str, ...]


def revised(report: SampleReport, how: How, chance: random.Random) -> Revised:
    """The report as it stands on its page some time later."""
    if how == "layout":
        others = sorted(name for name in styles() if name != report.style)
        return Revised(replace(report, style=chance.choice(others)), how, (), (), ())
    if how == "figure" or (how == "told" and chance.random() < 0.5):
        figure = chance.choice([id_ for id_, value in report.values.items() if value])
        value = (report.values[figure] or Decimal(0)) + chance.randint(1, 40)
        report = replace(
            report,
            figures={**report.figures, figure: str(value)},
            values={**report.values, figure: value},
        )
        figures: tuple[str, ...] = (figure,)
    else:
        figures = ()
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    if how == "dropped":
        report, went = _without_a_paragraph(report)
    elif how == "sentence" or (how == "told" and not figures):
        came = (chance.choice(_NEW),)
    if how == "told":
        came = (*came, chance.choice(_NOTICES))
    return Revised(_with(report, came), how, figures, came, went)


def _with(report: SampleReport, came: tuple[str, ...]) -> SampleReport:
    if not came:
        return report
    return _changed(report, lambda section: replace(section, paragraphs=(*section.paragraphs, "".join(came))))


def _without_a_paragraph(report: SampleReport) -> tuple[SampleReport, tuple[str, ...]]:
    problems = next(section for section in report.sections if section.kind == "problems")
    gone = problems.paragraphs[-1]
    return _changed(report, lambda section: replace(section, paragraphs=section.paragraphs[:-1])), (gone,)


def _changed(report: SampleReport, change: Callable[[Section], Section]) -> SampleReport:
    sections: list[Section] = [
        change(section) if section.kind == "problems" else section for section in report.sections
    ]
    return replace(report, sections=tuple(sections))
