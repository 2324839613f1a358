"""The numbers that Word prints by itself, before headings and in cells."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.blocks import Grid
from corpus.readers.formats import read


def _model(format_: str, text: str = "%1、", start: int = 1) -> str:
    return (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="{format_}"/><w:lvlText w:val="{text}"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    )


def _list(id_: int, *, anew: bool = False) -> str:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if anew else ""
    return f'<w:num {nsdecls("w")} w:numId="{id_}"><w:abstractNumId w:val="77"/>{override}</w:num>'


def _paragraph(text: str, level: int = 0, list_: int = 88) -> str:
    number = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr></w:pPr>'
    return f"<w:p>{number}<w:r><w:t>{text}</w:t></w:r></w:p>"


def _printed(model: str, lists: list[str], *paragraphs: str) -> list[str]:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(model))
    for list_ in lists:
        numbering.append(parse_xml(list_))
    cell = f"<w:tbl><w:tr><w:tc>{paragraphs[-1]}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    for element in parse_xml(f"<w:body {nsdecls('w')}>{''.join(paragraphs[:-1])}{cell}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    output = io.BytesIO()
    document.save(output)
    blocks = read(output.getvalue()).blocks
    return [block.rows[0][0].raw if isinstance(block, Grid) else block.text for block in blocks]


@pytest.mark.parametrize(
    ("format_", "text", "expected"),
    [
        ("chineseCounting", "%1、", ["一、总", "二、主"]),
        ("chineseCountingThousand", "（%1）", ["（一）总", "（二）主"]),
        ("decimal", "%1.", ["1.总", "2.主"]),
        ("chineseLegalSimplified", "第%1章", ["第壹章总", "第贰章主"]),
        ("upperRoman", "%1.", ["I.总", "II.主"]),
        ("lowerLetter", "%1)", ["a)总", "b)主"]),
        ("decimalEnclosedCircle", "%1", ["①总", "②主"]),
        ("bullet", "•", ["总", "主"]),
    ],
)
def test_numbers_are_printed_as_word_prints_them(format_: str, text: str, expected: list[str]) -> None:
    assert _printed(_model(format_, text), [_list(88)], _paragraph("总"), _paragraph("主")) == expected


def test_chinese_numbers_go_on_beyond_ten() -> None:
    found = _printed(_model("chineseCounting", "%1", 9), [_list(88)], *(_paragraph("·") for _ in range(4)))
    assert found == ["九·", "十·", "十一·", "十二·"]


def test_a_deeper_level_counts_anew_below_each_number() -> None:
    paragraphs = (_paragraph("甲"), _paragraph("乙", 1), _paragraph("丙", 1), _paragraph("丁"), _paragraph("戊", 1))
    assert _printed(_model("decimal", "%1"), [_list(88)], *paragraphs) == ["1甲", "1.1乙", "1.2丙", "2丁", "2.1戊"]


def test_a_list_goes_on_where_another_of_its_model_stopped_unless_it_begins_anew() -> None:
    lists = [_list(88), _list(89), _list(90, anew=True)]
    paragraphs = (_paragraph("甲"), _paragraph("乙", list_=89), _paragraph("丙", list_=90))
    assert _printed(_model("decimal", "%1."), lists, *paragraphs) == ["1.甲", "2.乙", "1.丙"]
