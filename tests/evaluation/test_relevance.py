"""The engine answers the held-out questions at least as well as it once did."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evaluation.engines import Ours
from tests.evaluation.judged import KINDS as JUDGED_KINDS
from tests.evaluation.judged import below, judged
from tests.evaluation.judged import evaluate as evaluate_judged
from tests.evaluation.questions import KINDS, questions
from tests.evaluation.relevance import corpus, evaluate, floors, mark
from tests.evaluation.typed import holds, typed


@pytest.mark.slow
def test_no_kind_of_question_falls_below_its_floor(tmp_path: Path) -> None:
    reports, documents, registry = corpus()
    asked = questions(reports, documents)
    assert len(asked) >= 200
    held_out = [question for question in asked if question.held_out]
    assert abs(2 * len(held_out) - len(asked)) <= len(KINDS)
    found = evaluate(Ours(tmp_path, documents.values(), registry), held_out)
    assert set(found) == set(floors())
    assert {kind: marks.ndcg for kind, marks in found.items() if marks.ndcg < floors()[kind]} == {}


@pytest.mark.slow
def test_judged_queries_are_answered(tmp_path: Path) -> None:
    reports, documents, registry = corpus()
    queries = judged(reports)
    assert len(queries) >= 200
    assert abs(2 * sum(query.held_out for query in queries) - len(queries)) <= len(JUDGED_KINDS)
    assert below(evaluate_judged(Ours(tmp_path, documents.values(), registry).engine.search, queries)) == []


@pytest.mark.slow
def test_what_is_typed_is_understood(tmp_path: Path) -> None:
    reports, documents, registry = corpus()
    search = Ours(tmp_path, documents.values(), registry).engine.search
    assert [
        line
        for line in (*typed(), *typed("typed_fresh.tsv"), *typed("typed_third.tsv"))
        if not holds(line, search, reports)
    ] == []


def test_marks() -> None:
    answers = frozenset("ab")
    assert mark(["a", "b", "c"], answers).ndcg == 1
    assert mark(["c", "a"], answers).success == 0
    assert mark(["c", "a"], answers).recall == 0.5
    assert mark([], answers).ndcg == 0
