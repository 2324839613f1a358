"""What a query names outright, or asks: a metric, a row of a table, an article, a place, an agency; who has the most.

Rules and data, no model. ``whole`` tells that every character was understood; where it is False the subject is
offered and decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal as Choice

from corpus.datafile import Entry, read_table
from corpus.model import Kind, Level
from indexer import years
from indexer.addresses import REPORT_ID
from indexer.bodies import Body
from indexer.clauses import And, Clause, Condition, Everything, Filter
from indexer.names import MOST_PLACES, Names
from indexer.normal import normalise
from indexer.phrases import any_of, phrases
from indexer.request import MetricRange

SubjectKind = Choice["metric", "figure", "article", "region", "agency", "body", "report", "comparison"]
COMPARED = "applications_received"
"""The metric by which places are compared where none is named."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is named: ``kind`` and ``id``, in a ``region``, in ``years``, among bodies of a ``level`` and a kind.

    ``order`` is -1 where the most or the newest is asked for, 1 for the least, 0 where nothing is ranked. ``others``
    are further ids of the same name; of a comparison, whose ``id`` is a metric, the places. ``body`` is the kind of
    body that is named.
    """

    kind: SubjectKind
    id: str
    region: str = ""
    years: str = ""
    level: Level | None = None
    bearer: Kind | None = None
    order: int = 0
    whole: bool = True
    others: tuple[str, ...] = ()
    body: Body | None = None

    @property
    def sort(self) -> str:
        """The order that a question about a metric asks for; empty for none: known items stand newest first anyway."""
        return f"{'-' if self.order < 0 else ''}{self.id}" if self.order and self.kind in ("metric", "figure") else ""


def clause_of(subject: Subject) -> Clause:
    """The reports that a question is about: of its level, place and years, with a value of its metric."""
    wanted = {"region": subject.region, "year": subject.years, "level": subject.level, "kind": subject.bearer}
    if subject.kind in ("region", "agency"):
        wanted[subject.kind] = subject.id
    clauses: list[Clause] = [Filter(kind, (value,)) for kind, value in wanted.items() if value]
    if subject.kind == "comparison":
        clauses.append(Filter("region", subject.others))
    if subject.kind in ("metric", "figure", "comparison"):
        clauses.append(Condition(MetricRange(subject.id)))
    if not clauses:
        return Everything()
    return clauses[0] if len(clauses) == 1 else And(tuple(clauses))


_MOST = (
    r"最[多高大](?!限)|最为?多|排名|排行榜?|排序|前[十五三百]名?|前\d+名?|榜首|第一名?"
    r"|\b(?:most|highest|top|largest|ranking)\b"
)
_EACH = r"[各每](?:个|地)?(?=[省市县区乡])|所有的?(?=[省市县区乡])|\bby (?=county|city|district|province|township)"
"""Of each county of a city: all of them are asked for, in an order."""
_LEAST = r"最[少低小]|倒数|垫底|\b(?:fewest|lowest|least|smallest)\b"
_NEWEST = r"最新|最近的?|最近一年|\b(?:latest|newest)\b"
_FILLERS = (
    r"请问|哪[里儿]|何处|全[国省市县区]|本[省市县区]|各[地级]?|哪些?(?:个|几个)?|直属?|什么|多少|谁|有|是|的|了|在|被|呢|吗|件|次|各|全部|所有"
    r"|地方|情况|数量|数据|总数|历年|近年|统计|收到|一共|总共|共|发生|办理|\d+(?:个|名|家|位)"
    r"|\b(?:which|what|who|where|has|have|had|the|is|are|of|in|by|how|many|with|for|number|do|does|did|receive|received|get|got)\b|[？?！!。,，、\s]+"
)
_ARTICLE = re.compile(
    r"(?:中华人民共和国)?(?:政府)?(?:信息公开)?(?:条例)?(?:的)?第([一二三四五六七八九十]{1,3}|\d{1,2})条(?:规定)?"
    r"|\bart(?:icles?|\.)? ?(\d{1,2})\b"
)
_LEVELS: Mapping[str, Level] = {
    **dict.fromkeys(("县区", "区县", "县级", "县", "区", "county", "counties", "district", "districts"), "county"),
    **dict.fromkeys(("地级市", "市级", "市", "city", "cities", "prefecture", "prefectures"), "prefecture"),
    **dict.fromkeys(("省份", "省级", "省", "province", "provinces"), "province"),
    **dict.fromkeys(("乡镇", "街道", "乡级", "乡", "镇", "township", "townships"), "township"),
    **dict.fromkeys(("部委", "国家级", "ministry", "ministries"), "national"),
}
_BEARERS: Mapping[str, Kind] = {
    r"部门|委办局|\bdepartments?\b": "department",
    r"政府办公?[室厅]?|办公[室厅]|\boffices?\b": "office",
    r"(?:人民)?政府(?!信息)|\bgovernments?\b": "government",
    r"开发区|园区|\bzones?\b": "zone",
}
_REPORTS = r"(?:政府|政务)?(?:信息)?公开(?:工作)?(?:年度报告|年报)|年度报告|年报|报告|\breports?\b"


def subject_of(text: str, names: Names, agencies: Callable[[str], str | None], today: date) -> Subject | None:
    """What the query names. ``agencies`` gives an agency's id by its normalised name."""
    rest = normalise(text).strip()
    if found := re.fullmatch(REPORT_ID, rest):
        return Subject("report", found[0])
    if rest.isdigit() and len(rest) == 6 and names.registry.get(rest):
        return Subject("region", rest)
    for said in reversed(list(years.find(rest, today))):
        value, rest = said.value.rpartition(years.OR)[2], _without(rest, said.start, said.end)
        break
    else:
        value = ""
    named = _agency(rest, names, agencies) or _statute(rest)
    named = named or _agency_asked(rest, names, agencies)
    if named is not None:
        return replace(named, years=value)
    return _compared(rest, names, value) or _measured(rest, names, value)


