"""PDFs: paragraphs joined, margins dropped, tables over pages; scans and bombs refused."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpus.blocks import Grid, Paragraph
from corpus.errors import NoTextError, TooLargeError, UnreadableError
from corpus.readers import pdf_device
from corpus.readers.dotted import dotted_rules
from corpus.readers.formats import read
from corpus.readers.limits import Limits
from tests.accuracy.formats.print import pdf, pdf_decorated, pdf_unruled
from tests.accuracy.harness import papers
from tests.accuracy.paper import Paper
from tests.accuracy.traits.sides import two_up


@pytest.fixture(scope="module")
def report() -> Paper:
    return papers(1)[-1]


def test_paragraphs_are_joined_over_lines_and_pages(report: Paper) -> None:
    blocks = read(pdf(report)).blocks
    printed = ["".join(block.text.split()) for block in blocks if isinstance(block, Paragraph)]
    for paragraph in (block for block in report.blocks if isinstance(block, str)):
        assert "".join(paragraph.split()) in printed


def test_page_numbers_and_running_heads_are_dropped(report: Paper) -> None:
    texts = [block.text for block in read(pdf(report)).blocks if not isinstance(block, Grid)]
    assert "政府信息公开" not in texts
    assert not [text for text in texts if text.startswith("- ")]


def _written(*pages: list[tuple[float, float, str]], shaded: Sequence[tuple[float, float, float, float]] = ()) -> bytes:
    """Pages of A4 with texts, each at its place from the left and the top, and boxes filled behind them."""
    output = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(output, pagesize=(595, 842))
    for page in pages:
        canvas.setFont("STSong-Light", 8)
        canvas.setFillGray(0.9)
        for left, top, width, height in shaded:
            canvas.rect(left, 842 - top - height, width, height, stroke=0, fill=1)
        canvas.setFillGray(0)
        for left, top, text in page:
            canvas.drawString(left, 842 - top, text)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


_LINES = [(60.0, 200.0 + 14 * at, f"正文的第{at}行说明这一年的工作情况和今后的打算。") for at in range(9)]


@pytest.mark.parametrize("numbers", [["0", "0", "9", "0"], ["12"]])
def test_a_row_at_the_edge_of_a_page_is_no_furniture(numbers: list[str]) -> None:
    """Numbers alone are no head; beside the two lines of its label a number is no page's."""
    label = [(60.0, 788.0, "6.属于四类过程性"), (60.0, 798.0, "信息")]
    values = [(300.0 + 40 * at, 793.0, number) for at, number in enumerate(numbers)]
    above = [(left, top - 735, text) for left, top, text in (*label, *values)]
    found = read(_written([*_LINES, *label, *values], [*above, *_LINES])).blocks
    cells = [cell.raw for block in found if isinstance(block, Grid) for row in block.rows for cell in row]
    said = " ".join([*cells, *(block.text for block in found if not isinstance(block, Grid))]).split()
    assert all(said.count(number) == 2 * numbers.count(number) for number in numbers)


@pytest.mark.parametrize("first", [0, 1])
def test_rows_of_which_every_second_is_shaded_are_one_table(first: int) -> None:
    """A label beside several rows is shaded with one of them, and joins their boxes."""
    labels = ["属于国家秘密", "法律禁止公开", "危及安全稳定", "保护第三方", "属于内部事务", "属于过程信息"]
    rows = [[label, *(str(100 * at + column) for column in range(1, 4))] for at, label in enumerate(labels, 1)]
    texts = [(160.0 + 100 * x, 200.0 + 20 * y, text) for y, row in enumerate(rows) for x, text in enumerate(row)]
    shaded = [(150.0 + 100 * x, 187.0 + 20 * y, 100.0, 20.0) for y in range(first, len(rows), 2) for x in range(4)]
    label = (60.0, 240.0, "不予公开")
    made = _written([*texts, label], shaded=[*shaded, (50.0, 187.0 + 20 * first, 100.0, 100.0)])
    [grid] = [block for block in read(made).blocks if isinstance(block, Grid)]
    assert [[cell.raw for cell in row][-4:] for row in grid.rows] == rows


