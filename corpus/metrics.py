"""The metrics people ask for: formulas over figures, written as data in ``metrics.toml``.

A metric has a value only where every operand of its formula is a number: a blank never counts as 0, and nothing
is divided by 0. Every ``….total`` figure is a metric too, under its own id, with its label as a name.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache

from corpus.datafile import Entry, read_table
from corpus.form import english_labels, indicators
from corpus.model import FORMS, FormId, Report

BROKEN = "findings.broken"
"""The one operand that is no figure: how many identities of the report are broken."""

_SCALE = Decimal("0.01")
"""To which a rate is rounded, in per cent."""

Values = Mapping[str, Decimal]
_Evaluate = Callable[[Values], Decimal | None]


class Metric(Entry, frozen=True):
    """A quantity over one report. ``unit`` ``%`` marks a rate, whose values are in per cent.

    ``least`` is the smallest number of cases over which a rate may be shown without a remark, 0 for counts.
    ``breaks`` are years from which the metric means something else than before: a series stops there, begins anew.
    """

    id: str
    name_zh: str
    name_en: str
    formula: str
    unit: str
    forms: tuple[FormId, ...]
    least: int = 0
    caveat_zh: str = ""
    caveat_en: str = ""
    breaks: tuple[int, ...] = ()

    @property
    def operands(self) -> tuple[str, ...]:
        """The names in its formula (figures or metrics), in order."""
        return operands_of(self.formula)

    @property
    def denominator(self) -> str:
        """The formula of the cases over which a rate is taken, ``""`` for counts."""
        return _denominator(self.formula) if self.unit == "%" else ""


class MetricsFile(Entry, frozen=True):
    """``metrics.toml``."""

    metrics: tuple[Metric, ...]


@cache
def load_metrics() -> Mapping[str, Metric]:
    """Every metric by its id, those of ``metrics.toml`` first, an operand always before its users."""
    metrics = {metric.id: metric for metric in read_table("corpus", "metrics.toml", MetricsFile).metrics}
    for indicator in indicators().values():
        if indicator.id.endswith(".total"):
            forms = tuple(form for form in FORMS if form in indicator.labels)
            row, column = indicator.labels[forms[-1]]
            metrics[indicator.id] = Metric(
                id=indicator.id,
                name_zh=" ".join(filter(None, (row, column if indicator.table != "statistics" else ""))),
                name_en=_english(row or column),
                formula=indicator.id,
                unit=indicator.unit,
                forms=forms,
            )
    return metrics


def _english(labels: str) -> str:
    """The labels of a row in English, each level after a colon."""
    return ": ".join(english_labels()[label] for label in labels.split(" | "))


def denominator(metric: Metric, report: Report) -> Decimal | None:
    """The cases over which a rate is taken; None for what is no rate, or where the report does not say."""
    if not metric.denominator:
        return None
    return _compiled(metric.denominator)({**_operand_values(report), **metric_values(report)})


def _operand_values(report: Report) -> dict[str, Decimal]:
    values = {id_: figure.value for id_, figure in report.figures.items() if figure.value is not None}
    values[BROKEN] = Decimal(sum(finding.verdict == "broken" for finding in report.findings))
    return values


def metric_values(report: Report) -> dict[str, Decimal]:
    """The value of every metric that the report has; rates are in per cent, rounded to two places."""
    values = _operand_values(report)
    found: dict[str, Decimal] = {}
    for metric in load_metrics().values():
        if report.form not in metric.forms:
            continue
        value = _compiled(metric.formula)(values)
        if value is not None:
            values[metric.id] = value
            found[metric.id] = value
    return found


@cache
def _denominator(formula: str) -> str:
    """What a formula divides by, ``""`` where it divides by nothing."""
    expression = ast.parse(formula, mode="eval").body
    divides = isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Div)
    return ast.unparse(expression.right) if divides and isinstance(expression, ast.BinOp) else ""


@cache
def operands_of(formula: str) -> tuple[str, ...]:
    """The names of figures and metrics in a formula, in order."""
    nodes = list(ast.walk(ast.parse(formula, mode="eval")))
    # Of a name with dots each part is a node: the whole is the one that no other holds.
    inner = {node.value for node in nodes if isinstance(node, ast.Attribute)}
    named = (node for node in nodes if isinstance(node, ast.Name | ast.Attribute) and node not in inner)
    return tuple(dict.fromkeys(map(_name, named)))


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Name | ast.Attribute):
        return ast.unparse(node)
    raise ValueError(f"A formula holds {ast.dump(node)}: only names, +, -, / and | may stand there.")


@cache
def _compiled(formula: str) -> _Evaluate:
    return _evaluator(ast.parse(formula, mode="eval").body)


def _evaluator(node: ast.AST) -> _Evaluate:
    """A formula's syntax tree as a function; None stands for "no value" all the way up."""
    if not isinstance(node, ast.BinOp):
        name = _name(node)
        return lambda values: values.get(name)
    left, right = _evaluator(node.left), _evaluator(node.right)
    match node.op:
        case ast.BitOr():
            return lambda values: first if (first := left(values)) is not None else right(values)
        case ast.Add():
            return _both(left, right, lambda a, b: a + b)
        case ast.Sub():
            return _both(left, right, lambda a, b: a - b)
        case ast.Div():
            return _both(left, right, lambda a, b: (100 * a / b).quantize(_SCALE) if b else None)
    raise ValueError(f"A formula holds {ast.dump(node.op)}: only +, -, / and | may stand there.")


def _both(left: _Evaluate, right: _Evaluate, combine: Callable[[Decimal, Decimal], Decimal | None]) -> _Evaluate:
    def evaluate(values: Values) -> Decimal | None:
        first, second = left(values), right(values)
        return None if first is None or second is None else combine(first, second)

    return evaluate
