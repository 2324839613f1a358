"""The demo's scans: pictures alone, of bodies that the generator never makes, read as what stands beside them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pdfplumber
import pytest

from corpus.extraction.stage import extract
from corpus.readers.pictures import can_be_read
from corpus.sample.generate import generate, sample_regions
from corpus.sample.scans import CONFIRMED, FOLDER, scans
from corpus.store import Store
from webui.commands.demo import take_scans
from webui.settings import Settings


def test_they_are_pictures_of_bodies_that_the_generator_never_makes() -> None:
    names = {report.agency.name for report in generate(reports=600)}
    for scan in scans():
        assert scan["agency"]["name"] not in names
        with pdfplumber.open(FOLDER / scan["file"]) as document:
            assert document.pages
            assert all(page.images and not page.chars for page in document.pages)


@pytest.mark.slow
@pytest.mark.skipif(not can_be_read(), reason="the extra ocr is not installed")
def test_the_demo_reads_them_and_a_person_confirms_a_cell(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add_regions(sample_regions(1, 600))
        take_scans(store, Settings(data=tmp_path))
        for scan in scans():
            stored = store.get(scan["id"])
            assert stored is not None
            report = stored.report
            doubted = {id_ for finding in report.findings if finding.verdict != "holds" for id_ in finding.figures}
            printed = {id_: value and Decimal(value) for id_, (_, value) in scan["figures"].items()}
            wrong = {
                id_ for id_, value in printed.items() if id_ not in report.figures or report.figures[id_].value != value
            }
            assert wrong <= doubted
            assert len(wrong) <= len(printed) // 20
            assert all(figure.cutout for figure in report.figures.values() if figure.confidence is not None)
        (word,) = store.corrected()
        assert (word.report, word.figure) == (next(scans())["id"], CONFIRMED)
        assert extract(store).accepted == 0
