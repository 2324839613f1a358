"""The title of a yearly report among the first lines of a document (SITES.md § 3).

A title is a whole line, or up to three that were broken apart, of the form *[year] [body] [year] 政府信息公开 …
报告*. Lines of the same kind that are no report (解读, 图解, 通知 …) are near misses and named as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.text import clean

_DIGITS = "〇○Ｏ零一二三四五六七八九"
YEAR = rf"(?:(?:19|20)\d\d|[一二][{_DIGITS}]{{3}})"
_YEAR = re.compile(rf"(?<!\d)({YEAR})(?!\d)(?:年度|年|度)?")
_CORE = re.compile(
    rf"(?P<head>.*?)(?P<core>(?:政府信息与政务|政府信息和政务|政府政务|政府信息|政务信息|政务|信息)公开"
    rf"(?:工作|年度|情况|的|度|[(（]?{YEAR}年?度?[)）]?)*(?:报告书|报告|年报|总结))(?P<tail>.*)",
)
_TAIL = re.compile(rf"[”\"』」]?(?:[(（\[【]?(?:{YEAR}年?度?|全文|正文|本级|汇总|电子版|网页版|定稿|公开版)[)）\]】]?)?"
                   r"(?:集中公开专题页面|集中公开专题|专题页面|专题|专栏)?[”\"』」]?")
# Words that make a line with a report's name something else (SITES.md § 3, near misses).
_NEAR = re.compile(
    r"解读|图解|一图|读懂|通知|通报|公布情况|发布情况|指南|目录|政府网站|网站工作|网站监管|法治政府|住房公积金|图片版|超链版"
    r"|编制|报送|填报|考核|培训|会议|模板|格式|新闻|视频|漫画|动漫|问答|看懂|函$|工作方案|工作要点|社会评议",
)
_OTHER = re.compile(r"(?:政府网站.{0,4}(?:工作|监管).{0,4}(?:年度)?报[表告]|法治政府建设.*(?:年度)?(?:情况的?)?报告|住房公积金.*年度报告|信息公开指南)")
_LABEL = re.compile(r"^(?:标题|名称|信息名称|公开标题|文件名称|题名)[:：]?")
_TRIM = "()（）[]【】“”\"'『』「」《》-—－·.、:：,，的　 "
_SUFFIX = re.compile(r"[_|｜]|\s[-–—]+\s?|[-–—](?=[^-–—]*(?:网|政府|平台|门户|中国|公开|报告|年报)[^-–—]*$)")
_LATIN_GAP = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
_SENTENCE = re.compile(r"[。；;!！?？]")
_LONGEST = 70


@dataclass(frozen=True, slots=True)
class Title:
    """A line that reads as a title. ``body`` is what it says about who reports, ``year`` what it says about when.

    ``near_miss`` is the word that makes it something else than a report, ``""`` for a report. ``first`` is the
    number of its first line, -1 for one that comes from the page's metadata.
    """

    text: str
    body: str
    year: int | None
    near_miss: str = ""
    first: int = -1
    heading: bool = False


def printed(text: str) -> str:
    """A title as printed, without line breaks and without spaces between Chinese and digits."""
    return _LATIN_GAP.sub("", clean(text).strip())


def read_title(text: str, first: int = -1, *, heading: bool = False) -> Title | None:
    """Read one line as a title; None if it is none."""
    line = _LABEL.sub("", printed(text))
    if ">" in line or "＞" in line or "»" in line:
        line = re.split(r"[>＞»]", line)[-1]
    if not 6 <= len(line) <= _LONGEST or _SENTENCE.search(line):
        return None
    match = _CORE.fullmatch(line)
    if match is None:
        other = _OTHER.search(line)
        return Title(line, "", None, other.group(), first, heading) if other else None
    near = _NEAR.search(match["head"] + "\n" + match["tail"])
    if near is None and not _TAIL.fullmatch(match["tail"]):
        return None
    head, core = match["head"], match["core"]
    if head.endswith("人民") and core.startswith("政府"):
        head += "政府"
    year = year_in(match["head"] + "\n" + core + "\n" + match["tail"])
    body = _YEAR.sub("", head).strip(_TRIM).removeprefix("关于").removesuffix("关于").strip(_TRIM)
    if "，" in body or "《" in line or line.startswith(("本", "根据", "按照", "现将")) and near is None:
        return None
    return Title(line, body, year, near.group() if near else "", first, heading)


def year_in(text: str) -> int | None:
    """The first year that a short text names, in Arabic or Chinese digits."""
    match = _YEAR.search(text)
    return year_number(match.group(1)) if match else None


def year_number(digits: str) -> int:
    """2021 for 2021 and for 二〇二一.

    >>> year_number("二○二一")
    2021
    """
    if digits.isdecimal() and digits.isascii():
        return int(digits)
    values = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"○": 0, "Ｏ": 0, "零": 0}
    return int("".join(str(values[character]) for character in digits))


def page_titles(*names: str) -> Iterator[Title]:
    """Titles among the names that a page gives itself, their site's suffix taken off."""
    for name in names:
        for part in (name, *_SUFFIX.split(name)):
            if part and (title := read_title(part)) is not None:
                yield title
                break


def titles(lines: Sequence[tuple[str, bool]]) -> Iterator[Title]:
    """Every line, or run of two or three lines, that reads as a title. ``lines`` are (text, is a heading)."""
    for first, (line, heading) in enumerate(lines):
        if "开" in line and (title := read_title(line, first, heading=heading)) is not None:
            yield title
        joined = line
        for following, _ in lines[first + 1 : first + 3]:
            if len(joined) + len(following) > _LONGEST or _SENTENCE.search(joined):
                break
            joined += following
            if "公开" in joined and (title := read_title(joined, first, heading=heading)) is not None:
                yield title
