"""The identities across years: what one report carries forward, the next one takes up (docs/field.md, "Identities").

Which they are is data of the form (``across_years`` in ``corpus/forms``). The findings belong to the later report. They
depend on another report, so they are worked out whenever either of the two changes, and kept beside the report.
"""

from __future__ import annotations

from corpus.doubts import Doubt
from corpus.form import YearIdentity, load_form
from corpus.identities import judge
from corpus.model import Figure, Finding, Report


def across_years(before: Report, now: Report) -> tuple[Finding, ...]:
    """The X findings of ``now``, given the same agency's report of the year before; none for other years."""
    if now.year != before.year + 1 or before.agency.id != now.agency.id or not before.form or not now.form:
        return ()
    return tuple(
        _check(identity, before, now)
        for identity in load_form(now.form).across_years
        if before.form in identity.after and identity.left[0] in now.figures
    )


def _check(identity: YearIdentity, before: Report, now: Report) -> Finding:
    left = [now.figures.get(id_) for id_ in identity.left]
    right = [*(before.figures.get(id_) for id_ in identity.before), *(now.figures.get(id_) for id_ in identity.right)]
    verdict, total_left, total_right = judge(left, right)
    head, *spent = identity.left
    operands = tuple(id_ for id_ in (head, *identity.right, *spent) if id_ in now.figures)
    printed: dict[str, str | int] = {id_: _printed(before.figures.get(id_)) for id_ in identity.before}
    values: dict[str, str | int] = {"statement": identity.statement, "year": before.year, "report": before.id}
    return Finding(
        identity.rule,
        verdict,
        operands,
        total_left,
        total_right,
        # A cell of the report before goes under its own id, which has a full stop where no other value's name has.
        Doubt("carried_over", values | printed),
    )


def _printed(figure: Figure | None) -> str:
    return "无此格" if figure is None else figure.raw.strip() or "空白"
