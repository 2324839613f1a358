"""The identities (勾稽关系) of a report, checked: every one that its form has, those that hold too.

A finding is about the source and never repairs it. Verdicts are docs/contract.md's: where an operand is blank the sums
may still balance with it as zero, or be impossible already; otherwise nobody can say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.doubts import Doubt
from corpus.form import Identity, indicators, load_form
from corpus.model import FORMS, Figure, Finding, FormId, Verdict

_ZERO = Decimal(0)
_FRACTIONAL = "万元"
"""Amounts in this unit may have decimals; everything else is counted in wholes."""


def audit(form: FormId | None, figures: Mapping[str, Figure], doubts: Sequence[Finding] = ()) -> tuple[Finding, ...]:
    """The findings of every identity of ``form`` over ``figures``, of absent tables too; none without a form.

    ``doubts`` are the ``reading`` findings: a broken identity says whether the source or our reading is likelier wrong.
    """
    if form is None:
        return ()
    identities = (_check(identity, figures) for identity in load_form(form).identities)
    doubted = frozenset(id_ for doubt in doubts for id_ in doubt.figures)
    return tuple(_weighed(finding, doubted) for finding in (*identities, *_wholeness(figures)))


def _weighed(finding: Finding, doubted: frozenset[str]) -> Finding:
    """A broken identity with the likelier cause: cells that were read without doubt speak for a slip of the source."""
    if finding.verdict != "broken":
        return finding
    misread = not doubted.isdisjoint(finding.figures)
    return replace(finding, note="misreading" if misread else "slip_of_source")


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of an identity: what its printed numbers add up to, and how much of it is printed.

    ``whole``: every operand is a number; ``plain``: each is a number, a blank or a dash. An operand that the report
    does not have is none of these.
    """

    total: Decimal
    known: bool
    whole: bool
    plain: bool

    @property
    def shown(self) -> Decimal | None:
        """The sum, None where nothing is printed."""
        return self.total if self.known else None


def _side(operands: Sequence[Figure | None]) -> _Side:
    states = [figure.state if figure else "text" for figure in operands]
    values = [figure.value for figure in operands if figure and figure.value is not None]
    return _Side(
        sum(values, _ZERO),
        known=bool(values),
        whole=all(state == "number" for state in states),
        plain=all(state != "text" for state in states),
    )


def judge(
    left: Sequence[Figure | None], right: Sequence[Figure | None], *, at_most: bool = False
) -> tuple[Verdict, Decimal | None, Decimal | None]:
    """The verdict over two sums, and the two sums; a side with nothing printed is None.

    ``None`` among the operands is a figure that the report does not have.
    """
    one, other = _side(left), _side(right)
    return _verdict(one, other, at_most=at_most), one.shown, other.shown


def _verdict(left: _Side, right: _Side, *, at_most: bool) -> Verdict:
    balanced = left.total <= right.total if at_most else left.total == right.total
    # What is known on one side already exceeds the other, which is wholly printed.
    exceeded = (right.whole and left.total > right.total) or (not at_most and left.whole and right.total > left.total)
    if not (left.known or right.known):
        return "undecidable"
    if left.whole and right.whole:
        return "holds" if balanced else "broken"
    if exceeded:
        return "broken"
    return "holds_if_blank_is_zero" if balanced and left.plain and right.plain else "undecidable"


def _check(identity: Identity, figures: Mapping[str, Figure]) -> Finding:
    verdict, left, right = judge(
        [figures.get(id_) for id_ in identity.left],
        [figures.get(id_) for id_ in identity.right],
        at_most=identity.relation == "at_most",
    )
    operands = tuple(id_ for id_ in (*identity.left, *identity.right) if id_ in figures)
    return Finding(identity.rule, verdict, operands, left, right, _found(identity, verdict, left, right))


def _found(identity: Identity, verdict: Verdict, left: Decimal | None, right: Decimal | None) -> Doubt:
    values = {"statement": identity.statement}
    sides = {name: f"{value:f}" for name, value in (("left", left), ("right", right)) if value is not None}
    match verdict:
        case "holds":
            return Doubt("sides_agree" if left == right else "sides_within", values | sides)
        case "broken":
            return Doubt("sides_differ", values | sides)
        case "holds_if_blank_is_zero":
            return Doubt("sides_agree_if_blank_is_zero", values)
        case "undecidable":
            return Doubt("sides_open", values)


def _wholeness(figures: Mapping[str, Figure]) -> Iterator[Finding]:
    """I5: counts are whole and not negative, but for what its form marks as signed or states in 万元.

    A table of the former form may stand in a report under the next one.
    """
    signed = frozenset().union(*(load_form(form).signed for form in FORMS))
    numbers = [figure for figure in figures.values() if figure.value is not None]
    wrong = [figure for figure in numbers if not _is_count(figure, signed)]
    for figure in wrong:
        yield Finding(
            "I5", "broken", (figure.id,), figure.value, None, Doubt("not_a_count", {"raw": figure.raw.strip()})
        )
    if not numbers:
        yield Finding("I5", "undecidable", _ids(figures.values()), None, None, Doubt("no_counts"))
    elif not wrong:
        yield Finding("I5", "holds", _ids(numbers), None, None, Doubt("all_counts"))


def _is_count(figure: Figure, signed: frozenset[str]) -> bool:
    value = figure.value or _ZERO
    whole = value == value.to_integral_value() or indicators()[figure.id].unit == _FRACTIONAL
    return whole and (value >= 0 or figure.id in signed)


def _ids(figures: Iterable[Figure]) -> tuple[str, ...]:
    return tuple(figure.id for figure in figures)
