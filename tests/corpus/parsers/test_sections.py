"""Sections: whatever stands between the headings comes back, in order, each paragraph once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Block, Cell, Grid, Paragraph
from corpus.form import load_form
from corpus.parsers.sections import parse_sections

TITLE = "云溪县2024年政府信息公开工作年度报告"
CHAPTERS = load_form("2021").chapters
ORDINALS = "一二三四五六"
SENTENCES = st.lists(
    st.text("全县公开信息办理申请回应关切改进服务", min_size=6, max_size=40).map(lambda text: text + "。"), max_size=4
)
TABLE = Grid(((Cell("规章", 0, 0), Cell("3", 0, 1)),), 0)


def blocks(bodies: list[list[str]], style: str) -> list[Block]:
    made: list[Block] = [Paragraph(TITLE)]
    for ordinal, chapter, body in zip(ORDINALS, CHAPTERS, bodies, strict=True):
        made.append(Paragraph(style.format(ordinal) + chapter.heading))
        made.extend(map(Paragraph, body))
        made.append(TABLE)
    return made


@given(st.lists(SENTENCES, min_size=6, max_size=6), st.sampled_from(["{}、", "{}、 ", "({})", "第{}部分 "]))
def test_every_paragraph_comes_back_in_its_section(bodies: list[list[str]], style: str) -> None:
    sections = parse_sections(blocks(bodies, style), TITLE, "2021", 2024)
    assert [section.kind for section in sections] == [chapter.kind for chapter in CHAPTERS]
    assert [list(section.paragraphs) for section in sections] == bodies


@given(st.lists(SENTENCES, min_size=6, max_size=6), st.integers(0, 5))
def test_a_section_left_out_takes_nothing_from_the_others(bodies: list[list[str]], missing: int) -> None:
    made = blocks(bodies, "{}、")
    heading = Paragraph(f"{ORDINALS[missing]}、{CHAPTERS[missing].heading}")
    start = made.index(heading)
    del made[start : start + len(bodies[missing]) + 2]
    sections = parse_sections(made, TITLE, "2021", 2024)
    assert [list(section.paragraphs) for section in sections] == bodies[:missing] + bodies[missing + 1 :]


@given(st.lists(SENTENCES, min_size=6, max_size=6))
def test_a_table_of_contents_opens_no_section(bodies: list[list[str]]) -> None:
    made = blocks(bodies, "{}、")
    contents = [Paragraph(f"{ordinal}、{chapter.heading}") for ordinal, chapter in zip(ORDINALS, CHAPTERS, strict=True)]
    sections = parse_sections([made[0], *contents, *made[1:]], TITLE, "2021", 2024)
    assert [list(section.paragraphs) for section in sections][1:] == bodies[1:]


@given(st.lists(st.text(max_size=50), max_size=12))
def test_no_text_fails(texts: list[str]) -> None:
    parse_sections([Paragraph(text) for text in texts], texts[0] if texts else "", None, None)
