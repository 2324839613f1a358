"""Texts in which programs and people print tables as records: what parts cells and rows is different in each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from tests.accuracy.formats.text import laid_out, one_line, text_rows
from tests.accuracy.paper import Paper, Table, squares
from tests.accuracy.traits.pages import Written

Rows = list[list[str]]
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


TRAITS: Mapping[str, Callable[[Paper], Written]] = {
    "records: settings": _by_records(_settings),
    "records: indented": _by_records(_indented),
    "records: sentences": _by_records(_said),
    "records: one list of JSON": lambda paper: (paper, laid_out(paper, _in_json), ".txt"),
    "records: tuples": _by_rows(lambda row: f"({', '.join(map(repr, row))}),"),
    "records: commands": _by_rows(lambda row: f"store t ({', '.join(map(repr, row))});"),
    "records: rows of LaTeX": _by_rows(lambda row: " & ".join(row) + r" \\ \hline"),
    "records: tags that are shown": _by_rows(lambda row: f"[tr]{''.join(f'[td]{cell}[/td]' for cell in row)}[/tr]"),
    "records: cells in brackets": _by_rows(lambda row: "".join(f"「{cell}」" for cell in row)),
    "records: a list of cells": _by_cells("• {}".format),
    "records: a marked list": _by_cells("- {}".format),
    "records: counted lines": _by_lines("{:4}  {}".format),
    "records: counted rows": lambda paper: (paper, laid_out(paper, _counted), ".txt"),
    "records: cells behind bars of a wiki": _by_cells("| {}".format),
}
