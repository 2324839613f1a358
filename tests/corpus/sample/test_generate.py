"""generate(): how many, which, and always the same."""

from __future__ import annotations

from itertools import islice

import pytest

from corpus.errors import UsageError
from corpus.form import figure_id, load_form
from corpus.sample.agencies import careers
from corpus.sample.generate import generate
from corpus.sample.model import SampleReport


def test_the_same_seed_gives_the_same_reports(sample: tuple[SampleReport, ...]) -> None:
    assert tuple(islice(generate(), 60)) == sample[:60]


def test_another_seed_gives_others(sample: tuple[SampleReport, ...]) -> None:
    other = next(generate(seed=2))
    assert other.figures != sample[0].figures
    assert other.sections != sample[0].sections


@pytest.mark.parametrize("reports", [1, 7, 100, 131])
def test_as_many_reports_as_asked_for(reports: int) -> None:
    assert sum(1 for _ in generate(reports=reports)) == reports


def test_ids_and_addresses_are_unique(sample: tuple[SampleReport, ...]) -> None:
    assert len(sample) == 600
    assert len({report.id for report in sample}) == 600
    assert len({report.url for report in sample}) == 600


def test_every_kind_of_agency_reports(sample: tuple[SampleReport, ...]) -> None:
    assert {report.agency.kind for report in sample} == {"government", "office", "department", "township", "zone"}
    assert {report.agency.level for report in sample} == {"province", "prefecture", "county", "township"}


def test_every_cell_of_the_form_is_there(sample: tuple[SampleReport, ...]) -> None:
    for report in sample:
        assert report.form is not None
        cells = {figure_id(row, column) for _, row, column in load_form(report.form).cells()}
        assert set(report.figures) == set(report.values) == cells


def test_the_form_is_the_years(sample: tuple[SampleReport, ...]) -> None:
    for report in sample:
        old = any(fault.kind == "old_form" for fault in report.faults)
        expected = "2019" if old else "2014" if report.year < 2019 else "2019" if report.year < 2021 else "2021"
        assert report.form == expected
        assert report.year == 2021 or not old


def test_before_2014_there_is_narrative_alone() -> None:
    early = [report for report in generate(reports=60, from_year=2008) if report.year < 2014]
    assert early
    for report in early:
        assert (report.form, report.figures, report.values) == (None, {}, {})
        assert sum(len(section.text) for section in report.sections) > 1_000


def test_a_large_sample_begins_at_once() -> None:
    reports = generate(reports=200_000, provinces=10, from_year=2008)
    assert next(reports).agency.name == "云泽省人民政府"


def test_54_000_reports_come_from_about_3_000_places() -> None:
    span = careers(seed=1, provinces=10, reports=54_000, from_year=2008, to_year=2025)
    assert 2_900 < len({career.agency.region for career in span}) < 3_100


@pytest.mark.parametrize(
    "arguments", [{"reports": 0}, {"from_year": 2020, "to_year": 2019}, {"reports": 500_000}, {"provinces": 12}]
)
def test_what_cannot_be_made_is_refused(arguments: dict[str, int]) -> None:
    with pytest.raises(UsageError, match=r"(?i)ask for"):
        next(generate(**arguments))
