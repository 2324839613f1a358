"""What extraction says, on a page: in its language, what a report prints escaped and marked as Chinese."""

from __future__ import annotations

import pytest
from flask import Flask

from corpus.doubts import Doubt, recalled
from webui.messages import message, reason

YEARS = Doubt("year_conflict", {"title": 2023, "period": 2022})
TWICE = Doubt("cell_twice", {"first": "1；2", "second": "<b>无</b>"})


@pytest.mark.parametrize(
    ("doubt", "language", "shown"),
    [
        (
            Doubt("year_conflict", {"title": 2023, "period": 2022}),
            "zh-CN",
            "标题为2023年，统计期限为2022年，以标题为准。",
        ),
        (Doubt("traditional"), "zh-CN", "原页为繁体字，此处转为简体字。"),
        (recalled("没有固定写法的话 100%"), "zh-CN", "没有固定写法的话 100%"),
        (TWICE, "zh-CN", "此格出现两次：“1；2”与“&lt;b&gt;无&lt;/b&gt;”，取前者。"),
    ],
)
def test_a_doubt_is_said_in_the_language_of_the_page(app: Flask, doubt: Doubt, language: str, shown: str) -> None:
    with app.test_request_context(f"/?lang={language}"):
        assert message(doubt) == shown


def test_on_an_english_page_what_a_report_prints_says_that_it_is_chinese(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        assert '&lt;b&gt;<span lang="zh-CN">无</span>&lt;/b&gt;' in message(TWICE)


def test_a_reason_that_many_share_leaves_their_values_out(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        assert reason("other_document") == "The title is that of something else than a report (…): …"
