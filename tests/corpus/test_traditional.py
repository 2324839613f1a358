"""A page in Traditional characters is read as its original; a name written so makes no page Traditional."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.blocks import Content, Paragraph
from corpus.extraction.interpret import interpret
from corpus.readers.formats import read
from corpus.regions import Registry
from corpus.traditional import WARNING, characters, in_simplified

GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.mark.parametrize("name", ["pingdingshan-2019.txt", "yuanping-2020.txt", "jiyuan-2022.txt"])
def test_a_converted_copy_gives_the_same_report(name: str) -> None:
    registry = Registry.load()
    original = (GOLDEN / name).read_text(encoding="utf-8")
    copied = original.translate({ord(simple): chr(point) for point, simple in characters().items()})
    assert copied != original
    report, copy = (interpret(read(text.encode(), name=name), registry) for text in (original, copied))
    assert (copy.id, copy.title, copy.form) == (report.id, report.title, report.form)
    assert copy.figures == report.figures
    assert [section.text for section in copy.sections] == [section.text for section in report.sections]
    assert copy.warnings == (*report.warnings, WARNING)


def test_a_name_in_traditional_characters_changes_nothing() -> None:
    content = Content((Paragraph("本县全年公开信息三百条，其中“萬壽宮”修缮工程二十条，均已在网站发布。" * 3),))
    assert in_simplified(content) is content
