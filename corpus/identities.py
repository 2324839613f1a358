"""The identities (勾稽关系) of a report, checked: every one that its form has, those that hold too.

A finding is about the source and never repairs it. Verdicts are CONTRACT.md's: where an operand is blank the sums
may still balance with it as zero, or be impossible already; otherwise nobody can say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.doubts import Doubt
from corpus.form import Identity, indicators, load_form
from corpus.model import Figure, Finding, FormId, Verdict

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
    return tuple(_weighed(finding, doubted) for finding in (*identities, *_wholeness(form, figures)))


def _weighed(finding: Finding, doubted: frozenset[str]) -> Finding:
    """A broken identity with the likelier cause: cells that were read without doubt speak for a slip of the source."""
    if finding.verdict != "broken":
        return finding
    misread = not doubted.isdisjoint(finding.figures)
    return replace(finding, note="misreading" if misread else "slip_of_source")


def judge(
    left: Sequence[Figure | None], right: Sequence[Figure | None], *, at_most: bool = False
) -> tuple[Verdict, Decimal | None, Decimal | None]:
    """The verdict over two sums, and the two sums; a side with nothing printed is None.

    ``None`` among the operands is a figure that the report does not have.
    """
    sums = [sum((f.value for f in side if f and f.value is not None), _ZERO) for side in (left, right)]
    known = [any(f and f.value is not None for f in side) for side in (left, right)]
    shown = [total if has else None for total, has in zip(sums, known, strict=True)]
    operands = (*left, *right)
    if not any(known):
        return "undecidable", None, None
    balanced = sums[0] <= sums[1] if at_most else sums[0] == sums[1]
    if all(f is not None and f.state == "number" for f in operands):
        return ("holds" if balanced else "broken"), shown[0], shown[1]
    if _impossible(left, right, sums, at_most=at_most):
        return "broken", shown[0], shown[1]
    if balanced and all(f is not None and f.state in ("number", "blank", "dash") for f in operands):
        return "holds_if_blank_is_zero", shown[0], shown[1]
    return "undecidable", shown[0], shown[1]


def _impossible(
    left: Sequence[Figure | None], right: Sequence[Figure | None], sums: Sequence[Decimal], *, at_most: bool
) -> bool:
    """Whether what is known on one side already exceeds the other, which is wholly printed."""
    complete = [all(f is not None and f.state == "number" for f in side) for side in (left, right)]
    return (complete[1] and sums[0] > sums[1]) or (not at_most and complete[0] and sums[1] > sums[0])


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


def _wholeness(form: FormId, figures: Mapping[str, Figure]) -> Iterator[Finding]:
    """I5: counts are whole and not negative, but for what the form marks as signed or states in 万元."""
    signed = load_form(form).signed
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
