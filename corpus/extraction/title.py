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
_YEAR = re.compile(rf"(?<!\d)({YEAR})(?!\d)(?:年度|年|度)?(?:1[-—–－~至]12月)?")
_CORE = re.compile(
    rf"(?P<head>.*?)(?P<core>(?:政府信息与政务|政府信息和政务|政府政务|政府信息|政务信息|政务|信息)(?:主动)?公开"
    rf"(?:工作|年度|情况|总结|的|度|[(（]?{YEAR}年?度?[)）]?)*(?:报告书|报告|年报|总结))(?P<tail>.*)",
)
_TAIL = re.compile(
    rf"[”\"』」]?(?:[(（\[【]?(?:{YEAR}年?度?|全文|正文|本级|汇总|含[^()（）]{{1,8}}|电子版|网页版|定稿|公开版)[)）\]】]?)?"
    r"(?:集中公开专题页面|集中公开专题|专题页面|专题|专栏)?[”\"』」]?"
)
# Words that make a line with a report's name something else (SITES.md § 3, near misses). Some are also parts of the
# names of bodies (新闻出版局, 机构编制委员会) and count only in what stands behind, or with 关于 before them.
_NEAR_HEAD = re.compile(
    r"解读|图解|一图|读懂|看懂|图片版|视频|漫画|动漫|政府网站|网站工作|法治政府|住房公积金(?!管理|中心)"
    r"|关于.*?(?:做好|开展|编制|报送|公布|印发|发布|征求)|新闻发布会|工作会议|培训会|推进会",
)
_NEAR_TAIL = re.compile(
    r"解读|图解|一图|读懂|看懂|通知|通报|公布情况|发布情况|公开情况|指南|目录|图片版|超链版|编制|报送|填报|考核|培训|会议|模板"
    r"|格式|新闻|视频|漫画|动漫|问答|函|工作方案|工作要点|评议",
)
_OTHER = re.compile(
    r"政府网站.{0,4}(?:工作|监管).{0,4}(?:年度)?报[表告]|法治政府建设.*报告|住房公积金.*年度报告|信息公开指南",
)
# The beginning of a sentence about a report; 本溪 is a place.
_SPEAKS = re.compile(r"本(?!溪)|根据|按照|现将")
_LABEL = re.compile(r"^(?:标题|名称|信息名称|公开标题|文件名称|题名)[:：]?")
_EMPTY = re.compile(r"[(（\[【]\s*[)）\]】]")
# How much the report covers is no part of its body's name.
_SCOPE = re.compile(
    r"[(（](?:本级|本机关|汇总|全[省市县区]|含[^()（）]{1,8})[)）]$|(?<=[省市县区旗州盟府])本级$|(?<=政府)系统$"
)
_TRIM = "[]【】“”\"'『』「」《》-—－·.、:：,，的　 "
_SUFFIX = re.compile(
    r"[_|｜·]|\s[-–—]+\s?|[-–—]+(?=[^-–—]*(?:网|政府|平台|门户|中国|公开|报告|年报)[^-–—]*$)|(?<=[网站台])\s+"
)
_SEPARATOR = re.compile(r"[-–—_|｜·]|网站|门户")
_WRAPPED = re.compile(r"《([^《》]+)》|【([^【】]+)】")
_LATIN_GAP = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
_SENTENCE = re.compile(r"[。；;!！?？]")
_LONGEST = 70
_PROMISING = re.compile(r"公开.{0,20}(?:报告|年报|总结)|公开指南|年度?报[告表]|建设.*报告")


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


def read_title(text: str) -> Title | None:
    """Read one line as a title; None if it is none."""
    return _read(printed(text), -1, heading=False)


def _read(text: str, first: int, *, heading: bool) -> Title | None:
    line = _LABEL.sub("", text)
    if ">" in line or "＞" in line or "»" in line:
        line = re.split(r"[>＞»]", line)[-1]
    if not 6 <= len(line) <= _LONGEST or _SENTENCE.search(line):
        return None
    wrapped = _WRAPPED.fullmatch(line)
    bare = line if wrapped is None else wrapped[1] or wrapped[2]
    match = _CORE.fullmatch(bare)
    if match is None:
        other = _OTHER.search(line)
        return Title(line, "", None, other.group(), first, heading) if other else None
    near = _NEAR_HEAD.search(match["head"]) or _NEAR_TAIL.search(match["tail"])
    if near is None and not _TAIL.fullmatch(match["tail"]):
        return None
    head, core = match["head"], match["core"]
    if head.endswith("人民") and core.startswith("政府"):
        head += "政府"
    year = year_in(match["head"] + "\n" + core + "\n" + match["tail"])
    body = _EMPTY.sub("", _YEAR.sub("", head)).strip(_TRIM).removeprefix("关于").removesuffix("关于").strip(_TRIM)
    body = _SCOPE.sub("", body)
    if near is None and ("，" in body or "《" in bare or _SPEAKS.match(line)):
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
        parts = dict.fromkeys(part for part in (name, *_SUFFIX.split(name)) if part)
        read = [title for part in parts if (title := read_title(part)) is not None]
        if read:
            # A near miss is one whole. The column is called 政府信息公开年报, the site has a name: what tells most.
            yield max(
                read,
                key=lambda title: (
                    title.near_miss,
                    not _SEPARATOR.search(title.body),
                    title.year or 0,
                    len(title.body),
                ),
            )


def titles(lines: Sequence[tuple[str, bool]]) -> Iterator[Title]:
    """Every line, or run of two or three lines, that reads as a title. ``lines`` are (text, is a heading)."""
    short = [printed(line) if len(line) <= 2 * _LONGEST else "" for line, _ in lines]
    for first, line in enumerate(short):
        joined, heading = "", False
        for following, (_, marked) in zip(short[first : first + 3], lines[first : first + 3], strict=True):
            joined, heading = joined + following, heading or marked
            if not line or not following or len(joined) > _LONGEST:
                break
            if _PROMISING.search(joined):
                title = _read(joined, first, heading=heading)
                if title is not None:
                    yield title
