from __future__ import annotations

import pytest
from flask import Flask

from corpus.blocks import Content, Paragraph
from corpus.extraction.metadata import parse_metadata
from corpus.regions import Registry
from corpus.traditional import WARNING
from webui.remarks import remark

SAID = "The title says 2023, the statistical period 2022; the title is followed."


@pytest.mark.parametrize(
    ("kept", "language", "shown"),
    [
        (SAID, "zh-CN", "标题为2023年，统计期限为2022年，以标题为准。"),
        (SAID, "en", SAID),
        ("压缩包内还有未采用的文件：甲.doc", "en", "The archive holds more files, which were not used: 甲.doc"),
        (WARNING, "zh-CN", "原页为繁体字，此处转为简体字。"),
        ("没有固定写法的话 100%", "en", "没有固定写法的话 100%"),
    ],
)
def test_a_remark_of_fixed_wording_is_said_in_the_language_of_the_page(
    app: Flask, kept: str, language: str, shown: str
) -> None:
    with app.test_request_context(f"/?lang={language}"):
        assert remark(kept) == shown


def test_what_extraction_really_says_is_known_here(app: Flask) -> None:
    reason = parse_metadata(Content((Paragraph("今日天气晴。"),)), Registry(())).reason
    assert reason is not None
    with app.test_request_context("/?lang=zh-CN"):
        assert remark(reason) != reason
