"""Judged queries: what people write, with judgements that follow from the sample's manifest.

Templates over what the generator planted, written before the engine was asked and not changed after. Each has the
reports that answer it, best first where one is meant, or the card that must stand above the hits. Every second one,
by seed, is held out.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal, get_args

from corpus.sample.generate import SampleReport
from indexer.pinyin import syllable
from indexer.request import SearchRequest
from indexer.result import SearchResult
from tests.evaluation.questions import misspelt
from tests.evaluation.relevance import mark

JudgedKind = Literal["known_item", "newest", "year_topic", "negation", "touching", "card", "question", "latin", "typo"]
KINDS: tuple[JudgedKind, ...] = get_args(JudgedKind)
EACH = 28
"""Queries of a kind, at most."""
SHORT = {
    "人民政府": ("政府",),
    "人民政府办公室": ("政府办",),
    "人力资源和社会保障局": ("人社局",),
    "文化和旅游局": ("文旅局",),
    "卫生健康委员会": ("卫健委", "卫计委"),
    "交通运输局": ("交通局",),
    "城市管理局": ("城管局",),
    "农业农村局": ("农业局",),
    "经济技术开发区管理委员会": ("经开区管委会",),
    "街道办事处": ("街道办",),
}
METRICS = {
    "拒绝率": "refusal_rate", "公开率": "disclosure_rate", "申请量": "applications_received", "不予公开": "refused",
    "复议": "reviews", "官司": "lawsuits", "复议纠正率": "review_correction_rate", "诉讼数量": "lawsuits",
    "败诉率": "lawsuit_correction_rate", "无法提供": "unavailable",
    "国家秘密": "applications.refused.state_secret.total",
    "三安全一稳定": "applications.refused.safety_stability.total",
    "重复申请": "applications.not_processed.duplicate.total",
    "过程性信息": "applications.refused.process_information.total",
    "lawsuits": "lawsuits", "refusal rate": "refusal_rate",
    "第三方权益": "applications.refused.third_party.total", "行政处罚": "penalty_decisions",
    "信息不存在": "applications.unavailable.not_held.total", "结转": "carried_out",
}  # fmt: skip
QUESTIONS = (
    "哪些县{}最多？", "{}最多的市", "{}最少的地方", "{}排名 {year}", "{year}年{}最高的县", "哪个市{}最低",
)  # fmt: skip
ASKED = {
    "拒绝": "refused",
    "申请": "applications_received",
    "诉讼": "lawsuits",
    "复议": "reviews",
    "公开率": "disclosure_rate",
}
ARTICLES = {"第十四条": "14", "条例第16条": "16", "政府信息公开条例第三十六条": "36", "article 15": "15"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the reports that answer it, and the subject of its card as (kind, id), either may be empty."""

    kind: JudgedKind
    text: str
    answers: frozenset[str]
    card: tuple[str, str] | None
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class JudgedMarks:
    """Means over the queries of a kind; ``dead_ends`` are those that find nothing and offer nothing."""

    queries: int
    success: float
    ndcg: float
    dead_ends: tuple[str, ...]
    failed: tuple[str, ...]


def judged(reports: Sequence[SampleReport], seed: int = 3) -> list[Judged]:
    """The set: the same for the same sample."""
    draw = random.Random(seed)  # noqa: S311 - a seeded draw, no secret
    made: list[Judged] = []
    for kind in KINDS:
        each = {query.text: query for query in _of_kind(kind, reports, draw)}
        kept = draw.sample(sorted(each), min(EACH, len(each)))
        made += (Judged(kind, text, each[text].answers, each[text].card, bool(n % 2)) for n, text in enumerate(kept))
    return made


def evaluate(search: Callable[[SearchRequest], SearchResult], queries: Sequence[Judged]) -> Mapping[str, JudgedMarks]:
    """The marks by kind. A card counts as the first answer where a card is asked for."""
    found: defaultdict[str, list[tuple[Judged, float, float, bool]]] = defaultdict(list)
    for query in queries:
        result = search(SearchRequest(query.text, size=10, apart=True, bare=True))
        success, ndcg = _marks(query, result, search)
        found[query.kind].append((query, success, ndcg, _is_dead_end(result)))
    return {kind: _means(entries) for kind, entries in found.items()}


