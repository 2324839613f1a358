"""Texts whose line breaks were lost, and the account of what is in no section."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Block, Cell, Grid, Paragraph
from corpus.doubts import Doubt
from corpus.extraction.left_over import left_over
from corpus.extraction.sections import parse_sections

TITLE = "云溪县2021年政府信息公开工作年度报告"
TEXTS = {
    "overview": ("一、总体情况", "全县各级机关按要求更新了栏目。"),
    "disclosure": ("二、主动公开政府信息情况", "门户网站全年运行平稳，没有中断。"),
    "applications": ("三、收到和处理政府信息公开申请情况", "受理渠道保持畅通，答复都在期限内。"),
    "problems": ("五、存在的主要问题及改进情况", "图表说明偏少，来年为每件文件配图。"),
    "other_matters": ("六、其他需要报告的事项", "本年度没有收取信息处理费。"),
}
READ = [(kind, heading, text) for kind, (heading, text) in TEXTS.items()]


def sections(*paragraphs: str) -> list[tuple[str, str, str]]:
    made: list[Block] = list(map(Paragraph, paragraphs))
    return [(each.kind, each.heading, each.text) for each in parse_sections(made, TITLE, "2021", 2021)]


@given(breaks=st.lists(st.sampled_from([" ", "  ", "\u3000", None]), min_size=9, max_size=9))
def test_wherever_line_breaks_were_lost_the_sections_are_the_same(breaks: list[str | None]) -> None:
    pieces = [piece for pair in TEXTS.values() for piece in pair]
    lines = [f"{TITLE} {pieces[0]}"] if breaks[0] is not None else [TITLE, pieces[0]]
    for gap, piece in zip(breaks, pieces[1:], strict=True):
        lines[len(lines) - (gap is not None) :] = [lines[-1] + gap + piece] if gap is not None else [piece]
    assert sections(*lines) == READ


def test_headings_without_numbers_are_told_by_their_meaning_and_order() -> None:
    headings = (
        "总体情况",
        "主动公开政府信息的情况",
        "政府信息依申请公开工作情况",
        "存在主要问题及改进措施",
        "其他需要报告的事项",
    )
    lines = [line for heading, (_, text) in zip(headings, TEXTS.values(), strict=True) for line in (heading, text)]
    assert sections(TITLE, *lines) == [
        (kind, heading, text) for heading, (kind, _, text) in zip(headings, READ, strict=True)
    ]


def test_headings_in_markdown_are_headings() -> None:
    lines = [line for heading, text in TEXTS.values() for line in (f"## {heading}", text)]
    bold = [line for heading, text in TEXTS.values() for line in (f"**{heading}**", text)]
    assert sections(f"# {TITLE}", *lines) == READ
    assert sections(TITLE, *bold) == READ


def test_what_stands_in_no_section_is_counted_from_a_share_on_and_quoted() -> None:
    body: list[Block] = [Paragraph(line) for pair in TEXTS.values() for line in pair]
    stray = Paragraph("这一段话放在落款之后，不属于任何一个部分，篇幅也不算太短。")
    footer = Paragraph("版权所有：云溪县人民政府")
    whole: list[Block] = [Paragraph(TITLE), *body, footer]
    read = parse_sections(whole, TITLE, "2021", 2021)
    assert left_over(whole, TITLE, read) is None
    doubt = left_over([*whole, stray], TITLE, parse_sections([*whole, stray], TITLE, "2021", 2021))
    assert isinstance(doubt, Doubt)
    assert doubt.code == "left_over"
    assert str(doubt.values["words"]).startswith("这一段话")


def test_sentences_in_a_table_that_no_figure_stands_in_are_counted_and_notes_of_others_are_not() -> None:
    body: list[Block] = [Paragraph(line) for pair in TEXTS.values() for line in pair]
    cell = Cell("这一段话里有逗号，写文件的程序便把它放进了一格，篇幅也不算太短。", 0, 0)
    whole: list[Block] = [Paragraph(TITLE), *body, Grid(((cell,),), 0)]
    read = parse_sections(whole, TITLE, "2021", 2021)
    assert left_over(whole, TITLE, read) is not None
    assert left_over(whole, TITLE, read, statutory={0}) is None
