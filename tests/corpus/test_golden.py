"""Three real reports, read to the last cell; the originals too, where they lie beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.extraction.interpret import interpret
from corpus.form import load_form
from corpus.model import Finding, Report
from corpus.numerals import plain
from corpus.readers.formats import read
from corpus.regions import Registry

GOLDEN = Path(__file__).parent.parent / "golden"
SHARED = Path(__file__).parents[3] / "shared" / "reports"


def _cases() -> list[tuple[Path, dict[str, Any]]]:
    own = [(path.with_suffix(".txt"), json.loads(path.read_text("utf-8"))) for path in sorted(GOLDEN.glob("*.json"))]
    if not SHARED.is_dir():
        return own
    expected = json.loads((SHARED / "expected.json").read_text("utf-8"))
    return own + [(SHARED / name, expectation) for name, expectation in expected.items()]


def _name(case: object) -> str:
    return case.name if isinstance(case, Path) else ""


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def _report(path: Path, registry: Registry) -> Report:
    return interpret(read(path.read_bytes(), name=path.name), registry)


@pytest.mark.parametrize(("path", "expected"), _cases(), ids=_name)
def test_head(path: Path, expected: dict[str, Any], registry: Registry) -> None:
    report = _report(path, registry)
    head = (report.year, report.agency.region, report.agency.name, report.title, report.form)
    assert head == tuple(expected[key] for key in ("year", "region", "agency", "title", "form"))


@pytest.mark.parametrize(("path", "expected"), _cases(), ids=_name)
def test_every_figure(path: Path, expected: dict[str, Any], registry: Registry) -> None:
    figures = _report(path, registry).figures
    read_values = {id_: None if f.value is None else plain(f.value) for id_, f in figures.items()}
    assert read_values == expected["figures"]


@pytest.mark.parametrize(("path", "expected"), _cases(), ids=_name)
def test_just_the_known_identities_are_broken(path: Path, expected: dict[str, Any], registry: Registry) -> None:
    report = _report(path, registry)
    broken = [_instance(finding) for finding in report.findings if finding.verdict == "broken"]
    assert broken == expected["broken_I1_to_I4"]
    assert not [finding for finding in report.findings if finding.rule == "reading"]


@pytest.mark.parametrize(("path", "expected"), _cases(), ids=_name)
def test_six_sections_in_order(path: Path, expected: dict[str, Any], registry: Registry) -> None:
    sections = _report(path, registry).sections
    assert [section.kind for section in sections] == [chapter.kind for chapter in load_form(expected["form"]).chapters]
    assert all("\t" not in section.text for section in sections)
    assert sections[0].paragraphs
    assert sections[-1].paragraphs
    assert "人民政府办公室" not in sections[-1].paragraphs[-1], "the signature belongs to no section"


def _instance(finding: Finding) -> dict[str, str]:
    """The column or row in which an identity of table 三 is broken, as expected.json writes it."""
    first = finding.figures[0]
    row, _, column = first.rpartition(".")
    return (
        {"rule": finding.rule, "column": column} if finding.rule in ("I1", "I2") else {"rule": finding.rule, "row": row}
    )
