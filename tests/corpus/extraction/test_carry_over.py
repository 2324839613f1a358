"""What one year carries forward and the next takes up, wherever the earlier report comes from and whenever."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.extraction.carry_over import across_years
from corpus.extraction.extractor import extractor
from corpus.extraction.stage import extract
from corpus.extraction.year_comparison import compare_years
from corpus.form import figure_id, load_form
from corpus.model import Agency, Figure, FormId, Report
from corpus.store import Store

AGENCY = Agency("云泽省人民政府", "900000", "province", "government")
OUT, IN = "applications.carried_out.total", "applications.carried_in.total"


def _report(year: int, form: FormId, values: Mapping[str, int | None]) -> Report:
    ids = [figure_id(row, column) for _, row, column in load_form(form).cells()]
    figures = {id_: _figure(id_, values.get(id_, 0)) for id_ in ids}
    return Report(AGENCY, year, f"云泽省{year}年度报告", form, (), figures, ())


def _figure(id_: str, value: int | None) -> Figure:
    if value is None:
        return Figure(id_, None, "", "blank", None)
    return Figure(id_, Decimal(value), str(value), "number", None)


def _verdict(before: Report, now: Report, rule: str, figure: str) -> str:
    (finding,) = [f for f in across_years(before, now) if f.rule == rule and f.figures[0] == figure]
    return finding.verdict


@pytest.mark.parametrize(
    ("out", "taken", "verdict"),
    [
        (3, 3, "holds"),
        (3, 2, "broken"),
        (None, 0, "holds_if_blank_is_zero"),
        (None, 2, "undecidable"),
        (None, None, "undecidable"),
    ],
)
def test_what_is_carried_forward_is_taken_up(out: int | None, taken: int | None, verdict: str) -> None:
    before, now = _report(2020, "2019", {OUT: out}), _report(2021, "2021", {IN: taken})
    assert _verdict(before, now, "X1", IN) == verdict


def test_normative_documents_in_force() -> None:
    in_force = "disclosure.normative_documents.in_force"
    before = _report(2021, "2021", {in_force: 100})
    issued, repealed = "disclosure.normative_documents.issued", "disclosure.normative_documents.repealed"
    now = _report(2022, "2021", {in_force: 95, issued: 5, repealed: 10})
    assert _verdict(before, now, "X2", in_force) == "holds"
    assert _verdict(before, _report(2022, "2021", {in_force: 96, issued: 5, repealed: 10}), "X2", in_force) == "broken"


def test_stock_of_items_within_the_form_of_2019() -> None:
    items, change = "disclosure.licensing.items_last_year", "disclosure.licensing.change"
    before = _report(2019, "2019", {items: 10, change: -3})
    assert _verdict(before, _report(2020, "2019", {items: 7}), "X2", items) == "holds"


@pytest.mark.parametrize(("before", "now"), [((2018, "2014"), (2019, "2019")), ((2019, "2019"), (2021, "2021"))])
def test_no_identity_joins_what_does_not_compare(before: tuple[int, FormId], now: tuple[int, FormId]) -> None:
    assert across_years(_report(*before, {}), _report(*now, {})) == ()


def test_the_finding_comes_and_goes_with_the_earlier_report(tmp_path: Path) -> None:
    """The later report is no new version for it, but the index hears of it."""
    early, late = _report(2020, "2019", {OUT: 3}), _report(2021, "2021", {IN: 2})
    with Store.open(tmp_path) as store:
        _accept(store, late)
        compare_years(store)
        assert _broken(store, late.id) == []
        revision = store.revision()
        _accept(store, early)
        compare_years(store)
        assert _broken(store, late.id) == ["X1"]
        assert late.id in [id_ for _, id_, _ in store.changes_since(revision)]
        assert len(store.versions(late.id)) == 1
        settled = store.revision()
        compare_years(store)
        assert store.revision() == settled


def test_what_a_broken_off_run_left_is_taken_up(tmp_path: Path) -> None:
    """Whoever changed a report last, the comparison across years is due until it was made."""
    early, late = _report(2020, "2019", {OUT: 3}), _report(2021, "2021", {IN: 2})
    with Store.open(tmp_path) as store:
        _accept(store, early)
        _accept(store, late)
    with Store.open(tmp_path) as store:
        extract(store)
        assert _broken(store, late.id) == ["X1"]
        assert store.uncompared() == []


def _accept(store: Store, report: Report) -> None:
    captured = datetime(2026, 1, 1, tzinfo=UTC)
    payload = report.title.encode()
    snapshot = store.keep(payload, url="", source=report.title, media_type="text/plain", captured=captured)
    store.accept(snapshot, report, extractor())


def _broken(store: Store, id_: str) -> list[str]:
    stored = store.get(id_)
    assert stored is not None
    return [finding.rule for finding in stored.report.findings if finding.verdict == "broken"]
