"""Cells whose numbers a condition makes invisible: noughts in white (ECMA-376 part 1, 18.3.1.10 and 18.8.14).

Bars and icons may stand in the place of numbers (18.3.1.28 and 18.3.1.49).

Only conditions on the cell's own number are decided here; whatever depends on other cells leaves them as they are.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping

from lxml import etree

from corpus.readers.cell_style import OFF, S, is_on, named_color
from corpus.readers.marks import PICTURE

_OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    "equal": operator.eq, "notEqual": operator.ne, "lessThan": operator.lt, "lessThanOrEqual": operator.le,
    "greaterThan": operator.gt, "greaterThanOrEqual": operator.ge,
}  # fmt: skip
_SIGNS = {
    "=": "equal",
    "<>": "notEqual",
    "<": "lessThan",
    "<=": "lessThanOrEqual",
    ">": "greaterThan",
    ">=": "greaterThanOrEqual",
}
_COMPARISON = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})\s*(=|<>|<=|>=|<|>)\s*\"?(-?\d+(?:\.\d+)?)\"?")

Condition = Callable[[float], bool]


def unseen_styles(root: etree._Element | None) -> Collection[int]:
    """The differential styles, by number, under which nothing is seen: white or struck letters, an empty format."""
    if root is None:
        return frozenset()
    return frozenset(number for number, style in enumerate(root.iterfind(f"{S}dxfs/{S}dxf")) if _is_unseen(style))


def hiding(element: etree._Element, unseen: Collection[int]) -> Iterator[tuple[Condition, str]]:
    """The conditions of a ``conditionalFormatting`` under which its cells show no number, and what they show."""
    if any(drawn.get("showValue", "1") in OFF for drawn in element.iter(f"{S}dataBar", f"{S}iconSet")):
        yield math.isfinite, PICTURE
    yield from ((condition, "") for condition in _whitening(element, unseen))


def _whitening(element: etree._Element, unseen: Collection[int]) -> Iterator[Condition]:
    first = re.split(r"[ :]", element.get("sqref", ""))[0].replace("$", "")
    for rule in element.iter(f"{S}cfRule"):
        stated = rule.get("dxfId", "")
        formula = rule.findtext(f"{S}formula") or ""
        if not (stated.isascii() and stated.isdigit() and int(stated) in unseen):
            continue
        if rule.get("type") == "cellIs" and re.fullmatch(r"-?\d+(?:\.\d+)?", formula):
            yield from _compared(rule.get("operator", ""), float(formula))
        elif (
            (match := _COMPARISON.fullmatch(formula))
            and rule.get("type") == "expression"
            and match[1] + match[2] == first
        ):
            yield from _compared(_SIGNS[match[3]], float(match[4]))


def _compared(name: str, bound: float) -> Iterator[Condition]:
    compare = _OPERATORS.get(name)
    if compare is not None:
        yield lambda number: compare(number, bound)


def _is_unseen(style: etree._Element) -> bool:
    font, format_ = style.find(f"{S}font"), style.find(f"{S}numFmt")
    if format_ is not None and set(format_.get("formatCode", "")) == {";"}:
        return True
    if font is None or style.find(f"{S}fill") is not None:
        return False
    return is_on(font.find(f"{S}strike")) or named_color(font.find(f"{S}color"), "black") == "white"
