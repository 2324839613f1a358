"""Numbers as a sheet shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.number_format import BUILT_IN, shown


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (40_682_000, "0!.0,", "4068.2"),
        (40_682_000, "0\\.0,", "4068.2"),
        (12.6, "0", "13"),
        (1_234_567, "#,##0", "1,234,567"),
        (1_234_567.891, "#,##0.##", "1,234,567.89"),
        (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        (-15, "#,##0;(#,##0)", "-15"),
        (-15, "0;[Red]0", "-15"),
        (-3, "0", "-3"),
        (5, '0"件"', "5件"),
        (3, 'General"件"', "3件"),
        (0.125, "0.0%", "12.5%"),
        (38.5, "#,##0.00", "38.50"),
        (0, "#", ""),
        (7, ";;;", ""),
        (7, "000", "007"),
        (5, "+0;-0;0", "+5"),
        (250_000, '[>=10000]0!.0,"万";0', "25.0万"),
        (300, '[>=10000]0!.0,"万";0', "300"),
        (45_678, 'yyyy"年"m"月"d"日"', "2025年1月21日"),
        (123_456, "0.00E+00", "1.23E+05"),
        (0.5, "# ?/?", "0.5"),
        (4875.699, "General", "4875.699"),
        (0.1 + 0.2, "", "0.3"),
    ],
)
def test_a_number_is_read_as_it_is_shown(value: float, code: str, text: str) -> None:
    assert shown(float(value), code).strip() == text


@given(st.integers(-(10**9), 10**9), st.sampled_from(["", "General", "0", "#,##0", "0_ ", "@", "[Blue]0", "0;-0;0"]))
def test_a_whole_number_keeps_its_digits_under_every_plain_format(value: int, code: str) -> None:
    assert shown(float(value), code).strip().replace(",", "") == str(value)


@given(st.floats(-1e12, 1e12), st.one_of(st.text(max_size=12), st.sampled_from(list(BUILT_IN.values()))))
def test_no_format_breaks_the_reader(value: float, code: str) -> None:
    assert isinstance(shown(value, code), str)
