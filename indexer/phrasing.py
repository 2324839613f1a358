"""What people say in words → what the query language says in signs: 讨薪 不含 尾矿库 is 讨薪 -尾矿库.

A reading of the text before it is parsed, shown as ``read_as`` and left out where all shall stand as typed
(``plain``). Nothing within quotation marks is read, and a run of characters is rewritten by itself, in brackets where a
sign stands before it: the laws of sets then hold for it as for whatever else is typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from corpus.model import FORMS
from corpus.numerals import whole_number
from corpus.traditional import simplified
from indexer.addresses import REPORT_ID
from indexer.latin import in_chinese
from indexer.lexemes import PLAIN
from indexer.names import Names
from indexer.phrased_text import excluded, joined, years
from indexer.phrases import any_of, behind, has_number, phrases, signs, spoken

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_QUOTED = re.compile(r'"[^"]*"(?:~\d{1,3})?')
_HELD = 0xE000
"""Private characters stand for quotations while the rest is read."""
_RUN = re.compile(r"[^\s()|]+")
_SAID_IN_SIGNS = re.compile(r"[:<>=≥≤*]")
"""A field, a comparison or a prefix: the run says itself how it is to be read."""
_REPORT = re.compile(rf"(?:/reports/|\b(?:id|编号)[:：=]?)({REPORT_ID})(?:\.json)?(?:[?#]\S*)?$", re.IGNORECASE)
_SIGN = re.compile(r"[-!]+")
_NOT = re.compile(r"(?:\bNOT|(?:^|[\s(])非)\s+$")
_NUMBER = r"(?P<{0}>\d[\d,]*(?:\.\d+)?[千万亿]?|[一二两三四五六七八九十百千万]+(?!分))"
_UNIT = r"(?:%|万元|[件条次个处宗起份家])?"
_PER_CENT = re.compile(r"百分之(\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)")
_ASKS = re.compile(r"最|哪|谁|排名|排行|多少|几")
MOST_ALIKE = 1
"""Agencies whose name ends so, that it stands for one of them."""


class Phrasing:
    """Reads texts with one set of names; ``agencies`` are the normalised names of those that have reports."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def read(self, text: str, agencies: Iterable[str] = ()) -> str:
        """The text in the signs of the query language; as it came where it says nothing in words."""
        typed = simplified(text.translate(PLAIN).translate(_WIDE))
        if not spoken().search(typed):
            return text
        held: list[str] = []

        def hold(match: re.Match[str]) -> str:
            held.append(match[0])
            return chr(_HELD + len(held) - 1)

        masked = _QUOTED.sub(hold, re.sub(r'"(十[一二三四五]五)"(?=时期|期间)', r"\1", typed))
        masked = re.sub(rf"\b(?:id|编号)[:：= ]+(?={REPORT_ID})", "", masked, flags=re.IGNORECASE)
        said = excluded(years(in_chinese(masked, self._names)))
        said = self._beside_numbers(joined(self._apart(said)))
        said = _RUN.sub(lambda run: self._run(run, agencies), said)
        for place, quotation in enumerate(held):
            said = said.replace(chr(_HELD + place), quotation)
        said = said.strip()
        return text if said == typed.strip() else said

    def _beside_numbers(self, text: str) -> str:
        """公开率 50%以上: a metric and the number beside it are one run."""
        number = rf"(?:(?:{any_of(signs())}) ?\d\S*|\d[\d,.]*{_UNIT}(?:{any_of(behind())})\S*)"

        def one_run(match: re.Match[str]) -> str:
            metric = self._names.spoken_metric(match[1])
            return match[1] + match[2].replace(" ", "") if metric else match[0]

        return re.sub(rf"(?<![^\s(-])([^\s()|-]+)\s+({number})", one_run, text)

    def _apart(self, text: str) -> str:
        """平澜市 vs 松屿县, 对比 平澜市 松屿县: places that are compared are one run."""
        words, data = text.split(), phrases()
        places = [word for word in words if self._names.is_place(word)]
        others = [word for word in words if word not in places]
        between = [word for word in others if word.lower() in (*data.both, *data.compared)]
        if len(places) < 2 or not between:
            return text
        return " ".join((f"{data.both[0].join(places)}{data.compared[-1]}", *(w for w in others if w not in between)))

    def _run(self, match: re.Match[str], agencies: Iterable[str]) -> str:
        run = match[0]
        if _SAID_IN_SIGNS.search(run) and not _REPORT.search(run):
            return run
        sign = found[0] if (found := _SIGN.match(run)) else ""
        said = bare = run[len(sign) :]
        for rule in self._rules:
            said = rule(said)
        if said == bare:
            said = self._agency(bare, agencies)
        negated = bool(sign) or _NOT.search(match.string[: match.start()])
        return f"{sign}({said})" if negated and " " in said and not said.startswith("(") else sign + said

    @cached_property
    def _rules(self) -> tuple[Callable[[str], str], ...]:
        return (
            _report,
            _form,
            self._region_code,
            _asked,
            self._compared_places,
            _of_a_level,
            self._condition,
            self._body_of_a_level,
            _bearer,
        )

    def _region_code(self, run: str) -> str:
        return f"地区:{run}" if re.fullmatch(r"\d{6}", run) and self._names.registry.get(run) else run

    def _compared_places(self, run: str) -> str:
        """临汐区和松屿县对比: the reports of either."""
        data = phrases()
        both = any_of(data.both)
        if not re.search(both, run) or not (first := re.split(both, run)[0]) or not self._names.is_place(first):
            return run
        places = re.split(both, re.sub(rf"(?:{any_of(data.compared)})$", "", run))
        rest = ""
        while places and not self._names.is_place(places[-1] or "-"):
            stem = next(
                (places[-1][:n] for n in range(len(places[-1]) - 1, 1, -1) if self._is_place(places[-1][:n])), ""
            )
            rest = places.pop()[len(stem) :] + rest
            if stem:
                places.append(stem)
        if len(places) < 2 or not all(map(self._is_place, places)):
            return run
        return " ".join(filter(None, (f"({' OR '.join(places)})", rest)))

    def _is_place(self, text: str) -> bool:
        return self._names.is_place(text)

    def _condition(self, run: str) -> str:
        """新收申请超过100件 is 新收申请>100; 没有行政复议 is 行政复议:0..0."""
        if not has_number().search(run):
            return self._none(run)
        run = _PER_CENT.sub(lambda said: f"{_digits(said[1])}%", run)
        for pattern in self._comparisons:
            if (match := pattern.search(run)) is not None and (said := _compared(match)):
                before, after = run[: match.start()], run[match.end() :].removeprefix("的")
                return " ".join(filter(None, (before, said, _level_of(after) or after)))
        return run

    def _none(self, run: str) -> str:
        match = re.fullmatch(
            r"(?:没有|没|无|零|未)(?:收到|发生|有|被)?(?:过|任何)?(?P<metric>\D+?)(?:的(?P<who>\w+))?", run
        )
        if match is None or self._names.spoken_metric(match["metric"]) is None:
            return run
        return f"{match['metric']}:0..0 {_level_of(match['who'] or '')}".strip()

    @cached_property
    def _comparisons(self) -> tuple[re.Pattern[str], ...]:
        metric = rf"(?P<metric>{any_of(name for name in self._names.metric_names if not name.isascii())})"
        low, high = _NUMBER.format("low"), _NUMBER.format("high")
        return (
            re.compile(rf"{metric}(?:的)?在?{low}{_UNIT}(?:到|至|-|~){high}{_UNIT}之?间"),
            re.compile(rf"{metric}(?:的)?(?P<sign>{any_of(signs())}){low}{_UNIT}"),
            re.compile(rf"{metric}(?:的)?(?:有|在)?{low}{_UNIT}(?P<behind>{any_of(behind())})"),
        )

    def _body_of_a_level(self, run: str) -> str:
        """市民政局: that body of every city."""
        match = re.fullmatch(r"(?P<level>[省市县区])(?P<body>\w{2,}?)(?P<rest>(?:20\d\d年?)?(?:年报|年度报告)?)", run)
        if match is None or self._names.bodies(run) or not self._names.bodies(match["body"]):
            return run
        return f"(层级:{phrases().levels[match['level']]} {match['body']}{' ' * bool(match['rest'])}{match['rest']})"

    def _agency(self, run: str, agencies: Iterable[str]) -> str:
        """The one agency whose name ends so: 柳坪镇政府, 省民政厅."""
        match = re.fullmatch(r"(?P<name>\w+?)(?P<rest>(?:20\d\d年?)?(?:年报|年度报告)?)", run)
        if match is None or not re.match(
            r"[省市县区]\w{2}|\w{2,6}(?:乡|镇|街道)(?:$|人民政府|政府|街?办事处|办$)", match["name"]
        ):
            return run
        ends = tuple(_ends(match["name"]))
        found = [name for name in agencies if name.endswith(ends)]
        if len(found) != MOST_ALIKE or found[0] == match["name"]:
            return run
        return " ".join(filter(None, (found[0], match["rest"])))


