"""Word files: spans, nesting, text boxes, tracked changes; refusals."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.blocks import Cell, Content, Grid, Heading, Paragraph
from corpus.errors import TooLargeError, UnreadableError
from corpus.readers.formats import read
from corpus.readers.limits import Limits
from tests.accuracy.formats.archives import zipped


def saved(document: Any) -> bytes:
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def content(body: str) -> Content:
    """A Word file with this body."""
    document = docx.Document()
    for element in parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    return read(saved(document))


def test_headings_and_paragraphs_in_order() -> None:
    document = docx.Document()
    document.add_heading("云溪县2024年报告", 0)
    document.add_heading("一、总体情况", 2)
    document.add_paragraph("第一段。\n第二段。")
    assert read(saved(document)).blocks == (
        Heading("云溪县2024年报告", 1),
        Heading("一、总体情况", 2),
        Paragraph("第一段。"),
        Paragraph("第二段。"),
    )


def test_a_title_in_letters_of_art_is_read() -> None:
    shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="云溪县2024年报告"/></v:shape>'
    read_ = content(f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p><w:p><w:r><w:t>第一段。</w:t></w:r></w:p>")
    assert read_.blocks == (Paragraph("云溪县2024年报告"), Paragraph("第一段。"))


def test_what_stands_above_every_page_may_be_the_title() -> None:
    document = docx.Document()
    document.core_properties.title = ""
    document.sections[0].header.paragraphs[0].text = "云溪县2024年政府信息公开工作年度报告"
    document.add_paragraph("一、总体情况")
    assert read(saved(document)).metadata["documenttitle"] == "云溪县2024年政府信息公开工作年度报告"


def test_merged_cells_are_printed_once_with_their_spans() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "宽"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "高"
    (grid,) = read(saved(document)).blocks
    assert isinstance(grid, Grid)
    assert grid.rows[0] == (Cell("00", 0, 0), Cell("宽", 0, 1, 1, 2))
    assert grid.rows[1] == (Cell("高", 1, 0, 2, 1), Cell("11", 1, 1), Cell("12", 1, 2))
    assert [cell.raw for cell in grid.rows[2]] == ["21", "22"]


def test_a_table_that_lays_out_the_page_gives_the_blocks_inside_it() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "一、总体情况"
    cell.add_table(1, 2).cell(0, 1).text = "3"
    blocks = read(saved(document)).blocks
    assert blocks[0] == Paragraph("一、总体情况")
    assert isinstance(blocks[1], Grid)


def test_a_report_in_one_table_has_its_title_and_its_paragraphs() -> None:
    document = docx.Document()
    words = ["某县年度报告", "一、总体情况", "全年没有收取费用。"], ["六、其他需要报告的事项", "没有其他事项。"]
    cells = [["信息内容", "数量"], ["规章", "3"]]
    rows = [*([text] for text in words[0]), *cells, *([text] for text in words[1])]
    table = document.add_table(len(rows), 2)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
        if len(texts) == 1:
            table.cell(row, 0).merge(table.cell(row, 1))
    blocks = read(saved(document)).blocks
    assert [block.text for block in blocks if not isinstance(block, Grid)] == [*words[0], *words[1]]
    [grid] = [block for block in blocks if isinstance(block, Grid)]
    assert [[cell.raw for cell in row] for row in grid.rows] == cells


def test_deleted_text_is_left_out_and_inserted_text_read() -> None:
    body = (
        '<w:p><w:r><w:t>收到</w:t></w:r><w:del w:id="1"><w:r><w:delText>12</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>13</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r></w:p>'
    )
    assert content(body).blocks == (Paragraph("收到13件"),)


def test_numbers_split_over_runs_are_one_number() -> None:
    cell = "<w:tc><w:p><w:r><w:t>1</w:t></w:r><w:r><w:noBreakHyphen/></w:r><w:r><w:t>2</w:t></w:r></w:p></w:tc>"
    (grid,) = content(f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>").blocks
    assert isinstance(grid, Grid)
    assert [cell.raw for cell in grid.rows[0]] == ["1-2", "1-2"]


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>云溪县报告</w:t></w:r></w:p></w:txbxContent>"
    markup = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:AlternateContent {markup}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    blocks = content(f"<w:p><w:r><w:t>正文</w:t>{both}</mc:AlternateContent></w:r></w:p>").blocks
    assert blocks == (Paragraph("正文"), Paragraph("云溪县报告"))


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>', "entities"),
        (b"<a><b></a>", "damaged"),
        (b"<a/>", "no text"),
    ],
)
def test_a_damaged_or_hostile_file_is_refused(xml: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read(zipped({"word/document.xml": xml}))


def test_a_file_that_grows_beyond_the_limit_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(TooLargeError, match="unpacks"):
        read(zipped({"word/document.xml": b" " * 2_000_000}), limits=Limits(unpacked=1_000_000))


def test_hidden_text_and_readings_are_left_out() -> None:
    body = (
        "<w:p><w:r><w:t>收到</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>草稿</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>13</w:t></w:r>'
        "<w:ruby><w:rt><w:r><w:t>jiàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>件</w:t></w:r></w:rubyBase></w:ruby></w:p>"
    )
    assert content(body).blocks == (Paragraph("收到13件"),)


def test_a_table_of_contents_is_left_out() -> None:
    body = '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>一、总体情况</w:t><w:tab/><w:t>3</w:t></w:r></w:p>'
    assert content(body + "<w:p><w:r><w:t>正文</w:t></w:r></w:p>").blocks == (Paragraph("正文"),)


def test_the_title_among_the_properties_is_kept_apart() -> None:
    document = docx.Document()
    document.add_paragraph("正文。")
    document.core_properties.title = "云溪县2024年 报告"
    assert read(saved(document)).metadata == {"documenttitle": "云溪县2024年 报告"}
    assert not read(saved(document)).title


def test_a_file_whose_folders_are_parted_by_backslashes_opens() -> None:
    document = docx.Document()
    document.add_paragraph("正文。")
    with zipfile.ZipFile(io.BytesIO(saved(document))) as source:
        parts = {name.replace("/", "\\"): source.read(name) for name in source.namelist()}
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as made:
        for name, part in parts.items():
            made.writestr(name, part)
    assert read(output.getvalue()).blocks == (Paragraph("正文。"),)


@pytest.mark.parametrize(
    ("font", "char", "seen"), [("宋体", "0037", "7"), ("Symbol", "F037", "7"), ("Wingdings", "F037", "")]
)
def test_a_character_given_by_its_number_is_read_unless_it_is_a_pictogram(font: str, char: str, seen: str) -> None:
    symbol = f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'
    assert content(f"<w:p><w:r><w:t>共</w:t></w:r>{symbol}</w:p>").blocks == (Paragraph(f"共{seen}"),)