def test_a_title_below_a_running_head_of_the_same_words_is_read() -> None:
    title = "宝丰县人民政府2021年政府信息公开工作年度报告"
    pages = [[(60.0, 25.0, title), *_LINES] for _ in range(3)]
    pages[0].insert(1, (60.0, 50.0, title))
    texts = [block.text for block in read(_written(*pages)).blocks if not isinstance(block, Grid)]
    assert texts.count(title) == 1


def test_cells_know_their_page(report: Paper) -> None:
    pages = [block.page for block in read(pdf(report)).blocks if isinstance(block, Grid)]
    assert len(set(pages)) > 1
    assert pages == sorted(pages, key=lambda page: page or 0)


def test_tables_without_rules_are_tables(report: Paper) -> None:
    raws = [
        [cell.raw.replace("\n", "") for cell in row]
        for block in read(pdf_unruled(report)).blocks
        if isinstance(block, Grid)
        for row in block.rows
    ]
    expected = next(row for table in report.tables for row in table if row[0].text.startswith("一、本年新收"))
    assert [box.text for box in expected] in [[raw for raw in row if raw] for row in raws]


def _drawn(*, text: str = "", pages: int = 1) -> bytes:
    output = io.BytesIO()
    canvas = Canvas(output)
    for _ in range(pages):
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def test_two_pages_on_a_sheet_are_read_one_after_the_other(report: Paper) -> None:
    """Not line by line across both."""

    def said(payload: bytes) -> list[str]:
        return [block.text for block in read(payload).blocks if isinstance(block, Paragraph)]

    assert said(two_up(report)[1]) == said(pdf_decorated(report, {}))


def test_a_scan_is_recognised() -> None:
    with pytest.raises(NoTextError, match="pictures"):
        read(_drawn())


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(TooLargeError, match="pages"):
        read(_drawn(text="x" * 60, pages=5), limits=Limits(pages=4))


def test_a_packed_stream_that_grows_beyond_the_limit_is_refused() -> None:
    bomb = zlib.compress(zlib.compress(bytes(70 * 1024 * 1024), 9), 9)
    payload = b"%PDF-1.4\n1 0 obj <</Length 9/Filter [/FlateDecode /FlateDecode]>>\nstream\n" + bomb + b"\nendstream"
    with pytest.raises(TooLargeError, match="unpacks"):
        read(payload)


def test_a_locked_file_is_refused() -> None:
    output = io.BytesIO()
    canvas = Canvas(output, encrypt="secret")
    canvas.drawString(72, 720, "x" * 60)
    canvas.save()
    with pytest.raises(UnreadableError, match="password"):
        read(output.getvalue())


@pytest.mark.parametrize("above", [True, False])
def test_a_row_that_the_page_cuts_off_belongs_to_its_table(above: bool) -> None:  # noqa: FBT001 - a case
    output = io.BytesIO()
    canvas = Canvas(output)
    rows = (700, 670, 640, 610)
    for y in rows[1:] if above else rows[:-1]:
        canvas.line(60, y, 300, y)
    for x in (60, 180, 300):
        canvas.line(x, rows[0], x, rows[-1])
    for number, y in enumerate(rows[:-1]):
        canvas.drawString(70, y - 20, f"label of row {number}")
        canvas.drawString(190, y - 20, str(number + 10))
    canvas.save()
    (grid,) = read(output.getvalue()).blocks
    assert isinstance(grid, Grid)
    assert [[cell.raw.replace(" ", "") for cell in row] for row in grid.rows] == [
        [f"labelofrow{number}", str(number + 10)] for number in range(3)
    ]


def test_of_so_many_filled_boxes_that_they_are_no_tables_the_last_still_cover(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_device, "_MOST_FILLED", 3)
    output = io.BytesIO()
    canvas = Canvas(output)
    canvas.drawString(72, 720, "x" * 60)
    canvas.drawString(72, 700, "covered")
    for at in range(8):
        canvas.rect(70, 690 - 40 * at, 60, 25, stroke=0, fill=1) if at else canvas.rect(
            300, 300, 9, 9, stroke=0, fill=1
        )
    canvas.rect(70, 695, 60, 20, stroke=0, fill=1)
    canvas.save()
    assert [block.text for block in read(output.getvalue()).blocks if isinstance(block, Paragraph)] == ["x" * 60]