def _statute(rest: str) -> Subject | None:
    """An article of the 条例."""
    found = _ARTICLE.search(rest)
    number = _article(found[1] or found[2]) if found else 0
    if found is None or not number:
        return None
    left = _left(_without(rest, *found.span()).replace("政府信息公开条例", "").replace("条例", ""))
    return Subject("article", str(number), whole=not left)


def _measured(rest: str, names: Names, value: str) -> Subject | None:
    """A metric, a place or a kind of body; and who has the most of it."""
    asked = rest
    rest, order = _order(rest)
    rest, metric = _metric(rest, names)
    if metric and not order and re.search(_EACH, rest):
        order = -1
    region, others, rest = _region(rest, names)
    newest = bool(re.search(_NEWEST, rest))
    rest = re.sub(_NEWEST, " ", rest)
    bearer, rest = _bearer(rest) if order else (None, rest)
    level, rest = _level(rest) if order else (None, rest)
    left = _left(rest)
    # 收费 in 殡葬收费 is no metric: beside what was not understood, its name must stand by itself.
    if metric is not None and (order or not left or names.spoken_alone(metric, asked)):
        return Subject("figure" if "." in metric else "metric", metric, region, value, level, bearer, order, not left)
    if region and not left and not order:
        return Subject("region", region, years=value, order=-1 if newest else 0, others=others)
    return _body(left, names, region, value)


def _body(left: str, names: Names, region: str, value: str) -> Subject | None:
    """A kind of body, in a region where one is named."""
    bodies = names.bodies(left)
    return Subject("body", bodies[0].name, region, value, body=bodies[0]) if bodies else None