def _report(run: str) -> str:
    """An address of a report on this site, or its id behind a word: /reports/<id>, 编号<id>."""
    return match[1] if (match := _REPORT.search(run)) else run


def _form(run: str) -> str:
    """2014版, 2019年表: a statutory form, which is called by its year."""
    return (
        f"版式:{found[1]}" if (found := re.fullmatch(rf"({any_of(FORMS)})年?(?:版(?:式|表格?)?|表格?)", run)) else run
    )


def _asked(run: str) -> str:
    """请问…, 关于…的报告: without what only asks."""
    data = phrases()
    said = re.sub(rf"^(?:{any_of(data.ask_first)})[,，]?(?=.)", "", run)
    said = re.sub("^(?:县级|地级)市(?=..)", "", said)  # 县级市鹭桥: the place's own name says it
    less = re.sub(rf"(?<=.)(?:{any_of(data.ask_last)})[?？]*$", "", said)
    said = said if _ASKS.search(less) else less
    if not said.endswith(tuple(data.documents)):
        said = re.sub(rf"^(?:{any_of(data.about)})(?!(?:{any_of(data.about_no)})$)(?=.)", "", said)
    return said


def _of_a_level(run: str) -> str:
    """省政府, 市政府办2021年报: every government, or office, of that level."""
    levels = phrases().levels
    match = re.fullmatch(
        rf"(?:各个?|每个|所有|全部)?(?P<level>{any_of(levels)})(?:人民)?政府(?P<office>办公[厅室]|办)?(?P<rest>(?:20\d\d年?)?(?:年报|年度报告)?)",
        run,
    )
    if match is None:
        return run
    kind = "办公室" if match["office"] else "政府"
    township = levels[match["level"]] == "乡级"
    said = f"层级:{levels[match['level']]}" + ("" if township else f" 类别:{kind}")
    return f"({said} {match['rest']})" if match["rest"] else f"({said})"


