"""The words: topics where the manifest says, numbers as in the tables, and nobody else's sentences."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from corpus.form import load_form
from corpus.model import FORMS
from corpus.sample.model import SampleReport
from corpus.sample.topics import topics
from corpus.text import fold
from tests.checkout import ROOT

SHARED = ROOT.parent / "shared" / "reports"
_LONGEST = 11  # no longer run of characters may stand in the reference reports too
# A date is nobody's sentence; the sub-headings are those that the notices ask for.
_NOBODYS = re.compile(r"\d+年\d+月\d+日|（[一二三四五六七八九十]）[^。\n]*")


def test_a_topic_is_recorded_exactly_where_its_phrase_stands(sample: tuple[SampleReport, ...]) -> None:
    for report in sample:
        recorded = {(mention.phrase, mention.section) for mention in report.topics}
        found = {(t.phrase, s.kind) for t in topics() for s in report.sections if t.phrase in s.text}
        assert found == recorded, report.title


def test_every_report_has_its_topics_and_none_is_everywhere(sample: tuple[SampleReport, ...]) -> None:
    counts = Counter(mention.topic for report in sample for mention in report.topics)
    assert len(counts) >= 55
    assert max(counts.values()) < len(sample) / 2


@pytest.mark.parametrize(
    ("phrase", "early", "late"),
    [
        ("疫情防控", (2014, 2018), (2024, 2025)),
        ("精准扶贫", (2014, 2019), (2022, 2025)),
        ("以旧换新", (2024, 2025), (2014, 2022)),
    ],
)
def test_topics_come_and_go(
    sample: tuple[SampleReport, ...], phrase: str, early: tuple[int, int], late: tuple[int, int]
) -> None:
    years = Counter(report.year for report in sample for mention in report.topics if mention.phrase == phrase)
    assert years
    assert sum(years[year] for year in range(late[0], late[1] + 1)) == 0
    if phrase != "疫情防控":
        assert sum(years[year] for year in range(early[0], early[1] + 1)) > 0


def test_narratives_are_as_long_as_real_ones(sample: tuple[SampleReport, ...]) -> None:
    lengths = sorted(sum(len(section.text) for section in report.sections) for report in sample)
    assert lengths[0] >= 1_500
    assert lengths[-1] <= 4_000


def test_no_two_reports_are_the_same(sample: tuple[SampleReport, ...]) -> None:
    assert len({report.sections[0].text for report in sample}) == len(sample)


def test_the_quoted_number_of_applications_is_the_tables_unless_planted(sample: tuple[SampleReport, ...]) -> None:
    quoted = 0
    for report in sample:
        text = "\n".join(section.text for section in report.sections)
        figure = "statistics.applications.received" if report.form == "2014" else "applications.received.total"
        printed = report.values[figure] or 0
        found = re.findall(r"政府信息公开申请([\d,]+)件", text)
        slip = any(fault.kind == "narrative" for fault in report.faults)
        assert bool(found) == bool(printed)
        for number in found:
            quoted += 1
            assert (int(number.replace(",", "")) == printed) != slip, report.title
    assert quoted > 200


def test_the_period_is_the_years_unless_planted(sample: tuple[SampleReport, ...]) -> None:
    for report in sample:
        stale = any(fault.kind == "period" for fault in report.faults)
        period = report.year - 1 if stale else report.year
        assert f"{period}年1月1日" in report.sections[0].text


def test_sections_are_the_forms_in_order(sample: tuple[SampleReport, ...]) -> None:
    for report in sample:
        chapters = load_form(report.form or "2014").chapters
        assert [section.kind for section in report.sections] == [chapter.kind for chapter in chapters]
        for section, chapter in zip(report.sections, chapters, strict=True):
            assert section.heading.split("、", 1)[1] in {chapter.heading, *chapter.variants}


def test_every_report_says_that_its_place_is_fictional(sample: tuple[SampleReport, ...]) -> None:
    for report in sample:
        assert "本页所述地方为虚构" in report.sections[-1].text


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference reports are not beside the checkout")
def test_no_sentence_stands_in_a_real_report(sample: tuple[SampleReport, ...]) -> None:
    size = _LONGEST + 1
    real: set[str] = set()
    for path in SHARED.glob("*.txt"):
        text = _plain(path.read_text(encoding="utf-8"))
        real |= {text[start : start + size] for start in range(len(text) - size + 1)}
    statutory = _plain(
        "|".join(heading for form in FORMS for c in load_form(form).chapters for heading in (c.heading, *c.variants))
    )
    for report in sample:
        for section in report.sections:
            text = _plain(section.text.replace(report.agency.name, "#"))
            runs = {text[start : start + size] for start in range(len(text) - size + 1)}
            assert {run for run in runs & real if run not in statutory} == set()


def _plain(text: str) -> str:
    return "".join(fold(_NOBODYS.sub("#", text)).split())
