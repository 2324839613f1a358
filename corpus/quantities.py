"""Numbers in sentences: what the narrative counts, and what it says of the statutory tables.

Both are patterns in ``quantities.toml``. A quantity is a figure of its own kind and never fills a table's cell; a
statement is held against the cells it speaks of (rules T1 …), and only a statement about the whole that no sensible
reading of the table explains is broken, for narratives have slips of their own (FIELD.md, "Identities").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.model import Figure, Finding, Quantity, Section, SectionKind
from corpus.numerals import chinese_number
from corpus.text import fold_with_offsets

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CHINESE = "[〇零一二两三四五六七八九十百千]+"
_ABOUT = "约|近|大约|将近|接近|超过|超|突破|逾|达到|达|为|有|共"
_NUMBER = (
    rf"\s*(?:(?P<about>{_ABOUT})\s*)?(?P<digits>{_DIGITS}|{_CHINESE})\s*(?P<myriad>[十百千]?[万亿])?\s*"
    r"(?P<over>多|余)?\s*(?P<late>[万亿])?\s*(?P<unit>场次|人次|UNITS)"
)
_WHOLE = re.compile(r"全年|共|总|累计|合计|全[省市县区州盟旗镇乡]|本年度?|年度|我[局委办厅省市县区]")
_NUMERAL = re.compile(rf"\d|{_CHINESE}")
_POWERS = {"": 0, "十万": 5, "百万": 6, "千万": 7, "万": 4, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11}
_VAGUE = frozenset(("约", "近", "大约", "将近", "接近"))
_ABOVE = frozenset(("超过", "超", "突破", "逾"))
# A number without a unit ends its clause: it is no 98 of 98.8 %, no 3 of 3个月.
_NO_UNIT = r"(?!\w|\s*[%‰]|[.,]\d)"
_CLAUSE = re.compile(r"[,;:(](?!\d{3})")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that narratives count; ``patterns`` are compiled over folded text.

    A match is none where ``unless`` is found between the number before it and its own.
    """

    id: str
    name_zh: str
    name_en: str
    patterns: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None

    def states(self, match: re.Match[str]) -> bool:
        """Whether a match states what the year had: no other year's number, no average, no plan, no bound."""
        before = match.string[: match.start("digits")]
        clause = max((each.end() for each in _CLAUSE.finditer(before)), default=0)
        number = max((each.end() for each in _DIGIT.finditer(before, clause)), default=clause)
        guards = _guards()
        return not (
            guards["clause"].search(before, clause)
            or guards["sentence"].search(before)
            or guards["behind"].match(match.string, match.end("unit"))
            or (self.unless is not None and self.unless.search(before, number))
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """Something a narrative says of the tables; any of ``readings`` (sums of figures) explains it."""

    rule: str
    name_zh: str
    sections: frozenset[SectionKind]
    patterns: tuple[re.Pattern[str], ...]
    readings: tuple[tuple[str, ...], ...]


@cache
def subjects() -> Mapping[str, Subject]:
    """The subjects by id."""
    return {
        entry["id"]: Subject(
            entry["id"],
            entry["name_zh"],
            entry["name_en"],
            _patterns(entry),
            re.compile(_spelled(entry["unless"])) if "unless" in entry else None,
        )
        for entry in _data()["subjects"]
    }


@cache
def statements() -> tuple[Statement, ...]:
    """The statements by rule."""
    return tuple(
        Statement(
            entry["rule"],
            entry["name_zh"],
            frozenset(entry["sections"]),
            _patterns(entry),
            tuple(map(tuple, entry["readings"])),
        )
        for entry in _data()["statements"]
    )


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with a number in it: where it stands, and its folded text with offsets back."""

    section: SectionKind
    text: str
    offset: int
    folded: str
    offsets: Sequence[int]


def sentences(sections: Sequence[Section]) -> tuple[Sentence, ...]:
    """The sentences of a narrative that hold a number."""
    return tuple(sentence for section in sections for sentence in _sentences(section))


def quantities(narrative: Sequence[Sentence]) -> tuple[Quantity, ...]:
    """What section 一 counts, in the order of the text; one quantity for a place in it."""
    found: dict[tuple[int, int], Quantity] = {}
    for sentence in narrative:
        if sentence.section != "overview":
            continue
        for subject in subjects().values():
            for quantity in _matches(subject.id, subject.patterns, sentence, subject.states):
                # The first subject in the data that claims a number has it.
                found.setdefault((quantity.offset, quantity.start), quantity)
    return tuple(found[place] for place in sorted(found))


def check_statements(narrative: Sequence[Sentence], figures: Mapping[str, Figure]) -> tuple[Finding, ...]:
    """The T findings: one for each rule of which the narrative says something and the tables have something."""
    return tuple(
        finding for statement in statements() if (finding := _check(statement, narrative, figures)) is not None
    )


def _check(statement: Statement, narrative: Sequence[Sentence], figures: Mapping[str, Figure]) -> Finding | None:
    readings = {ids: total for ids in statement.readings if (total := _total(ids, figures)) is not None}
    said = [
        quantity
        for sentence in narrative
        if sentence.section in statement.sections
        for quantity in _matches(statement.rule, statement.patterns, sentence)
    ]
    if not readings or not said:
        return None
    for quantity in said:
        for ids, total in readings.items():
            if quantity.low <= total <= quantity.high:
                return Finding(statement.rule, "holds", ids, quantity.low, total,
                               f"正文所述{statement.name_zh}与表格相符", quote=quantity.sentence)  # fmt: skip
    first_ids, first_total = next(iter(readings.items()))
    whole = next((quantity for quantity in said if _WHOLE.search(quantity.sentence)), None)
    told = whole or said[0]
    return Finding(
        statement.rule,
        "broken" if whole else "undecidable",
        first_ids,
        told.low,
        first_total,
        f"正文所述{statement.name_zh}（{told.low:f}）与表格（{first_total:f}）不符",
        "正文或表格之一有误" if whole else "正文可能只说了其中一部分",
        told.sentence,
    )


def _total(ids: Sequence[str], figures: Mapping[str, Figure]) -> Decimal | None:
    values = [figures[id_].value for id_ in ids if id_ in figures]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(ids) or (known and len(ids) > 2) else None


def _sentences(section: Section) -> Iterator[Sentence]:
    for match in _SENTENCE.finditer(section.text):
        lead = len(match[0]) - len(match[0].lstrip())
        text = match[0].strip()
        if _NUMERAL.search(text):
            folded, offsets = fold_with_offsets(text)
            yield Sentence(section.kind, text, match.start() + lead, folded, offsets)


def _matches(
    subject: str,
    patterns: Sequence[re.Pattern[str]],
    sentence: Sentence,
    accepts: Callable[[re.Match[str]], bool] = bool,
) -> Iterator[Quantity]:
    for pattern in patterns:
        for match in pattern.finditer(sentence.folded):
            bounds = _bounds(match) if accepts(match) else None
            if bounds is not None:
                start, end = (sentence.offsets[at] for at in (match.start("digits"), match.end("unit")))
                yield Quantity(
                    subject, *bounds, match["unit"], sentence.section, sentence.text, sentence.offset, start, end
                )


def _bounds(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """What a number says at least and at most: 700余 is 700 to 799, 约2万 is within a tenth of it."""
    digits = match["digits"].replace(",", "")
    value = Decimal(digits) if digits[0].isdigit() and digits.isascii() else chinese_number(digits)
    if value is None:
        return None
    power = _POWERS[match["myriad"] or ""] + _POWERS[match["late"] or ""]
    value = value.scaleb(power)
    if match["over"]:
        step = _last_digit(Decimal(digits) if digits.isascii() else value.scaleb(-power)).scaleb(power)
        return value, value + step - (Decimal(1) if step > 1 else Decimal(0))
    if match["about"] in _VAGUE:
        return value * Decimal("0.9"), value * Decimal("1.1")
    if match["about"] in _ABOVE:
        return value, value * Decimal("1.1")
    return value, value


def _last_digit(value: Decimal) -> Decimal:
    """The place of the last digit that is not 0: 100 for 700, 1 for 701."""
    normal = value.normalize()
    return Decimal(1).scaleb(int(normal.as_tuple().exponent))


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = tomllib.loads((files("corpus") / "quantities.toml").read_text(encoding="utf-8"))
    return data


@cache
def _guards() -> Mapping[str, re.Pattern[str]]:
    return {scope: re.compile(pattern) for scope, pattern in _data()["guards"].items()}


def _spelled(pattern: str) -> str:
    """A pattern with the words of the data for their names in braces."""
    for name, words in _data()["words"].items():
        pattern = pattern.replace(f"{{{name}}}", words)
    return pattern


def _patterns(entry: Mapping[str, Any]) -> tuple[re.Pattern[str], ...]:
    units = "|".join(re.escape(unit) or _NO_UNIT for unit in sorted(entry["units"], key=len, reverse=True))
    number = _NUMBER.replace("UNITS", units) + r"(?!\s*[%‰])"
    return tuple(re.compile(_spelled(pattern).replace("{n}", number)) for pattern in entry["patterns"])
