"""Tables without rules as word processors and browsers print them: close columns, hanging labels, wide lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.readers.lattice import RuledTable
from corpus.readers.stream import Alignment
from corpus.readers.typeset import Glyph, Line, lines_of

_SIZE = 10.0


def _glyphs(text: str, x0: float, top: float) -> Iterator[Glyph]:
    x = x0
    for letter in text:
        width = _SIZE / 2 if letter.isascii() else _SIZE
        yield Glyph(letter, x, top, x + width, top + _SIZE, _SIZE)
        x += width


def _lines(*printed: tuple[float, Sequence[tuple[float, str]]]) -> list[Line]:
    """Lines from (top, [(left, text) …])."""
    return list(lines_of(glyph for top, words in printed for x0, text in words for glyph in _glyphs(text, x0, top)))


def _tables(lines: Sequence[Line]) -> list[list[list[str]]]:
    found = [item for item in Alignment().tables(lines) if isinstance(item, RuledTable)]
    return [[[cell.raw for cell in row if cell.raw] for row in table.rows] for table in found]


def test_columns_with_hardly_a_gap_are_told_by_the_values_below() -> None:
    (table,) = _tables(
        _lines(
            (0, [(0, "信息内容"), (100, "制发件数"), (144, "废止件数"), (188, "现行有效件数")]),
            (24, [(0, "规章"), (115, "5"), (160, "5"), (212, "49")]),
            (48, [(0, "规范性文件"), (112, "94"), (158, "33"), (210, "451")]),
        )
    )
    assert table[0] == ["信息内容", "制发件数", "废止件数", "现行有效件数"]


def test_values_with_hardly_a_gap_are_two_where_others_stand_apart() -> None:
    (table,) = _tables(
        _lines(
            (0, [(0, "信息内容"), (100, "其他"), (130, "总计")]),
            (24, [(0, "予以公开"), (102, "142"), (122, "2499")]),
            (48, [(0, "部分公开"), (107, "8"), (134, "11")]),
            (72, [(0, "不予公开"), (107, "7"), (134, "10")]),
        )
    )
    assert table[1] == ["予以公开", "142", "2499"]


def test_values_of_the_only_row_with_hardly_a_gap_are_told_by_their_heads() -> None:
    (table,) = _tables(
        _lines(
            (0, [(0, "信息内容"), (70, "企业"), (110, "其他"), (133, "总计")]),
            (24, [(0, "予以公开"), (72, "133"), (112, "142"), (131, "2499")]),
        )
    )
    assert table[1] == ["予以公开", "133", "142", "2499"]


def test_columns_that_fell_together_on_one_page_do_not_on_the_next() -> None:
    alignment = Alignment()
    list(
        alignment.tables(
            _lines((0, [(0, "信息内容"), (80, "企业"), (112, "合计")]), (24, [(0, "公开"), (84, "1234567")]))
        )
    )
    found = alignment.tables(_lines(*((20 * n, [(0, f"第{n}项"), (86, "5"), (110, "12")]) for n in range(1, 4))))
    (table,) = (item for item in found if isinstance(item, RuledTable))
    assert [cell.raw for cell in table.rows[0]] == ["第1项", "5", "12"]
    assert table.certain


def test_names_of_columns_are_one_row_however_high_they_stand() -> None:
    (table,) = _tables(
        _lines(
            (0, [(120, "行政复议"), (260, "总计")]),
            (20, [(100, "维持"), (140, "纠正"), (180, "其他")]),
            (44, [(105, "1"), (145, "2"), (185, "3"), (265, "6")]),
            (68, [(105, "4"), (145, "5"), (185, "6"), (260, "15")]),
        )
    )
    assert table[:2] == [["行政复议"], ["维持", "纠正", "其他", "总计"]]


def test_lines_of_labels_set_wide_are_one_label() -> None:
    rows = [(24 + 40 * n, [(0, f"{n + 1}.属于国家"), (100, "1"), (140, "2")]) for n in range(4)]
    rest = [(24 + 40 * n + 17, [(0, "秘密的")]) for n in range(4)]
    header = (0, [(0, "信息内容"), (92, "其他"), (132, "总计")])
    (table,) = _tables(_lines(header, *sorted([*rows, *rest])))
    assert [row[0] for row in table[1:]] == [f"{n + 1}.属于国家\n秘密的" for n in range(4)]


def test_labels_that_hang_without_white_space_between_them_are_parted_by_their_numbers() -> None:
    printed = []
    for n in range(8):
        top = 24 + 24 * n + (12 if n > 2 else 0)
        printed.append((top, [(0, f"{n + 1}.属于国家"), (100, "1"), (140, "2")]))
        if n != 3:
            printed.append((top + 12, [(0, "秘密的")]))
    printed.append((24 + 24 * 2 + 24, [(0, "信息")]))
    printed.append((24 + 24 * 8 + 12, [(0, "（七）总计"), (100, "8"), (138, "16")]))
    printed.append((24 + 24 * 8 + 24, [(0, "四、结转下年度"), (100, "0"), (140, "0")]))
    header = (0, [(0, "信息内容"), (92, "其他"), (132, "总计")])
    (table,) = _tables(_lines(header, *sorted(printed)))
    labels = [row[0] for row in table[1:]]
    assert labels[0] == "1.属于国家\n秘密的"
    assert labels[2] == "3.属于国家\n秘密的\n信息"
    assert labels[3] == "4.属于国家"
    assert labels[-2:] == ["（七）总计", "四、结转下年度"]
    assert all(len(row) == 3 for row in table[1:])


def test_a_table_with_a_header_of_its_own_keeps_no_columns_of_the_one_above() -> None:
    tables = _tables(
        _lines(
            (0, [(0, "信息内容"), (100, "制发件数"), (200, "废止件数"), (300, "有效件数")]),
            (24, [(0, "规章"), (135, "5"), (235, "5"), (330, "49")]),
            (48, [(0, "文件"), (135, "9"), (235, "3"), (330, "41")]),
            (72, [(150, "第二十条第（八）项")]),
            (96, [(0, "信息内容"), (100, "项目数量"), (300, "本年增减")]),
            (120, [(0, "事业性收费"), (125, "173"), (330, "-4")]),
        )
    )
    assert tables[-1][-2:] == [["信息内容", "项目数量", "本年增减"], ["事业性收费", "173", "-4"]]
