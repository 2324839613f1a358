"""What the title of a yearly report looks like: one vocabulary for crawler and extraction (``titles.toml``).

A title reads *[year] [body] [year] 政府信息公开 … 报告 [bracket]*. What reads so and is none (解读, 图解, 通知 …), and
titles of other matters, are near misses and named as such. Bars of a list, signs of Markdown, endings of files and
line breaks are no part of a title; Traditional characters read as Simplified ones and are shown as printed.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.numerals import whole_number
from corpus.text import clean, remembered
from corpus.traditional import simplified

_DIGITS = "〇○Ｏ零一二三四五六七八九"
YEAR = rf"(?:(?:19|20)\d\d|[一二][{_DIGITS}]{{3}}|(?<!\d)[0-3][0-9](?=\s*年))"
"""A year in Arabic or Chinese digits, of which two are enough before 年."""

_YEAR = re.compile(rf"(?<!\d)({YEAR})(?!\d)(?:年?年度|年|度)?(?:1[-—–－~至]12月)?")
_EMPTY = re.compile(r"[(（\[【〔〖]\s*[)）\]】〕〗]")
_LAST_BRACKET = re.compile(r"[(（\[【〔〖]([^()（）\[\]【】〔〕〖〗]{1,12})[)）\]】〕〗]$")
_TRIM = "[]【】“”\"'『』「」《》-—－·.、:：,，的/／　 "
_MARKS = re.compile(
    r"^[\s|｜#>*•●◆■□▪★☆▲△▶►◇◎○※·_~`\u2600-\u27bf\ufe0f\U0001f300-\U0001faff-]+(?:\d{1,2}[.、．](?=\s*[\u4e00-\u9fff]))?|^\d{1,2}[.、．](?=\s*[\u4e00-\u9fff])|[\s|｜#*★☆▲△◆◇●○※_~`]+$"
)
_SITE = re.compile(r"[^，。《》]{2,20}?(?:(?:门户|官方|政务)网站?|政府网站?)(?=.)")
"""The name of the site before a title."""
_BARS = re.compile(r"[|｜]+")
_LATIN_GAP = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
_SENTENCE = re.compile(r"[。；;!！?？]")
_WRAPPED = re.compile(r"《([^《》]+)》|【([^【】]+)】")
_HANDED_OUT = re.compile(r"关于(?:印发|(发布|公布)|转发)《?([^《》]+?)》?的?(?:通知|公告|公示|函)$")
"""The notice over a report that it hands out: 云溪县人民政府办公室关于印发《云溪县2021年…年度报告》的通知."""
_TRAIL = re.compile(r"[>＞»]")
_HOME = re.compile(r"(?:[^/]{0,8}[:：])?(?:网站)?首页([/／|｜›→\\·-])")
"""The beginning of a trail, with the sign that parts it."""
_CENTURY = 100
_LONGEST = 70
_LONGEST_PAPER = 60
_MOST_IN_A_BEGINNING = 160
# Words with which a text goes on behind a title that stands on its first line.
_GOES_ON = re.compile(
    r"(?:第?[一1]|根据|依|按|为|本|现|全文|目录|统计|\d{4}[年./-]|来源|信息来源|发布|作者|索引|浏览|字[体号]|打印|日期|时间|[\[【]字)"
)
_WHOLLY_BRACKETED = re.compile(r"^[（(]([^（()）]+)[)）]$")
_BESIDE = re.compile(r"[(（](?:含|附)[^()（）]*[)）]")
"""What comes with a report: （附解读）."""
_LABELLED = re.compile(r"^.*[:：]")
_FIRST_BRACKET = re.compile(r"^[【\[〔〖（(][^】\]〕〗）)]{1,8}[】\]〕〗）)](?=.)")
_ABOUT = re.compile(r"^关于|关于(?:报送|上报)?$")
_CLAUSE = re.compile(r"[。；;，,：:！!]|公布|编制|现将|根据|按照|本报告|如下")


@dataclass(frozen=True, slots=True)
class Title:
    """A line that reads as a title, or a title that stands in a sentence.

    ``text`` is the title as printed, ``body`` what it says about who reports, ``year`` about when. ``subject`` is what
    it calls the matter (政府信息公开). ``near_miss`` is the word that makes it something else, ``""`` for a report.
    """

    text: str
    body: str
    year: int | None
    subject: str = ""
    near_miss: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    core: re.Pattern[str]
    cut: re.Pattern[str]
    ending: re.Pattern[str]
    bracket: re.Pattern[str]
    column: re.Pattern[str]
    file: re.Pattern[str]
    label: re.Pattern[str]
    fields: re.Pattern[str]
    speaks: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    matters: re.Pattern[str]
    papers: re.Pattern[str]
    university: re.Pattern[str]
    services: re.Pattern[str]
    names: re.Pattern[str]
    scope_bracket: re.Pattern[str]
    scope_words: re.Pattern[str]


@cache
def _words() -> _Words:
    data = tomllib.loads((files("corpus") / "titles.toml").read_text(encoding="utf-8"))
    near, scope, subject = data["near_miss"], data["scope"], data["subject"]
    middle = rf"(?:{data['middle']}|[(（]?{YEAR}年?度?[)）]?)*"
    return _Words(
        core=re.compile(rf"(?P<subject>{subject}){middle}(?:{data['report']})"),
        cut=re.compile(rf"{subject}{data['cut']}"),
        ending=re.compile(data["ending"]),
        bracket=re.compile(r"[”\"』」]?[(（\[【〔〖][^()（）\[\]【】〔〕〖〗]{1,20}[)）\]】〕〗]"),
        column=re.compile(data["column"]),
        file=re.compile(data["file"], re.IGNORECASE),
        label=re.compile(data["label"]),
        fields=re.compile(data["fields"]),
        speaks=re.compile(data["speaks"]),
        before=re.compile("|".join(near["before"])),
        behind=re.compile("|".join(near["behind"])),
        matters=re.compile("|".join(near["matters"])),
        papers=re.compile(near["papers"]),
        university=re.compile(near["university"]),
        services=re.compile(near["services"]),
        names=re.compile(near["names"]),
        scope_bracket=re.compile(scope["brackets"]),
        scope_words=re.compile(scope["words"]),
    )


def printed(text: str) -> str:
    """A title as printed, without line breaks, bars, signs, a file's ending, spaces between Chinese and digits."""
    line = _MARKS.sub("", _LATIN_GAP.sub("", clean(text).strip()))
    words = _words()
    return words.file.sub("", words.column.sub("", line)) if "公开" in line or "公開" in line else line