@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("at", [20.0, 560.0])
def test_numbers_that_count_lines_are_no_words(at: float, step: int) -> None:
    counted = [(at, top, str(step * (number + 1))) for number, (_, top, _) in enumerate(_LINES)]
    printed = [block.text for block in read(_written([*_LINES, *counted])).blocks if isinstance(block, Paragraph)]
    assert printed == [block.text for block in read(_written(_LINES)).blocks if isinstance(block, Paragraph)]


def test_numbers_beside_lines_that_count_nothing_are_read() -> None:
    numbers = [(560.0, top, str(7 * number % 5)) for number, (_, top, _) in enumerate(_LINES)]
    said = "".join(str(block) for block in read(_written([*_LINES, *numbers])).blocks)
    assert all(f"'{text}'" in said or text in said for _, _, text in numbers)


def test_what_stands_outside_the_shown_part_of_a_page_is_not_there() -> None:
    outside = [(570.0, top, str(31 + number * number)) for number, (_, top, _) in enumerate(_LINES)]
    whole = _written([*_LINES, *outside])
    cropped = whole.replace(b"/MediaBox [ 0 0 595 842 ]", b"/MediaBox [ 0 0 595 842 ] /CropBox [ 0 0 560 842 ]")
    assert cropped != whole
    assert read(cropped).blocks == read(_written(_LINES)).blocks


@pytest.mark.parametrize("filled", [False, True])
def test_rules_of_dots_are_rules(filled: bool) -> None:  # noqa: FBT001 - a case
    """Labels that no white space parts: only the rules, of short strokes or of filled dots, tell where one ends."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=(595, 842))
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas.setFont("STSong-Light", 10)
    for left, top, text in _LINES:
        canvas.drawString(left, 842 - top, text)

    def rule(x0: float, y0: float, x1: float, y1: float) -> None:
        steps = int(max(x1 - x0, y0 - y1) / 2.4)
        for x, y in ((x0 + (x1 - x0) * at / steps, y0 + (y1 - y0) * at / steps) for at in range(steps + 1)):
            if filled:
                canvas.rect(x, y, 0.7, 0.7, stroke=0, fill=1)
            else:
                canvas.line(x, y, x + 1.2 * (x1 > x0), y - 1.2 * (y1 < y0))

    rows = [["不予处理", "信访举报", "5"], ["其他处理", "费用未缴", "7"], ["结转下年", "继续办理", "9"]]
    edges = [60.0, 102.0, 144.0, 186.0]
    for left in edges:
        rule(left, 500, left, 458)
    for at in range(4):
        rule(edges[0], 500 - 14 * at, edges[-1], 500 - 14 * at)
    for at, cells in enumerate(rows):
        for left, text in zip(edges, cells, strict=False):
            canvas.drawString(left + 1, 489 - 14 * at, text)
    canvas.save()
    (table,) = [block for block in read(output.getvalue()).blocks if isinstance(block, Grid)]
    assert [[cell.raw for cell in row] for row in table.rows] == rows


def test_dots_in_a_pattern_are_no_rules() -> None:
    dots = [(2.5 * x, 2.5 * y, 2.5 * x + 1, 2.5 * y + 1) for x in range(40) for y in range(40)]
    # Where programs reckon, no two dots of a rule stand on the very same line.
    rule = [(3.0 * x, 299.75 + 1e-9 * (x % 2), 3.0 * x + 1, 300.75) for x in range(40)]
    assert list(dotted_rules([*dots, *rule])) == [(0.0, 299.75, 118.0, 300.75)]


def test_text_in_fonts_that_do_not_tell_their_letters_is_a_picture() -> None:
    payload = _written(_LINES).replace(b"/UniGB-UCS2-H", b"/Identity-H  ").replace(b"/GB1", b"/XX9")
    with pytest.raises(NoTextError, match="--ocr"):
        read(payload)
