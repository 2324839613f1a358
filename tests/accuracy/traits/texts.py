"""Texts: sheets saved as such, however cells are quoted and parted; Markdown with marks in it; what letters add."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Callable, Mapping

from tests.accuracy.formats.text import csv_file, text_markdown, text_rows
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
    "text: coloured for a terminal": _text(lambda text: text.replace("\t", "\t\x1b[0m")),
}
