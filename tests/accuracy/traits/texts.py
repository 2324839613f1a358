"""Texts: sheets saved as such, however cells are quoted and parted; Markdown with marks in it; what letters add."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Callable, Mapping
from functools import partial

from tests.accuracy.formats.page import html
from tests.accuracy.formats.text import csv_file, text_lines, text_markdown, text_rows
from tests.accuracy.paper import Paper
from tests.accuracy.traits.pages import Written
from tests.accuracy.traits.tokens import filled, tokened

_MARKDOWN: Mapping[str, str] = {
    "struck": "~~91~~ {}",
    "struck in HTML": "<del>91</del>{}",
    "note": "{}[^1]",
    "raised in HTML": "{}<sup>1</sup>",
    "code": "`{}`",
    "emphasis": "_{}_",
    "link": "[{}](http://example.org/91)",
    "picture beside": "![91](91.png){}",
    "raised by carets": "{}^1^",
    "corrected": "{{--91--}}{{++{}++}}",
    "formula": "${}$",
    "marked": "=={}==",
    "colour": '<span style="color:red">{}</span>',
}

_MARKS: Mapping[str, str] = {"bars": "|", "tabs": "\t", "slashes": " / ", "dots": " · ", "arrows": " → "}
_HEADINGS: Mapping[str, str] = {
    "wikis": '<span id="{anchor}"></span>\n== {text} ==\n',
    "AsciiDoc": "== {text}\n",
    "Textile": "h2. {text}\n",
    "Org": "* {text}\n  :PROPERTIES:\n  :CUSTOM_ID: {text}\n  :END:",
    "TeX": "\\hypertarget{{{anchor}}}{{%\n\\section{{{text}}}\\label{{{anchor}}}}}\n",
}


def _marked(pattern: str) -> Callable[[Paper], Written]:
    def write(paper: Paper) -> Written:
        made, boxes = tokened(paper)
        return made, filled(text_markdown(made).decode(), boxes, pattern.format).encode(), ".md"

    return write


def _celled(pattern: str) -> Callable[[Paper], Written]:
    """Some numbers of a sheet as text are written so that programs keep them as they are."""

    def write(paper: Paper) -> Written:
        made, boxes = tokened(paper)
        return made, filled(csv_file(made).decode("utf-8-sig"), boxes, pattern.format).encode(), ".csv"

    return write


def _rows(row: Callable[[list[str]], str], end: str = "\r\n") -> Callable[[Paper], Written]:
    def write(paper: Paper) -> Written:
        rows = csv.reader(io.StringIO(csv_file(paper).decode("utf-8-sig")))
        return paper, end.join(map(row, rows)).encode(), ".csv"

    return write


def _numbered(paper: Paper) -> Written:
    """Rows with their numbers, and columns without names with those that pandas gives them."""
    rows = list(csv.reader(io.StringIO(csv_file(paper).decode("utf-8-sig"))))
    names = ",".join(f"Unnamed: {column}" for column in range(max(map(len, rows))))
    lines = [f",{names}", *(",".join([str(number), *map('"{}"'.format, row)]) for number, row in enumerate(rows))]
    return paper, "\n".join(lines).encode(), ".csv"


def _written(write: Callable[[int], str]) -> Callable[[Paper], Written]:
    """Whole numbers as a program writes them that takes all for fractions."""
    return _rows(lambda row: ",".join(write(int(cell)) if cell.isdigit() else f'"{cell}"' for cell in row))


def _text(change: Callable[[str], str]) -> Callable[[Paper], Written]:
    return lambda paper: (paper, change(text_rows(paper).decode()).encode(), ".txt")


def _with_margins(text: str) -> str:
    """Tables as a browser copies them that has a paragraph in each cell (HTML Standard, "innerText")."""
    apart = re.sub(r"\r?\n(?=[^\n]*\t)", "\v", text)
    # A margin of two lines ends and begins each cell; those around an empty cell fall together.
    apart = re.sub(r"(?<=[\t\v])(?=[\t\v])|(?<![\t\v])(?=[\t\v])|(?<=[\t\v])(?![\t\v])", "\n\n", apart)
    return apart.replace("\v", "\n")


def _joined(mark: str) -> Callable[[Paper], Written]:
    """A page without its tags, its pieces joined by a mark in one line."""
    return lambda paper: (paper, mark.join(_said(text_lines(paper).decode())).encode(), ".txt")


def _said(text: str) -> list[str]:
    return [line.strip(" \r") for line in text.split("\n") if line.strip(" \r")]


def _headed(heading: str) -> Callable[[Paper], Written]:
    """Headings as a mark-up language writes them, the first that of the title."""
    return _text(
        lambda text: re.sub(r"(?m)\A\s*(.+?)\r?$|^([一二三四五六]、.*?)\r?$", partial(_heading, heading), text)
    )


def _heading(heading: str, found: re.Match[str]) -> str:
    return heading.format(text=found[1] or found[2], anchor=f"a{found.start()}")


def _padded(paper: Paper) -> Written:
    """A sheet saved as text: each line has as many tabs."""
    lines = [line.rstrip("\r").split("\t") for line in text_rows(paper).decode().split("\n")]
    width = max(map(len, lines))
    return paper, "\n".join("\t".join((line + [""] * width)[:width]) for line in lines).encode("utf-16"), ".txt"


def _dumped(paper: Paper) -> Written:
    """A row of a database: the title in a field, the page in another."""
    page = html(paper).decode().replace("'", "\\'").replace("\r", "").replace("\n", "\\n")
    fields = ",".join(f"'{field}'" for field in (paper.title, "2024-03-25 15:31:02", page))
    return paper, f"-- dump of a database\n--\nINSERT INTO `article` VALUES (20417,{fields});\n".encode(), ".txt"


def _posted(text: str) -> str:
    """A page in the code of forums: a row's cells between brackets, as a board's editor leaves them."""
    rows = [line.split("\t") if "\t" in line else line for line in text.replace("\r", "").split("\n")]
    lines = [row if isinstance(row, str) else f"[tr][td]{'[/td][td]'.join(row)}[/td][/tr]" for row in rows]
    return re.sub(r"(?s)\[tr\].*?\[/tr\](?=\n(?!\[tr\])|\Z)", r"[table=98%]\n\g<0>\n[/table]", "\n".join(lines))


def _listed(write: Callable[[list[str]], str]) -> Callable[[Paper], Written]:
    """Tables as a program prints them: a list a line. Whoever prints one over a page's end says which page begins."""

    def rows(line: str) -> str:
        return write(line.split("\t")) if "\t" in line else line

    return _text(lambda text: "\n".join(map(rows, text.replace("\r", "").split("\n"))))


