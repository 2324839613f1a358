"""Pages and texts: the tables stand as on paper, and what was written is read again."""

from __future__ import annotations

from itertools import chain

import pytest

from corpus.blocks import Cell, Grid
from corpus.extraction.interpret import interpret
from corpus.form import figure_id, load_form
from corpus.model import FORMS, FormId
from corpus.readers.formats import read
from corpus.regions import Registry
from corpus.sample.generate import sample_regions
from corpus.sample.imprint import styles
from corpus.sample.model import SampleReport
from corpus.sample.render.html import render_html
from corpus.sample.render.layout import LaidTable, lay_out, width
from corpus.sample.render.text import render_text


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load().with_regions(sample_regions())


def _grid(table: LaidTable) -> Grid:
    return Grid(
        tuple(
            tuple(Cell(cell.text, row, column, cell.rowspan, cell.colspan) for column, cell in enumerate(line))
            for row, line in enumerate(table)
        ),
        0,
    )


@pytest.mark.parametrize("form", FORMS)
def test_the_spans_fill_every_row(form: FormId) -> None:
    for table in chain.from_iterable(lay_out(form).values()):
        lattice = _grid(table).lattice
        assert {len(line) for line in lattice} == {width(table)}
        assert all(cell is not None for line in lattice for cell in line)


@pytest.mark.parametrize("form", FORMS)
def test_every_figure_has_one_cell(form: FormId) -> None:
    laid = [cell.figure for tables in lay_out(form).values() for table in tables for row in table for cell in row]
    assert sorted(filter(None, laid)) == sorted(figure_id(row, column) for _, row, column in load_form(form).cells())


def test_groups_stand_beside_their_rows() -> None:
    (table,) = lay_out("2021")["applications"]
    spans = {cell.text: cell.rowspan for row in table for cell in row if cell.rowspan > 1}
    assert spans["三、本年度办理结果"] == 22
    assert spans["（三）不予公开"] == 8
    assert spans["（六）其他处理"] == 3


def test_all_styles_are_used_and_declare_what_they_declare(sample: tuple[SampleReport, ...]) -> None:
    used = {report.style: report for report in sample}
    assert set(used) == set(styles())
    assert len(used) >= 5
    old = render_html(used["nested"])
    assert b"charset=gb2312" in old
    assert used["nested"].title in old.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        old.decode("utf-8")


@pytest.mark.parametrize("format_", ["html", "text"])
def test_every_figure_comes_back(sample: tuple[SampleReport, ...], registry: Registry, format_: str) -> None:
    """Some reports of every form; the accuracy harness takes the whole sample."""
    chosen = {(report.form, report.style, report.agency.kind, bool(report.faults)): report for report in sample}
    assert len(chosen) > 60
    for report in list(chosen.values())[::6]:
        payload = render_html(report) if format_ == "html" else render_text(report)
        name = "report.html" if format_ == "html" else "report.txt"
        read_again = interpret(read(payload, name=name), registry, url=report.url)
        assert read_again.id == report.id
        assert read_again.title == report.title
        assert read_again.form == report.form
        values = {figure: (found.raw.strip(), found.value) for figure, found in read_again.figures.items()}
        assert values == {figure: (raw, report.values[figure]) for figure, raw in report.figures.items()}


def test_pages_say_that_the_place_is_fictional(sample: tuple[SampleReport, ...]) -> None:
    for report in {report.style: report for report in sample}.values():
        page = render_html(report).decode(styles()[report.style]["encoding"])
        outside = page.replace(report.sections[-1].paragraphs[-1], "")
        assert "虚构" in outside


def test_the_three_text_layouts_are_used(sample: tuple[SampleReport, ...]) -> None:
    texts = [render_text(report).decode() for report in sample[::6]]
    ladders = sum("\n\t自然人\n" in text or "\n\t统计指标\n" in text for text in texts)
    assert 0 < ladders < len(texts)
