"""What a person says of a cell of a picture is checked as if it were printed, and settles what was doubted of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus.doubts import Doubt
from corpus.extraction.correction import accept, correct_again, corrected
from corpus.identities import audit
from corpus.model import CellRef, Correction, Figure, Finding, Report
from corpus.store import Store
from tests.accuracy.harness import papers
from tests.corpus.reports import MONDAY, made

NOW = datetime(2026, 5, 4, tzinfo=UTC)


def said(value: int | None) -> Correction:
    return Correction(None if value is None else Decimal(value), "云岚", "对照原件", NOW)


def of_picture(requests: str = "13") -> Report:
    """A report whose cells a machine read from a picture, one of them not surely."""
    report = made(requests=requests)
    figures = {id_: replace(figure, confidence=0.9) for id_, figure in report.figures.items()}
    doubt = Finding(
        "reading", "undecidable", tuple(figures), None, None, Doubt("unsure_picture", {"raw": "1", "share": "4"})
    )
    return replace(report, figures=figures, findings=(doubt,))


def test_a_corrected_cell_keeps_what_was_read_of_it_and_loses_its_doubt() -> None:
    before = of_picture()
    after = corrected(before, {"requests.new.total": said(7)})
    figure = after.figures["requests.new.total"]
    assert (figure.value, figure.state, figure.raw) == (Decimal(7), "number", before.figures["requests.new.total"].raw)
    assert (figure.confidence, figure.corrected) == (0.9, said(7))
    (doubt,) = (finding for finding in after.findings if finding.rule == "reading")
    assert doubt.figures == ("requests.new.other",)
    both = corrected(before, {id_: said(7) for id_ in before.figures})
    assert not [finding for finding in both.findings if finding.rule == "reading"]
    assert corrected(before, {"requests.new.total": said(None)}).figures["requests.new.total"].state == "blank"


def test_a_printed_cell_and_an_absent_one_are_not_corrected() -> None:
    printed = made()
    assert corrected(printed, {"requests.new.total": said(7)}) is printed
    assert corrected(of_picture(), {"no.such.cell": said(7)}) == of_picture()


CELLS = tuple(id_ for id_ in papers(1, seed=2)[-1].values)


@given(st.dictionaries(st.sampled_from(CELLS), st.integers(0, 40).map(said), max_size=6))
def test_the_checks_are_those_of_a_report_printed_so(corrections: Mapping[str, Correction]) -> None:
    report = replace(of_picture(), figures=_figures())
    after = corrected(report, corrections)
    values = {id_: figure.value for id_, figure in after.figures.items()}
    assert values == {
        id_: corrections[id_].value if id_ in corrections else figure.value for id_, figure in _figures().items()
    }
    if corrections:
        doubts = [finding for finding in after.findings if finding.rule == "reading"]
        assert [f for f in after.findings if f.rule.startswith("I")] == list(audit("2021", after.figures, doubts))


@cache
def _figures() -> Mapping[str, Figure]:
    paper = papers(1, seed=2)[-1]
    return {
        id_: Figure(id_, value, f"{value}", "number" if value is not None else "blank", CellRef(0, 0, 0), 0.8)
        for id_, value in paper.values.items()
    }


def test_a_correction_outlives_every_reading_of_the_same_picture(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        snapshot = store.keep(b"picture", url="http://a.example/1", source="a", media_type="image/png", captured=MONDAY)
        accept(store, snapshot, of_picture(), "1")
        revision = store.revision()
        store.correct(snapshot.digest, "requests.new.total", said(7))
        correct_again(store, snapshot.digest)
        id_ = of_picture().id
        assert _value(store, id_) == 7
        assert [changed for _, changed, _ in store.changes_since(revision)] == [id_]
        # Read again, by other code, as something else: what was said stands.
        accept(store, snapshot, replace(of_picture(), title="x"), "2")
        assert _value(store, id_) == 7
        (listed,) = store.corrected()
        assert (listed.report, listed.figure, listed.correction) == (id_, "requests.new.total", said(7))
        # Another picture of the same report is read by itself.
        other = store.keep(b"other", url="http://a.example/1", source="a", media_type="image/png", captured=NOW)
        accept(store, other, of_picture("14"), "2")
        assert _value(store, id_) == 14
        assert store.take_back(snapshot.digest, "requests.new.total")
        correct_again(store, snapshot.digest)
        assert store.corrections(snapshot.digest) == {}
        values = [version.report.figures["requests.new.total"].value for version in store.versions(id_)]
        assert values == [13, 14]
        assert store.as_read(snapshot.digest) == (replace(of_picture(), title="x"), "2")


def _value(store: Store, id_: str) -> Decimal | None:
    stored = store.get(id_)
    assert stored is not None
    return stored.report.figures["requests.new.total"].value