FLOORS = {"success": 0.98, "ndcg": 0.95}
"""success@1 of known items, nDCG@10 of every kind; a query that finds nothing must offer a way on."""


def below(found: Mapping[str, JudgedMarks]) -> list[str]:
    """What stays below the floors."""
    low = [f"{kind} nDCG {marks.ndcg:.3f}" for kind, marks in found.items() if marks.ndcg < FLOORS["ndcg"]]
    low += [
        f"{kind} success {found[kind].success:.3f}"
        for kind in ("known_item", "newest")
        if found[kind].success < FLOORS["success"]
    ]
    return low + [f"dead end: {text}" for marks in found.values() for text in marks.dead_ends]


def _marks(query: Judged, result: SearchResult, search: Callable[[SearchRequest], SearchResult]) -> tuple[float, float]:
    if query.card is not None:
        named = result.subject is not None and (result.subject.kind, result.subject.id) == query.card
        return float(named), float(named)
    if not result.total and (offered := result.understood.get("did_you_mean")):
        assert isinstance(offered, list)
        result = search(SearchRequest(offered[0]["text"], size=10, apart=True, bare=True))
    marks = mark([hit.id for hit in result.hits], query.answers)
    return marks.success, marks.ndcg


def _is_dead_end(result: SearchResult) -> bool:
    offers = (result.understood.get(name) for name in ("did_you_mean", "suggestions"))
    return not (result.total or result.subject or result.relaxed_hits or any(offers))


def _means(entries: Sequence[tuple[Judged, float, float, bool]]) -> JudgedMarks:
    return JudgedMarks(
        len(entries),
        fmean(success for _, success, _, _ in entries),
        fmean(ndcg for _, _, ndcg, _ in entries),
        tuple(query.text for query, _, _, dead in entries if dead),
        tuple(query.text for query, _, ndcg, _ in entries if ndcg < 1),
    )


def _of_kind(kind: JudgedKind, reports: Sequence[SampleReport], draw: random.Random) -> Iterator[Judged]:
    makers: Mapping[JudgedKind, Callable[[Sequence[SampleReport], random.Random], Iterator[Judged]]] = {
        "known_item": _known_items,
        "newest": _newest,
        "year_topic": _year_topics,
        "negation": _negations,
        "touching": _touching,
        "card": _cards,
        "question": _questions,
        "latin": _latin,
        "typo": _typos,
    }
    yield from makers[kind](reports, draw)


def _known_items(reports: Sequence[SampleReport], draw: random.Random) -> Iterator[Judged]:
    """An agency or a place, and a year, and mostly 年报, in any order and under short names."""
    for report in draw.sample(list(reports), 80):
        name, year = draw.choice(_names(report)), report.year
        form = draw.choice(
            ("{name}{year}年报", "{year}年{name}年报", "{name} {year}", "{name}{year}年政府信息公开工作年度报告",
             "{year}年报 {name}", "{name}{cjk}年年度报告", "{name} {year}年", "{year} {name} 年度报告")
        )  # fmt: skip
        cjk = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
        yield Judged("known_item", form.format(name=name, year=year, cjk=cjk), frozenset((report.id,)), None)


def _newest(reports: Sequence[SampleReport], draw: random.Random) -> Iterator[Judged]:
    """An agency by itself: its newest report first."""
    for report in draw.sample(list(reports), 60):
        newest = max((each for each in reports if each.agency == report.agency), key=lambda each: each.year)
        form = draw.choice(("{}", "{}年报", "{} 最新"))
        yield Judged("newest", form.format(draw.choice(_names(report))), frozenset((newest.id,)), None)


def _year_topics(reports: Sequence[SampleReport], draw: random.Random) -> Iterator[Judged]:
    forms: Mapping[str, Callable[[int, int], bool]] = {
        "{year}年 {topic}": lambda year, asked: year == asked,
        "{topic} {year}": lambda year, asked: year == asked,
        "{year}年以后 {topic}": lambda year, asked: year >= asked,
        "{topic} 年份>={year}": lambda year, asked: year >= asked,
        "{topic} {year}..": lambda year, asked: year >= asked,
        "{year}年到{next}年 {topic}": lambda year, asked: asked <= year <= asked + 1,
    }
    for _ in range(60):
        report = draw.choice(reports)
        if report.topics:
            topic, (form, holds) = draw.choice(report.topics).phrase, draw.choice(list(forms.items()))
            answers = {each.id for each in _mentioning(reports, topic) if holds(each.year, report.year)}
            text = form.format(year=report.year, next=report.year + 1, topic=topic)
            yield Judged("year_topic", text, frozenset(answers), None)


