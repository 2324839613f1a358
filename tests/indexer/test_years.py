"""Years in words mean what the filter means; what only looks like a year stays a word."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.normal import normalise
from indexer.years import find

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2021年", "2021"),
        ("2021年度", "2021"),
        ("２０２１年", "2021"),
        ("二〇二一年", "2021"),
        ("二零一九年", "2019"),
        ("2019年到2021年", "2019..2021"),
        ("2021年至2019年", "2019..2021"),
        ("2019-2021年", "2019..2021"),
        ("二〇一九年至二〇二一年", "2019..2021"),
        ("2019——2021年", "2019..2021"),
        ("2019年—2021年", "2019..2021"),
        ("2019年和2020年", "2019|2020"),
        ("2019、2020年", "2019|2020"),
        ("2020年以后", "2020.."),
        ("2020年以来", "2020.."),
        ("2020年以前", "1900..2020"),
        ("去年", "2025"),
        ("前年", "2024"),
        ("石溪县去年年报", "2025"),
        ("近三年", "2023.."),
        ("十三五", "2016..2020"),
        ("十四五时期", "2021..2025"),
        ("21年", "2021"),
        ("16年年报", "2016"),
        ("二o二一年", "2021"),
        ("自2020年起", "2020.."),
        ("最近5年", "2021.."),
        ("石溪县2014年报", "2014"),
        ("2014年度报告", "2014"),
        ("石溪县2021", "2021"),
        ("2021讨薪", "2021"),
        ("2020年后", "2020.."),
        ("2020年前的讨薪", "1900..2020"),
        ("去年讨薪", "2025"),
        ("石溪县去年申请量", "2025"),
    ],
)
def test_years_in_words(text: str, value: str) -> None:
    assert [found.value for found in find(normalise(text), TODAY)] == [value]


@pytest.mark.parametrize(
    "text",
    ["2021年3月", "2021件", "1234", "12021", "云政办(2021)28号", "5年", "2021.5", "比去年多", "去年底", "今年以来"],
)
def test_what_only_looks_like_a_year(text: str) -> None:
    assert list(find(normalise(text), TODAY)) == []
