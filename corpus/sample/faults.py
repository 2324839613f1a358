"""Faults planted in the numbers, and the identities that they break. Those of the words are narrative's."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from corpus.form import Form, Identity, figure_id, load_form
from corpus.model import FormId
from corpus.sample.figures import APPLICANTS
from corpus.sample.handwriting import Hand, decimal
from corpus.sample.model import Broken, Fault

SHARES = {"identity": 0.06, "blanks": 0.07, "dashes": 0.03}
"""The shares of reports with a fault in the numbers; at most one each."""

_DASHES = ("/", "—", "-")
# What is carried from a year to the next under a rule of its own: docs/field.md, "Identities", across years.
_LAST_YEAR_ITEMS = ("licensing", "other_services", "penalties", "coercion", "fees")
_IN_FORCE = ("rules", "normative_documents")

_Values = Sequence[Decimal | None]


@dataclass(slots=True)
class Printed:
    """The cells of one report: as printed and what they say. Faults alter both together; ``altered`` is the slip."""

    year: int
    form: FormId
    figures: dict[str, str]
    values: dict[str, Decimal | None]
    altered: str = ""


def plant(printed: Printed, last: Printed | None, hand: Hand, chance: random.Random) -> Fault | None:
    """Perhaps alter some cells; ``last`` is the report before, if there is one. Returns what was done."""
    draw = chance.random()
    if draw < SHARES["identity"]:
        return _break(printed, last, hand, chance)
    draw -= SHARES["identity"]
    if draw < SHARES["blanks"]:
        return _blank(printed, chance)
    draw -= SHARES["blanks"]
    if draw < SHARES["dashes"]:
        return _dash(printed, chance)
    return None


def broken_within(printed: Printed) -> Iterator[Broken]:
    """The identities of the form that do not hold, I5 too."""
    values = printed.values
    for identity in load_form(printed.form).identities:
        left, right = ([values[figure] for figure in side] for side in (identity.left, identity.right))
        if _fails(left, right, at_most=identity.relation == "at_most"):
            yield Broken(identity.rule, (*identity.left, *identity.right))
    for figure in _counts(printed.form):
        value = values[figure]
        if value is not None and (value != int(value) or value < 0):
            yield Broken("I5", (figure,))


def broken_between(last: Printed, printed: Printed) -> Iterator[Broken]:
    """The identities X1 and X2 with the report of the year before that do not hold."""
    if last.year != printed.year - 1 or "2014" in {last.form, printed.form}:
        return
    before, now = last.values, printed.values
    for applicant in (*APPLICANTS, "total"):
        carried_in = f"applications.carried_in.{applicant}"
        if _fails([now[carried_in]], [before[f"applications.carried_out.{applicant}"]]):
            yield Broken("X1", (carried_in,))
    if last.form == printed.form == "2021":
        for kind in _IN_FORCE:
            stock, issued, repealed = (f"disclosure.{kind}.{column}" for column in ("in_force", "issued", "repealed"))
            if _fails([now[stock], now[repealed]], [before[stock], now[issued]]):
                yield Broken("X2", (stock, issued, repealed))
    if last.form == printed.form == "2019":
        for service in _LAST_YEAR_ITEMS:
            items, change = f"disclosure.{service}.items_last_year", f"disclosure.{service}.change"
            if _fails([now[items]], [before[items], before[change]]):
                yield Broken("X2", (items,))


def _fails(left: _Values, right: _Values, *, at_most: bool = False) -> bool:
    """Whether two sums disagree: with blanks only if what is known exceeds a side that is wholly printed."""
    sums = [sum(value for value in side if value is not None) for side in (left, right)]
    whole = [None not in side for side in (left, right)]
    over = whole[1] and sums[0] > sums[1]
    return over or (not at_most and whole[0] and sums[1] > sums[0])


@cache
def _counts(form: FormId) -> tuple[str, ...]:
    """The figures that must be whole and not negative (I5)."""
    loaded = load_form(form)
    return tuple(
        figure
        for table, row, column in loaded.cells()
        if (figure := figure_id(row, column)) not in loaded.signed and table.unit(row, column) != "万元"
    )


@cache
def _by_rule(form: FormId) -> Mapping[str, tuple[Identity, ...]]:
    loaded: Form = load_form(form)
    rules = dict.fromkeys(identity.rule for identity in loaded.identities)
    return {rule: tuple(i for i in loaded.identities if i.rule == rule) for rule in rules}


def _break(printed: Printed, last: Printed | None, hand: Hand, chance: random.Random) -> Fault:
    """Alter one cell; every rule that the report can break has the same chance to be the one broken."""
    rules = _by_rule(printed.form)
    carried = _carried(printed, last)
    modern = printed.form != "2014"
    follows = modern and last is not None and last.form != "2014" and last.year == printed.year - 1
    rule = chance.choice([*rules, *["I5"] * modern, *["X1"] * follows, *["X2"] * bool(carried)])
    if rule == "I5":
        figure, new = "disclosure.penalties.decisions", Decimal(chance.randint(1, 40)) + Decimal("0.5")
    elif rule == "X1":
        figure = "applications.carried_in.natural_person"
        new = _other(printed.values[figure], chance)
    elif rule == "X2":
        figure = carried
        new = _other(printed.values[figure], chance)
    else:
        identity = chance.choice(rules[rule])
        if identity.relation == "at_most":
            figure = identity.left[0]
            new = sum((printed.values[other] or Decimal(0) for other in identity.right), Decimal(chance.randint(1, 9)))
        else:
            # A number that stands there is likelier to be mistyped than a zero.
            operands = (*identity.left, *identity.right)
            filled = [figure for figure in operands if printed.values[figure]]
            figure = chance.choice(filled or list(operands))
            new = _other(printed.values[figure], chance)
    printed.values[figure] = new
    printed.figures[figure] = hand.write(figure, new)
    printed.altered = figure
    return Fault("identity", (figure,), note=rule)


def _carried(printed: Printed, last: Printed | None) -> str:
    """A figure that X2 ties to the report of the year before; "" where it ties none."""
    if last is None or last.year != printed.year - 1:
        return ""
    if last.form == printed.form == "2021":
        figure = "disclosure.normative_documents.in_force"
    elif last.form == printed.form == "2019":
        figure = "disclosure.licensing.items_last_year"
    else:
        return ""
    # Two slips in the same figure could cancel each other.
    return figure if last.values[figure] is not None and last.altered != figure else ""


def _other(value: Decimal | None, chance: random.Random) -> Decimal:
    """A slip of the pen: a little more or less, a digit lost, nothing instead of something."""
    true = int(value or 0)
    slips = [true + chance.randint(1, 9), max(0, true - chance.randint(1, 9)), true // 10, 0, true * 10 + 1]
    return decimal(chance.choice([slip for slip in slips if slip != true]))


def _blank(printed: Printed, chance: random.Random) -> Fault:
    """Zeros left blank: all of them, those of the table 三, or the totals of its empty rows."""
    zeros = [figure for figure, value in printed.values.items() if value == 0]
    manner = chance.choice(("all", "applications", "totals"))
    if manner == "applications":
        zeros = [figure for figure in zeros if "applications." in figure]
    elif manner == "totals" and printed.form != "2014":
        zeros = [figure for figure in zeros if figure.startswith("applications.") and figure.endswith(".total")]
    for figure in zeros:
        printed.figures[figure], printed.values[figure] = "", None
    return Fault("blanks", tuple(zeros), note=manner)


def _dash(printed: Printed, chance: random.Random) -> Fault:
    """Zeros of the tables outside 三 printed as a dash."""
    mark = chance.choice(_DASHES)
    zeros = [f for f, value in printed.values.items() if value == 0 and not f.startswith("applications.")]
    for figure in zeros:
        printed.figures[figure], printed.values[figure] = mark, None
    return Fault("dashes", tuple(zeros), note=mark)