def _bearer(run: str) -> str:
    """讨薪的县: the reports of counties."""
    match = re.fullmatch(r"(?P<what>[^:<>=]+)的(?P<who>\w{1,4})", run)
    level = _level_of(match["who"]) if match and not _ASKS.search(run) else ""
    return f"{match['what']} {level}" if match and level else run


def _level_of(who: str) -> str:
    return next((level for level, names in phrases().bearers.items() if who in names), "")


def _compared(match: re.Match[str]) -> str:
    """A comparison in signs; empty where a number cannot be read."""
    said = match.groupdict()
    low, high = _digits(said["low"]), _digits(said.get("high") or "")
    if high:
        return f"{said['metric']}:{low}..{high}"
    sign = signs().get(said.get("sign") or "") or behind().get(said.get("behind") or "")
    return f"{said['metric']}{sign}{low}" if low and sign else ""


def _digits(said: str) -> str:
    if not said or said[0].isdigit():
        return said.replace(",", "")
    try:
        return str(whole_number(said))
    except ValueError:
        return ""


def _ends(name: str) -> Iterator[str]:
    """What the full name of an agency may end in that is called so for short."""
    full = re.sub(r"(?<!人民)政府", "人民政府", name)
    yield full
    if name.endswith(("乡", "镇")):
        yield f"{name}人民政府"
    if name.endswith("街道"):
        yield f"{name}办事处"
    if name.endswith("街道办"):
        yield f"{name}事处"