def _compared(rest: str, names: Names, value: str) -> Subject | None:
    """Places that stand side by side, 平澜市 对比 松屿县, with nothing else but what they are compared by."""
    rest, order = _order(rest)
    rest, metric = _metric(rest, names)
    places: dict[str, None] = {}
    for mention in reversed(names.registry.find(rest)):
        present = [region.code for region in mention.regions if region.valid_to is None] or [mention.regions[0].code]
        if len(present) == 1:
            places[present[0]] = None
            rest = _without(rest, mention.start, mention.end)
    said = any_of((*phrases().both, *phrases().compared))
    left = re.sub(said, " ", rest)
    above = {code for place in places for code in names.registry.ancestors(place) if code != place}
    # 云泽省平澜市 is one place; 云泽省 对比 平澜市 are two.
    if len(places) < 2 or order or _left(left) or (left == rest and above & set(places)):
        return None
    return Subject("comparison", metric or COMPARED, years=value, others=tuple(reversed(places)))


def _agency(rest: str, names: Names, agencies: Callable[[str], str | None]) -> Subject | None:
    newest = bool(re.search(_NEWEST, rest))
    name = re.sub(rf"{_REPORTS}|{_NEWEST}|的|\s", "", rest)
    for full in names.agencies(name):
        if (id_ := agencies(full)) is not None:
            return Subject("agency", id_, order=-1 if newest else 0)
    return None


def _agency_asked(rest: str, names: Names, agencies: Callable[[str], str | None]) -> Subject | None:
    """松屿县民政局收到多少申请: one agency, and what is asked of it."""
    rest, metric = _metric(rest, names)
    return _agency(_left(rest), names, agencies) if metric is not None else None


def _order(rest: str) -> tuple[str, int]:
    for pattern, order in ((_MOST, -1), (_LEAST, 1)):
        if found := re.search(pattern, rest):
            return _without(rest, *found.span()), order
    return rest, 0


def _metric(rest: str, names: Names) -> tuple[str, str | None]:
    """The longest name of a metric in the text; one in Latin letters only as a word."""
    for name in names.metric_names:
        at = rest.find(name)
        if at >= 0 and not (name.isascii() and re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", rest) is None):
            metric = names.spoken_metric(name)
            return _without(rest, at, at + len(name)), metric.id if metric else None
    return rest, None


def _region(rest: str, names: Names) -> tuple[str, tuple[str, ...], str]:
    for word in re.findall(r"[a-z]{4,}", rest):
        if codes := names.places(word):
            return codes[0], codes[1:], rest.replace(word, " ", 1)
    for mention in names.registry.find(rest):
        if mention.full or len(mention.regions) <= MOST_PLACES:
            codes = tuple(region.code for region in mention.regions)
            return codes[0], codes[1:], _without(rest, mention.start, mention.end)
    return "", (), rest


def _level(rest: str) -> tuple[Level | None, str]:
    for word in sorted(_LEVELS, key=len, reverse=True):
        pattern = rf"\b{word}\b" if word.isascii() else word
        if re.search(pattern, rest):
            return _LEVELS[word], re.sub(pattern, " ", rest, count=1)
    return None, rest


def _bearer(rest: str) -> tuple[Kind | None, str]:
    """The kind of body that is asked about: 拒绝最多的部门."""
    for words, kind in _BEARERS.items():
        if found := re.search(words, rest):
            return kind, _without(rest, *found.span())
    return None, rest


def _left(rest: str) -> str:
    """What nobody has understood."""
    return re.sub(rf"{_REPORTS}|{_FILLERS}", "", rest)


def _without(text: str, start: int, end: int) -> str:
    return f"{text[:start]} {text[end:]}"


def _article(said: str) -> int:
    if said.isdigit():
        number = int(said)
    else:
        tens, _, ones = said.rpartition("十") if "十" in said else ("", "", said)
        digit = {character: place for place, character in enumerate("〇一二三四五六七八九")}
        number = (10 * digit.get(tens, 1) if "十" in said else 0) + digit.get(ones, 0)
    return number if str(number) in articles() else 0


class Article(Entry, frozen=True):
    """What an article of the statute is about, in both languages, and the metrics that count what it rules on."""

    zh: str
    en: str
    metrics: tuple[str, ...] = ()


class _Articles(Entry, frozen=True):
    """articles.toml."""

    articles: dict[str, Article]


@cache
def articles() -> Mapping[str, Article]:
    """The articles of the statute by their numbers."""
    return read_table("indexer", "articles.toml", _Articles).articles
