"""Outcomes: sums are those of the reports that print a cell, whichever came, changed and went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.analysis.outcomes import (
    WHOLE,
    applicants,
    count_outcomes,
    explanations,
    numbers_of,
    outcomes,
    place,
    whole_of,
)
from corpus.analysis.outcomes import _patterns as patterns
from corpus.form import load_form
from corpus.model import Agency, Figure, Report, Section
from corpus.store import Store
from corpus.store.outcomes import Counts, Tally
from tests.webui.shelf import REGIONS, TUESDAY, take

COUNTY = Agency("松陂区人民政府", "990101", "county", "government")
OTHER = Agency("鹿鸣县人民政府", "990122", "county", "government")
REASON = "applications.refused.state_secret"


def report(agency: Agency, values: Mapping[str, int | None], year: int = 2022) -> Report:
    figures = {
        id_: Figure(id_, None if value is None else Decimal(value), str(value), "number", None)
        for id_, value in values.items()
    }
    sections = (Section("overview", "一、总体情况", (f"{agency.name}{year}年{sorted(values.items())}",)),)
    return Report(agency, year, f"{agency.name}{year}年报告", "2021", sections, figures, ())


def test_every_row_of_the_forms_is_an_outcome_and_groups_stand_above_theirs() -> None:
    keys = [each.key for each in outcomes()]
    assert len(set(keys)) == len(keys)
    for form in ("2019", "2021"):
        table = load_form(form).table("applications")
        assert table is not None
        assert {row.key for row in table.rows if row.path} <= set(keys)
        assert tuple(column.key for column in table.columns) == applicants()
    for each in outcomes():
        assert all(keys.index(each.key) < keys.index(member) for member in each.members)
    assert keys[-1] == WHOLE


def test_every_reason_with_words_is_an_outcome() -> None:
    assert patterns().keys() <= {each.key for each in outcomes()}


def test_a_blank_counts_neither_as_a_number_nor_in_the_whole(tmp_path: Path) -> None:
    cell, whole, group = f"{REASON}.total", f"{WHOLE}.total", place("applications.refused", "total")
    with Store.open(tmp_path) as store:
        store.add_regions(REGIONS)
        take(store, report(COUNTY, {cell: 2, whole: 8}))
        take(store, report(OTHER, {cell: None, whole: 100}))
        count_outcomes(store)
        tally = store.outcomes.sums(whole_of(), region="99")[2022]
        at = place(REASON, "total")
        assert (tally.reports, tally.sums[at], tally.wholes[at], tally.share(at)) == (2, 2, 8, 0.25)
        assert tally.share(group) is None  # the other reasons are not printed: no sum of them
        assert store.outcomes.sums(whole_of(), region="990101")[2022].reports == 1
        assert store.outcomes.sums(whole_of(), region="99", kind="office") == {}
        take(store, report(COUNTY, {cell: 3, whole: 12}), moment=TUESDAY)
        take(store, replace(report(OTHER, {}), form="2014"), moment=TUESDAY)
        assert count_outcomes(store) == 2
        assert count_outcomes(store) == 0
        tally = store.outcomes.sums(whole_of())[2022]
        assert (tally.reports, tally.sums[at], tally.wholes[at]) == (1, 3, 12)


NUMBERS = st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=3, max_size=3)


@settings(max_examples=60)
@given(st.lists(NUMBERS, min_size=1, max_size=6), st.data())
def test_what_is_taken_in_and_out_again_leaves_no_trace(every: list[Counts], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.booleans(), min_size=len(every), max_size=len(every)))
    tally = Tally(0, [0] * 3, [0] * 3)
    for numbers in every:
        tally.add(numbers, [numbers[2]] * 3)
    for numbers, stays in zip(every, kept, strict=True):
        if not stays:
            tally.add(numbers, [numbers[2]] * 3, -1)
    assert tally == together(numbers for numbers, stays in zip(every, kept, strict=True) if stays)


def together(every: Iterable[Counts]) -> Tally:
    found = Tally(0, [0] * 3, [0] * 3)
    for numbers in every:
        one = Tally()
        one.add(numbers, [numbers[2]] * 3)
        found.join(one)
    return found


def test_paragraphs_that_name_a_reason_explain_it() -> None:
    told = "有两件申请涉及个人隐私，经征求意见后未予公开；另有一件属于过程性信息。"
    silent = "我区按照规定的时限答复了全部申请。"
    section = Section("applications", "三、依申请公开", (silent, told))
    (found,) = explanations(replace(report(COUNTY, {}), sections=(section,)))
    assert found.paragraph == told
    assert set(found.reasons) == {"applications.refused.third_party", "applications.refused.process_information"}


def test_the_form_of_2014_is_not_counted() -> None:
    assert numbers_of(replace(report(COUNTY, {}), form="2014")) is None
    assert numbers_of(replace(report(COUNTY, {}), form=None)) is None
