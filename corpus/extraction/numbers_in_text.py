"""Numbers in sentences: how a count is written, with its unit, its 余, 约 or 近, and what it says at least and at most.

Patterns over folded sentences hold {n} for such a number; what they are about is data (``quantities.toml``,
``statements.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from corpus.model import Section, SectionKind
from corpus.numerals import chinese_number
from corpus.text import fold_with_offsets

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CHINESE = "[〇零一二两三四五六七八九十百千]+"
_ABOUT = "约|近|大约|将近|接近|超过|超|突破|逾|达到|达|为|有|共"
_NUMBER = (
    rf"\s*(?:(?P<about>{_ABOUT})\s*)?(?P<digits>{_DIGITS}|{_CHINESE})\s*(?P<myriad>[十百千]?[万亿])?\s*"
    r"(?P<over>多|余)?\s*(?P<late>[万亿])?\s*(?P<unit>场次|人次|UNITS)(?!\s*[%‰])"
)
# A number without a unit ends its clause: it is no 98 of 98.8 %, no 3 of 3个月.
_NO_UNIT = r"(?!\w|\s*[%‰]|[.,]\d)"
_NUMERAL = re.compile(rf"\d|{_CHINESE}")
_POWERS = {"": 0, "十万": 5, "百万": 6, "千万": 7, "万": 4, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11}
_VAGUE = frozenset(("约", "近", "大约", "将近", "接近"))
_ABOVE = frozenset(("超过", "超", "突破", "逾"))
_TENTH = Decimal("0.1")
_REACH = 160
# What has no full stop for so long is no sentence, whatever it is.
_LONGEST = 2000
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with a number in it: where it stands, and its folded text with offsets back."""

    section: SectionKind
    text: str
    offset: int
    folded: str
    offsets: Sequence[int]


@dataclass(frozen=True, slots=True)
class Count:
    """A number that a pattern found in a sentence: at least ``low``, at most ``high``."""

    sentence: Sentence
    match: re.Match[str]
    low: Decimal
    high: Decimal

    @property
    def before(self) -> str:
        """The sentence, folded, up to the number: as much of it as can bear on the number."""
        start = self.match.start("digits")
        return self.match.string[max(0, start - _REACH) : start]

    @property
    def rounded(self) -> tuple[Decimal, Decimal]:
        """The bounds, wider by what a number in 万 or 亿 leaves out: half of its last place, a tenth at most."""
        power = _power(self.match)
        if not power or not self.match["digits"].isascii():
            return self.low, self.high
        places = len(self.match["digits"].partition(".")[2])
        lost = min(Decimal("0.5").scaleb(power - places), self.low * _TENTH)
        return self.low - lost, self.high + lost


def sentences(sections: Sequence[Section]) -> tuple[Sentence, ...]:
    """The sentences of a narrative that hold a number; the first ten thousand, of which no report has a tenth."""
    return tuple(islice((sentence for section in sections for sentence in _sentences(section)), _MOST))


def compiled(pattern: str, units: Sequence[str]) -> re.Pattern[str]:
    """A pattern with {n} for a number in one of these units; the empty unit is no unit at the end of a clause."""
    either = "|".join(re.escape(unit) or _NO_UNIT for unit in sorted(units, key=len, reverse=True))
    return re.compile(pattern.replace("{n}", _NUMBER.replace("UNITS", either)))


def counts(patterns: Sequence[re.Pattern[str]], sentence: Sentence) -> Iterator[Count]:
    """What the patterns find in a sentence."""
    for pattern in patterns:
        for match in pattern.finditer(sentence.folded):
            bounds = _bounds(match)
            if bounds is not None:
                yield Count(sentence, match, *bounds)


def _sentences(section: Section) -> Iterator[Sentence]:
    for match in _SENTENCE.finditer(section.text):
        lead = len(match[0]) - len(match[0].lstrip())
        text = match[0].strip()
        if len(text) <= _LONGEST and _NUMERAL.search(text):
            folded, offsets = fold_with_offsets(text)
            yield Sentence(section.kind, text, match.start() + lead, folded, offsets)


def _power(match: re.Match[str]) -> int:
    return _POWERS[match["myriad"] or ""] + _POWERS[match["late"] or ""]


def _bounds(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """What a number says at least and at most: 700余 is 700 to 799, 约2万 is within a tenth of it."""
    digits = match["digits"].replace(",", "")
    value = Decimal(digits) if digits[0].isdigit() and digits.isascii() else chinese_number(digits)
    if value is None:
        return None
    power = _power(match)
    value = value.scaleb(power)
    if match["over"]:
        step = _last_digit(Decimal(digits) if digits.isascii() else value.scaleb(-power)).scaleb(power)
        return value, value + step - (Decimal(1) if step > 1 else Decimal(0))
    if match["about"] in _VAGUE:
        return value * (1 - _TENTH), value * (1 + _TENTH)
    if match["about"] in _ABOVE:
        return value, value * (1 + _TENTH)
    return value, value


def _last_digit(value: Decimal) -> Decimal:
    """The place of the last digit that is not 0: 100 for 700, 1 for 701."""
    normal = value.normalize()
    return Decimal(1).scaleb(int(normal.as_tuple().exponent))