TRAITS: Mapping[str, Callable[[Paper], Written]] = {
    **{f"markdown: {name}": _marked(pattern) for name, pattern in _MARKDOWN.items()},
    "csv: numbers as formulas": _celled('="{}"'),
    "csv: numbers behind apostrophes": _celled("'{}"),
    "csv: compressed": lambda paper: (paper, gzip.compress(csv_file(paper)), ".csv.gz"),
    "csv: bars": _rows("|".join),
    "csv: tildes": _rows("~".join),
    "csv: spaces behind commas": _rows(lambda row: ", ".join(f'"{cell}"' for cell in row)),
    "csv: apostrophes for quotation marks": _rows(lambda row: ",".join(f"'{cell}'" for cell in row)),
    "csv: numbered by pandas": _numbered,
    "csv: powers of ten": _written(lambda number: f"{number:.6E}"),
    "csv: rows that end twice": _rows(lambda row: ",".join(f'"{cell}"' for cell in row), "\r\r\n"),
    "text: cells in quotation marks": _text(lambda text: re.sub(r"(?<=\t)([^\t\r\n]*)", r'"\1"', text)),
    "text: rows and cells as Word ends them": _text(
        lambda text: text.replace("\t", "\a").replace("\r\n", "\n").replace("\n", "\v")
    ),
    "text: quoted in a letter": _text(lambda text: re.sub("^", "> ", text, flags=re.MULTILINE)),
    **{f"text: one line, joined by {name}": _joined(mark) for name, mark in _MARKS.items()},
    **{f"text: headings of {name}": _headed(heading) for name, heading in _HEADINGS.items()},
    "text: rows as lists of Python": _listed(lambda row: repr([cell or None for cell in row])),
    "text: rows as arrays of JSON": _listed(lambda row: f"{json.dumps(row)},"),
    "text: cells of paragraphs copied from a browser": _text(_with_margins),
    "text: a sheet padded with tabs": _padded,
    "text: a row of a database": _dumped,
    "text: the code of a forum": _text(_posted),
    "text: coloured for a terminal": _text(lambda text: text.replace("\t", "\t\x1b[0m")),
}
