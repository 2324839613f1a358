"""A stored number as a sheet shows it: number formats (ECMA-376 part 1, 18.8.30 and 18.8.31).

Digits fill a section's placeholders from the right, what stands between them as it is: 40682000 under ``0!.0,`` is
shown as 4068.2, in 万 with one place. Colours, fill and padding print nothing that is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "yyyy-m-d", 15: "d-m-yy",
    16: "d-m", 17: "m-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-m-d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: "h:mm",
    33: "h:mm:ss", 36: 'yyyy"年"m"月"', 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 41: '#,##0;-#,##0;"-"', 42: '"¥"#,##0;"¥"-#,##0;"¥""-"', 43: '#,##0.00;-#,##0.00;"-"',
    44: '"¥"#,##0.00;"¥"-#,##0.00;"¥""-"', 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
"""The formats that are known by their number alone, as a Chinese Excel shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?P<padding>_.|\*.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<exponent>E[+-]0+)|(?P<half>AM/PM|上午/下午)|(?P<digit>[0#?])"
    r"|(?P<date>[yYdDhHsSeE]+|[mM]+)|(?P<mark>[.,%@])|(?P<other>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
# The colour of paper by its names and by its number in the palette (ECMA-376 part 1, 18.8.31).
_WHITE = ("white", "白色", "color2", "颜色2")
_CURRENCY = re.compile(r"\$([^-]*)")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's days have no zone
_LAST_DAY = 2_958_465
_EXACT = 10**15


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    """What one kind of numbers is shown as; ``condition``: which numbers, where it says so."""

    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None

    def kinds(self) -> set[str]:
        return {token.kind for token in self.tokens}


def shown(value: float, code: str, *, shows_white: bool = False) -> str:
    """A number under a format; one that no format can show (a date before all dates) as it is stored.

    ``shows_white``: white letters are seen where it stands.
    """
    if not code or code.lower() in ("general", "@", "g/通用格式"):
        return printed_number(value)
    number = Decimal(_exact(value))
    sections = _sections(code)
    index = _chosen(sections, number)
    section = sections[index]
    if "white" in section.kinds() and not shows_white:
        return ""
    return _formatted(value, number, section, is_first=index == 0)


def _formatted(value: float, number: Decimal, section: _Section, *, is_first: bool) -> str:
    is_negative = number < 0
    if "date" in section.kinds():
        return _date(value, section.tokens)
    if _Token("literal", "/") in section.tokens and "digit" in section.kinds():
        return printed_number(value)  # a fraction: its value is what counts
    signed = is_negative and (is_first or section.condition is not None)
    text = _number(abs(number), section.tokens)
    if "exponent" in section.kinds() and Decimal(text) == abs(number):
        return printed_number(value)  # likewise, where the power of ten leaves none of it out
    if signed and any(character.isdigit() for character in text):
        return f"-{text}"
    # A negative number may be shown in red or in brackets alone.
    bare = text.strip().removeprefix("(").removesuffix(")")
    return f"-{bare}" if is_negative and re.fullmatch(r"[\d,]+(?:\.\d+)?", bare) else text


def printed_number(value: float) -> str:
    """A stored number as a sheet prints it without a format: 13 for 13.0, and 0.3 for 0.1 + 0.2.

    A cell of the format General has room for ten digits and the point.
    """
    if float(value).is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return f"{value:.10g}"


def _exact(value: float) -> str:
    """A stored number with the fifteen digits that a sheet counts with."""
    return str(int(value)) if float(value).is_integer() and abs(value) < _EXACT else f"{value:.15g}"


@lru_cache(maxsize=1_000)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[list[_Token]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    for match in _TOKEN.finditer(code):
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "other" and text == ";":
            sections.append([])
            conditions.append(None)
        elif kind == "bracket" and (condition := _CONDITION.fullmatch(text)):
            conditions[-1] = condition[1], Decimal(condition[2])
        elif kind == "bracket" and text.lower() in _WHITE:
            sections[-1].append(_Token("white", ""))
        elif kind == "bracket":
            currency = _CURRENCY.match(text)
            sections[-1].append(_Token("literal", currency[1] if currency else ""))
        elif kind == "padding":
            sections[-1].append(_Token("literal", " " if text[0] == "_" else ""))
        else:
            literal = kind in ("quoted", "escaped", "other", "half")
            sections[-1].append(_Token("literal" if literal else kind, text))
    made = zip(sections, conditions, strict=True)
    return tuple(_Section(tuple(tokens), condition) for tokens, condition in made)


def _chosen(sections: Sequence[_Section], number: Decimal) -> int:
    """The section for a number: by its own condition, else positive and zero, negative, zero."""
    for index, section in enumerate(sections[:3]):
        if section.condition is not None and _holds(number, *section.condition):
            return index
    free = [index for index, section in enumerate(sections[:3]) if section.condition is None]
    if any(section.condition for section in sections[:3]):
        return free[-1] if free else 0
    if number < 0 and len(free) > 1:
        return 1
    return 2 if number == 0 and len(free) > 2 else 0


def _holds(number: Decimal, operator: str, bound: Decimal) -> bool:
    return {
        "<": number < bound, ">": number > bound, "=": number == bound,
        "<=": number <= bound, ">=": number >= bound, "<>": number != bound,
    }[operator]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a section's placeholders stand, by the index of their tokens: before and behind the point."""

    whole: tuple[int, ...]
    behind: tuple[int, ...]
    scaling: int
    grouped: bool

    @classmethod
    def of(cls, tokens: Sequence[_Token]) -> _Places:
        """The places of some tokens. Commas behind the last digit before the point, or behind all, divide by 1,000."""
        marks = [index for index, token in enumerate(tokens) if token.kind == "digit"]
        point = next((index for index, token in enumerate(tokens) if token == _Token("mark", ".")), len(tokens))
        whole = tuple(index for index in marks if index < point)
        behind = tuple(index for index in marks if index > point)
        commas = [index for index, token in enumerate(tokens) if token == _Token("mark", ",")]
        scaling = [index for index in commas if not any(index < mark for mark in (whole if index < point else behind))]
        return cls(whole, behind, len(scaling), len(scaling) < len(commas))


def _number(number: Decimal, tokens: Sequence[_Token]) -> str:
    """A number, not negative, in a section's placeholders."""
    if any(token.kind == "general" for token in tokens):
        plain = printed_number(float(number))
        return "".join({"general": plain, "literal": token.text}.get(token.kind, "") for token in tokens)
    places = _Places.of(tokens)
    if not (places.whole or places.behind):
        return "".join(token.text for token in tokens if token.kind == "literal")
    number = number.scaleb(2 * sum(token == _Token("mark", "%") for token in tokens) - 3 * places.scaling)
    number, power = _with_power(number, tokens, len(places.whole))
    rounded = number.quantize(Decimal(1).scaleb(-len(places.behind)), ROUND_HALF_UP)
    digits, _, fraction = f"{rounded:f}".partition(".")
    filled = _whole(digits.lstrip("0"), [tokens[index].text for index in places.whole], grouped=places.grouped)
    filled += _fraction(fraction, [tokens[index].text for index in places.behind])
    at = dict(zip((*places.whole, *places.behind), filled, strict=True))
    return "".join(at.get(index) or _beside(token, power) for index, token in enumerate(tokens)).removesuffix(".")


def _with_power(number: Decimal, tokens: Sequence[_Token], whole: int) -> tuple[Decimal, str]:
    """The number in the notation with a power of ten that a section asks for, and the power as printed."""
    exponent = next((token.text for token in tokens if token.kind == "exponent"), None)
    if exponent is None:
        return number, ""
    shift = number.adjusted() - max(whole - 1, 0) if number else 0
    return number.scaleb(-shift), f"E{'-' if shift < 0 else '+'}{abs(shift):0{len(exponent) - 2}}"


def _beside(token: _Token, power: str) -> str:
    """What a token that is no placeholder prints; a placeholder that no digit fills prints nothing."""
    if token.kind == "exponent":
        return power
    return token.text if token.kind == "literal" or token.text in (".", "%") else ""


def _whole(digits: str, marks: Sequence[str], *, grouped: bool) -> list[str]:
    """What each placeholder before the point prints: the first also what is left of it."""
    filled: list[str] = []
    for position, mark in enumerate(reversed(marks)):
        digit = digits[-1 - position] if position < len(digits) else {"0": "0", "?": " "}.get(mark, "")
        group = "," if grouped and position and position % 3 == 0 and digit.strip() else ""
        filled.append(digit + group)
    if len(digits) > len(marks) > 0:
        for position, digit in enumerate(reversed(digits[: -len(marks)]), len(marks)):
            filled[-1] = digit + ("," if grouped and position % 3 == 0 else "") + filled[-1]
    return filled[::-1]


def _fraction(digits: str, marks: Sequence[str]) -> list[str]:
    """What each placeholder behind the point prints: zeros at the end only for 0."""
    filled = list(digits[: len(marks)].ljust(len(marks), "0"))
    for index in reversed(range(len(marks))):
        if filled[index] != "0" or marks[index] == "0":
            break
        filled[index] = " " if marks[index] == "?" else ""
    return filled


def _date(value: float, tokens: Sequence[_Token]) -> str:
    if not 0 <= value <= _LAST_DAY:
        return printed_number(value)
    day = _EPOCH + timedelta(days=value)
    printed, last = [], ""
    for index, token in enumerate(tokens):
        if token.kind != "date":
            printed.append(token.text if token.kind in ("literal", "mark") else "")
            continue
        letter, length = token.text[0].lower(), len(token.text)
        following = next((other.text[0].lower() for other in tokens[index + 1 :] if other.kind == "date"), "")
        if letter == "m" and (last == "h" or following == "s"):
            letter = "minute"
        number = {
            "y": day.year, "e": day.year, "m": day.month, "d": day.day, "h": day.hour, "minute": day.minute,
            "s": day.second,
        }[letter]  # fmt: skip
        is_short_year = letter == "y" and length < 3
        printed.append(f"{number % 100:02}" if is_short_year else f"{number:0{2 if length > 1 else 1}}")
        last = letter
    return "".join(printed)
