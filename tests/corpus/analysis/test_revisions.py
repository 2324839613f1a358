"""What a later version changed: planted edits are told exactly, mere changes of the page not at all."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.analysis.revisions import changed_cells, changed_lines, find_revisions, has_notice
from corpus.model import Agency, Figure, Report, Section
from corpus.store import Store
from tests.analyses.revisions import outcome
from tests.webui.shelf import MONDAY, TUESDAY, made, take

COUNTY = Agency("鹿鸣县人民政府", "990122", "county", "government")


def texts(*paragraphs: str) -> Report:
    section = Section("problems", "五、存在的主要问题及改进情况", paragraphs)
    return Report(COUNTY, 2022, "鹿鸣县人民政府2022年政府信息公开工作年度报告", None, (section,), {}, ())


def test_planted_edits_are_told_exactly(tmp_path: Path) -> None:
    found = outcome(1, tmp_path, reports=200, each=4)
    assert sum(found.planted.values()) == 20
    assert found.exact, found.wrong


def test_moved_and_reset_text_is_no_change() -> None:
    before = texts("栏目更新不及时。解读形式单一。", "人手不足。")
    assert changed_lines(before, texts("人手不足 。", "解读形式单一；栏目更新不及时。")) == ()
    (went, came) = changed_lines(before, texts("栏目更新不及时。解读形式单一。", "人手充足。"))
    assert (went.what, went.text, came.what, came.text) == ("went", "人手不足。", "came", "人手充足。")
    assert len(changed_lines(before, texts("栏目更新不及时。解读形式单一。解读形式单一。", "人手不足。"))) == 1


def test_another_print_of_a_number_is_no_change() -> None:
    chance = random.Random(1)  # noqa: S311 - figures, not secrets
    before = made(COUNTY, 2022, chance)
    id_, figure = next((id_, each) for id_, each in before.figures.items() if each.value)
    same = replace(before, figures={**before.figures, id_: replace(figure, raw=f" {figure.raw} ")})
    other = replace(before, figures={**before.figures, id_: Figure(id_, None, "\u00a0", "blank", figure.place)})
    assert list(changed_cells(before, same)) == []
    assert [(cell.figure, cell.after) for cell in changed_cells(before, other)] == [(id_, "")]


@pytest.mark.parametrize("notice", ["本报告已作更正。", "勘误：第三项应为五件。", "本报告于七月重新公布。"])
def test_a_notice_is_one_only_where_it_is_new(notice: str) -> None:
    before = texts("规范性文件的修订工作进展缓慢。")
    assert not has_notice(before, before)
    assert has_notice(before, texts("规范性文件的修订工作进展缓慢。", notice))
    assert not has_notice(texts(notice), texts(notice, "人手不足。"))


def test_what_is_withheld_or_put_back_is_told_no_more(tmp_path: Path) -> None:
    chance = random.Random(2)  # noqa: S311 - figures, not secrets
    report = made(COUNTY, 2022, chance, words="初稿只说供水与供气两件事，别无他话。")
    with Store.open(tmp_path) as store:
        id_ = take(store, report, moment=MONDAY)
        assert find_revisions(store) == 0
        take(store, made(COUNTY, 2022, chance, words="后来只说绿化与路灯三件事，别无他话。"), moment=TUESDAY)
        assert find_revisions(store) == 1
        total, (found,) = store.revisions.listed(told=False, region="9901", year=2022)
        assert (total, found.revision.version, found.agency) == (1, 2, COUNTY.name)
        assert {line.what for line in found.revision.lines} == {"went", "came"}
        assert store.revisions.listed(told=False, region="9902") == (0, ())
        store.withhold(id_, "an order")
        assert store.revisions.listed(told=False) == (0, ())
        assert find_revisions(store) == 0