def _negations(reports: Sequence[SampleReport], draw: random.Random) -> Iterator[Judged]:
    forms = ("{} -{}", "{} NOT {}", "{} –{}", "{} ！{}", "{} 非 {}", "{} -正文:{}", "{} 正文:-{}")
    for _ in range(60):
        report = draw.choice(reports)
        phrases = sorted({mention.phrase for mention in report.topics})
        others = sorted({mention.phrase for each in reports for mention in each.topics} - {*phrases})
        if phrases:
            wanted, unwanted = draw.choice(phrases), draw.choice(others)
            without = {each.id for each in _mentioning(reports, unwanted)}
            answers = {each.id for each in _mentioning(reports, wanted)} - without
            yield Judged("negation", draw.choice(forms).format(wanted, unwanted), frozenset(answers), None)


def _touching(reports: Sequence[SampleReport], draw: random.Random) -> Iterator[Judged]:
    """Two topics, or a place and a topic, without a space."""
    for _ in range(80):
        report = draw.choice(reports)
        phrases = sorted({mention.phrase for mention in report.topics})
        if len(phrases) > 1 and draw.random() < 0.5:
            first, second = draw.sample(phrases, 2)
            both = {each.id for each in _mentioning(reports, first)} & {
                each.id for each in _mentioning(reports, second)
            }
            yield Judged("touching", first + second, frozenset(both), None)
        elif phrases:
            phrase, place = draw.choice(phrases), report.path[-1]
            answers = {each.id for each in _mentioning(reports, phrase) if place in each.path}
            yield Judged("touching", place + phrase, frozenset(answers), None)


def _cards(_reports: Sequence[SampleReport], _draw: random.Random) -> Iterator[Judged]:
    for name, id_ in METRICS.items():
        yield Judged("card", name, frozenset(), ("figure" if "." in id_ else "metric", id_))
    for name, number in ARTICLES.items():
        yield Judged("card", name, frozenset(), ("article", number))


def _questions(_reports: Sequence[SampleReport], draw: random.Random) -> Iterator[Judged]:
    for form in QUESTIONS:
        for name, id_ in ASKED.items():
            yield Judged("question", form.format(name, year=draw.randint(2019, 2025)), frozenset(), ("metric", id_))


def _latin(reports: Sequence[SampleReport], draw: random.Random) -> Iterator[Judged]:
    """A place in pinyin, alone or with a year: its reports."""
    for report in draw.sample(list(reports), 40):
        place = report.path[-1]
        if len(place) != 3:
            continue
        sound = "".join(syllable(character) for character in place[:-1]).capitalize()
        alike = {each.path for each in reports if _sounds(each.path[-1]) == sound.lower()}
        dated = draw.random() < 0.5
        answers = {
            each.id
            for each in reports
            if any(path[-1] in each.path for path in alike) and (not dated or each.year == report.year)
        }
        yield Judged("latin", f"{sound} {report.year}" if dated else sound, frozenset(answers), None)


def _typos(reports: Sequence[SampleReport], draw: random.Random) -> Iterator[Judged]:
    for phrase in sorted({mention.phrase for report in reports for mention in report.topics}):
        if len(phrase) > 3 and (wrong := misspelt(phrase, draw)) is not None:
            yield Judged("typo", wrong, frozenset(each.id for each in _mentioning(reports, phrase)), None)


def _mentioning(reports: Sequence[SampleReport], phrase: str) -> list[SampleReport]:
    return [each for each in reports if any(mention.phrase == phrase for mention in each.topics)]


def _names(report: SampleReport) -> tuple[str, ...]:
    """The agency's name and its short ones; of a government also its place alone."""
    name = report.agency.name
    short = [
        name.removesuffix(full) + other for full, others in SHORT.items() if name.endswith(full) for other in others
    ]
    government = report.agency.kind == "government" and name == report.path[-1] + "人民政府"
    return (name, name, *short, *([report.path[-1]] if government else []))


def _sounds(place: str) -> str:
    return "".join(syllable(character) for character in place[:-1])
