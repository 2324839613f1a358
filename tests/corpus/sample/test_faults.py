"""What is planted breaks exactly what is recorded; nothing else is broken. The sums here are the tests' own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import pytest

from corpus.form import load_form
from corpus.sample.agencies import careers
from corpus.sample.model import Broken, SampleReport

_KINDS = {"identity", "blanks", "dashes", "copied_last_year", "copied_neighbour", "narrative", "period", "old_form"}


def _total(report: SampleReport, figures: tuple[str, ...]) -> Decimal | None:
    values = [report.values[figure] for figure in figures]
    return None if None in values else sum((value for value in values if value is not None), Decimal(0))


def _unbalanced(report: SampleReport) -> Iterator[Broken]:
    """The identities of the form whose operands are all printed and do not agree."""
    assert report.form is not None
    for identity in load_form(report.form).identities:
        left, right = _total(report, identity.left), _total(report, identity.right)
        if left is None or right is None:
            continue
        if left > right or (identity.relation == "equal" and left < right):
            yield Broken(identity.rule, (*identity.left, *identity.right))


def test_exactly_the_recorded_identities_are_broken(sample: tuple[SampleReport, ...]) -> None:
    for report in sample:
        recorded = [broken for broken in report.broken if broken.rule[0] in "IS" and broken.rule != "I5"]
        assert list(_unbalanced(report)) == recorded, report.title


def test_counts_are_whole_and_not_negative_but_where_recorded(sample: tuple[SampleReport, ...]) -> None:
    for report in sample:
        assert report.form is not None
        free = load_form(report.form).signed | {figure for figure in report.values if figure.endswith(".amount")}
        free |= {"statistics.resources.budget"}
        wrong = {f for f, v in report.values.items() if f not in free and v is not None and (v < 0 or v != int(v))}
        assert wrong == {broken.figures[0] for broken in report.broken if broken.rule == "I5"}


def test_what_is_carried_over_agrees_but_where_recorded(sample: tuple[SampleReport, ...]) -> None:
    checked = 0
    for last, report in pairwise(sample):
        if last.agency != report.agency or last.year != report.year - 1 or "2014" in {last.form, report.form}:
            continue
        recorded = {broken.figures[0] for broken in report.broken if broken.rule == "X1"}
        for figure, value in report.values.items():
            before = last.values.get(figure.replace("carried_in", "carried_out"))
            if "carried_in" in figure and None not in (value, before):
                assert (value != before) == (figure in recorded)
                checked += 1
        if last.form == report.form == "2021":
            recorded = {broken.figures[0] for broken in report.broken if broken.rule == "X2"}
            for stock in ("disclosure.rules.in_force", "disclosure.normative_documents.in_force"):
                issued, repealed = (stock.replace("in_force", column) for column in ("issued", "repealed"))
                sides = (_total(report, (stock, repealed)), _total(last, (stock,)), _total(report, (issued,)))
                if None not in sides:
                    now, before, more = (side or Decimal(0) for side in sides)
                    assert (now != before + more) == (stock in recorded)
    assert checked > 1_000


def test_every_kind_of_fault_is_there_and_sound_reports_prevail(sample: tuple[SampleReport, ...]) -> None:
    kinds = Counter(fault.kind for report in sample for fault in report.faults)
    assert set(kinds) == _KINDS
    assert 12 <= kinds["identity"] <= 60
    assert sum(not report.faults for report in sample) > len(sample) / 2


def test_an_identity_fault_breaks_something(sample: tuple[SampleReport, ...]) -> None:
    for report in sample:
        for fault in report.faults:
            if fault.kind == "identity":
                broken = {figure for broken in report.broken for figure in broken.figures}
                assert set(fault.figures) <= broken, report.title


def test_all_families_of_identities_are_broken_somewhere(sample: tuple[SampleReport, ...]) -> None:
    rules = {broken.rule for report in sample for broken in report.broken}
    assert {"I1", "I2", "I3", "I4", "I5", "X1", "X2"} <= rules
    assert any(rule.startswith("S") for rule in rules)


@pytest.mark.parametrize("kind", ["blanks", "dashes"])
def test_blanks_and_dashes_say_nothing(sample: tuple[SampleReport, ...], kind: str) -> None:
    faults = [(report, fault) for report in sample for fault in report.faults if fault.kind == kind]
    assert any(fault.figures for _, fault in faults)
    for report, fault in faults:
        for figure in fault.figures:
            assert report.values[figure] is None
            assert report.figures[figure] in ({""} if kind == "blanks" else {"/", "—", "-"})


def test_a_copied_section_is_the_other_reports(sample: tuple[SampleReport, ...]) -> None:
    problems = {
        (report.agency, report.year): next(s.paragraphs for s in report.sections if s.kind == "problems")
        for report in sample
    }
    owners: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for (agency, year), paragraphs in problems.items():
        owners.setdefault(paragraphs, []).append((agency.id, year))
    for report in sample:
        same = owners[problems[report.agency, report.year]]
        kinds = {fault.kind for fault in report.faults}
        if "copied_last_year" in kinds:
            assert (report.agency.id, report.year - 1) in same
        elif "copied_neighbour" in kinds:
            assert any(agency != report.agency.id and year == report.year for agency, year in same)


def test_missing_years_are_recorded_and_not_written(sample: tuple[SampleReport, ...]) -> None:
    written = {(report.agency, report.year) for report in sample}
    planned = list(careers(seed=1, provinces=1, reports=600, from_year=2014, to_year=2025))
    missing = {(career.agency, year) for career in planned for year in career.missing}
    assert 5 <= len(missing) <= 40
    assert not missing & written
    for career in planned:
        assert sorted((*career.years, *career.missing)) == list(range(career.years[0], career.years[-1] + 1))
