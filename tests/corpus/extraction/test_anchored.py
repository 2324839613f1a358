"""Tables read by their labels alone: what stands between two of them, and when nothing is concluded."""

from __future__ import annotations

import time

import pytest

from corpus.blocks import Block, Grid, Paragraph
from corpus.extraction.anchored import anchored
from corpus.extraction.tables import parse_tables
from corpus.form import load_form

DISCLOSED = (
    ("规章", ("3", "1", "12")),
    ("行政规范性文件", ("7", "0", "25")),
    ("行政许可", ("107",)),
    ("行政处罚", ("80",)),
    ("行政强制", ("4",)),
    ("行政事业性收费", ("9.5",)),
)
APPLICANTS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_org", "total")
COLUMNS = {3: ("本年制发件数", "本年废止件数", "现行有效件数"), 1: ("本年处理决定数量",)}


def _values(blocks: list[Block]) -> dict[str, str]:
    return {id_: figure.raw for id_, figure in parse_tables(blocks, 2021).figures.items()}


def _records() -> list[Block]:
    lines = []
    for label, values in DISCLOSED:
        names = ("本年收费金额",) if "收费" in label else COLUMNS[len(values)]
        lines += [f"<{label}>", *(f"{name}={value};" for name, value in zip(names, values, strict=True))]
    return list(map(Paragraph, lines))


def test_records_are_rows() -> None:
    values = _values(_records())
    assert values["disclosure.rules.in_force"] == "12"
    assert values["disclosure.normative_documents.repealed"] == "0"
    assert values["disclosure.fees.amount"] == "9.5"
    assert not parse_tables(_records(), 2021).doubts


@pytest.mark.parametrize("mark", ["=", " | ", ": "])
def test_a_record_may_hold_nothing_behind_its_mark(mark: str) -> None:
    """The other cells of the row stay where they are: what is blank is one of them."""
    lines = [block.text.replace("=", mark).rstrip(";") for block in _records() if isinstance(block, Paragraph)]
    lines[2] = lines[2].removesuffix("1").rstrip()
    read = parse_tables(list(map(Paragraph, lines)), 2021).figures
    assert [read[f"disclosure.rules.{name}"].raw for name in ("issued", "repealed", "in_force")] == ["3", "", "12"]


def test_a_line_that_is_a_number_is_one_with_spaces_between_its_digits_too() -> None:
    lines = [Paragraph(text) for label, values in DISCLOSED for text in (label, *map(" ".join, values))]
    values = _values([*lines])
    assert values["disclosure.normative_documents.in_force"] == "2 5"
    assert values["disclosure.licensing.decisions"] == "1 0 7"


@pytest.mark.parametrize("header", ["本年收费金额（单位：元）", "本年收费金额\n（单位：元）"])
def test_the_unit_in_the_note_of_a_column_is_its_own(header: str) -> None:
    lines = [f"{label}：{'、'.join(values)}" for label, values in DISCLOSED]
    read = parse_tables([*map(Paragraph, [*lines[:-1], header, lines[-1]])], 2021)
    assert str(read.figures["disclosure.fees.amount"].value) == "0.00095"


@pytest.mark.parametrize("run", ["0000000", "3000014", "2001003"])
def test_a_digit_for_each_column_is_a_value_for_each(run: str) -> None:
    rows = next(table.rows for table in load_form("2021").tables if table.id == "applications")
    values = _values([Paragraph(f"{row.label}{run if at == 0 else '0' * 7}") for at, row in enumerate(rows)])
    assert [values[f"applications.received.{one}"] for one in APPLICANTS] == list(run)
    assert values["applications.carried_out.total"] == "0"


@pytest.mark.parametrize("unit", ["件", "人次", "万元"])
def test_units_behind_numbers_are_no_words(unit: str) -> None:
    lines = [Paragraph(f"{label}……{'、'.join(f'{value}{unit}' for value in values)}") for label, values in DISCLOSED]
    assert _values([*lines])["disclosure.coercion.decisions"] == f"4{unit}"


def test_what_stands_beside_stays() -> None:
    beside = [Paragraph("二、主动公开政府信息情况"), *_records(), Paragraph("三、收到和处理政府信息公开申请情况")]
    first, *_, last = anchored(beside)
    assert (first, last) == (beside[0], beside[-1])


def test_a_row_with_a_number_too_many_is_in_doubt() -> None:
    records = [
        Paragraph(f"{block.text}5;") if isinstance(block, Paragraph) and block.text.endswith("=107;") else block
        for block in _records()
    ]
    tables = parse_tables(records, 2021)
    assert "disclosure.licensing.decisions" in {id_ for doubt in tables.doubts for id_ in doubt.figures}
    assert tables.figures["disclosure.licensing.decisions"].value is None


@pytest.mark.parametrize(
    "sentence",
    [
        "本年没有需要报告的数字。",
        "全年公开规章3件、行政规范性文件7件，作出行政许可107件、行政处罚80件。",
        "2021年行政许可、行政处罚、行政强制共191件，收费9.5万元，予以公开4件，总计5件。",
    ],
)
def test_narrative_is_no_table(sentence: str) -> None:
    assert not any(isinstance(block, Grid) for block in anchored([Paragraph(sentence)]))


def test_marks_of_notes_and_numbers_of_labels_are_no_values() -> None:
    records = _records()
    records[1] = Paragraph("本年制发件数①=3;")
    records[-2] = Paragraph("6.行政事业性收费")
    assert _values(records)["disclosure.rules.issued"] == "3"
    assert _values(records)["disclosure.fees.amount"] == "9.5"


def test_a_text_of_nothing_but_labels_costs_little() -> None:
    blocks = [Paragraph("规章 其他 总计 5 " * 4_000)]
    began = time.process_time()
    anchored(blocks)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(("rows", "read"), [(["0000000"] * 3, ["1", "0", "4"]), (["0 0 0 0 0 0 0"] * 3, [])])
def test_where_rows_of_noughts_run_together_the_digits_of_a_shorter_row_are_its_cells(
    rows: list[str], read: list[str]
) -> None:
    """行政规范性文件104 is 1, 0 and 4 where 三、…0000000 stands below it; else it may be a hundred and four."""
    applications = next(table for table in load_form("2021").tables if table.id == "applications")
    lines = ["规章000", "行政规范性文件104", "行政许可328", "行政处罚9", "行政强制14", "行政事业性收费486.62"]
    lines += [row.label + rows[at % len(rows)] for at, row in enumerate(applications.rows)]
    values = _values([Paragraph(line) for line in lines])
    found = [
        values.get(f"disclosure.normative_documents.{column}", "") for column in ("issued", "repealed", "in_force")
    ]
    assert [each for each in found if each] == read
    assert values["disclosure.licensing.decisions"] == "328"
