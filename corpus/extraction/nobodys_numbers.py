"""Blanks beside numbers that are nobody's: a number that was read for no cell may be that of one read as empty.

A blank is believed where all that is printed was read. Where the account of the numbers (``table_account.py``) is left
with some, the blanks of the tables whose they may be are in doubt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from corpus.extraction.figures import Tables, doubt_of
from corpus.extraction.table_account import UNREAD_NUMBER
from corpus.form import figure_id, load_form


def with_blanks_in_doubt(read: Tables) -> Tables:
    """A reading with its blanks in doubt where numbers of their tables are left that nobody has."""
    left = _left(read)
    doubted = {id_ for doubt in read.doubts for id_ in doubt.figures}
    found = []
    for table, ids in _tables(read).items():
        blanks = [id_ for id_ in ids if id_ not in doubted and read.figures[id_].state == "blank"]
        if blanks and (numbers := left.get(table) or left.get("")):
            found.append(doubt_of(blanks, UNREAD_NUMBER, numbers=numbers))
    return replace(read, doubts=(*read.doubts, *found)) if found else read


def _left(read: Tables) -> Mapping[str, str]:
    """The numbers that are left, by the table whose they may be; under "" those that may be of any."""
    table_of = {id_: table for table, ids in _tables(read).items() for id_ in ids}
    of_any = "、".join(str(each.values["numbers"]) for each in read.warnings if each.code == UNREAD_NUMBER)
    return {"": of_any} | {
        table_of[id_]: str(finding.doubt.values["numbers"])
        for finding in read.doubts
        if finding.doubt.code == UNREAD_NUMBER
        for id_ in finding.figures
        if id_ in table_of
    }


def _tables(read: Tables) -> Mapping[str, list[str]]:
    """The figures of each table that were read."""
    tables: dict[str, list[str]] = {}
    for table, row, column in load_form(read.form).cells() if read.form else ():
        if (id_ := figure_id(row, column)) in read.figures:
            tables.setdefault(table.id, []).append(id_)
    return tables
