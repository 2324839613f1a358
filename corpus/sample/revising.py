"""Reports changed after publication: a cell, a sentence, with a notice or without; or only the page around."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from corpus.model import Section
from corpus.sample.imprint import styles
from corpus.sample.model import SampleReport

How = Literal["figure", "sentence", "dropped", "told", "layout"]
HOWS: tuple[How, ...] = ("figure", "sentence", "dropped", "told", "layout")

SHARE = 0.03
"""The share of the demo's reports that are changed after publication."""
_ALONE = ("disclosure.licensing", "disclosure.penalties", "disclosure.coercion", "disclosure.fees")
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


def later_state(report: SampleReport, seed: int) -> Revised | None:
    """What became of a report of the demo after its publication; None for the most of them.

    Changed are only cells that no identity and no sentence speaks of: what else is planted stays true.
    """
    chance = random.Random(f"revisions/{seed}/{report.id}")  # noqa: S311 - a sample, not a secret
    cells = [id_ for id_, value in report.values.items() if value and id_.startswith(_ALONE)]
    if chance.random() > SHARE or not cells:
        return None
    return revised(report, chance.choice(HOWS), chance, cells)


def revised(report: SampleReport, how: How, chance: random.Random, cells: Sequence[str] = ()) -> Revised:
    """The report as it stands on its page some time later; ``cells``: those that may change, if not all."""
    if how == "layout":
        others = sorted(name for name in styles() if name != report.style)
        return Revised(replace(report, style=chance.choice(others)), how, (), (), ())
    if how == "figure" or (how == "told" and chance.random() < 0.5):
        figure = chance.choice(cells or [id_ for id_, value in report.values.items() if value])
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
