"""Texts in which programs and people print tables as records: what parts cells and rows is different in each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count

from tests.accuracy.formats.text import laid_out, one_line, text_rows
from tests.accuracy.paper import Paper, Table, squares
from tests.accuracy.traits.pages import Written

Rows = list[list[str]]
_ORDINALS = count(1)
_PAGES = count(1)
Record = tuple[str, list[tuple[str, str]]]
"""The labels of a row, and what each of its columns is called with its value."""


def _rows(table: Table) -> Rows:
    """The rows as wide as the table, empty where a span goes on."""
    return [[one_line(box.text) if fresh else "" for box, fresh in line] for line in squares(table)]


def _cells(table: Table) -> list[str]:
    return [one_line(box.text) for line in squares(table) for box, fresh in line if fresh]


def _records(table: Table) -> Iterator[Record]:
    header: list[list[str]] = []
    is_open = False
    for line in squares(table):
        texts = [one_line(box.text) for box, _ in line]
        if not any(box.figure for box, _ in line):
            header = [*header, texts] if is_open else [texts]
            is_open = True
            continue
        is_open = False
        label = " ".join(dict.fromkeys(text for text, (box, _) in zip(texts, line, strict=True) if not box.figure))
        named = [
            ("/".join(dict.fromkeys(row[at] for row in header if at < len(row) and row[at])), one_line(box.text))
            for at, (box, fresh) in enumerate(line)
            if box.figure and fresh
        ]
        yield label, named


def _by_rows(line: Callable[[Sequence[str]], str]) -> Callable[[Paper], Written]:
    return lambda paper: (paper, laid_out(paper, lambda table: map(line, _rows(table))), ".txt")


def _by_cells(line: Callable[[str], str]) -> Callable[[Paper], Written]:
    return lambda paper: (paper, laid_out(paper, lambda table: map(line, _cells(table))), ".txt")


def _by_records(lines: Callable[[str, list[tuple[str, str]]], Iterator[str]]) -> Callable[[Paper], Written]:
    def write(paper: Paper) -> Written:
        return (
            paper,
            laid_out(paper, lambda table: (line for record in _records(table) for line in lines(*record))),
            ".txt",
        )

    return write


def _settings(label: str, named: list[tuple[str, str]]) -> Iterator[str]:
    yield f"[{label}]"
    yield from (f"{name}={value}" for name, value in named)


def _indented(label: str, named: list[tuple[str, str]]) -> Iterator[str]:
    yield f"- 项目: {label}"
    yield from (f"  {name}: {value}" for name, value in named)


def _said(label: str, named: list[tuple[str, str]]) -> Iterator[str]:
    yield f"{label}：{'；'.join(name.rpartition('/')[2] + value for name, value in named)}。"


def _in_json(table: Table) -> Iterator[str]:
    yield json.dumps(_rows(table), ensure_ascii=False)


def _by_lines(line: Callable[[int, str], str]) -> Callable[[Paper], Written]:
    """The whole text, each line with what an editor puts before it."""

    def write(paper: Paper) -> Written:
        lines = text_rows(paper).decode().split("\n")
        return paper, "\n".join(line(number, text) for number, text in enumerate(lines, 1)).encode(), ".txt"

    return write


def _counted(table: Table) -> Iterator[str]:
    yield from ("\t".join((str(number), *row)) for number, row in enumerate(_rows(table), 1))


def _listed(label: str, named: list[tuple[str, str]]) -> Iterator[str]:
    yield f"*** {next(_ORDINALS)}. row ***"
    yield f"  项目: {label}"
    yield from (f"{name:>12}: {value}" for name, value in named)


def _barred(label: str, named: list[tuple[str, str]]) -> Iterator[str]:
    yield f"-[ RECORD {next(_ORDINALS)} ]-----"
    yield f"项目 | {label}"
    yield from (f"{name} | {value}" for name, value in named)


def _respectively(label: str, named: list[tuple[str, str]]) -> Iterator[str]:
    names, values = ("、".join(words) for words in zip(*named, strict=True))
    yield f"{label}：{names}分别为{values}。"


def _dumped(table: Table) -> Iterator[str]:
    for number, row in enumerate(_rows(table)):
        yield from (f"[{number}] => Array", "(", *(f"    [{at}] => {cell}" for at, cell in enumerate(row)), ")", "")


def _logged(table: Table) -> Iterator[str]:
    rows = _rows(table)
    yield "│ (index) │" + "│".join(map(str, range(len(rows[0])))) + "│"
    yield from (f"│ {number} │" + "│".join(f" '{cell}' " for cell in row) + "│" for number, row in enumerate(rows))


def _addressed(table: Table) -> Iterator[str]:
    for number, row in enumerate(_rows(table), 1):
        yield from (f"{chr(ord('A') + at)}{number}: {cell}" for at, cell in enumerate(row) if cell)


def _labels_last(table: Table) -> Iterator[str]:
    """Rows with their labels behind their numbers."""
    for line in squares(table):
        texts = [(one_line(box.text), bool(box.figure)) for box, fresh in line if fresh]
        yield "\t".join(
            [text for text, is_value in texts if is_value] + [text for text, is_value in texts if not is_value]
        )


def _paged(table: Table) -> Iterator[str]:
    """A cell on each line, and where pages end their numbers and the head of the next."""
    for number, cell in enumerate(_cells(table), 1):
        yield cell
        if number % 70 == 0:
            yield from ("", f"— {next(_PAGES)} —", "", "政府信息公开工作年度报告", "")


def _escaped(text: str) -> str:
    return text.replace("\n", r"\n").replace("\t", r"\t")


TRAITS: Mapping[str, Callable[[Paper], Written]] = {
    "records: labels behind the numbers": lambda paper: (paper, laid_out(paper, _labels_last), ".txt"),
    "records: numbers of pages": lambda paper: (paper, laid_out(paper, _paged), ".txt"),
    "records: strokes for bars": _by_rows(lambda row: f"丨{'丨'.join(row)}丨"),
    "records: settings": _by_records(_settings),
    "records: indented": _by_records(_indented),
    "records: sentences": _by_records(_said),
    "records: one list of JSON": lambda paper: (paper, laid_out(paper, _in_json), ".txt"),
    "records: tuples": _by_rows(lambda row: f"({', '.join(map(repr, row))}),"),
    "records: commands": _by_rows(lambda row: f"store t ({', '.join(map(repr, row))});"),
    "records: rows of LaTeX": _by_rows(lambda row: " & ".join(row) + r" \\ \hline"),
    "records: tags that are shown": _by_rows(lambda row: f"[tr]{''.join(f'[td]{cell}[/td]' for cell in row)}[/tr]"),
    "records: cells in brackets": _by_rows(lambda row: "".join(f"「{cell}」" for cell in row)),
    "records: of a database's client": _by_records(_listed),
    "records: of a database's client, with bars": _by_records(_barred),
    "records: arrays of a program": lambda paper: (paper, laid_out(paper, _dumped), ".txt"),
    "records: a table of a console": lambda paper: (paper, laid_out(paper, _logged), ".txt"),
    "records: lists in a list": _by_rows(lambda row: "\n".join((f"- - {row[0]}", *(f"  - {c}" for c in row[1:])))),
    "records: cells by their addresses": lambda paper: (paper, laid_out(paper, _addressed), ".txt"),
    "records: respectively": _by_records(_respectively),
    "records: line ends escaped": lambda paper: (paper, _escaped(text_rows(paper).decode()).encode(), ".txt"),
    "records: added lines": _by_lines(lambda _, line: f"+{line}"),
    "records: lines of a log": _by_lines(lambda number, line: f"2025-03-01 08:{number % 60:02}:00 INFO {line}"),
    "records: lines of a page": _by_lines(lambda _, line: f"{line}<br>"),
    "records: a list of cells": _by_cells("• {}".format),
    "records: a marked list": _by_cells("- {}".format),
    "records: counted lines": _by_lines("{:4}  {}".format),
    "records: counted rows": lambda paper: (paper, laid_out(paper, _counted), ".txt"),
    "records: cells behind bars of a wiki": _by_cells("| {}".format),
}
