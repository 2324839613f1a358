"""What extraction remarks about a whole report or a payload, in the language of the page.

Such remarks are kept as sentences, each in the language of the code that wrote it. A sentence of fixed wording is
known here by its pattern and said again through the catalogue; any other stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask_babel import gettext
from markupsafe import Markup, escape

from webui.language import chosen_language
from webui.params import N_

_RUN = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”0-9]"
_CHINESE = re.compile(f"[\u4e00-\u9fff](?:{_RUN}*[\u4e00-\u9fff])?")
FIXED = (
    (
        re.compile(
            r"The title says (?P<title>\d{4}), the statistical period (?P<period>\d{4}); the title is followed\."
        ),
        N_("The title says %(title)s, the statistical period %(period)s; the title is followed."),
    ),
    (
        re.compile(r"The page is in Traditional characters; it is given in Simplified ones\."),
        N_("The page is in Traditional characters; it is given in Simplified ones."),
    ),
    (
        re.compile(r"压缩包内还有未采用的文件：(?P<files>.+)"),
        N_("The archive holds more files, which were not used: %(files)s"),
    ),
    (
        re.compile(r"表“(?P<table>\w+)”用的是 (?P<form>\d{4}) 年表样，与其余表格不同"),
        N_("The table “%(table)s” is in the form of %(form)s, unlike the others."),
    ),
    (
        re.compile(r"No line and no page title reads like the title of a yearly disclosure report\."),
        N_("No line and no page title reads like the title of a yearly disclosure report."),
    ),
    (
        re.compile(r"The title is that of something else than a report \((?P<what>.+?)\): (?P<title>.+)", re.DOTALL),
        N_("The title is that of something else than a report (%(what)s): %(title)s"),
    ),
    (
        re.compile(r"No year: neither the title, the statistical period, the address nor a date tells which it is\."),
        N_("No year: neither the title, the statistical period, the address nor a date tells which it is."),
    ),
    (
        re.compile(r"No place: neither title, text nor site names one; say where the site stands \(--region\)\."),
        N_("No place: neither title, text nor site names one."),
    ),
    (
        re.compile(r"The title names no body that reports: (?P<title>.+)\.", re.DOTALL),
        N_("The title names no body that reports: %(title)s."),
    ),
    (
        re.compile(r"The title names no place for (?P<body>.+): say where the site stands \(--region\)\.", re.DOTALL),
        N_("The title names no place for %(body)s."),
    ),
    # What the audit adds to a broken identity (corpus/identities.py, corpus/extraction/quantities.py).
    (
        re.compile("各格的标签、位置与格数一致：更可能是原文有误"),
        N_("Labels, places and numbers of cells agree: a slip of the source is likelier."),
    ),
    (
        re.compile("其中有我们读取存疑的格：更可能是读取有误"),
        N_("We doubt our reading of one of the cells: a misreading of ours is likelier."),
    ),
    (re.compile("正文或表格之一有误"), N_("Either the text or the table is wrong.")),
    (re.compile("正文可能只说了其中一部分"), N_("The text may speak of a part only.")),
    (
        re.compile("应为非负整数：印作“(?P<raw>.*)”", re.DOTALL),
        N_("This must be a whole number that is not negative; printed is “%(raw)s”."),
    ),
    # Why we doubt our own reading of a row (corpus/extraction).
    (re.compile("行的位置与标签不符，按标签读取"), N_("The row is not where its label says; read by the label.")),
    (
        re.compile("此行单元格数目与表样不符，无法确定各格归属"),
        N_("The row does not have the form's number of cells; which is which cannot be told."),
    ),
    (re.compile("表头缺失，按位置读取"), N_("The table has no header; read by position.")),
    (
        re.compile("此行各格与表头错位，按合计相符的位置读取"),
        N_("The cells are out of line with the header; read where the total agrees."),
    ),
    (
        re.compile("此格出现两次：“(?P<first>.*)”与“(?P<second>.*)”，取前者", re.DOTALL),
        N_("The cell occurs twice, as “%(first)s” and as “%(second)s”; the first is taken."),
    ),
    (
        re.compile("此行的合计似在前一列，疑有一格缺失，无法确定各格归属"),
        N_("The total seems to stand one column early: a cell may be missing, and which is which cannot be told."),
    ),
    (
        re.compile("同表其他各行均有总计，此行总计空白，疑有一格缺失"),
        N_("Every other row has a total and this one has none: a cell may be missing."),
    ),
    (
        re.compile("此行末尾空白，同表其他各行均有数字，疑有一格缺失"),
        N_("The row ends in a blank where every other row has a number: a cell may be missing."),
    ),
    (
        re.compile("行标签缺失(?:或无法辨认)?，按位置读取"),
        N_("The row's label is missing or cannot be made out; read by position."),
    ),
    (
        re.compile("行标签无法辨认，无法确定各行归属"),
        N_("The row's label cannot be made out; which row it is cannot be told."),
    ),
    (
        re.compile("此行首尾空白，只能按表头或其他行的位置读取，可能错位"),
        N_("The row begins and ends in blanks; read as the header or other rows stand, it may be out of line."),
    ),
    (
        re.compile("此表没有框线，有数字对不上行列，无法确定各格归属"),
        N_("The table has no rules and some numbers fit no row or column; which is which cannot be told."),
    ),
    (
        re.compile("此表只有标签，没有读到数字"),
        N_("Only the labels of this table arrived, none of its numbers."),
    ),
    (
        re.compile("此行首格空白，其他行的数字之前另有空格，疑有一格缺失"),
        N_("The row begins in one blank where the others have more before their numbers: a cell may be missing."),
    ),
    (
        re.compile("格中数字与文字相连，未作数字读取：“(?P<raw>.*)”", re.DOTALL),
        N_("A number runs into words in this cell and was not read as one: “%(raw)s”."),
    ),
    (
        re.compile("同名的行不在表样中的位置，按先后顺序读取"),
        N_("Rows of the same name are not where the form has them; read in their order."),
    ),
)
"""The wordings that are known, and how they are said in English; the catalogue has the Chinese."""


def remark(sentence: str) -> str:
    """The sentence in the language of the answer where its wording is fixed, else as it is kept."""
    for pattern, words in FIXED:
        found = pattern.fullmatch(sentence)
        if found is not None:
            return str(gettext(words, **found.groupdict()))
    return sentence


def spoken(sentence: str) -> Markup:
    """The same for a page, what is Chinese in an English sentence marked as such."""
    for pattern, words in FIXED:
        found = pattern.fullmatch(sentence)
        if found is not None:
            return filled(gettext(words), found.groupdict())
    return foreign(sentence)


def filled(words: str, values: Mapping[str, object]) -> Markup:
    """A sentence of ours with values that may be in another language."""
    return escape(words) % {name: foreign(value) for name, value in values.items()}


def foreign(words: object) -> Markup:
    """Words that may be of a report: on an English page, Chinese ones say that they are Chinese."""
    text = escape(words)
    if chosen_language() != "en":
        return text
    return Markup(_CHINESE.sub(lambda run: f'<span lang="zh-CN">{run[0]}</span>', text))  # noqa: S704 - escaped above