def read_title(text: str) -> Title | None:
    """Read one whole line as a title; None if it is none.

    >>> read_title("| 2021年云溪县财政局政府信息公开工作年度报告（修订版） |").body
    '云溪县财政局'
    """
    words = _words()
    line = _handed_out(_title_alone(words.label.sub("", printed(text))))
    if not 6 <= len(line) <= _LONGEST or _SENTENCE.search(line):
        return None
    plain = simplified(line)
    wrapped = _WRAPPED.fullmatch(plain)
    bare = plain if wrapped is None else wrapped[1] or wrapped[2]
    core = _core(bare)
    if core is None:
        other = words.matters.search(bare)
        return Title(line, "", None, "", other.group()) if other else None
    title = _title(line, bare, core)
    if title.near_miss:
        return title
    sentence = "，" in title.body or "《" in bare or words.speaks.match(plain)
    return None if sentence or not words.ending.fullmatch(bare[core.end() :]) else title


def _title_alone(line: str) -> str:
    """A line without the site's trail or name before a title in it, other fields beside it, bars around its pieces."""
    if len(pieces := _words().fields.split(line)) > 1:
        line = next((piece.strip(_TRIM) for piece in pieces if _core(piece) is not None), line)
    if _TRAIL.search(line):
        line = _TRAIL.split(line)[-1]
    elif home := _HOME.match(line):
        line = line.rpartition(home[1])[2]
    site = _SITE.match(line)
    if site is not None and _core(line[site.end() :]) is not None:
        line = line[site.end() :]
    # The cells of a row that holds nothing but the title.
    return _BARS.sub("", line) if _BARS.search(line) and _core(line) is not None else line


def _handed_out(line: str) -> str:
    """The report that a notice hands out, for the notice's own title; one that says whose and which year's it is."""
    notice = _HANDED_OUT.search(simplified(line))
    if notice is None:
        return line
    handed_out = line[notice.start(2) : notice.end(2)]
    # Who publishes one that names nobody publishes its own.
    whole = (handed_out, line[: notice.start()] + handed_out if notice[1] else "")
    read = (read_title(text) for text in whole)
    is_whole = (title for title in read if title is not None and title.body and title.year and not title.near_miss)
    return next((title.text for title in is_whole), line)


def beginning_title(text: str) -> Title | None:
    """The title with which a line begins that runs on into the text; None if it begins with none.

    >>> beginning_title("云溪县2021年政府信息公开工作年度报告 一、总体情况 全年平稳。").text
    '云溪县2021年政府信息公开工作年度报告'
    """
    line = printed(text[:_MOST_IN_A_BEGINNING])
    plain = simplified(line)
    core = _core(plain)
    if core is None or core.end() > _LONGEST or _CLAUSE.search(plain[: core.start()]) or _words().speaks.match(plain):
        return None
    bracket = _words().bracket.match(plain, core.end())
    end = bracket.end() if bracket else core.end()
    if not _GOES_ON.match(plain, end):
        return None
    title = _title(line[:end], plain[:end], core)
    return None if title.near_miss else title


