"""Numbers as authors print them: laws, and each manner that was seen in reports."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import chinese_number, is_value, plain, read_cell

COUNTS = st.integers(0, 10**9)
AMOUNTS = st.decimals(0, 10**6, places=4, allow_nan=False)
SPACES = st.text(" \u3000\xa0\u200b\n\t", max_size=3)
FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


@given(COUNTS, SPACES, SPACES)
def test_a_count_is_read_however_it_is_printed(count: int, before: str, after: str) -> None:
    manners = (str(count), f"{count:,}", f"{count}件", str(count).translate(FULL_WIDTH), " ".join(str(count)))
    for printed in manners:
        assert read_cell(before + printed + after) == (Decimal(count), "number")


@given(st.integers(1, 10**6))
def test_signs_are_kept(count: int) -> None:
    assert read_cell(f"+{count}") == (Decimal(count), "number")
    for minus in "－−–—‐‑‒﹣˗":
        assert read_cell(f"{minus}{count}") == (Decimal(-count), "number")


@given(AMOUNTS)
def test_money_comes_in_the_unit_of_the_form(amount: Decimal) -> None:
    for printed in (f"{amount:f}", f"{amount:f}万元", f"{amount:f}万", f"{amount * 10_000:f}元"):
        assert read_cell(printed, "万元") == (amount, "number")
    assert read_cell(f"{amount * 10_000:f}", "万元", "元") == (amount, "number")


@given(st.text(max_size=30))
def test_no_text_fails_and_only_numbers_have_a_value(text: str) -> None:
    value, state = read_cell(text, "万元")
    assert (value is not None) == (state == "number")
    assert is_value(text) or state == "text"


@given(SPACES)
def test_a_blank_is_not_zero(text: str) -> None:
    assert read_cell(text) == (None, "blank")


@pytest.mark.parametrize("printed", ["/", "—", "——", "-", "－", "\\", "~", "⸺", "−", "─"])
def test_a_dash_is_a_dash(printed: str) -> None:
    assert read_cell(printed) == (None, "dash")


def test_a_minus_sign_is_a_sign() -> None:
    assert read_cell("−3") == (Decimal(-3), "number")


@pytest.mark.parametrize("printed", ["无", "1-2", "见附件", "1.2.3", "三件", "12件34", "2024年"])
def test_words_are_text(printed: str) -> None:
    assert read_cell(printed) == (None, "text")


@pytest.mark.parametrize("printed", ["增15", "减少4件"])
def test_by_how_much_something_grew_is_no_number_and_no_label(printed: str) -> None:
    assert read_cell(printed) == (None, "text")
    assert is_value(printed)


@pytest.mark.parametrize("label", ["本年增/减", "三件", "3.其他"])
def test_a_label_is_no_value(label: str) -> None:
    assert not is_value(label)


DIGITS = "零一二三四五六七八九"


def _in_chinese(number: int) -> str:
    """A number below ten thousand as a person writes it."""
    thousands, hundreds, tens, units = (number // power % 10 for power in (1000, 100, 10, 1))
    text = ""
    for digit, power in ((thousands, "千"), (hundreds, "百"), (tens, "十"), (units, "")):
        if digit:
            text += DIGITS[digit] + power
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零") or "零"


@given(st.integers(0, 9999))
def test_chinese_numerals_count(number: int) -> None:
    assert chinese_number(_in_chinese(number)) == number


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_chinese_myriads_count(myriads: int, rest: int) -> None:
    printed = _in_chinese(myriads) + "万" + ("" if not rest else ("零" if rest < 1000 else "") + _in_chinese(rest))
    assert chinese_number(printed) == myriads * 10_000 + rest


@given(AMOUNTS)
def test_a_json_number_is_whole_where_it_is_whole(amount: Decimal) -> None:
    shown = plain(amount)
    assert isinstance(shown, int) == (amount == int(amount))
    assert Decimal(repr(shown)) == amount