def titles_within(text: str) -> list[Title]:
    """The titles of reports that sentences name, as 现公布云溪县2021年政府信息公开年度报告 does; of no paper cited."""
    found: list[Title] = []
    text = _WRAPPED.sub(lambda cited: "，" if near_miss(cited[1] or cited[2]) else cited[0], text)
    for line in re.split(r"[。；;，,：:\n《》“”]", clean(text)):
        clause = (
            simplified(_MARKS.sub("", _LATIN_GAP.sub("", line.strip()))) if "公开" in line or "公開" in line else ""
        )
        core = _core(clause) if len(clause) <= _LONGEST else None
        if core is not None:
            found.append(_title(clause[: core.end()], clause[: core.end()], core))
    return found


@remembered
def is_report_title(text: str) -> bool:
    """Whether a text names a yearly report and nothing beside it; a link's text may be cut."""
    plain = simplified(_handed_out(printed(text)))
    core = _core(plain)
    if core is None:
        return "公开" in plain and _words().cut.search(plain) is not None and not near_miss(text)
    return not _title(plain, plain, core).near_miss


@remembered
def near_miss(text: str) -> str:
    """The word that makes a text with a report's name, or of another matter, no report; ``""`` if there is none."""
    plain = simplified(_handed_out(printed(text)))
    core = _core(plain)
    if core is not None:
        return _title(plain, plain, core).near_miss
    words = _words()
    bare = words.names.sub("", plain)
    found = words.matters.search(plain) or words.before.search(bare)
    return found.group() if found else ""


def other_paper(text: str) -> str:
    """The word by which a short line is another paper's title (…的通知, …办法); ``""`` if there is none."""
    line = simplified(printed(text))
    if not 6 <= len(line) <= _LONGEST_PAPER or _SENTENCE.search(line):
        return ""
    found = _words().papers.search(line) or _words().matters.search(line)
    return found.group() if found else ""


def is_university(body: str) -> bool:
    """Whether a body's name is a university's."""
    return _words().university.search(body) is not None


def year_in(text: str) -> int | None:
    """The first year that a short text names, in Arabic or Chinese digits."""
    match = _YEAR.search(text)
    return year_of(match.group(1)) if match else None


def years_in(text: str) -> set[int]:
    """All years that a short text names."""
    return {year_of(match[1]) for match in _YEAR.finditer(text)}


def year_of(written: str) -> int:
    """The year that is written so (``YEAR``); two digits alone are of this century.

    >>> year_of("2022"), year_of("二〇二二"), year_of("22")
    (2022, 2022, 2022)
    """
    number = whole_number(written)
    return number if number >= _CENTURY else 2000 + number


def _core(plain: str) -> re.Match[str] | None:
    """The report's own name in a text; where two stand (…报告 of a list of …报告) the first."""
    return _words().core.search(plain) if "公开" in plain else None


def _title(line: str, plain: str, core: re.Match[str]) -> Title:
    """What a line says whose core is known. 人民政府信息公开 is 人民政府 + 政府信息公开."""
    words = _words()
    head, tail, subject = plain[: core.start()], plain[core.end() :], core["subject"]
    if head.endswith("人民") and subject.startswith("政府"):
        head += "政府"
    year = year_in(head + "\n" + core.group() + "\n" + tail)
    body = _LABELLED.sub("", _FIRST_BRACKET.sub("", _EMPTY.sub("", _YEAR.sub("", head)).strip()))
    body = _ABOUT.sub("", _WHOLLY_BRACKETED.sub(r"\1", body).strip(_TRIM)).strip(_TRIM)
    body = _without_scope(body)
    found = words.before.search(words.names.sub("", head)) or words.behind.search(_BESIDE.sub("", tail))
    near = found.group() if found else ""
    if not near and not subject.startswith("政府信息"):
        own = (("高等学校信息公开", words.university), ("公共企事业单位信息公开", words.services))
        near = next((rules for rules, bodies in own if bodies.search(body)), "")
    return Title(line, body, year, subject, near)


def _without_scope(body: str) -> str:
    words = _words()
    bracket = _LAST_BRACKET.search(body)
    if bracket is not None and words.scope_bracket.search(bracket[1]):
        body = body[: bracket.start()]
    return words.scope_words.sub("", body)
